"""Read reviews, their rounds, and what stands behind a completion value."""

from collections.abc import Sequence

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import contains_eager, selectinload

from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.domain.ogp_completion import BackedStep
from labapp.followup import queries as followup
from labapp.followup.models import Agreement, Milestone
from labapp.pagination import Page, newest_first, page_of
from labapp.review.models import Review, ReviewRound
from labapp.thread import queries as thread
from labapp.thread.models import Thing


def review(lab_id: int, number: int) -> Review | None:
    """Return a review of the lab by its number, with its rounds. Two statements."""
    return db.session.scalar(
        select(Review)
        .join(Review.thing)
        .options(contains_eager(Review.thing), selectinload(Review.rounds))
        .where(thread.stands_at(lab_id, Kind.REVIEW, number))
    )


def reviews(lab_id: int, before: int | None = None) -> Page[Review, int]:
    """Return the reviews of a lab, newest first, before number ``before``."""
    query = newest_first(_of_lab(lab_id), Thing.number, before)
    return page_of(db.session.scalars(query).all(), lambda review: review.thing.number)


def latest(lab_id: int) -> Review | None:
    """Return the latest review of a lab, or None."""
    return db.session.scalar(newest_first(_of_lab(lab_id), Thing.number, None).limit(1))


def last_validated(lab_id: int) -> bool:
    """Return whether the latest review of the lab is validated; False where there is none."""
    review = latest(lab_id)
    return review is not None and review.validated_at is not None


def open_round(review_id: int) -> ReviewRound | None:
    """Return the round that the lab has not answered yet, or None."""
    return db.session.scalar(
        select(ReviewRound).where(
            ReviewRound.review_id == review_id, ReviewRound.answered_at.is_(None)
        )
    )


def lock_review(review_id: int) -> Review:
    """Return the review as it stands now, held until the commit: whoever comes second waits."""
    return db.session.scalars(
        select(Review)
        .where(Review.id == review_id)
        .with_for_update(of=Review)
        .execution_options(populate_existing=True)
    ).one()


def backing(lab_id: int) -> list[BackedStep]:
    """Return what stands behind each step of the agreements in force of a lab, in order.

    What was seen is what every page shows of it (``Milestone.verified``). Two statements.
    """
    rows = db.session.execute(
        select(
            Milestone.id,
            func.coalesce(Thing.number, 0),
            Milestone.position,
            Milestone.weight,
            Milestone.verified,
        )
        .join(Agreement, Agreement.id == Milestone.agreement_id)
        .join(Thing, Thing.id == Agreement.id)
        .where(Thing.lab_id == lab_id, Agreement.accepted_on.is_not(None))
        .order_by(Thing.number, Milestone.position)
    ).all()
    shown = followup.evidence_status([row.id for row in rows])
    return [BackedStep(*row[1:], is_public=shown[row.id].public) for row in rows]


def agreements(lab_id: int) -> Sequence[Agreement]:
    """Return the agreements in force of a lab, in order: the review page shows their bars."""
    return db.session.scalars(
        select(Agreement)
        .join(Agreement.thing)
        .options(contains_eager(Agreement.thing))
        .where(
            Thing.lab_id == lab_id,
            Agreement.accepted_on.is_not(None),
            exists().where(Milestone.agreement_id == Agreement.id),
        )
        .order_by(Thing.number)
        .limit(100)
    ).all()


def _of_lab(lab_id: int) -> Select[Review]:
    return (
        select(Review)
        .join(Review.thing)
        .options(contains_eager(Review.thing))
        .where(Thing.lab_id == lab_id, Thing.kind == Kind.REVIEW)
    )
