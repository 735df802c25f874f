"""Response: what was decided on a thing and why, signed by an office."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from labapp.db import Base, Key, Line, Prose
from labapp.domain.errors import mark


class Decision(StrEnum):
    """Open Government Partnership's values of a reasoned response."""

    INCORPORATED = "incorporated"
    PARTLY = "partly"
    NOT_INCORPORATED = "not_incorporated"
    OUT_OF_SCOPE = "out_of_scope"

    @property
    def label(self) -> str:
        """The words for this decision, for gettext."""
        return LABELS[self]


LABELS: dict[Decision, str] = {
    Decision.INCORPORATED: mark("Incorporated"),
    Decision.PARTLY: mark("Incorporated in part"),
    Decision.NOT_INCORPORATED: mark("Not incorporated"),
    Decision.OUT_OF_SCOPE: mark("Out of scope"),
}


class Response(Base):
    """One version of the answer to a thing. Earlier versions are kept and shown."""

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("thing_id", "version"),
        CheckConstraint("length(reason) > 0", name="reasoned"),
    )

    id: Mapped[Key]
    thing_id: Mapped[int] = mapped_column(ForeignKey("thing.id"))
    #: 1, 2, 3 ...; the highest stands.
    version: Mapped[int]
    decision: Mapped[Decision]
    reason: Mapped[Prose]
    #: The office that signs and who holds it.
    office: Mapped[Line]
    signer: Mapped[Line]
    answered_at: Mapped[datetime]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
