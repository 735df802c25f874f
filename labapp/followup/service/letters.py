"""Letters: handed in to whoever is competent, and answered or not."""

from datetime import date, datetime

from labapp.db import db
from labapp.domain.clocks import calendar_due, days_late
from labapp.domain.descents import DescentKind
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Conflict, Denied, mark
from labapp.domain.kinds import Kind
from labapp.domain.policy import Act, Actor, Relation, Role, require
from labapp.domain.roles import LACKING
from labapp.followup.models import Answer, Letter
from labapp.followup.states import LetterState
from labapp.labs import service as labs
from labapp.labs.models import Lab
from labapp.organizations.models import Organization
from labapp.record import service as record
from labapp.thread import service as thread
from labapp.thread.models import Thing

#: Why a letter is owed an answer by a day, as the page shows it.
BASIS = mark("term set by this site, legal basis to be confirmed")


def send_letter(
    lab: Lab,
    actor: Actor,
    *,
    source: Thing,
    organization: Organization,
    reference: str,
    text: str,
    presented_on: date,
    due_days: int,
    now: datetime,
) -> Letter:
    """Record a letter handed in, published at once, and the answer owed to it.

    Args:
        lab: from ideation to follow-up.
        actor: a facilitator.
        source: the published proposal or contribution that the letter carries.
        organization: to whom.
        reference: the number or seal of reception, as on the paper.
        text: what the letter says.
        presented_on: the day of reception.
        due_days: calendar days to answer.
        now: the instant of the act.

    Returns:
        The letter, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: what it should carry is not public, or is of another lab.
    """
    require(actor, Act.LETTER_SEND, lab.stage)
    carried = (Kind.PROPOSAL, Kind.CONTRIBUTION)
    if source.lab_id != lab.id or source.kind not in carried or not source.is_public:
        raise Conflict(mark("A letter carries a published proposal or contribution of this lab."))
    thing = thread.add(
        Kind.LETTER,
        title=source.title,
        state=LetterState.PRESENTED,
        lab_id=lab.id,
        published_at=now,
    )
    letter = Letter(
        id=thing.id,
        organization_id=organization.id,
        reference=reference,
        text=text,
        presented_on=presented_on,
        due_on=calendar_due(presented_on, due_days),
    )
    letter.thing, letter.organization = thing, organization
    db.session.add(letter)
    db.session.flush()
    thread.descend(thing.id, source.id, DescentKind.CAME_FROM)
    thread.owe(thing, DutyKind.LETTER, owed_by=organization.name, due_on=letter.due_on, basis=BASIS)
    after = {
        "organization": organization.name,
        "reference": reference,
        "presented_on": presented_on.isoformat(),
        "due_on": letter.due_on.isoformat(),
    }
    record.write(actor, Act.LETTER_SEND, lab_id=lab.id, thing_id=thing.id, after=after, now=now)
    labs.stir(lab, now)
    return letter


def answer_letter(
    lab: Lab,
    actor: Actor,
    letter: Letter,
    *,
    answer: Answer,
    text: str,
    reference: str,
    answered_on: date,
    held: frozenset[Relation],
    now: datetime,
) -> None:
    """Record what whoever is competent answered; the first answer stands. Flushed.

    Args:
        lab: the lab of the letter.
        actor: a facilitator, who copies it from paper, or somebody of the entity.
        letter: not answered yet.
        answer: accepted, partly or refused.
        text: in the entity's own words.
        reference: the number of its act; may be empty.
        answered_on: never before the letter was handed in.
        held: RESPONSIBLE where the actor speaks for the entity addressed.
        now: the instant of the act.

    Raises:
        Denied: neither a facilitator nor of the entity addressed.
        Conflict: already answered, or answered before it was handed in.
    """
    require(actor, Act.LETTER_ANSWER, lab.stage)
    for_the_entity(actor, held)
    if answered_on < letter.presented_on:
        raise Conflict(mark("A letter is not answered before it is handed in."))
    db.session.refresh(letter, ["answer"], with_for_update=True)
    if letter.state is LetterState.ANSWERED:
        raise Conflict(mark("This letter already has its answer."))
    letter.answer, letter.answered_on = answer, answered_on
    letter.answer_text, letter.answer_reference = text, reference
    thread.show(letter.thing, state=letter.state)
    thread.settle(letter.id, DutyKind.LETTER, answered_on)
    after = {
        "answer": answer.value,
        "reference": reference,
        "answered_on": answered_on.isoformat(),
        "days_late": days_late(letter.due_on, answered_on),
    }
    record.write(actor, Act.LETTER_ANSWER, lab_id=lab.id, thing_id=letter.id, after=after, now=now)
    labs.stir(lab, now)


def for_the_entity(actor: Actor, held: frozenset[Relation]) -> None:
    """Let pass a facilitator, or whoever speaks for this very entity.

    Raises:
        Denied: somebody of another entity.
    """
    if Role.FACILITATOR not in actor.roles and Relation.RESPONSIBLE not in held:
        raise Denied(LACKING[Relation.RESPONSIBLE])
