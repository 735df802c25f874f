"""What a lab's page asks of somebody, and what it calls late."""

from datetime import timedelta

from labapp.db import db, utcnow
from labapp.domain.panama_time import local_day
from labapp.domain.stage import Stage
from labapp.review.queries import desk
from tests.client import Client
from tests.followup import make as followup
from tests.make import Make, sign_in
from tests.voting import make as voting


def test_whoever_has_voted_is_not_asked_to_vote_again(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    voter, other = voting.voters(make, lab, 2)
    vote = voting.vote(make, lab, now=utcnow())
    voting.cast(lab, voter, vote, (1,), now=utcnow())
    asked = ">Votar</a>"

    sign_in(client, other)
    assert asked in client.get(f"/labs/{lab.slug}/").text
    assert f"Votar en {lab.name}" in client.get("/").text

    sign_in(client, voter)
    assert asked not in client.get(f"/labs/{lab.slug}/").text
    assert f"Votar en {lab.name}" not in client.get("/").text


def test_a_late_step_stays_late_when_it_comes_into_dispute(make: Make, client: Client) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    step = followup.agreement(make, lab).milestones[0]
    late = "Un paso no se ha cumplido"
    assert late in client.get(f"/labs/{lab.slug}/").text
    assert "1 cosa tarde" in client.get("/labs/").text
    assert desk.counts(local_day(utcnow())).overdue == 1

    step.disputed = True
    db.session.flush()

    assert late in client.get(f"/labs/{lab.slug}/").text
    assert "1 cosa tarde" in client.get("/labs/").text
    assert desk.counts(local_day(utcnow())).overdue == 1


def test_of_two_open_votes_the_lab_asks_for_the_one_that_waits(make: Make, client: Client) -> None:
    lab, now = voting.lab(make), utcnow()
    voter = voting.voters(make, lab, 1)[0]
    soon = voting.vote(make, lab, now=now, closes_at=now + timedelta(days=1))
    later = voting.vote(make, lab, now=now, closes_at=now + timedelta(days=2))
    sign_in(client, voter)
    before = client.get(f"/labs/{lab.slug}/").text

    voting.cast(lab, voter, soon, (1,), now=now)
    after = client.get(f"/labs/{lab.slug}/").text

    assert f'href="{voting.address(lab, soon)}" role="button" draggable="false">Votar<' in before
    assert f'href="{voting.address(lab, later)}" role="button" draggable="false">Votar<' in after
