"""Problem: what somebody told and what was decided on it; its words over time; who shares it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labapp.db import Base, Key, Line, Prose
from labapp.domain.errors import mark
from labapp.domain.removal_code import RemovalCode
from labapp.thread.models import Thing


class ProblemState(StrEnum):
    """Where a problem stands: read from its dates, and copied to its thing."""

    SENT = "sent"
    RETURNED = "returned"
    REJECTED = "rejected"
    PUBLISHED = "published"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The words a neighbour reads, for gettext."""
        return LABELS[self]


LABELS: dict[ProblemState, str] = {
    ProblemState.SENT: mark("Being reviewed"),
    ProblemState.RETURNED: mark("Returned, to be corrected"),
    ProblemState.REJECTED: mark("Not published"),
    ProblemState.PUBLISHED: mark("Published"),
    ProblemState.MERGED: mark("Joined with another"),
    ProblemState.WITHDRAWN: mark("Withdrawn by who told it"),
}


class Problem(Base):
    """One problem. Its dates say where it stands; one joined with another was published too."""

    __tablename__ = "problem"
    __table_args__ = (
        CheckConstraint(
            "(merged_at IS NULL) = (merged_into_id IS NULL)", name="merged_into_another"
        ),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_into_itself"),
        CheckConstraint(
            "(returned_at IS NULL AND rejected_at IS NULL AND merged_at IS NULL)"
            " OR length(reason) > 0",
            name="decided_with_a_reason",
        ),
        CheckConstraint(
            "published_at IS NULL OR (returned_at IS NULL AND rejected_at IS NULL)",
            name="published_or_sent_back",
        ),
        CheckConstraint("merged_at IS NULL OR published_at IS NOT NULL", name="merged_in_public"),
        CheckConstraint("supports >= 0 AND hands >= 0", name="counts"),
        CheckConstraint(
            "rejected_code IS NULL OR rejected_at IS NOT NULL", name="code_of_a_rejection"
        ),
        CheckConstraint(
            "returns >= 0 AND returns <= 1 AND (returned_at IS NULL OR returns = 1)",
            name="returned_once",
        ),
        CheckConstraint(
            "withdrawn_at IS NULL OR published_at IS NOT NULL", name="withdrawn_in_public"
        ),
    )

    id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    #: What happens, in the neighbour's words, at most 1,000 characters.
    what: Mapped[Prose]
    #: Where, in the neighbour's words.
    place_said: Mapped[Line]
    since: Mapped[Line] = mapped_column(default="")
    affects: Mapped[Line] = mapped_column(default="")
    #: True when it came on paper and a facilitator typed it in.
    on_paper: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    told_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    rejected_at: Mapped[datetime | None]
    #: What the public reads of why; None of what was rejected before there were codes.
    rejected_code: Mapped[RemovalCode | None]
    #: How often it was returned to be corrected.
    returns: Mapped[int] = mapped_column(default=0)
    #: When who told it took it back; its number and its count stay.
    withdrawn_at: Mapped[datetime | None]
    merged_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("problem.id"))
    #: Why: of one joined with another, public; of any other, for its author and the desk.
    reason: Mapped[Prose] = mapped_column(default="")
    #: Rows of Support; kept in the same transaction.
    supports: Mapped[int] = mapped_column(default=0)
    #: Hands counted in a meeting, shown apart from the supports.
    hands: Mapped[int] = mapped_column(default=0)

    thing: Mapped[Thing] = relationship(foreign_keys=id)
    merged_into: Mapped["Problem | None"] = relationship(
        foreign_keys=merged_into_id, remote_side=id
    )

    @property
    def state(self) -> ProblemState:
        """Where it stands, by its dates."""
        dated = (
            (self.withdrawn_at, ProblemState.WITHDRAWN),
            (self.merged_at, ProblemState.MERGED),
            (self.published_at, ProblemState.PUBLISHED),
            (self.rejected_at, ProblemState.REJECTED),
            (self.returned_at, ProblemState.RETURNED),
        )
        return next((state for when, state in dated if when is not None), ProblemState.SENT)


class ProblemVersion(Base):
    """The words of a published problem at one time: those that stood, or a correction that waits.

    Numbers have no gap: what was declined gives its number to the next correction. The words that
    stand are in the problem itself too, and a problem never corrected has no row here.
    """

    __tablename__ = "problem_version"
    __table_args__ = (
        UniqueConstraint("problem_id", "number"),
        CheckConstraint("shown_at IS NULL OR declined_at IS NULL", name="decided_once"),
        CheckConstraint(
            "(declined_at IS NULL) = (declined_code IS NULL)"
            " AND (declined_at IS NULL OR length(review_words) > 0)",
            name="declined_with_code",
        ),
    )

    id: Mapped[Key]
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"))
    number: Mapped[int]
    what: Mapped[Prose]
    place_said: Mapped[Line]
    since: Mapped[Line]
    affects: Mapped[Line]
    written_at: Mapped[datetime]
    #: Since when the public reads it; None while it waits, and of what was declined.
    shown_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    declined_code: Mapped[RemovalCode | None]
    #: Why it was declined, for who told it and the desk alone.
    review_words: Mapped[Prose] = mapped_column(default="")


class Support(Base):
    """This person says: it happens to me too. Supports never move when problems are joined."""

    __tablename__ = "support"

    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
