"""Write votes: announce, open, close, annul, publish. Ballots are cast in ``urn``."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert

from labapp.db import db
from labapp.domain import roll
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act, Actor, require
from labapp.domain.roles import CLOCK
from labapp.domain.things import Kind
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.service import stir
from labapp.record import service as record
from labapp.thread import service as thread
from labapp.voting import queries
from labapp.voting.hall import queries as hall
from labapp.voting.models import Consultation, RollLine
from labapp.voting.plan import Plan, consulted, refuse_stage, written
from labapp.voting.result import Result
from labapp.voting.tally import service as tally

#: Why an option's thing leads to the vote.
PUT_TO_THE_VOTE = "put to the vote"
_DRAWN = mark("What the draw gave was noted before, and cannot be changed.")


def announce(lab: Lab, actor: Actor, plan: Plan, *, now: datetime) -> Consultation:
    """Announce a vote with its paper, and open it if its hour has come.

    Args:
        lab: votes on proposals need the stage of prioritization.
        actor: a facilitator.
        plan: what is decided.
        now: the instant of the act.

    Returns:
        The consultation, flushed, with its thing and its options.

    Raises:
        Denied: wrong role or stage.
        Conflict: the numbers, the hours or the options will not do; ``field`` names which.
    """
    require(actor, Act.VOTE_SET, lab.stage)
    lines = written(lab, plan)
    opens_at = max(plan.opens_at or now, now)
    if plan.closes_at <= opens_at:
        sentence = mark("A vote closes after it opens: choose a later time.")
        raise Conflict(sentence, field="closes_at")
    thing = thread.add(
        Kind.CONSULTATION,
        title=plan.question,
        state="announced",
        lab_id=lab.id,
        published_at=now,
    )
    consultation = consulted(plan, lines, opens_at=opens_at, now=now)
    consultation.thing = thing
    db.session.add(consultation)
    db.session.flush()
    for line in lines:
        if line.thing_id is not None:
            thread.descend(thing.id, line.thing_id, PUT_TO_THE_VOTE)
    after = {
        "question": plan.question,
        "options": [line.label for line in lines],
        "method": plan.method.name,
        "channels": consultation.channels,
    }
    if plan.budget is not None:
        after |= {"budget": str(plan.budget), "funder": plan.funder}
    _note(lab, actor, Act.VOTE_SET, consultation, now, after=after)
    if opens_at <= now and labs.member_ids(lab.id):
        _open(lab, actor, consultation, now)
    return consultation


def open_vote(lab: Lab, actor: Actor, consultation: Consultation, *, now: datetime) -> None:
    """Open an announced vote by hand, once its hour has come. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: not its hour, opened already, annulled, or nobody is a member.
    """
    require(actor, Act.VOTE_OPEN, lab.stage)
    refuse_stage(consultation.subject, lab)
    if not consultation.opens_at <= now < consultation.closes_at:
        raise Conflict(mark("It is not the hour announced for this vote to open."))
    _open(lab, actor, consultation, now)


def open_due(now: datetime) -> list[int]:
    """Open, as the clock does, every vote whose hour has come; return their ids. Flushes."""
    opened = []
    for consultation in queries.to_open(now):
        lab = _lab(consultation)
        if labs.member_ids(lab.id):
            _open(lab, CLOCK, consultation, now)
            opened.append(consultation.id)
    return opened


def close(lab: Lab, actor: Actor, consultation: Consultation, *, now: datetime) -> None:
    """Close a vote by hand: at its hour, or when everybody on the roll has voted. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: not open, or somebody may still vote.
    """
    require(actor, Act.VOTE_CLOSE, lab.stage)
    everybody = queries.turnout(consultation.id) == consultation.roll_size
    if consultation.opened_at and now < consultation.closes_at and not everybody:
        raise Conflict(mark("There are still people who may vote, and it is not the hour yet."))
    _close(lab, actor, consultation, now)


def close_due(now: datetime) -> list[int]:
    """Close, as the clock does, every vote whose hour has come; return their ids. Flushes."""
    due = queries.to_close(now)
    for consultation in due:
        _close(_lab(consultation), CLOCK, consultation, now)
    return [consultation.id for consultation in due]


def annul(
    lab: Lab, actor: Actor, consultation: Consultation, *, reason: str, now: datetime
) -> None:
    """Annul a vote that is not published, for a public reason; its ballots are never counted.

    Raises:
        Denied: wrong role or stage.
        Conflict: published or annulled already.
    """
    require(actor, Act.VOTE_ANNUL, lab.stage)
    vote = queries.locked(consultation.id)
    if vote.published_at or vote.annulled_at:
        raise Conflict(mark("This vote has ended."))
    vote.annulled_at, vote.annulled_why = now, reason
    if vote.opened_at and not vote.closed_at:
        vote.closed_at = now
    thread.show(vote.thing, state="annulled")
    _note(lab, actor, Act.VOTE_ANNUL, vote, now, reason=reason)


def publish(
    lab: Lab, actor: Actor, consultation: Consultation, *, seed: str, now: datetime
) -> Result:
    """Publish the count; a tie among those chosen needs what the announced draw gave. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: not closed and shuffled, published or annulled, more came than are on the roll,
            or the draw is lacking.
    """
    require(actor, Act.VOTE_PUBLISH, lab.stage)
    return _publish(lab, actor, consultation.id, seed, now)


def draw(lab: Lab, actor: Actor, consultation: Consultation, *, seed: str, now: datetime) -> None:
    """Note what the announced draw of a tie gave; the clock counts by it and publishes. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: published or annulled, or the draw was noted before.
    """
    require(actor, Act.VOTE_DRAW, lab.stage)
    vote = queries.locked(consultation.id)
    if vote.published_at or vote.annulled_at:
        raise Conflict(mark("This vote has ended."))
    if vote.seed:
        raise Conflict(_DRAWN)
    vote.seed = seed
    _note(lab, actor, Act.VOTE_DRAW, vote, now, after={"draw": seed})


def is_shaken(consultation_id: int) -> bool:
    """Tell whether the urn of this vote was shaken."""
    return db.session.get_one(Consultation, consultation_id).shuffled_at is not None


def is_complete(consultation_id: int) -> bool:
    """Tell whether nothing more can come into the urn: the hall is reconciled, or it is annulled.

    Only then does shaking it for the last time make sense: what came later would lie by itself.
    """
    vote = queries.locked(consultation_id)
    return bool(vote.annulled_at) or hall.is_reconciled(vote)


def note_shaken(consultation_id: int, now: datetime) -> None:
    """Note that the urn was shaken: it may be counted. Flushes."""
    queries.locked(consultation_id).shuffled_at = now
    db.session.flush()


def publish_due(consultation_id: int, now: datetime) -> bool:
    """Publish, as the clock does, a count that nothing holds back; tell whether it did. Flushes."""
    vote = queries.locked(consultation_id)
    if vote.published_at or vote.annulled_at or not hall.is_reconciled(vote):
        return False
    result = queries.result(vote)
    if (result.ties and not vote.seed) or not result.fits:
        return False
    _publish(_lab(vote), CLOCK, consultation_id, vote.seed or "", now)
    return True


def _open(lab: Lab, actor: Actor, consultation: Consultation, now: datetime) -> None:
    """Freeze the roll, and with it all the rest: the database refuses changes from here on."""
    vote = queries.locked(consultation.id)
    if vote.opened_at or vote.annulled_at:
        raise Conflict(mark("This vote was opened or annulled already."))
    people = labs.member_ids(lab.id)
    if not people:
        raise Conflict(mark("Nobody could vote: admit members to the lab first."))
    db.session.execute(
        insert(RollLine), [{"consultation_id": vote.id, "person_id": who} for who in people]
    )
    salt = secrets.token_hex(16)
    vote.roll_size, vote.roll_salt, vote.roll_hash = len(people), salt, roll.seal(salt, people)
    vote.opened_at = now
    thread.show(vote.thing, state="open")
    after = {"roll": vote.roll_size, "hash": vote.roll_hash}
    _note(lab, actor, Act.VOTE_OPEN, vote, now, after=after)


def _close(lab: Lab, actor: Actor, consultation: Consultation, now: datetime) -> None:
    vote = queries.locked(consultation.id)
    if vote.opened_at is None or vote.closed_at:
        raise Conflict(mark("This vote is not open."))
    vote.closed_at = now
    thread.show(vote.thing, state="closed")
    after = {"turnout": queries.turnout(vote.id)}
    _note(lab, actor, Act.VOTE_CLOSE, vote, now, after=after)


def _publish(lab: Lab, actor: Actor, consultation_id: int, seed: str, now: datetime) -> Result:
    vote = queries.locked(consultation_id)
    if vote.published_at or vote.annulled_at:
        raise Conflict(mark("This vote has ended."))
    if vote.shuffled_at is None:
        raise Conflict(mark("The ballots are still being shuffled. Try again in a minute."))
    if not hall.is_reconciled(vote):
        raise Conflict(mark("The hall is not reconciled yet: count what came by cards and paper."))
    if vote.seed and vote.seed != seed:
        raise Conflict(_DRAWN)
    counted = queries.result(vote)
    if not counted.fits:
        raise Conflict(
            mark("More votes came than there are people on the list: this count cannot stand.")
        )
    tied = bool(counted.ties)
    if tied and not seed:
        raise Conflict(mark("There is a tie: write what the announced draw gave."))
    vote.seed = seed if tied else None
    vote.published_at = now
    result, act = queries.result(vote), tally.write(vote, now=now)
    thread.show(vote.thing, state="published")
    after = result.figures | {"chosen": [option.label for option in result.chosen]}
    after |= {"ballots_root": act.ballots_root, "receipts_root": act.receipts_root}
    if vote.seed:
        after |= {"draw": vote.seed}
    _note(lab, actor, Act.VOTE_PUBLISH, vote, now, after=after)
    return result


def _lab(consultation: Consultation) -> Lab:
    return db.session.get_one(Lab, consultation.thing.lab_id)


def _note(
    lab: Lab,
    actor: Actor,
    act: Act,
    vote: Consultation,
    now: datetime,
    *,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    record.write(
        actor,
        act,
        lab_id=lab.id,
        thing_id=vote.id,
        after=dict(after or {}),
        reason=reason,
        now=now,
    )
    stir(lab, now)
    db.session.flush()
