"""Votes for tests: announced, open or counted, with as many voters as asked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from labapp.counting import ballot_text
from labapp.db import db
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.labs.service import grant
from labapp.record.acting import Acting
from labapp.results import service as service_of_results
from labapp.results import tasks as results
from labapp.results.service import annulment
from labapp.results.tasks import shuffle
from labapp.voting import service
from labapp.voting.models import Subject, Vote
from labapp.voting.queries.voter import by_person
from labapp.voting.service import ballot_box
from labapp.voting.service.vote_draft import VoteDraft
from tests.make import NOW, Make

DRAFT = VoteDraft(
    subject=Subject.FREE,
    question="¿Qué hacemos primero por el agua?",
    lines=("Reparar el tanque", "Cercar la toma", "Dosificador de cloro", "Cambiar la tubería"),
    max_marks=3,
    seats=1,
    quorum=0,
    tie_rule="El primer premio del sorteo dominical siguiente.",
    opens_at=None,
    closes_at=NOW + timedelta(days=7),
)


def lab(make: Make) -> Lab:
    """Add a lab at the stage of choosing."""
    return make.lab(Stage.PRIORITIZATION)


def voters(make: Make, lab: Lab, number: int) -> list[Actor]:
    """Add members of the community, with accounts."""
    found = []
    for _ in range(number):
        person = make.person()
        grant(lab.id, person.id, Role.MEMBER, source="test", now=NOW)
        found.append(Actor(person.id, frozenset({Role.MEMBER, Role.ACCOUNT})))
    return found


def vote(make: Make, lab: Lab, *, now: datetime = NOW, **changed: object) -> Vote:
    """Announce a vote; it opens at once if the lab has members, unless ``opens_at`` is later."""
    draft = replace(DRAFT, closes_at=now + timedelta(days=7))
    draft = replace(draft, **changed)  # type: ignore[arg-type]  # as the caller names them
    facilitator = make.actor(lab, Role.FACILITATOR)
    return service.announce(Acting(lab, facilitator, now), draft)


def annul(
    make: Make, lab: Lab, vote: Vote, *, now: datetime = NOW, reason: str = "Papel mal hecho."
) -> None:
    """Annul a vote: its facilitator alone before it opened, ANTAI with them after."""
    asking = Acting(lab, make.actor(lab, Role.FACILITATOR), now)
    if vote.opened_at is None:
        annulment.annul(asking, vote, reason=reason)
        return
    annulment.ask(asking, vote, reason=reason, days=5)
    antai = Acting(lab, make.actor(lab, Role.REVIEWER), now)
    annulment.answer(antai, vote, agreed=True, words="Es cierto.")


def cast(
    lab: Lab,
    actor: Actor,
    vote: Vote,
    marks: Sequence[int],
    *,
    receipt: str = "",
    now: datetime = NOW,
) -> str:
    """Cast one ballot and commit it, as the page does; return its receipt."""
    code = receipt or ballot_box.new_receipt()
    number = vote.thing.number
    assert number is not None
    voter = by_person(lab.slug, number, person_id=actor.person_id or 0, receipt=code)
    assert voter is not None
    ballot_box.cast(voter, ballot_text.write_marks(voter.terms, marks), receipt=code, now=now)
    db.session.commit()
    return code


def close(vote: Vote) -> None:
    """Let the clock close the vote and shuffle its ballot box, and count nothing yet."""
    vote_id = vote.id
    service_of_results.close_due(vote.closes_at)
    db.session.commit()
    assert shuffle.shuffle(vote_id)
    db.session.refresh(vote)


def finish(vote: Vote) -> None:
    """Let the clock close the vote, shuffle its ballot box and count it."""
    db.session.commit()
    results.close_due(vote.closes_at)
    db.session.refresh(vote)


def address(lab: Lab, vote: Vote) -> str:
    """Return where the vote stands."""
    return f"/labs/{lab.slug}/votes/{vote.thing.number}/"
