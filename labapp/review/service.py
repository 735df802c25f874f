"""Write reviews: sent, returned, answered, validated; and the independent coding beside them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from labapp.db import db
from labapp.domain.clocks import calendar_due
from labapp.domain.completion import IRM, Completion, allow
from labapp.domain.descents import DescentKind
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.hands import moved
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Actor, require
from labapp.labs import service as labs
from labapp.labs.models import Lab
from labapp.record import service as record
from labapp.review import queries
from labapp.review.models import Review, ReviewState, Round, state
from labapp.thread import service as thread

#: Why a review is owed by its day.
SITE_TERM = mark("term set by this site")
ANTAI = "ANTAI"


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a review tells of, both included."""

    starts_on: date
    ends_on: date


def send_review(
    lab: Lab, actor: Actor, *, period: Period, report: str, due_days: int, now: datetime
) -> Review:
    """Send the follow-up of a period to ANTAI, published at once; its review is owed.

    Args:
        lab: at prototype or follow-up.
        actor: a facilitator.
        period: over by today, and after the one sent before.
        report: what was done, in the lab's words.
        due_days: calendar days for ANTAI.
        now: the instant of the act.

    Returns:
        The review, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: an earlier review waits, or the period is upside down, not over or told already.
    """
    require(actor, Act.REVIEW_SEND, lab.stage)
    today = local_day(now)
    # Of two sent at once the second waits here and then sees the first.
    db.session.execute(select(Lab.id).where(Lab.id == lab.id).with_for_update())
    _tells_anew(queries.latest(lab.id), period, today)
    review = Review(
        period_starts_on=period.starts_on,
        period_ends_on=period.ends_on,
        report=report,
        sent_at=now,
        due_on=calendar_due(today, due_days),
    )
    title = review.title
    thing = thread.add(
        Kind.REVIEW, title=title, state=ReviewState.SENT, lab_id=lab.id, published_at=now
    )
    review.id = thing.id
    review.thing = thing
    db.session.add(review)
    db.session.flush()
    for agreement in queries.agreements(lab.id):
        thread.descend(thing.id, agreement.id, DescentKind.REVIEWS)
    thread.owe(thing, DutyKind.REVIEW, owed_by=ANTAI, due_on=review.due_on, basis=SITE_TERM)
    after = {"period": title, "due_on": review.due_on.isoformat()}
    record.write(actor, Act.REVIEW_SEND, lab_id=lab.id, thing_id=thing.id, after=after, now=now)
    labs.stir(lab, now)
    return review


def _tells_anew(last: Review | None, period: Period, today: date) -> None:
    if period.ends_on < period.starts_on:
        raise Conflict(mark("A period does not end before it starts."))
    if period.ends_on > today:
        raise Conflict(mark("A period is reported once it is over."))
    if last is not None and last.validated_at is None:
        raise Conflict(mark("Wait until ANTAI validates the report sent before."))
    if last is not None and period.starts_on <= last.period_ends_on:
        raise Conflict(mark("The report sent before tells of these days already."))


def return_review(
    lab: Lab,
    actor: Actor,
    review: Review,
    *,
    observations: str,
    office: str,
    due_days: int,
    now: datetime,
) -> Round:
    """Return a review with observations: ANTAI's clock stops, the lab's runs. Flushed.

    Args:
        lab: the lab of the review.
        actor: a reviewer who takes no part in the lab.
        review: in ANTAI's hands.
        observations: what is to be explained or shown.
        office: who signs.
        due_days: calendar days for the lab.
        now: the instant of the act.

    Raises:
        Denied: wrong role or stage, or takes part in the lab.
        Conflict: validated, or in the lab's hands already.
    """
    require(actor, Act.REVIEW_RETURN, lab.stage)
    held = _with_antai(review)
    turn = Round(observations=observations, office=office, returned_at=now)
    held.rounds.append(turn)
    today = local_day(now)
    thread.show(held.thing, state=state(held, owes_answer=True))
    thread.settle(held.id, DutyKind.REVIEW, today)
    thread.owe(
        held.thing,
        DutyKind.ANSWER,
        owed_by=mark("the lab's facilitators"),
        due_on=calendar_due(today, due_days),
        basis=SITE_TERM,
    )
    record.write(
        actor, Act.REVIEW_RETURN, lab_id=lab.id, thing_id=held.id, reason=observations, now=now
    )
    labs.stir(lab, now)
    return turn


