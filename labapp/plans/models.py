"""Plan and Target: what the country promised, and how it is measured."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labapp.db import Base, Key, Line, Prose, Slug
from labapp.domain.errors import mark


class Measure(StrEnum):
    """What a target counts, read from the database whenever it is shown."""

    FOLLOW_UP_LABS = "follow_up_labs"
    NEW_LABS = "new_labs"
    LABS_IN_COMARCAS = "labs_in_comarcas"
    MEETINGS = "meetings"
    AGREEMENTS = "agreements"

    @property
    def label(self) -> str:
        """The words for what is counted, for gettext."""
        return LABELS[self]


LABELS: dict[Measure, str] = {
    Measure.FOLLOW_UP_LABS: mark("Follow-up labs"),
    Measure.NEW_LABS: mark("New labs"),
    Measure.LABS_IN_COMARCAS: mark("Labs in comarcas"),
    Measure.MEETINGS: mark("Meetings held"),
    Measure.AGREEMENTS: mark("Agreements accepted"),
}


class Plan(Base):
    """An action plan of open government."""

    __tablename__ = "plan"

    id: Mapped[Key]
    slug: Mapped[Slug]
    name: Mapped[Line]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    #: Where its facts come from.
    source: Mapped[Prose] = mapped_column(default="")

    targets: Mapped[list["Target"]] = relationship(
        back_populates="plan", order_by="(Target.position, Target.id)"
    )


class Target(Base):
    """A number promised. Editable data, never a constant."""

    __tablename__ = "target"
    __table_args__ = (CheckConstraint("goal >= 0", name="not_negative"),)

    id: Mapped[Key]
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    position: Mapped[int]
    title: Mapped[Line]
    measure: Mapped[Measure] = mapped_column()
    goal: Mapped[int]
    #: True for a target invented for the demonstration.
    example: Mapped[bool] = mapped_column(default=False)
    #: OGP's id of the commitment, ``PA`` and four digits, where it is known.
    commitment: Mapped[str | None] = mapped_column(String(6))

    plan: Mapped[Plan] = relationship(back_populates="targets")
