"""Write reviews: sent, returned, answered, validated; and the independent coding beside them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from labapp.db import db
from labapp.domain.clocks import calendar_due
from labapp.domain.descents import DescentKind
from labapp.domain.duties import SITE_TERM, DutyKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.ogp_completion import IRM, OgpCompletion, require_backed
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.domain.review_clock import extended_due
from labapp.domain.stage import require_owed
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.review import queries
from labapp.review.models import Review, ReviewRound, ReviewState, state
from labapp.thread import service as thread

ANTAI = "ANTAI"


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a review tells of, both included."""

    starts_on: date
    ends_on: date


def send_review(acting: Acting[Lab], *, period: Period, report: str, due_days: int) -> Review:
    """Send the follow-up of a period to ANTAI, published at once; its review is owed.

    Args:
        acting: a facilitator; the lab at prototype or follow-up, or closed without a last one
            validated.
        period: over by today, and after the one sent before.
        report: what was done, in the lab's words.
        due_days: calendar days for ANTAI.

    Returns:
        The review, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: an earlier review waits, or the period is upside down, not over or told already.
    """
    acting.require(Act.REVIEW_SEND)
    require_owed(acting.lab.stage, owed=not queries.last_validated(acting.lab.id))
    today = local_day(acting.now)
    # Of two sent at once the second waits here and then sees the first.
    db.session.execute(select(Lab.id).where(Lab.id == acting.lab.id).with_for_update())
    _require_new_period(queries.latest(acting.lab.id), period, today)
    review = Review(
        period_starts_on=period.starts_on,
        period_ends_on=period.ends_on,
        report=report,
        sent_at=acting.now,
        due_on=calendar_due(today, due_days),
    )
    title = review.title
    thing = thread.add(
        Kind.REVIEW,
        title=title,
        state=ReviewState.SENT,
        lab_id=acting.lab.id,
        published_at=acting.now,
    )
    review.id = thing.id
    review.thing = thing
    db.session.add(review)
    db.session.flush()
    for agreement in queries.agreements(acting.lab.id):
        thread.descend(thing.id, agreement.id, DescentKind.REVIEWS)
    thread.owe(thing, DutyKind.REVIEW, owed_by=ANTAI, due_on=review.due_on, basis=SITE_TERM)
    after = {"period": title, "due_on": review.due_on.isoformat()}
    acting.record(Act.REVIEW_SEND, thing.id, after=after)
    return review


def _require_new_period(last: Review | None, period: Period, today: date) -> None:
    if period.ends_on < period.starts_on:
        raise Conflict(mark("A period does not end before it starts."))
    if period.ends_on > today:
        raise Conflict(mark("A period is reported once it is over."))
    if last is not None and last.validated_at is None:
        raise Conflict(mark("Wait until ANTAI validates the report sent before."))
    if last is not None and period.starts_on <= last.period_ends_on:
        raise Conflict(mark("The report sent before tells of these days already."))


def return_review(
    acting: Acting[Lab], review: Review, *, observations: str, office: str, due_days: int
) -> ReviewRound:
    """Return a review with observations: ANTAI's clock stops, the lab's runs. Flushed.

    Args:
        acting: a reviewer with no part, now or once, in the lab or in an entity that owes it.
        review: in ANTAI's hands.
        observations: what is to be explained or shown.
        office: who signs.
        due_days: calendar days for the lab.

    Raises:
        Denied: wrong role or stage, or takes or took part.
        Conflict: validated, or in the lab's hands already.
    """
    acting.require(Act.REVIEW_RETURN)
    locked_review = _require_with_antai(review)
    turn = ReviewRound(observations=observations, office=office, returned_at=acting.now)
    locked_review.rounds.append(turn)
    today = local_day(acting.now)
    thread.copy_state(locked_review.thing, state=state(locked_review, owes_answer=True))
    thread.settle(locked_review.id, DutyKind.REVIEW, today)
    thread.owe(
        locked_review.thing,
        DutyKind.ANSWER,
        owed_by=mark("the lab's facilitators"),
        due_on=calendar_due(today, due_days),
        basis=SITE_TERM,
    )
    acting.record(Act.REVIEW_RETURN, locked_review.id, reason=observations)
    return turn


