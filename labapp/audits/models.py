"""Work, Committee, its seats and the ties of its members, Visit, Finding."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labapp.accounts.models import Person
from labapp.db import Base, Key, Line, Prose
from labapp.domain.finding import Severity, Sort
from labapp.followup.models import Agreement, Milestone
from labapp.organizations.models import Organization
from labapp.thread.models import Thing


class WorkState(StrEnum):
    """Where a public work stands; the thread holds a copy of the value."""

    REGISTERED = "registered"
    ACCEPTED = "accepted"


class VisitState(StrEnum):
    """Where a visit stands: what was seen on it stays written down."""

    RECORDED = "recorded"


class FindingState(StrEnum):
    """Where a finding stands, read from its days; the thread holds a copy of the value."""

    OPEN = "open"
    REPLIED = "replied"
    CLOSED = "closed"


class Work(Base):
    """A public work: it carries an agreement out, or an entity announced it by itself."""

    __tablename__ = "work"
    __table_args__ = (
        CheckConstraint("cost >= 0", name="cost_not_negative"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
        CheckConstraint(
            "(agreement_id IS NULL) = (announced_by_id IS NOT NULL)", name="agreed_or_announced"
        ),
        CheckConstraint("excused_on IS NULL OR override_reason <> ''", name="excused_why"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), unique=True)
    #: The entity that announced a work which no agreement of the lab asked for.
    announced_by_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    #: The number of the act or contract.
    reference: Mapped[Line]
    contractor: Mapped[Line]
    #: Whole balboas.
    cost: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    #: The municipality's formal acceptance.
    accepted_on: Mapped[date | None]
    #: When ANTAI said that it may be accepted without the committee's final report, and why.
    excused_on: Mapped[date | None]
    override_reason: Mapped[Prose] = mapped_column(default="")

    thing: Mapped[Thing] = relationship()
    agreement: Mapped[Agreement | None] = relationship()
    announced_by: Mapped[Organization | None] = relationship()

    @property
    def state(self) -> WorkState:
        """Where it stands, by its day."""
        return WorkState.REGISTERED if self.accepted_on is None else WorkState.ACCEPTED

    @property
    def entity(self) -> Organization:
        """Who answers for it."""
        entity = self.agreement.organization if self.agreement else self.announced_by
        if entity is None:
            raise ValueError(f"work {self.id} was neither agreed nor announced")
        return entity


class Committee(Base):
    """A social audit committee of one work. Its state is read from its dates and its seats."""

    __tablename__ = "committee"
    __table_args__ = (
        CheckConstraint(
            "reported_on IS NULL OR constituted_on IS NOT NULL", name="constituted_first"
        ),
        CheckConstraint("certified_on IS NULL OR reported_on IS NOT NULL", name="reported_first"),
        CheckConstraint("chosen_in_id IS NOT NULL OR chosen_how <> ''", name="chosen_somehow"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    work_id: Mapped[int] = mapped_column(ForeignKey("work.id"), unique=True)
    name: Mapped[Line]
    #: The meeting held or the vote published in which its members were chosen, where it was one.
    chosen_in_id: Mapped[int | None] = mapped_column(ForeignKey("thing.id"))
    #: How they were chosen, in words.
    chosen_how: Mapped[Line]
    formed_on: Mapped[date]
    #: The day the fifth member sat down; kept when one leaves later.
    constituted_on: Mapped[date | None]
    reported_on: Mapped[date | None]
    certified_on: Mapped[date | None]
    #: The number of ANTAI's act.
    certificate: Mapped[Line] = mapped_column(default="")
    #: The last day that its members sit; None for no end.
    term_ends_on: Mapped[date | None]
    report_on: Mapped[date | None]
    report: Mapped[Prose] = mapped_column(default="")

    thing: Mapped[Thing] = relationship(foreign_keys=id)
    chosen_in: Mapped[Thing | None] = relationship(foreign_keys=chosen_in_id)
    work: Mapped[Work] = relationship()
    seats: Mapped[list["Seat"]] = relationship(back_populates="committee", order_by="Seat.id")


class Seat(Base):
    """A member of a committee. The name is published only with consent."""

    __tablename__ = "seat"
    __table_args__ = (
        Index(
            "uq_seat_committee_id_person_id_current",
            "committee_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[Key]
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    consents: Mapped[bool] = mapped_column(default=False)
    seated_on: Mapped[date]
    ended_on: Mapped[date | None]
    #: Why it ended, for whoever sat there: no page shows it to others.
    ended_why: Mapped[Line] = mapped_column(default="", server_default="")

    committee: Mapped[Committee] = relationship(back_populates="seats")
    person: Mapped[Person] = relationship()

    @property
    def is_named(self) -> bool:
        """Whether the name is published: with consent, and while there is an account to bear it."""
        person = self.person
        return self.consents and person.deleted_at is None and not person.is_unnamed


class DeclaredTie(Base):
    """A tie (kinship, a job) of a member with who carries a work out. It begins and ends; no more.

    It is of the person on that committee, whatever becomes of the seat.
    """

    __tablename__ = "tie"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= declared_on", name="ends_after_declared"),
        Index("ix_tie_committee_id_person_id", "committee_id", "person_id"),
    )

    id: Mapped[Key]
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: The step that it touches; None for the whole work.
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestone.id"))
    words: Mapped[Line]
    declared_on: Mapped[date]
    ended_on: Mapped[date | None]

    milestone: Mapped[Milestone | None] = relationship()


class Visit(Base):
    """The committee went to see a step."""

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("present >= 3 OR (was_short AND present >= 1)", name="three_went"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"))
    visited_on: Mapped[date]
    #: How many members went.
    present: Mapped[int]
    #: True of visits of fewer than three from before three were asked for: they count no more.
    was_short: Mapped[bool] = mapped_column(default=False, server_default=false())
    notes: Mapped[Prose] = mapped_column(default="")
    recorded_at: Mapped[datetime]

    thing: Mapped[Thing] = relationship()
    committee: Mapped[Committee] = relationship()
    milestone: Mapped[Milestone] = relationship()
    addenda: Mapped[list["VisitAddendum"]] = relationship(
        back_populates="visit", order_by="VisitAddendum.id"
    )

    @property
    def state(self) -> VisitState:
        """Where it stands."""
        return VisitState.RECORDED


class VisitAddendum(Base):
    """What the committee put right or added later. The visit itself stays as it was written."""

    __tablename__ = "visit_addendum"
    __table_args__ = (CheckConstraint("length(text) > 0", name="says_something"),)

    id: Mapped[Key]
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    text: Mapped[Prose]
    added_at: Mapped[datetime]
    #: The member who wrote it; never published.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    visit: Mapped[Visit] = relationship(back_populates="addenda")


class Finding(Base):
    """What the committee found. Closed only by two different members."""

    __tablename__ = "finding"
    __table_args__ = (
        CheckConstraint("(replied_on IS NULL) = (reply = '')", name="reply_dated"),
        CheckConstraint(
            "closed_on IS NULL OR (first_closer_id IS NOT NULL AND second_closer_id IS NOT NULL)",
            name="closed_by_two",
        ),
        CheckConstraint("first_closer_id <> second_closer_id", name="two_different_members"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestone.id"))
    sort: Mapped[Sort]
    severity: Mapped[Severity]
    text: Mapped[Prose]
    raised_on: Mapped[date]
    reply_due_on: Mapped[date]
    reply: Mapped[Prose] = mapped_column(default="")
    replied_on: Mapped[date | None]
    #: What the second look saw, in words.
    second_look: Mapped[Prose] = mapped_column(default="")
    closed_on: Mapped[date | None]
    first_closer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    second_closer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    thing: Mapped[Thing] = relationship()
    committee: Mapped[Committee] = relationship()
    visit: Mapped[Visit | None] = relationship()
    milestone: Mapped[Milestone | None] = relationship()

    @property
    def state(self) -> FindingState:
        """Where it stands, by its days."""
        if self.closed_on is not None:
            return FindingState.CLOSED
        return FindingState.OPEN if self.replied_on is None else FindingState.REPLIED
