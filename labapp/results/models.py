"""The act of a published count, how far a long one is, and what was asked to be annulled."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from labapp.db import Base, Key, Line, Prose


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


class AnnulmentRequest(Base):
    """A facilitator asks to annul a vote that was opened; ANTAI agrees, does not, or is silent.

    The database refuses to annul an opened vote of which no request was agreed to.
    """

    __tablename__ = "annulment_request"
    __table_args__ = (
        CheckConstraint("length(reason) > 0", name="asked_in_words"),
        CheckConstraint("(answered_at IS NULL) = (agreed IS NULL)", name="answered_one_way"),
        CheckConstraint("answered_by_id <> asked_by_id", name="answered_by_another"),
        CheckConstraint("NOT agreed OR answered_by_id IS NOT NULL", name="agreed_by_somebody"),
        Index(
            "uq_annulment_request_consultation_id_waiting",
            "consultation_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    vote_id: Mapped[int] = mapped_column(
        "consultation_id", ForeignKey("consultation.id"), index=True
    )
    reason: Mapped[Prose]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Until when ANTAI answers; unanswered then, the vote goes on.
    due_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    agreed: Mapped[bool | None]
    #: Why, in ANTAI's words; empty where nobody answered.
    answer: Mapped[Prose] = mapped_column(default="")
    #: None while it waits, and where the term passed.
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @property
    def awaits_answer(self) -> bool:
        """Whether ANTAI has not answered, and its term has not passed."""
        return self.answered_at is None

    @property
    def has_lapsed(self) -> bool:
        """Whether ANTAI was silent until its term had passed."""
        return self.answered_at is not None and self.answered_by_id is None


class UnwipedVote(Base):
    """A vote that ended, and of whose voters the disk may still keep what the tables do not."""

    __tablename__ = "unwiped_vote"

    vote_id: Mapped[int] = mapped_column(
        "consultation_id", ForeignKey("consultation.id"), primary_key=True
    )
