"""Dismissal: somebody was taken off the list of members, why, and what ANTAI said of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labapp.accounts.models import Person
from labapp.db import Base, Key, Prose
from labapp.labs.models import Lab


class Dismissal(Base):
    """A facilitator ended somebody's membership; they may appeal once, and ANTAI hears it."""

    __tablename__ = "dismissal"
    __table_args__ = (
        CheckConstraint("length(reason) > 0", name="reasoned"),
        CheckConstraint("(appealed_at IS NULL) = (appeal = '')", name="appealed_in_words"),
        CheckConstraint("(appealed_at IS NULL) = (due_at IS NULL)", name="heard_by_a_day"),
        CheckConstraint("(ruled_at IS NULL) = (restored IS NULL)", name="ruled_one_way"),
        CheckConstraint("ruled_at IS NULL OR appealed_at IS NOT NULL", name="ruled_on_appeal"),
        CheckConstraint("ruled_by_id <> made_by_id", name="ruled_by_another"),
        Index("ix_dismissal_lab_id_person_id", "lab_id", "person_id"),
        Index("ix_dismissal_person_id", "person_id"),
    )

    id: Mapped[Key]
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: Read by the person and the desk alone, as the next two texts.
    reason: Mapped[Prose]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    appealed_at: Mapped[datetime | None]
    appeal: Mapped[Prose] = mapped_column(default="")
    #: Until when ANTAI hears it; not heard by then, the membership is back.
    due_at: Mapped[datetime | None]
    ruled_at: Mapped[datetime | None]
    restored: Mapped[bool | None]
    ruling: Mapped[Prose] = mapped_column(default="")
    #: None while nobody ruled, and where the term passed.
    ruled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    lab: Mapped[Lab] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)

    @property
    def may_be_appealed(self) -> bool:
        """Whether nobody has appealed yet: it is done once."""
        return self.appealed_at is None

    @property
    def awaits_ruling(self) -> bool:
        """Whether ANTAI has an appeal to hear."""
        return self.appealed_at is not None and self.ruled_at is None
