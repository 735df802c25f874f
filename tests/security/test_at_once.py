"""Eight at the same instant, on both databases: one row, counts true, and nobody meets a fault."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from labapp.cli.checks import faults_of
from labapp.db import Base, db
from labapp.labs.models import JoinRequest
from labapp.problems.models import Problem, Support
from labapp.problems.room import room
from tests.client import Client
from tests.make import Make, sign_in
from tests.problems.make import problem

TIMES = 8
#: The first is taken; the others are led to where it led, or told.
TOLD = {302, 409}


def eight(
    app: Flask, client: Client, path: str, form: Callable[[int], dict[str, str]]
) -> list[int]:
    """Send a form eight times at once from browsers that carry the same cookie."""
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    db.session.commit()
    start = Barrier(TIMES)

    def send(turn: int) -> int:
        browser = FlaskClient(app, app.response_class)
        if cookie is not None:
            browser.set_cookie(name, cookie.value)
        start.wait()
        return browser.post(path, data=form(turn)).status_code

    with ThreadPoolExecutor(TIMES) as pool:
        answers = list(pool.map(send, range(TIMES)))
    db.session.expire_all()
    return answers


def rows(table: type[Base]) -> int | None:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table))


def told(turn: int, *, once: str = "") -> dict[str, str]:
    return {"what": "No hay agua", "where": "Arriba", "once": once or f"mark-of-the-form-{turn}"}


def test_eight_supports_of_one_person_are_one(app: Flask, make: Make, client: Client) -> None:
    lab = make.lab()
    row = problem(make, lab)
    sign_in(client, make.actor(lab))

    answers = eight(app, client, f"/labs/{lab.slug}/problems/1/support", lambda _: {})

    assert set(answers) <= TOLD
    assert rows(Support) == 1
    assert row.supports == 1
    assert not list(faults_of(room))


def test_a_problem_sent_eight_times_is_one(app: Flask, make: Make, client: Client) -> None:
    lab = make.lab()

    answers = eight(
        app, client, f"/labs/{lab.slug}/problems/new", lambda n: told(n, once="one-mark-for-all-8")
    )

    assert set(answers) == {302}
    assert rows(Problem) == 1


def test_eight_neighbours_who_tell_at_once_are_all_heard(
    app: Flask, make: Make, client: Client
) -> None:
    lab = make.lab()

    answers = eight(app, client, f"/labs/{lab.slug}/problems/new", told)

    assert set(answers) == {302}
    assert rows(Problem) == TIMES


def test_eight_requests_to_join_are_one(app: Flask, make: Make, client: Client) -> None:
    lab = make.lab()
    sign_in(client, make.actor(lab))

    answers = eight(app, client, f"/labs/{lab.slug}/join", lambda _: {"words": "Vivo aquí."})

    assert set(answers) <= TOLD
    assert answers.count(302) == 1
    assert rows(JoinRequest) == 1


def test_a_visitor_cannot_support_however_often(app: Flask, make: Make, client: Client) -> None:
    lab = make.lab()
    row = problem(make, lab)

    answers = eight(app, client, f"/labs/{lab.slug}/problems/1/support", lambda _: {})

    assert set(answers) == {302}
    assert rows(Support) == 0
    assert row.supports == 0