def answer_review(acting: Acting[Lab], review: Review, *, text: str) -> None:
    """Answer ANTAI's observations: its clock goes on where it stopped. Flushed.

    Args:
        acting: a facilitator.
        review: in the lab's hands.
        text: the answer.

    Raises:
        Denied: wrong role or stage.
        Conflict: nothing waits for an answer.
    """
    acting.require(Act.REVIEW_ANSWER)
    locked_review = queries.lock_review(review.id)
    turn = queries.open_round(locked_review.id)
    if turn is None:
        raise Conflict(mark("No observation waits for an answer."))
    today = local_day(acting.now)
    turn.answer, turn.answered_at = text, acting.now
    locked_review.due_on = extended_due(locked_review.due_on, local_day(turn.returned_at), today)
    thread.copy_state(locked_review.thing, state=state(locked_review, owes_answer=False))
    thread.settle(locked_review.id, DutyKind.ANSWER, today)
    thread.owe(
        locked_review.thing,
        DutyKind.REVIEW,
        owed_by=ANTAI,
        due_on=locked_review.due_on,
        basis=SITE_TERM,
    )
    after = {"due_on": locked_review.due_on.isoformat()}
    acting.record(Act.REVIEW_ANSWER, locked_review.id, after=after)


def validate_review(
    acting: Acting[Lab], review: Review, *, completion: OgpCompletion, reason: str
) -> None:
    """Validate a review with one of the five values; the IRM's coding is left alone. Flushed.

    Args:
        acting: a reviewer with no part, now or once, in the lab or in an entity that owes it.
        review: in ANTAI's hands.
        completion: what limited, substantial and complete claim must have been seen
            (``domain.ogp_completion``).
        reason: why this value, shown to all.

    Raises:
        Denied: wrong role or stage, or takes or took part.
        Blocked: what was seen does not bear the value.
        Conflict: validated, or in the lab's hands.
    """
    acting.require(Act.REVIEW_VALIDATE)
    locked_review = _require_with_antai(review)
    require_backed(completion, queries.backing(acting.lab.id))
    locked_review.validated_at, locked_review.completion, locked_review.completion_reason = (
        acting.now,
        completion,
        reason,
    )
    thread.copy_state(locked_review.thing, state=state(locked_review, owes_answer=False))
    thread.settle(locked_review.id, DutyKind.REVIEW, local_day(acting.now))
    after = {"completion": completion.value}
    acting.record(Act.REVIEW_VALIDATE, locked_review.id, after=after, reason=reason)


def note_irm(acting: Acting[Lab], review: Review, *, irm: IRM, source: str) -> None:
    """Note how the independent mechanism coded the period; our own value is left alone. Flushed.

    Args:
        acting: a reviewer with no part, now or once, in the lab or in an entity that owes it.
        review: validated or not.
        irm: its value; "pending" is one.
        source: in which report it says so.

    Raises:
        Denied: wrong role, or takes or took part.
    """
    acting.require(Act.REVIEW_IRM)
    locked_review = queries.lock_review(review.id)
    before = {"irm": locked_review.irm.value, "source": locked_review.irm_source}
    locked_review.irm, locked_review.irm_source = irm, source
    db.session.flush()
    acting.record(
        Act.REVIEW_IRM, locked_review.id, before=before, after={"irm": irm.value, "source": source}
    )


def _require_with_antai(review: Review) -> Review:
    """Return the review, held, if it is in ANTAI's hands.

    Raises:
        Conflict: it is not.
    """
    locked_review = queries.lock_review(review.id)
    if locked_review.validated_at is not None:
        raise Conflict(mark("This review was validated already."))
    if queries.open_round(locked_review.id) is not None:
        raise Conflict(mark("It is in the lab's hands: wait for its answer."))
    return locked_review
