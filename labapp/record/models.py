"""Entry: one act, written once and never changed. Chain: the head of one line of entries."""

import json
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labapp.db import Base, Key, Prose
from labapp.domain.acts import Act
from labapp.domain.errors import mark
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import Role

#: What is said of an act that has no code, because it was done before there were any.
NO_CODE = mark("without a code")


class Chain(Base):
    """The head of one chain: how many entries it has and the hash of the last."""

    __tablename__ = "chain"

    #: ``lab:<id>`` or ``site``.
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    length: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(String(64), default="")


class Entry(Base):
    """One act that took place."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("chain", "position"),
        Index("ix_entry_thing_id_id", "thing_id", "id"),
        Index("ix_entry_lab_id_id", "lab_id", "id"),
    )

    id: Mapped[Key]
    chain: Mapped[str] = mapped_column(ForeignKey("chain.name"))
    #: 1, 2, 3 ... within the chain.
    position: Mapped[int]
    at: Mapped[datetime]
    act: Mapped[Act]
    #: In which quality they acted; None for a visitor or the clock.
    role: Mapped[Role | None]
    #: Not published. A deleted account keeps its number here and nothing else.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    lab_id: Mapped[int | None] = mapped_column(ForeignKey("lab.id"))
    thing_id: Mapped[int | None] = mapped_column(ForeignKey("thing.id"))
    #: What changed, as JSON objects in canonical form; never the text of a secret vote.
    before: Mapped[Prose]
    after: Mapped[Prose]
    #: Why, in the actor's words. What the public reads of it is ``public_reason``.
    reason: Mapped[Prose]
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    cover: Mapped["CoveredReason | None"] = relationship(lazy="joined", viewonly=True)

    @property
    def public_reason(self) -> str:
        """Why, without what was taken away since; of a private act nobody is told it."""
        row = self.act.row
        if row.is_private or row.tells_no_reason:
            return ""
        return self.reason if self.cover is None else self.cover.text

    @property
    def code_label(self) -> str:
        """The words of the code that stands for a reason, for gettext; none where none is due."""
        if not self.act.row.is_coded:
            return ""
        code = json.loads(self.after).get("code")
        return RemovalCode(code).label if code else NO_CODE


class CoveredReason(Base):
    """What the public reads in place of an entry's reason; the entry and its hash stay."""

    __tablename__ = "covered_reason"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    text: Mapped[Prose]
