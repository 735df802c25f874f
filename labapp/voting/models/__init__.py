"""Vote, its paper and its roll; turnout, ballots and receipts, which nothing joins.

The last three tables have random keys, no times and no common column, and on SQLite no rowid.
At the close each is deleted and inserted again in the order of its random key, each in a
transaction of its own, so that neither ``rowid``, ``xmin`` nor ``ctid`` pairs their rows.
"""

import json
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Dialect, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from labapp.counting.method import Method
from labapp.counting.methods import METHODS
from labapp.counting.methods.approval import APPROVAL
from labapp.db import Base, Key, Line, Prose, RandomKey, Title
from labapp.domain.channel import Channel, read
from labapp.domain.errors import mark
from labapp.thread.models import Thing


class Subject(StrEnum):
    """What is voted on."""

    PROPOSALS = "proposals"
    PROBLEMS = "problems"
    CANDIDATES = "candidates"
    FREE = "free"

    @property
    def is_written(self) -> bool:
        """Whether whoever sets the vote writes its options."""
        return self in (Subject.CANDIDATES, Subject.FREE)

    @property
    def label(self) -> str:
        """The words for this subject, for gettext."""
        return _SUBJECTS[self]


_SUBJECTS = {
    Subject.PROPOSALS: mark("The admitted proposals"),
    Subject.PROBLEMS: mark("The published problems"),
    Subject.CANDIDATES: mark("Candidates for a committee"),
    Subject.FREE: mark("Other options"),
}


class VoteState(StrEnum):
    """Where a vote stands; the thread holds a copy of the value."""

    ANNOUNCED = "announced"
    OPEN = "open"
    #: No ballot by account comes any more: the hall is reconciled, and the count made.
    CLOSED = "closed"
    PUBLISHED = "published"
    ANNULLED = "annulled"


class MethodName(TypeDecorator[Method]):
    """A method of counting, stored as its name."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: Method | str | None, _dialect: Dialect) -> str | None:
        """Refuse a name that no method has."""
        return None if value is None else METHODS[str(value)].name

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Method | None:
        """Return the method of a name."""
        return None if value is None else METHODS[value]


class Vote(Base):
    """One vote: announced, then frozen when it opens, then closed, counted and published."""

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
        CheckConstraint("max_marks >= 1 AND seats >= 1 AND quorum >= 0", name="numbers"),
        CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", name="opened_first"),
        CheckConstraint("published_at IS NULL OR closed_at IS NOT NULL", name="closed_first"),
        CheckConstraint("annulled_at IS NULL OR length(annulled_why) > 0", name="annulled_why"),
        Index("ix_consultation_closed_at_closes_at", "closed_at", "closes_at"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    subject: Mapped[Subject]
    question: Mapped[Title]
    method: Mapped[Method] = mapped_column(MethodName, default=APPROVAL)
    #: Options of the method as ``labapp count`` takes them: JSON, key -> text.
    parameters: Mapped[Prose] = mapped_column(default="{}")
    #: Whole balboas that somebody has committed; only where the method needs a budget.
    budget: Mapped[int | None]
    #: Who has committed it.
    funder: Mapped[Line] = mapped_column(default="")
    #: Score: most points of one option. Points: those of a ballot together.
    scale: Mapped[int | None]
    #: The ways to take part, joined by spaces.
    channels: Mapped[str] = mapped_column(String(60), default=Channel.ACCOUNT.value)
    #: Most options one ballot may mark or rank.
    max_marks: Mapped[int] = mapped_column(default=3)
    #: How many options are chosen.
    seats: Mapped[int] = mapped_column(default=1)
    #: Ballots needed for the result to stand as a priority; 0 where none is asked.
    quorum: Mapped[int] = mapped_column(default=0)
    #: The same as a percent of the roll; the larger of the two counts.
    quorum_share: Mapped[int | None]
    #: The public draw that orders a tie, in words, announced before the vote opens.
    tie_rule: Mapped[Prose]
    #: What that draw gave; None until it is known.
    seed: Mapped[Line | None]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    announced_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    #: When turnout, ballots and receipts were rewritten in random order.
    shuffled_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    annulled_at: Mapped[datetime | None]
    annulled_why: Mapped[Prose] = mapped_column(default="")
    #: The roll is published as a count and a hash; the salt is shown only with its names.
    roll_size: Mapped[int | None]
    roll_hash: Mapped[str | None] = mapped_column(String(64))
    roll_salt: Mapped[str | None] = mapped_column(String(32))

    thing: Mapped[Thing] = relationship()
    options: Mapped[list["Option"]] = relationship(
        back_populates="vote", order_by="Option.position"
    )

    def state(self, now: datetime) -> VoteState:
        """Return where it stands: an open vote whose hour is past is closed, clock or no clock."""
        if self.annulled_at is not None:
            return VoteState.ANNULLED
        if self.published_at is not None:
            return VoteState.PUBLISHED
        if self.opened_at is None:
            return VoteState.ANNOUNCED
        return VoteState.CLOSED if self.is_over(now) else VoteState.OPEN

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is decided of it: its result is published, or it is annulled."""
        return self.published_at is not None or self.annulled_at is not None

    @property
    def awaits_close(self) -> bool:
        """Whether it was opened and neither a person nor the clock has closed it."""
        return self.opened_at is not None and self.closed_at is None

    def is_over(self, now: datetime) -> bool:
        """Whether no ballot comes any more: closed or annulled, or its hour is past."""
        is_closed = self.closed_at is not None or self.annulled_at is not None
        return is_closed or now >= self.closes_at

    def is_within_hours(self, now: datetime) -> bool:
        """Whether this instant lies between the hours announced for it."""
        return self.opens_at <= now < self.closes_at

    @property
    def offered_channels(self) -> tuple[Channel, ...]:
        """The ways to take part."""
        return read(self.channels)

    @property
    def hall_channels(self) -> tuple[Channel, ...]:
        """The ways to take part in the hall: all but the account."""
        return tuple(way for way in self.offered_channels if way is not Channel.ACCOUNT)

    @property
    def raises_shares(self) -> bool:
        """Whether its count raises everybody's share step by step, which may take long."""
        given = json.loads(self.parameters)
        return self.method.raises_shares(given)


