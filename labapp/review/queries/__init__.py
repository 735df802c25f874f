"""Read reviews, their rounds, and the evidence behind a completion value."""

from collections.abc import Sequence

from sqlalchemy import Select, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.domain.ogp_completion import Backing
from labapp.followup.models import Agreement, Evidence, Milestone, Verification
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


def backing(lab_id: int) -> Backing:
    """Return what public evidence the lab's agreements have, and how much others stand behind."""
    verified = exists().where(Verification.milestone_id == Evidence.milestone_id)
    row = db.session.execute(
        select(
            func.count(),
            func.count(case((or_(Evidence.attested_by != "entity", verified), 1))),
        )
        .select_from(Evidence)
        .join(Thing, Thing.id == Evidence.id)
        .where(Thing.lab_id == lab_id, Evidence.public)
    ).one()
    return Backing(public=row[0], backed=row[1])


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
