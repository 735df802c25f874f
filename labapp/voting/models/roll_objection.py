"""RollObjection: what somebody finds wrong with the list of a vote before it opens."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labapp.accounts.models import Person
from labapp.db import Base, Key, Line, Prose
from labapp.domain.errors import mark
from labapp.domain.roles import Role


class ObjectionKind(StrEnum):
    """What is found wrong. The value is stored; do not rename it."""

    MISSING = "missing"
    WRONG = "wrong"

    @property
    def label(self) -> str:
        """The words for this kind, for gettext."""
        return _KINDS[self]


_KINDS = {
    ObjectionKind.MISSING: mark("I should be on the list, and I am not"),
    ObjectionKind.WRONG: mark("Something in the list is wrong: somebody twice, or not of here"),
}
_UNANSWERED = text("answered_at IS NULL")


class RollObjection(Base):
    """One objection: its words are private to its author, to the lab's facilitators and to ANTAI.

    The database takes none once the vote has opened.
    """

    __tablename__ = "roll_objection"
    __table_args__ = (
        CheckConstraint("length(words) > 0", name="words"),
        CheckConstraint("person_id IS NOT NULL OR length(spoken_by) > 0", name="of_somebody"),
        CheckConstraint("spoken_by = '' OR noted_by_id IS NOT NULL", name="noted_by_somebody"),
        CheckConstraint(
            "(answered_at IS NULL) = (accepted IS NULL)"
            " AND (answered_at IS NULL) = (answered_by IS NULL)"
            " AND (answered_at IS NULL) = (answer = '')",
            name="answered_whole",
        ),
        # One at a time: of the same person and kind a second waits for the answer to the first.
        Index(
            "uq_roll_objection_unanswered",
            "consultation_id",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=_UNANSWERED,
            postgresql_where=_UNANSWERED,
        ),
    )

    id: Mapped[Key]
    vote_id: Mapped[int] = mapped_column("consultation_id", ForeignKey("consultation.id"))
    #: Who objects; None for somebody at the table of whom there is no row.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: How they are called then.
    spoken_by: Mapped[Line] = mapped_column(default="")
    #: The facilitator who noted it on their behalf; None where they wrote it themselves.
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[ObjectionKind]
    words: Mapped[Prose]
    objected_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]
    answer: Mapped[Prose] = mapped_column(default="")
    #: In which quality somebody answered.
    answered_by: Mapped[Role | None]

    person: Mapped[Person | None] = relationship(foreign_keys=person_id)

    @property
    def name(self) -> str:
        """Who objects."""
        return self.person.name if self.person else self.spoken_by
