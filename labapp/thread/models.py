"""Thing, descent, duty: what the product shows as one line, kept in one place."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from labapp.db import Base, Key, Line, Title, enum_type
from labapp.domain.clocks import days_late, is_said_in_time
from labapp.domain.descents import DescentKind
from labapp.domain.duties import DutyKind
from labapp.domain.kinds import Kind
from labapp.domain.removal_code import RemovalCode


class Thing(Base):
    """Anything on the line. Its own room holds a row under the same id.

    ``title``, ``state`` and ``published_at`` are copies, written through ``thread.service``
    by the room that owns the truth.
    """

    __tablename__ = "thing"
    __table_args__ = (
        UniqueConstraint("lab_id", "kind", "number"),
        UniqueConstraint("plan_id", "kind", "number"),
        CheckConstraint("(lab_id IS NULL) <> (plan_id IS NULL)", name="of_a_lab_or_a_plan"),
        CheckConstraint("(removed_at IS NULL) = (removed_for IS NULL)", name="removed_why"),
        CheckConstraint("hidden_at IS NULL OR removed_at IS NOT NULL", name="hidden_by_a_removal"),
        Index("ix_thing_lab_id_kind_state", "lab_id", "kind", "state"),
    )

    id: Mapped[Key]
    lab_id: Mapped[int | None] = mapped_column(ForeignKey("lab.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    kind: Mapped[Kind]
    #: 1, 2, 3 ... within the lab and kind; None until it has one to be called by.
    number: Mapped[int | None]
    title: Mapped[Title]
    #: The room's own word for where it stands, for lists and the moderation queue.
    state: Mapped[str] = mapped_column(String(32))
    #: None while only its author and the lab's facilitators may see it.
    published_at: Mapped[datetime | None]
    #: When something of it was last taken away, words or photo or all, and the public reason.
    removed_at: Mapped[datetime | None]
    removed_for: Mapped[RemovalCode | None] = mapped_column(enum_type(RemovalCode))
    #: When all of it was taken away: other words stand where its own were kept.
    hidden_at: Mapped[datetime | None]
    #: Tracking code, given to whoever sent it without an account.
    code: Mapped[str | None] = mapped_column(String(12), unique=True)
    lang: Mapped[str] = mapped_column(String(8), default="es")

    @hybrid_property
    def is_public(self) -> bool:
        """Whether everybody may see it: of a row, yes or no; in a query, what to look for."""
        # Not ``is``: the one line must serve a row and a query.
        return self.has_place & (self.hidden_at == None)  # noqa: E711

    @property
    def is_hidden(self) -> bool:
        """Whether all of it was taken away."""
        return self.hidden_at is not None

    @hybrid_property
    def has_place(self) -> bool:
        """Whether it stands in lists under its number, be it with the words that say it is gone."""
        return self.published_at != None  # noqa: E711


class Descent(Base):
    """The child came from the parent: a proposal answers a problem."""

    __tablename__ = "descent"

    child_id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True, index=True)
    why: Mapped[DescentKind] = mapped_column(enum_type(DescentKind, 20))


class Duty(Base):
    """Somebody owes something by a day: what the thread draws as a knot when it is late.

    One whose day passed unmet is never deleted nor written over: the database refuses it.
    """

    __tablename__ = "duty"
    __table_args__ = (
        CheckConstraint("met_on IS NULL OR waived_on IS NULL", name="met_or_waived"),
        CheckConstraint("noted_on IS NULL OR met_on IS NOT NULL", name="noted_when_met"),
        # Of a kind one stands open on a thing; those that ended late beside it stay for ever.
        Index(
            "uq_duty_open",
            "thing_id",
            "what",
            unique=True,
            sqlite_where=text("met_on IS NULL AND waived_on IS NULL"),
            postgresql_where=text("met_on IS NULL AND waived_on IS NULL"),
        ),
        Index("ix_duty_thing_id", "thing_id"),
        Index("ix_duty_lab_id_met_on_due_on", "lab_id", "met_on", "due_on"),
    )

    id: Mapped[Key]
    thing_id: Mapped[int] = mapped_column(ForeignKey("thing.id"))
    lab_id: Mapped[int | None] = mapped_column(ForeignKey("lab.id"))
    what: Mapped[DutyKind] = mapped_column(enum_type(DutyKind, 20))
    #: Role or entity, as shown.
    owed_by: Mapped[Line]
    due_on: Mapped[date]
    #: The law, or "plazo del sitio".
    basis: Mapped[Line]
    #: The day it was done, as whoever wrote it down says.
    met_on: Mapped[date | None]
    #: The day it was written down; None for what was written before this was kept.
    noted_on: Mapped[date | None]
    #: The day from which it was owed no longer, not having been done by its day.
    waived_on: Mapped[date | None]

    @property
    def ended_on(self) -> date | None:
        """When it was done or owed no longer; None while it stands open."""
        return self.met_on or self.waived_on

    @property
    def is_said_in_time(self) -> bool:
        """Whether it is said to have been done by its day, and was written down after it."""
        return is_said_in_time(self.due_on, self.met_on, self.noted_on)

    def days_late(self, today: date) -> int:
        """Return by how many days it is or was late; 0 when in time."""
        return days_late(self.due_on, today, self.ended_on, self.noted_on)


class Counter(Base):
    """The last number given in a lab (or plan) to a kind of thing."""

    __tablename__ = "counter"

    #: ``lab:<id>`` or ``plan:<id>``.
    place: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[Kind] = mapped_column(primary_key=True)
    last: Mapped[int]
