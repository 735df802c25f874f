"""What stays owed when a lab closes "con pendientes", and ANTAI's word on closing it so."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from labapp.db import Base, Key, Line, Prose

_WAITS = text("withdrawn_at IS NULL AND decided_at IS NULL")


class ClosingRequest(Base):
    """A facilitator asks to close a lab with things still owed; somebody of ANTAI decides."""

    __tablename__ = "closing_request"
    __table_args__ = (
        CheckConstraint(
            "(decided_at IS NULL) = (agreed IS NULL)"
            " AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name="decided_whole",
        ),
        CheckConstraint("decided_at IS NULL OR withdrawn_at IS NULL", name="ends_once"),
        CheckConstraint("decided_by_id <> asked_by_id", name="two_people"),
        CheckConstraint("agreed IS NULL OR agreed OR length(refusal) > 0", name="refused_why"),
        Index(
            "uq_closing_request_waiting",
            "lab_id",
            unique=True,
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
    )

    id: Mapped[Key]
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"), index=True)
    #: Why the lab closes without what is owed, where no class of debts has a reason of its own.
    reason: Mapped[Prose]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: When the lab took it back, or moved by another way.
    withdrawn_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    agreed: Mapped[bool | None]
    #: Why ANTAI did not agree.
    refusal: Mapped[Prose] = mapped_column(default="")

    @property
    def waits(self) -> bool:
        """Whether it waits for ANTAI."""
        return self.withdrawn_at is None and self.decided_at is None


class ClosingDebt(Base):
    """One thing that is owed when a lab asks to close, and stays owed when it closes.

    Of closes before debts were told apart there is one row a need, with no thing.
    """

    __tablename__ = "owed"
    __table_args__ = (
        CheckConstraint("length(reason) > 0", name="reasoned"),
        CheckConstraint("request_id IS NOT NULL OR closed_at IS NOT NULL", name="asked_or_closed"),
        Index(
            "uq_owed_thing",
            "request_id",
            "need",
            "thing_id",
            unique=True,
            sqlite_where=text("thing_id IS NOT NULL"),
            postgresql_where=text("thing_id IS NOT NULL"),
        ),
        Index(
            "uq_owed_alone",
            "request_id",
            "need",
            unique=True,
            sqlite_where=text("thing_id IS NULL"),
            postgresql_where=text("thing_id IS NULL"),
        ),
    )

    id: Mapped[Key]
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("closing_request.id"))
    #: ``Need.key``.
    need: Mapped[str] = mapped_column(String(40))
    #: What is owed; None where it is of the whole lab.
    thing_id: Mapped[int | None] = mapped_column(ForeignKey("thing.id"))
    #: A name, or the words of a role, worked out by the site.
    owed_by: Mapped[Line]
    #: By what day it was due, where it had a day.
    due_on: Mapped[date | None]
    reason: Mapped[Prose]
    #: When the lab closed without it; None while ANTAI has not agreed.
    closed_at: Mapped[datetime | None]
    #: The day it was done all the same.
    paid_on: Mapped[date | None]
