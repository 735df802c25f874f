"""What happens in the hall: cards, batches of paper typed twice, hands, and their reconciliation.

No table here names who holds which card, or who cast which paper. Cards have random keys and no
times: like the ballot box they are rewritten in the order of their keys at the close.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from labapp.db import Base, Key, Line, Prose, RandomKey
from labapp.domain.channel import Channel


class CardState(StrEnum):
    """What became of a printed card."""

    PRINTED = "printed"
    USED = "used"
    VOIDED = "voided"
    RETURNED = "returned"


class Card(Base):
    """A printed card with a code that casts one ballot. Nothing says who holds it."""

    __tablename__ = "card"
    __table_args__ = (
        UniqueConstraint("consultation_id", "serial"),
        # Each card that votes asks how many did.
        Index("ix_card_consultation_id_state", "consultation_id", "state"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[RandomKey]
    vote_id: Mapped[int] = mapped_column("consultation_id", ForeignKey("consultation.id"))
    #: Printed on the stub that its holder keeps, to void it when it is lost.
    serial: Mapped[int]
    #: Of the code, under the secret of the site; the code itself is only on the paper.
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[CardState]


class Batch(Base):
    """A pile of paper ballots, typed in twice by two people."""

    __tablename__ = "batch"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("sheets > 0 AND spoilt >= 0", name="numbers"),
        CheckConstraint("first_by_id <> second_by_id", name="two_people"),
        CheckConstraint("reconciled_at IS NULL OR second_by_id IS NOT NULL", name="typed_twice"),
        CheckConstraint("differences = 0 OR length(explained) > 0", name="explained"),
    )

    id: Mapped[Key]
    vote_id: Mapped[int] = mapped_column("consultation_id", ForeignKey("consultation.id"))
    number: Mapped[int]
    #: Ballots in the pile, counted by hand before typing.
    sheets: Mapped[int]
    #: A photo of the pile.
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    first_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    second_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Sheets on which the two differed.
    differences: Mapped[int] = mapped_column(default=0)
    explained: Mapped[Prose] = mapped_column(default="")
    #: Ballots that nobody can read, or that mark too many; not in the ballot box.
    spoilt: Mapped[int] = mapped_column(default=0)
    #: When it went into the ballot box.
    boxed_at: Mapped[datetime | None] = mapped_column("reconciled_at")

    @property
    def ballots(self) -> int:
        """What goes into the ballot box: all but the spoilt."""
        return self.sheets - self.spoilt


class TypedBallot(Base):
    """One ballot of a pile as one person typed it; deleted when the pile goes into the box."""

    __tablename__ = "sheet"
    __table_args__ = (CheckConstraint("turn IN (1, 2)", name="turn"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    #: 1 or 2: typed by the first person or by the second.
    turn: Mapped[int] = mapped_column(primary_key=True)
    #: Its place in the pile, from 1.
    number: Mapped[int] = mapped_column(primary_key=True)
    #: As a ballot is stored; empty for a blank one.
    content: Mapped[str] = mapped_column(String(200))
    spoilt: Mapped[bool] = mapped_column(default=False)


class ProposedReading(Base):
    """What one of the two says that a paper holds, looked at again; it waits for the other.

    It goes with the sheets: confirmed, it takes their place, and they are deleted at the box.
    """

    __tablename__ = "reading"
    __table_args__ = (CheckConstraint("turn IN (1, 2)", name="turn"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    #: Of the paper in the pile.
    number: Mapped[int] = mapped_column(primary_key=True)
    #: 1 or 2: which of the two says it.
    turn: Mapped[int]
    content: Mapped[str] = mapped_column(String(200))
    spoilt: Mapped[bool] = mapped_column(default=False)
    #: How the difference came about; once confirmed it stands in the act of the count.
    why: Mapped[Line]


class ShowOfHands(Base):
    """A show of hands: how many people stood, before two witnesses."""

    __tablename__ = "hands"
    __table_args__ = (CheckConstraint("people >= 0", name="people"),)

    vote_id: Mapped[int] = mapped_column(
        "consultation_id", ForeignKey("consultation.id"), primary_key=True
    )
    #: Who stood to vote by hands, counted before the first option was called.
    people: Mapped[int]
    #: By office: "the president of the water board".
    first_witness: Mapped[Line]
    second_witness: Mapped[Line]
    #: Whether both declared no office, candidacy or contract; False of what was noted before.
    witnesses_declared: Mapped[bool] = mapped_column(default=False, server_default=false())


class HandCount(Base):
    """Hands raised for one option."""

    __tablename__ = "hand_count"
    __table_args__ = (CheckConstraint("votes >= 0", name="votes"),)

    vote_id: Mapped[int] = mapped_column(
        "consultation_id", ForeignKey("hands.consultation_id"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    votes: Mapped[int]


class Reconciliation(Base):
    """One channel of the hall reconciled: issued = used + returned + voided, or explained."""

    __tablename__ = "reconciliation"
    __table_args__ = (
        CheckConstraint(
            "issued >= 0 AND used >= 0 AND returned >= 0 AND voided >= 0", name="numbers"
        ),
        CheckConstraint(
            "issued = used + returned + voided OR length(explained) > 0", name="adds_up"
        ),
        CheckConstraint(
            "(first_witness IS NULL) = (second_witness IS NULL)"
            " AND length(first_witness) > 0 AND length(second_witness) > 0"
            " AND first_witness <> second_witness",
            name="two_witnesses",
        ),
    )

    vote_id: Mapped[int] = mapped_column(
        "consultation_id", ForeignKey("consultation.id"), primary_key=True
    )
    channel: Mapped[Channel] = mapped_column(primary_key=True)
    issued: Mapped[int]
    used: Mapped[int]
    returned: Mapped[int]
    voided: Mapped[int]
    explained: Mapped[Prose] = mapped_column(default="")
    #: Who saw the papers counted, by office; None of other ways, and of what was counted before.
    first_witness: Mapped[Line | None]
    second_witness: Mapped[Line | None]
    #: Whether both declared no office, candidacy or contract; False of what was counted before.
    witnesses_declared: Mapped[bool] = mapped_column(default=False, server_default=false())
    reconciled_at: Mapped[datetime]

    @property
    def witnesses(self) -> tuple[str, ...]:
        """The witnesses of the count: two of paper, none of the other ways."""
        return tuple(filter(None, (self.first_witness, self.second_witness)))