class Option(Base):
    """One line of the ballot paper."""

    __tablename__ = "option"
    __table_args__ = (
        UniqueConstraint("consultation_id", "position"),
        UniqueConstraint("consultation_id", "label"),
    )

    id: Mapped[Key]
    vote_id: Mapped[int] = mapped_column("consultation_id", ForeignKey("consultation.id"))
    #: 1, 2, 3 ... on the paper; what a ballot marks.
    position: Mapped[int]
    label: Mapped[Title]
    #: The proposal or problem it stands for.
    thing_id: Mapped[int | None] = mapped_column(ForeignKey("thing.id"))
    #: Estimated, whole balboas.
    cost: Mapped[int | None]

    vote: Mapped[Vote] = relationship(back_populates="options")


class RollLine(Base):
    """Somebody who may vote, written when the vote opens."""

    __tablename__ = "roll_line"

    vote_id: Mapped[int] = mapped_column(
        "consultation_id", ForeignKey("consultation.id"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class Turnout(Base):
    """A line of the roll that is taken: voted by account, or given a card, a paper, a raised hand.

    Nothing here says what, when, or after whom; and once the vote has ended, nor who.
    """

    __tablename__ = "turnout"
    __table_args__ = (
        UniqueConstraint("consultation_id", "person_id"),
        # Each card that votes asks how many were handed out.
        Index("ix_turnout_consultation_id_channel", "consultation_id", "channel"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[RandomKey]
    vote_id: Mapped[int] = mapped_column("consultation_id", ForeignKey("consultation.id"))
    #: Who took part, so that nobody does twice; None once the result is published or the vote
    #: annulled: the database refuses a name from then on, and an end while there is one.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[Channel] = mapped_column(default=Channel.ACCOUNT)


class Ballot(Base):
    """One sheet in the ballot box. Nothing here says whose, or when."""

    __tablename__ = "ballot"
    __table_args__ = (
        Index("ix_ballot_consultation_id_marks", "consultation_id", "marks"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[RandomKey]
    vote_id: Mapped[int] = mapped_column("consultation_id", ForeignKey("consultation.id"))
    #: What it holds, as ``ballot_text`` writes it; empty for a blank ballot.
    marks: Mapped[str] = mapped_column(String(200))


class Receipt(Base):
    """A code that says a ballot was counted, never how."""

    __tablename__ = "receipt"
    __table_args__ = ({"sqlite_with_rowid": False},)

    #: Made when the paper is shown, kept by the voter; the key, so that it comes once.
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    vote_id: Mapped[int] = mapped_column(
        "consultation_id", ForeignKey("consultation.id"), index=True
    )
