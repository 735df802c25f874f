"""Review: one round, lab and period, of what the lab reports and what ANTAI answers."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labapp.db import Base, Key, Line, Prose
from labapp.domain.errors import mark
from labapp.thread.models import Thing


class Completion(StrEnum):
    """Open Government Partnership's five values. "No evidence" is not "not started"."""

    NO_EVIDENCE = "no_evidence"
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"

    @property
    def label(self) -> str:
        """The words for this value, for gettext."""
        return _COMPLETION[self]

    @property
    def needs_evidence(self) -> bool:
        """Whether this value may only be given where there is evidence."""
        return self in (Completion.LIMITED, Completion.SUBSTANTIAL, Completion.COMPLETE)


_COMPLETION = {
    Completion.NO_EVIDENCE: mark("No evidence available"),
    Completion.NOT_STARTED: mark("Not started"),
    Completion.LIMITED: mark("Limited"),
    Completion.SUBSTANTIAL: mark("Substantial"),
    Completion.COMPLETE: mark("Complete"),
}


class IRM(StrEnum):
    """The independent mechanism's coding: a field of its own, never overwritten by ours."""

    PENDING = "pending"
    NO_EVIDENCE = "no_evidence"
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"

    @property
    def label(self) -> str:
        """The words for this value, for gettext."""
        return mark("Pending IRM review") if self is IRM.PENDING else _COMPLETION[Completion(self)]


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
    completion: Mapped[Completion | None]
    completion_reason: Mapped[Prose] = mapped_column(default="")
    irm: Mapped[IRM] = mapped_column(default=IRM.PENDING)

    thing: Mapped[Thing] = relationship()
    rounds: Mapped[list["Round"]] = relationship(back_populates="review", order_by="Round.id")


class Round(Base):
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
