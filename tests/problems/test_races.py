"""Two people at the same instant: one succeeds, the other is told; counts stay true."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from labapp.cli.checks import faults_of
from labapp.db import db
from labapp.domain.policy import Actor, Role
from labapp.problems.room import room
from tests.client import Client
from tests.make import Make, sign_in
from tests.problems.make import problem


def at_once(clients: list[Client], url: str) -> list[int]:
    """Send the same form from each client at the same moment, and let go of the database."""
    db.session.commit()
    start = Barrier(len(clients))

    def send(client: Client) -> int:
        start.wait()
        return super(Client, client).open(url, method="POST").status_code

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(send, clients))


def browsers(app: Flask, people: list[Actor]) -> list[Client]:
    found = []
    for person in people:
        client = app.test_client()
        assert isinstance(client, Client)
        sign_in(client, person)
        found.append(client)
    return found


def test_of_two_facilitators_who_publish_at_once_one_is_told(app: Flask, make: Make) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False)
    found = browsers(app, [make.actor(lab, Role.FACILITATOR) for _ in range(2)])

    answers = at_once(found, f"/labs/{lab.slug}/problems/received/{row.id}/publish")

    db.session.expire_all()
    assert sorted(answers) == [302, 409]
    assert row.thing.number == 1


def test_neighbours_who_support_at_once_are_all_counted(app: Flask, make: Make) -> None:
    lab = make.lab()
    row = problem(make, lab)
    found = browsers(app, [make.actor(lab) for _ in range(6)])

    answers = at_once(found, f"/labs/{lab.slug}/problems/1/support")

    db.session.expire_all()
    assert set(answers) == {302}
    assert row.supports == 6
    assert not list(faults_of(room))
