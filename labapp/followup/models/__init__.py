"""Letter, Agreement and its steps, what the entity declares and what others saw of it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labapp.db import Base, Key, Line, Prose, Title
from labapp.domain.errors import mark
from labapp.domain.progress import NEIGHBOURS
from labapp.files.models import StoredFile
from labapp.followup.states import (
    AgreementState,
    EvidenceState,
    LetterState,
    MilestoneState,
)
from labapp.organizations.models import Organization
from labapp.thread.models import Thing


class LetterAnswer(StrEnum):
    """What whoever is competent says to a letter."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The words for this answer, for gettext."""
        return _ANSWERS[self]


_ANSWERS = {
    LetterAnswer.ACCEPTED: mark("Accepted"),
    LetterAnswer.PARTLY: mark("Accepted in part"),
    LetterAnswer.REFUSED: mark("Refused"),
}


class Letter(Base):
    """A proposal or contribution goes to whoever is competent. Silence is an answer too."""

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answered_on_a_day"),
        CheckConstraint("due_on >= presented_on", name="due_after_presented"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    #: The number of the act or seal of reception, as on the paper.
    reference: Mapped[Line]
    text: Mapped[Prose]
    presented_on: Mapped[date]
    due_on: Mapped[date]
    answer: Mapped[LetterAnswer | None]
    answered_on: Mapped[date | None]
    answer_text: Mapped[Prose] = mapped_column(default="")
    answer_reference: Mapped[Line] = mapped_column(default="")

    thing: Mapped[Thing] = relationship()
    organization: Mapped[Organization] = relationship()

    @property
    def state(self) -> LetterState:
        """Where it stands."""
        return LetterState.PRESENTED if self.answer is None else LetterState.ANSWERED


class Agreement(Base):
    """Somebody accepted to do something. It exists only where somebody accepted."""

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("(accepted_on IS NULL) = (accepted_how IS NULL)", name="accepted_somehow"),
        CheckConstraint("cost IS NULL OR cost >= 0", name="cost_not_negative"),
        CheckConstraint("neighbours >= 2", name="two_neighbours_at_least"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    what: Mapped[Prose]
    #: True where a public work carries it out: then a committee watches.
    has_work: Mapped[bool] = mapped_column(default=False)
    #: How many must see a step done where no committee watches: the setting of that day.
    neighbours: Mapped[int] = mapped_column(default=NEIGHBOURS)
    #: Whole balboas.
    cost: Mapped[int | None]
    accepted_on: Mapped[date | None]
    #: Where the entity said yes: ``letter-2`` or ``meeting-1``, by its number in the lab.
    accepted_how: Mapped[Line | None]
    drafted_at: Mapped[datetime]

    thing: Mapped[Thing] = relationship()
    organization: Mapped[Organization] = relationship()
    milestones: Mapped[list["Milestone"]] = relationship(
        back_populates="agreement", order_by="Milestone.position"
    )

    @property
    def title(self) -> str:
        """What it is called: its first line."""
        return self.what.strip().partition("\n")[0]

    @property
    def state(self) -> AgreementState:
        """Where it stands, by its day."""
        return AgreementState.DRAFT if self.accepted_on is None else AgreementState.ACCEPTED


class Milestone(Base):
    """A step of an agreement, with the yes/no questions agreed beforehand.

    ``declared`` and ``verified`` stand apart and are never merged: what the entity says, and
    what the committee or enough neighbours saw.
    """

    __tablename__ = "milestone"
    __table_args__ = (
        UniqueConstraint("agreement_id", "position"),
        CheckConstraint("weight > 0", name="weight"),
        CheckConstraint("declared BETWEEN 0 AND 100", name="declared"),
        CheckConstraint("verified BETWEEN 0 AND 100", name="verified"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    position: Mapped[int]
    title: Mapped[Title]
    #: Share of the agreement; equal unless changed. Percent is weight over the sum of weights.
    weight: Mapped[int]
    due_on: Mapped[date]
    #: Percent at the latest declaration.
    declared: Mapped[int] = mapped_column(default=0)
    #: Percent of yes answers that counts now: a copy of ``domain.progress.Sight``.
    verified: Mapped[int] = mapped_column(default=0)
    #: True while what others saw counts: enough looked, and evidence stands.
    looked: Mapped[bool] = mapped_column(default=False)
    #: True while the latest verification that stands shows less than what is declared.
    disputed: Mapped[bool] = mapped_column(default=False)

    thing: Mapped[Thing] = relationship()
    agreement: Mapped[Agreement] = relationship(back_populates="milestones")
    questions: Mapped[list["AgreedQuestion"]] = relationship(
        back_populates="milestone", order_by="AgreedQuestion.position"
    )
    declarations: Mapped[list["Declaration"]] = relationship(
        back_populates="milestone", order_by="Declaration.id"
    )
    verifications: Mapped[list["Verification"]] = relationship(
        back_populates="milestone", order_by="Verification.id"
    )

    @property
    def state(self) -> MilestoneState:
        """Where it stands, by its agreement and by what others saw."""
        if self.agreement.state is AgreementState.DRAFT:
            return MilestoneState.DRAFT
        return MilestoneState.MET if self.verified == 100 else MilestoneState.OPEN


class AgreedQuestion(Base):
    """A yes/no question agreed before the work began."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("milestone_id", "position"),)

    id: Mapped[Key]
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"))
    position: Mapped[int]
    text: Mapped[Line]

    milestone: Mapped[Milestone] = relationship(back_populates="questions")


class Declaration(Base):
    """The entity says how far a step is. Earlier ones are kept."""

    __tablename__ = "declaration"
    __table_args__ = (CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),)

    id: Mapped[Key]
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"), index=True)
    percent: Mapped[int]
    note: Mapped[Prose]
    declared_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: True when it came by the expiring link.
    by_link: Mapped[bool] = mapped_column(default=False)

    milestone: Mapped[Milestone] = relationship(back_populates="declarations")


class Evidence(Base):
    """A photo or a PDF that shows something of a step; that it is there is always public."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("public OR length(withheld_why) > 0", name="withheld_with_reason"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    caption: Mapped[Line]
    public: Mapped[bool] = mapped_column(default=True)
    withheld_why: Mapped[Line] = mapped_column(default="")
    #: entity, committee or neighbour: who attests it.
    attested_by: Mapped[str] = mapped_column(String(20), default="entity")
    added_at: Mapped[datetime]

    thing: Mapped[Thing] = relationship()
    file: Mapped[StoredFile] = relationship()
    milestone: Mapped[Milestone] = relationship()

    @property
    def heading(self) -> str:
        """What everybody may read of it: what it shows, or why that is not shown."""
        return self.caption if self.public else self.withheld_why

    @property
    def state(self) -> EvidenceState:
        """Who may see it."""
        return EvidenceState.PUBLIC if self.public else EvidenceState.RESERVED


class Watcher(StrEnum):
    """Who verified."""

    COMMITTEE = "committee"
    NEIGHBOUR = "neighbour"


class Verification(Base):
    """Somebody went and looked: an answer to each question agreed."""

    __tablename__ = "verification"
    __table_args__ = (
        Index("ix_verification_milestone_id_watcher", "milestone_id", "watcher"),
        CheckConstraint("watcher <> 'committee' OR visit_id IS NOT NULL", name="by_a_visit"),
        CheckConstraint("(watcher = 'committee') = (present IS NOT NULL)", name="members_went"),
        CheckConstraint(
            "typed_by_id IS NULL OR (watcher = 'neighbour' AND typed_by_id <> person_id)",
            name="typed_for_a_neighbour",
        ),
        CheckConstraint("(attested_by_id IS NULL) = (attested_at IS NULL)", name="attested_once"),
        CheckConstraint(
            "attested_by_id IS NULL OR (typed_by_id IS NOT NULL"
            " AND attested_by_id <> typed_by_id AND attested_by_id <> person_id)",
            name="attested_by_a_second",
        ),
    )

    id: Mapped[Key]
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"))
    watcher: Mapped[Watcher]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("thing.id"))
    #: How many members went, of a visit.
    present: Mapped[int | None]
    #: The day on which it was seen; typed later it is no later look.
    looked_on: Mapped[date]
    verified_at: Mapped[datetime]
    #: Who typed what a person without an account saw; None where they did so themselves.
    typed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: The second person who says that it is so.
    attested_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    attested_at: Mapped[datetime | None]

    milestone: Mapped[Milestone] = relationship(back_populates="verifications")
    answers: Mapped[list["VerificationAnswer"]] = relationship(back_populates="verification")


class VerificationAnswer(Base):
    """What one verification saw of one question."""

    __tablename__ = "seen"

    verification_id: Mapped[int] = mapped_column(ForeignKey("verification.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    yes: Mapped[bool]
    note: Mapped[Line] = mapped_column(default="")

    verification: Mapped[Verification] = relationship(back_populates="answers")
    question: Mapped[AgreedQuestion] = relationship()
