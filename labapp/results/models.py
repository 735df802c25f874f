"""The act of a published count, and how far a long one is."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from labapp.db import Base, Line


class TallyAct(Base):
    """The act of the count: written when the result is published, never after."""

    __tablename__ = "tally_act"

    vote_id: Mapped[int] = mapped_column(
        "consultation_id", ForeignKey("consultation.id"), primary_key=True
    )
    #: Merkle roots (RFC 6962) in hexadecimal.
    ballots_root: Mapped[str] = mapped_column(String(64))
    receipts_root: Mapped[str] = mapped_column(String(64))
    #: The act as first printed; words blacked out since made others beside it.
    pdf_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    #: The bundle that anyone can recount.
    bundle_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    written_at: Mapped[datetime]


class LongCount(Base):
    """How far the shares of a vote were raised until they bought the most: searched for once.

    Written after the close. A search that takes long is the clock's; this row tells how far it is.
    """

    __tablename__ = "counting"
    __table_args__ = (CheckConstraint("raises >= 0 AND spent >= 0", name="numbers"),)

    vote_id: Mapped[int] = mapped_column(
        "consultation_id", ForeignKey("consultation.id"), primary_key=True
    )
    #: What the draw gave, which orders what is bought; empty while there is none.
    seed: Mapped[Line] = mapped_column(default="")
    #: How often each share was raised.
    raises: Mapped[int] = mapped_column(default=0)
    #: What is bought with it costs this much, whole balboas.
    spent: Mapped[int] = mapped_column(default=0)
    #: None while it is still searched for.
    found_at: Mapped[datetime | None]


class UnwipedVote(Base):
    """A vote that ended, and of whose voters the disk may still keep what the tables do not."""

    __tablename__ = "unwiped_vote"

    vote_id: Mapped[int] = mapped_column(
        "consultation_id", ForeignKey("consultation.id"), primary_key=True
    )
