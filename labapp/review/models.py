"""Review: one round, lab and period, of what the lab reports and what ANTAI answers."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labapp.db import Base, Key, Line, Prose
from labapp.domain.ogp_completion import IRM, OgpCompletion
from labapp.thread.models import Thing


class ReviewState(StrEnum):
    """In whose hands a review is; the thread holds a copy of the value."""

    SENT = "sent"
    RETURNED = "returned"
    VALIDATED = "validated"


class Review(Base):
    """A lab's follow-up in one period, in ANTAI's hands or back in the lab's."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint(
            "(validated_at IS NULL) = (completion IS NULL)", name="validated_with_a_value"
        ),
        CheckConstraint("period_ends_on >= period_starts_on", name="period"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    period_starts_on: Mapped[date]
    period_ends_on: Mapped[date]
    report: Mapped[Prose]
    sent_at: Mapped[datetime]
    due_on: Mapped[date]
    validated_at: Mapped[datetime | None]
    completion: Mapped[OgpCompletion | None]
    completion_reason: Mapped[Prose] = mapped_column(default="")
    irm: Mapped[IRM] = mapped_column(default=IRM.PENDING)
    #: Where the independent mechanism said so: the report and its page.
    irm_source: Mapped[Line] = mapped_column(default="")

    thing: Mapped[Thing] = relationship()
    rounds: Mapped[list["ReviewRound"]] = relationship(
        back_populates="review", order_by="ReviewRound.id"
    )

    @property
    def title(self) -> str:
        """What it is called: the days that it tells of."""
        return f"{self.period_starts_on:%d/%m/%Y} – {self.period_ends_on:%d/%m/%Y}"


class ReviewRound(Base):
    """ANTAI returned a review with observations; the lab answers, and the clock goes on."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answer_dated"),
    )

    id: Mapped[Key]
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    observations: Mapped[Prose]
    returned_at: Mapped[datetime]
    answer: Mapped[Prose] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    #: The office that signs the observations.
    office: Mapped[Line] = mapped_column(default="")

    review: Mapped[Review] = relationship(back_populates="rounds")


def state(review: Review, *, owes_answer: bool) -> ReviewState:
    """Return in whose hands a review is.

    Args:
        review: its own dates are read.
        owes_answer: whether the lab has not answered its latest round yet.
    """
    if review.validated_at is not None:
        return ReviewState.VALIDATED
    return ReviewState.RETURNED if owes_answer else ReviewState.SENT
