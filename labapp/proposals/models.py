"""Proposal, its versions, and the technical opinions beside it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labapp.db import Base, Key, Line, Prose, Title
from labapp.domain.errors import mark
from labapp.domain.proposal import ProposalState
from labapp.domain.removal_code import RemovalCode
from labapp.thread.models import Thing


class Feasible(StrEnum):
    """What a technical opinion concludes."""

    YES = "feasible"
    STUDY = "needs_study"
    NO = "not_feasible"

    @property
    def label(self) -> str:
        """The words for this conclusion, for gettext."""
        return LABELS[self]


LABELS: dict[Feasible, str] = {
    Feasible.YES: mark("It can be done"),
    Feasible.STUDY: mark("It needs a study"),
    Feasible.NO: mark("It cannot be done"),
}


class Proposal(Base):
    """A way to answer a problem; on the ballot paper once admitted."""

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint(
            "(published_at IS NULL AND returned_at IS NULL AND rejected_at IS NULL)"
            " OR sent_at IS NOT NULL",
            name="sent_before_reviewed",
        ),
        CheckConstraint(
            "(admitted_at IS NULL AND refused_at IS NULL AND withdrawn_at IS NULL)"
            " OR published_at IS NOT NULL",
            name="published_before_decided",
        ),
        CheckConstraint(
            "(published_at IS NULL OR (returned_at IS NULL AND rejected_at IS NULL))"
            " AND (returned_at IS NULL OR rejected_at IS NULL)",
            name="reviewed_once",
        ),
        CheckConstraint(
            "(returned_at IS NULL AND rejected_at IS NULL) OR length(review_words) > 0",
            name="sent_back_with_words",
        ),
        CheckConstraint(
            "(rejected_at IS NULL) = (rejected_code IS NULL)", name="rejected_with_code"
        ),
        CheckConstraint(
            "returns >= 0 AND returns <= 1 AND (returned_at IS NULL OR returns = 1)",
            name="returned_once",
        ),
        CheckConstraint(
            "withdrawn_at IS NULL OR (admitted_at IS NULL AND refused_at IS NULL)",
            name="withdrawn_undecided",
        ),
        CheckConstraint("admitted_at IS NULL OR refused_at IS NULL", name="decided_once"),
        CheckConstraint("refused_at IS NULL OR length(reason) > 0", name="refused_with_reason"),
        CheckConstraint(
            "(adopted_at IS NULL AND left_at IS NULL) OR admitted_at IS NOT NULL",
            name="admitted_before_taken_up",
        ),
        CheckConstraint("adopted_at IS NULL OR left_at IS NULL", name="taken_up_or_left"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: The version that stands, and that the public reads once it is published: 1, 2, 3 ...
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime]
    #: Since when it is in the queue, or is public.
    sent_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    #: In the review before it is published: sent back once, or not published.
    returned_at: Mapped[datetime | None]
    rejected_at: Mapped[datetime | None]
    rejected_code: Mapped[RemovalCode | None]
    #: Why it was returned or rejected, for its author and the desk alone.
    review_words: Mapped[Prose] = mapped_column(default="")
    #: How often it was returned to be corrected.
    returns: Mapped[int] = mapped_column(default=0)
    #: When its author took it back from the public.
    withdrawn_at: Mapped[datetime | None]
    admitted_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    #: Why it does not go to the vote; public.
    reason: Mapped[Prose] = mapped_column(default="")
    #: When somebody took it up, or when a vote or a refusal left it out; told by later rooms.
    adopted_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    thing: Mapped[Thing] = relationship()
    versions: Mapped[list["Version"]] = relationship(
        back_populates="proposal", order_by="Version.number"
    )
    opinions: Mapped[list["Opinion"]] = relationship(
        back_populates="proposal", order_by="Opinion.id"
    )

    @property
    def state(self) -> ProposalState:
        """Where it stands, by its dates."""
        dated = (
            (self.adopted_at, ProposalState.ADOPTED),
            (self.left_at, ProposalState.LEFT),
            (self.refused_at, ProposalState.REFUSED),
            (self.admitted_at, ProposalState.ADMITTED),
            (self.withdrawn_at, ProposalState.WITHDRAWN),
            (self.published_at, ProposalState.SENT),
            (self.rejected_at, ProposalState.REJECTED),
            (self.returned_at, ProposalState.RETURNED),
            (self.sent_at, ProposalState.WAITING),
        )
        return next((state for when, state in dated if when is not None), ProposalState.DRAFT)


class Version(Base):
    """The text of a proposal at one moment. Written once the public has read it.

    Numbers have no gap: one past the version that stands waits for its review, and what was
    declined gives its number to the next.
    """

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("proposal_id", "number"),
        CheckConstraint("shown_at IS NULL OR declined_at IS NULL", name="decided_once"),
        CheckConstraint(
            "(declined_at IS NULL) = (declined_code IS NULL)"
            " AND (declined_at IS NULL OR length(review_words) > 0)",
            name="declined_with_code",
        ),
    )

    id: Mapped[Key]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    number: Mapped[int]
    title: Mapped[Title]
    body: Mapped[Prose]
    #: What changed, in the author's words; empty for the first.
    change: Mapped[Line] = mapped_column(default="")
    written_at: Mapped[datetime]
    #: Since when the public reads it.
    shown_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    declined_code: Mapped[RemovalCode | None]
    #: Why it was declined, for its author and the desk alone.
    review_words: Mapped[Prose] = mapped_column(default="")

    proposal: Mapped[Proposal] = relationship(back_populates="versions")


class Opinion(Base):
    """A technical opinion; the latest stands on the ballot paper."""

    __tablename__ = "opinion"
    __table_args__ = (CheckConstraint("cost IS NULL OR cost >= 0", name="cost_not_negative"),)

    id: Mapped[Key]
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    feasible: Mapped[Feasible]
    #: Estimated, in whole balboas; None where nobody can say yet.
    cost: Mapped[int | None]
    #: Who is competent to do it.
    competent: Mapped[Line]
    #: Who gives the opinion: office or profession.
    given_by: Mapped[Line]
    reasons: Mapped[Prose]
    given_at: Mapped[datetime]

    proposal: Mapped[Proposal] = relationship(back_populates="opinions")
