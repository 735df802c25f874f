"""Write objections to the list of a vote: made before it opens, answered with a reason."""

from dataclasses import dataclass
from datetime import datetime

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.duties import ANSWER_TERM, DutyKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.domain.roles import Role
from labapp.labs import queries as labs
from labapp.labs import service as labs_service
from labapp.labs.models import Lab
from labapp.labs.queries import identity
from labapp.labs.queries.recognition import Newcomer
from labapp.labs.service import members, registering
from labapp.record.acting import Acting
from labapp.thread import service as thread
from labapp.voting import queries, roll_days
from labapp.voting.models import Vote
from labapp.voting.models.roll_objection import ObjectionKind, RollObjection
from labapp.voting.queries import objections


@dataclass(frozen=True, slots=True)
class ObjectionText:
    """What is objected.

    Attributes:
        words: in the person's own words.
        days: for how many days before the opening the list is shown.
    """

    kind: ObjectionKind
    words: str
    days: int


def object_to_roll(acting: Acting[Lab], vote: Vote, *, text: ObjectionText) -> RollObjection:
    """Object to the list of a vote before it opens. Flushes.

    Raises:
        Denied: not signed in, or wrong stage.
        Conflict: not the days for it, on the list already, or the same waits for its answer.
        sqlalchemy.exc.IntegrityError: the same was sent twice at this instant.
    """
    acting.require(Act.ROLL_OBJECT)
    _require_new(acting, vote, text, acting.actor.person_id)
    objection = _add(acting, vote, text, RollObjection(person_id=acting.actor.person_id))
    acting.record(Act.ROLL_OBJECT, vote.id, after={"kind": text.kind.value})
    return objection


def note_objection(
    acting: Acting[Lab], vote: Vote, *, text: ObjectionText, person_id: int | None, name: str = ""
) -> RollObjection:
    """Note what somebody without an account objects, on their behalf. Flushes.

    Args:
        acting: a facilitator.
        vote: announced, and not opened.
        text: what is objected.
        person_id: who objects, if there is a row of them.
        name: how they are called if there is none.

    Raises:
        Denied: wrong role or stage.
        Conflict: as ``object_to_roll``; or nobody is named.
    """
    acting.require(Act.OBJECTION_NOTE)
    if person_id is None and not name:
        raise Conflict(mark("Write who objects."), field="name")
    _require_new(acting, vote, text, person_id)
    noted = RollObjection(
        person_id=person_id,
        spoken_by="" if person_id else name,
        noted_by_id=acting.actor.person_id,
    )
    objection = _add(acting, vote, text, noted)
    acting.record(Act.OBJECTION_NOTE, vote.id, after={"kind": text.kind.value})
    return objection


def answer(
    acting: Acting[Lab], vote: Vote, objection: RollObjection, *, accepted: bool, words: str
) -> None:
    """Answer an objection with a reason; who should be on the list becomes a member. Flushes.

    After the opening an answer still reaches whoever waits for it, and changes no list.

    Raises:
        Denied: wrong role or stage.
        Conflict: answered already, or the vote has ended.
    """
    acting.require(Act.OBJECTION_ANSWER)
    vote = queries.lock_vote(vote.id)
    if vote.has_ended:
        raise Conflict(mark("This vote has ended."))
    db.session.refresh(objection)
    if objection.answered_at is not None:
        raise Conflict(mark("This objection was answered already."))
    objection.answered_at, objection.accepted, objection.answer = acting.now, accepted, words
    objection.answered_by = acting.actor.speaks_as
    if accepted and objection.kind is ObjectionKind.MISSING:
        _put_on(acting, objection)
    after = {"kind": objection.kind.value, "accepted": accepted}
    acting.record(Act.OBJECTION_ANSWER, vote.id, after=after)
    db.session.flush()
    if not objections.are_waiting(vote.id):
        thread.settle(vote.id, DutyKind.OBJECTION, local_day(acting.now))


def waive(vote: Vote, now: datetime) -> None:
    """Owe no answer any more: the vote was annulled. Flushes."""
    thread.waive(vote.id, DutyKind.OBJECTION, local_day(now))


def _require_new(
    acting: Acting[Lab], vote: Vote, text: ObjectionText, person_id: int | None
) -> None:
    """Raise Conflict unless these are the days for it, and it was not said already."""
    vote = queries.lock_vote(vote.id)
    since = roll_days.begin(announced_at=vote.announced_at, opens_at=vote.opens_at, days=text.days)
    if vote.has_ended:
        raise Conflict(mark("This vote has ended."))
    if vote.opened_at is not None:
        raise Conflict(mark("The vote has opened: its list does not change any more."))
    if acting.now < since:
        raise Conflict(
            mark("The list of this vote is not shown yet: come back nearer its opening.")
        )
    if person_id is not None:
        if text.kind is ObjectionKind.MISSING and objections.is_listed(
            acting.lab.id, vote, person_id
        ):
            raise Conflict(mark("This person is on the list already."), field="kind")
        if objections.has_unanswered(vote.id, person_id, text.kind):
            raise Conflict(
                mark("The same objection waits for its answer: one at a time."), field="kind"
            )


def _add(
    acting: Acting[Lab], vote: Vote, text: ObjectionText, objection: RollObjection
) -> RollObjection:
    """Keep an objection that may be made, and owe its answer by the day of the opening."""
    objection.vote_id, objection.objected_at = vote.id, acting.now
    objection.kind, objection.words = text.kind, text.words
    db.session.add(objection)
    db.session.flush()
    thread.owe(
        vote.thing,
        DutyKind.OBJECTION,
        owed_by=Role.FACILITATOR.label,
        due_on=local_day(vote.opens_at),
        basis=ANSWER_TERM,
        today=local_day(acting.now),
    )
    return objection


def _put_on(acting: Acting[Lab], objection: RollObjection) -> None:
    """Make whoever objects a member: the list is written from the members at the opening."""
    if objection.person_id is None:
        neighbour = Newcomer(objection.spoken_by)
        (objection.person_id,) = registering.register(acting, [neighbour]).people
        return
    request = labs.request_of(acting.lab.id, objection.person_id)
    if request is not None and request.decided_at is None:
        members.admit(acting, request)
        return
    acting.require(Act.MEMBER_ADMIT)
    own = identity.line_numbers(acting.lab.id, [objection.person_id])
    name = db.session.get_one(Person, objection.person_id).name
    if registering.sounds_alike(acting, Newcomer(name), but=own):
        # Who of the list this is, is asked where requests to join are answered.
        members.ask_for(acting, person_id=objection.person_id, words=objection.words)
        return
    labs_service.grant(
        acting.lab.id, objection.person_id, Role.MEMBER, source="admitted", now=acting.now
    )
    acting.record(Act.MEMBER_ADMIT, after={"person": objection.person_id})
