"""Removal: what was taken away of a thing, and why. KeptText: the words, as they were."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labapp.db import Base, Key, Line, Prose, enum_type
from labapp.domain.removal import RemovalEnd, RemovalScope, RemovalState
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import Role
from labapp.thread.models import Thing


class Removal(Base):
    """Something public, or about to be, was taken away, for a reason that has a code."""

    __tablename__ = "removal"
    __table_args__ = (
        CheckConstraint("(scope = 'file') = (file_id IS NOT NULL)", name="a_file_is_named"),
        CheckConstraint("(appealed_at IS NULL) = (appeal = '')", name="appealed_in_words"),
        CheckConstraint("(appealed_at IS NULL) = (appeal_due_at IS NULL)", name="heard_by_a_day"),
        CheckConstraint("(scope = 'words') = (hidden_words <> '')", name="words_are_named"),
        CheckConstraint("ruled_at IS NULL OR appealed_at IS NOT NULL", name="ruled_on_appeal"),
        CheckConstraint("(ruled_at IS NULL) = (upheld IS NULL)", name="ruled_one_way"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_somehow"),
        CheckConstraint("ruled_by_id <> asked_by_id", name="ruled_by_another_than_asked"),
        CheckConstraint("ruled_by_id <> decided_by_id", name="ruled_by_another_than_decided"),
        CheckConstraint(
            "NOT by_two OR decided_at IS NULL OR"
            " (decided_by_id IS NOT NULL AND decided_by_id <> asked_by_id)",
            name="by_two",
        ),
        Index("ix_removal_thing_id", "thing_id"),
        Index("ix_removal_lab_id_id", "lab_id", "id"),
        Index("ix_removal_appeal_due_at", "appeal_due_at"),
    )

    id: Mapped[Key]
    thing_id: Mapped[int] = mapped_column(ForeignKey("thing.id"))
    #: The lab of the thing; None for one of a plan.
    lab_id: Mapped[int | None] = mapped_column(ForeignKey("lab.id"))
    scope: Mapped[RemovalScope] = mapped_column(enum_type(RemovalScope))
    code: Mapped[RemovalCode] = mapped_column(enum_type(RemovalCode))
    #: Read by the author and the desk alone.
    words: Mapped[Prose]
    #: What stands in the place of what was hidden whole.
    notice: Mapped[Line]
    #: The words blacked out, one a line.
    hidden_words: Mapped[Prose] = mapped_column(default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    #: Whether two people of ANTAI must agree.
    by_two: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: In which quality they took it away; None for an author who told it without an account.
    role: Mapped[Role | None] = mapped_column(enum_type(Role))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    appealed_at: Mapped[datetime | None]
    #: Read by the desk alone.
    appeal: Mapped[Prose] = mapped_column(default="")
    appeal_due_at: Mapped[datetime | None]
    ruled_at: Mapped[datetime | None]
    ruled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    upheld: Mapped[bool | None]
    #: Read by the author and the desk alone.
    ruling: Mapped[Prose] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[RemovalEnd | None] = mapped_column(enum_type(RemovalEnd))

    thing: Mapped[Thing] = relationship()
    covered: Mapped[list["CoveredText"]] = relationship(order_by="CoveredText.key")

    @property
    def made_at(self) -> datetime:
        """When it was decided; until then, when it was asked for."""
        return self.decided_at or self.asked_at

    @property
    def awaits_ruling(self) -> bool:
        """Whether ANTAI has an appeal to hear."""
        return self.state is RemovalState.APPEALED

    @property
    def state(self) -> RemovalState:
        """Where it stands, by its dates."""
        dated = (
            (self.ended_at, RemovalState.ENDED),
            (self.ruled_at, RemovalState.UPHELD),
            (self.appealed_at, RemovalState.APPEALED),
            (self.decided_at, RemovalState.STANDS),
        )
        return next((state for when, state in dated if when is not None), RemovalState.ASKED)


class CoveredText(Base):
    """A removal covers this text of its thing."""

    __tablename__ = "covered_text"

    removal_id: Mapped[int] = mapped_column(ForeignKey("removal.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)


class KeptText(Base):
    """A text as it was sent, kept while a removal that covers it stands."""

    __tablename__ = "kept_text"

    thing_id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    #: Table, row and column, as ``room.PublicText`` has it.
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    text: Mapped[Prose]
    #: What stands in its place, to see whether somebody wrote another text there since.
    shown: Mapped[Prose]