def answer_review(lab: Lab, actor: Actor, review: Review, *, text: str, now: datetime) -> None:
    """Answer ANTAI's observations: its clock goes on where it stopped. Flushed.

    Args:
        lab: the lab of the review.
        actor: a facilitator.
        review: in the lab's hands.
        text: the answer.
        now: the instant of the act.

    Raises:
        Denied: wrong role or stage.
        Conflict: nothing waits for an answer.
    """
    require(actor, Act.REVIEW_ANSWER, lab.stage)
    held = queries.locked(review.id)
    turn = queries.open_round(held.id)
    if turn is None:
        raise Conflict(mark("No observation waits for an answer."))
    today = local_day(now)
    turn.answer, turn.answered_at = text, now
    held.due_on = moved(held.due_on, local_day(turn.returned_at), today)
    thread.show(held.thing, state=state(held, owes_answer=False))
    thread.settle(held.id, DutyKind.ANSWER, today)
    thread.owe(held.thing, DutyKind.REVIEW, owed_by=ANTAI, due_on=held.due_on, basis=SITE_TERM)
    after = {"due_on": held.due_on.isoformat()}
    record.write(actor, Act.REVIEW_ANSWER, lab_id=lab.id, thing_id=held.id, after=after, now=now)
    labs.stir(lab, now)


def validate_review(
    lab: Lab,
    actor: Actor,
    review: Review,
    *,
    completion: Completion,
    reason: str,
    now: datetime,
) -> None:
    """Validate a review with one of the five values; the IRM's coding is left alone. Flushed.

    Args:
        lab: the lab of the review.
        actor: a reviewer who takes no part in the lab.
        review: in ANTAI's hands.
        completion: limited, substantial and complete need evidence that others stand behind.
        reason: why this value, shown to all.
        now: the instant of the act.

    Raises:
        Denied: wrong role or stage, or takes part in the lab.
        Blocked: the evidence does not bear the value.
        Conflict: validated, or in the lab's hands.
    """
    require(actor, Act.REVIEW_VALIDATE, lab.stage)
    held = _with_antai(review)
    allow(completion, queries.backing(lab.id))
    held.validated_at, held.completion, held.completion_reason = now, completion, reason
    thread.show(held.thing, state=state(held, owes_answer=False))
    thread.settle(held.id, DutyKind.REVIEW, local_day(now))
    after = {"completion": completion.value}
    record.write(
        actor,
        Act.REVIEW_VALIDATE,
        lab_id=lab.id,
        thing_id=held.id,
        after=after,
        reason=reason,
        now=now,
    )
    labs.stir(lab, now)


def note_irm(
    lab: Lab, actor: Actor, review: Review, *, irm: IRM, source: str, now: datetime
) -> None:
    """Note how the independent mechanism coded the period; our own value is left alone. Flushed.

    Args:
        lab: the lab of the review.
        actor: a reviewer who takes no part in the lab.
        review: validated or not.
        irm: its value; "pending" is one.
        source: in which report it says so.
        now: the instant of the act.

    Raises:
        Denied: wrong role, or takes part in the lab.
    """
    require(actor, Act.REVIEW_IRM, lab.stage)
    held = queries.locked(review.id)
    before = {"irm": held.irm.value, "source": held.irm_source}
    held.irm, held.irm_source = irm, source
    db.session.flush()
    record.write(
        actor,
        Act.REVIEW_IRM,
        lab_id=lab.id,
        thing_id=held.id,
        before=before,
        after={"irm": irm.value, "source": source},
        now=now,
    )
    labs.stir(lab, now)


def _with_antai(review: Review) -> Review:
    """Return the review, held, if it is in ANTAI's hands.

    Raises:
        Conflict: it is not.
    """
    held = queries.locked(review.id)
    if held.validated_at is not None:
        raise Conflict(mark("This review was validated already."))
    if queries.open_round(held.id) is not None:
        raise Conflict(mark("It is in the lab's hands: wait for its answer."))
    return held
