"""Problem: what somebody told, where, and what was decided on it. Support: who shares it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labapp.db import Base, Line, Prose
from labapp.domain.errors import mark
from labapp.thread.models import Thing


class ProblemState(StrEnum):
    """Where a problem stands: read from its dates, and copied to its thing."""

    SENT = "sent"
    RETURNED = "returned"
    REJECTED = "rejected"
    PUBLISHED = "published"
    MERGED = "merged"

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
    merged_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("problem.id"))
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
            (self.merged_at, ProblemState.MERGED),
            (self.published_at, ProblemState.PUBLISHED),
            (self.rejected_at, ProblemState.REJECTED),
            (self.returned_at, ProblemState.RETURNED),
        )
        return next((state for when, state in dated if when is not None), ProblemState.SENT)


class Support(Base):
    """This person says: it happens to me too. Supports never move when problems are joined."""

    __tablename__ = "support"

    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
