"""Letters: handed in to whoever is competent, and answered or not."""

from dataclasses import dataclass
from datetime import date

from labapp.db import db
from labapp.domain.clocks import calendar_due, days_late
from labapp.domain.descents import DescentKind
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Conflict, Denied, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Actor, Relation
from labapp.domain.roles import LACKING
from labapp.followup import queries
from labapp.followup.models import Letter, LetterAnswer
from labapp.followup.states import LetterState
from labapp.labs.models import Lab
from labapp.labs.service import interests
from labapp.organizations.models import Organization
from labapp.record.acting import Acting
from labapp.thread import service as thread
from labapp.thread.models import Thing

#: Why a letter is owed an answer by a day, as the page shows it.
BASIS = mark("term set by this site, legal basis to be confirmed")


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter as it was handed in, before it has a row.

    Attributes:
        organization: to whom.
        reference: the number or seal of reception, as on the paper.
        text: what the letter says.
        presented_on: the day of reception.
    """

    organization: Organization
    reference: str
    text: str
    presented_on: date


def send_letter(acting: Acting[Lab], draft: LetterDraft, *, source: Thing, due_days: int) -> Letter:
    """Record a letter handed in, published at once, and the answer owed to it.

    Args:
        acting: a facilitator; the lab from ideation to follow-up.
        source: the published proposal or contribution that the letter carries.
        draft: a letter as it was handed in, before it has a row.
        due_days: calendar days to answer.

    Returns:
        The letter, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: what it should carry is not public, or is of another lab; or whoever serves the
            lab is of that entity.
    """
    acting.require(Act.LETTER_SEND)
    carried = (Kind.PROPOSAL, Kind.CONTRIBUTION)
    if not queries.serves(source, acting.lab.id, carried):
        raise Conflict(mark("A letter carries a published proposal or contribution of this lab."))
    interests.require_nobody_of(acting, draft.organization.id)
    thing = thread.add(
        Kind.LETTER,
        title=source.title,
        state=LetterState.PRESENTED,
        lab_id=acting.lab.id,
        published_at=acting.now,
    )
    letter = Letter(
        id=thing.id,
        organization_id=draft.organization.id,
        reference=draft.reference,
        text=draft.text,
        presented_on=draft.presented_on,
        due_on=calendar_due(draft.presented_on, due_days),
    )
    letter.thing, letter.organization = thing, draft.organization
    db.session.add(letter)
    db.session.flush()
    thread.descend(thing.id, source.id, DescentKind.CAME_FROM)
    thread.owe(
        thing, DutyKind.LETTER, owed_by=draft.organization.name, due_on=letter.due_on, basis=BASIS
    )
    after = {
        "organization": draft.organization.name,
        "reference": draft.reference,
        "presented_on": draft.presented_on.isoformat(),
        "due_on": letter.due_on.isoformat(),
    }
    acting.record(Act.LETTER_SEND, thing.id, after=after)
    return letter


def answer_letter(
    acting: Acting[Lab],
    letter: Letter,
    *,
    answer: LetterAnswer,
    text: str,
    reference: str,
    answered_on: date,
) -> None:
    """Record what whoever is competent answered; the first answer stands. Flushed.

    Args:
        acting: a facilitator, who copies it from paper, or somebody of the entity.
        letter: not answered yet.
        answer: accepted, partly or refused.
        text: in the entity's own words.
        reference: the number of its act; may be empty.
        answered_on: never before the letter was handed in.

    Raises:
        Denied: neither a facilitator nor of the entity addressed.
        Conflict: already answered, or answered before it was handed in.
    """
    acting.require(Act.LETTER_ANSWER)
    require_for_the_entity(acting.actor, letter.organization_id)
    if answered_on < letter.presented_on:
        raise Conflict(mark("A letter is not answered before it is handed in."))
    db.session.refresh(letter, ["answer"], with_for_update=True)
    if letter.state is LetterState.ANSWERED:
        raise Conflict(mark("This letter already has its answer."))
    today = local_day(acting.now)
    letter.answer, letter.answered_on = answer, answered_on
    letter.answer_text, letter.answer_reference = text, reference
    thread.copy_state(letter.thing, state=letter.state)
    thread.settle(letter.id, DutyKind.LETTER, answered_on, noted_on=today)
    after = {
        "answer": answer.value,
        "reference": reference,
        "answered_on": answered_on.isoformat(),
        "days_late": days_late(letter.due_on, today, answered_on, today),
    }
    acting.record(Act.LETTER_ANSWER, letter.id, after=after)


def require_for_the_entity(actor: Actor, organization_id: int) -> None:
    """Let pass a facilitator, or whoever speaks for this very entity.

    Raises:
        Denied: somebody of another entity.
    """
    if not actor.writes_for(organization_id):
        raise Denied(LACKING[Relation.RESPONSIBLE])
