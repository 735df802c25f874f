"""Lab, its list of people, Grant, JoinRequest, Ally: the process, and who takes part in it how."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labapp.accounts.models import Person
from labapp.db import Base, Key, Line, Prose, Slug
from labapp.domain.interests import Interest
from labapp.domain.roles import Role
from labapp.domain.stage import LabKind, Stage, Verdict
from labapp.organizations.models import Organization
from labapp.territory.models import Place


class Lab(Base):
    """One participatory process in one place."""

    __tablename__ = "lab"
    __table_args__ = (
        CheckConstraint(
            "(approved_at IS NULL) = (approved_by_id IS NULL)", name="approved_by_someone"
        ),
        CheckConstraint("(verdict IS NULL) = (verdict_at IS NULL)", name="verdict_dated"),
    )

    id: Mapped[Key]
    slug: Mapped[Slug]
    #: "San Martín".
    name: Mapped[Line]
    #: "Agua limpia todos los días"; empty until there is one.
    motto: Mapped[Line] = mapped_column(default="")
    kind: Mapped[LabKind] = mapped_column(default=LabKind.NEW)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    earlier_lab_id: Mapped[int | None] = mapped_column(ForeignKey("lab.id"))
    earlier_problem_id: Mapped[int | None] = mapped_column(ForeignKey("thing.id", use_alter=True))
    #: None while the place is "por confirmar": then the candidates say where it may be.
    place_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"))
    #: How the people there call their community.
    community: Mapped[Line] = mapped_column(default="")
    #: Written by ``labapp.stages.service`` and by nothing else, as the three below.
    stage: Mapped[Stage] = mapped_column(default=Stage.PREPARATION)
    stage_since: Mapped[datetime]
    left_from: Mapped[Stage | None]
    #: True when it closed "con pendientes"; what stays owed is in ``stages``.
    pending: Mapped[bool] = mapped_column(default=False)
    drafted_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: The last act that the public saw: after QUIET_DAYS the page says "días sin novedades".
    stirred_at: Mapped[datetime]
    #: True where proposals of members are public at once; what must not stand is taken away after.
    proposals_at_once: Mapped[bool] = mapped_column(default=False)
    verdict: Mapped[Verdict | None]
    verdict_reason: Mapped[Prose] = mapped_column(default="")
    verdict_at: Mapped[datetime | None]
    #: True for a lab invented for the demonstration: every page of it says "Ejemplo".
    example: Mapped[bool] = mapped_column(default=False)

    place: Mapped[Place | None] = relationship()
    candidates: Mapped[list["CandidatePlace"]] = relationship(
        back_populates="lab", order_by="CandidatePlace.place_code"
    )


class CandidatePlace(Base):
    """A place where the lab may turn out to be."""

    __tablename__ = "candidate"

    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"), primary_key=True)
    place_code: Mapped[str] = mapped_column(ForeignKey("place.code"), primary_key=True)

    lab: Mapped[Lab] = relationship(back_populates="candidates")
    place: Mapped[Place] = relationship()


class AuthorityRecord(Base):
    """The traditional authority's agreement that a lab be held in its comarca."""

    __tablename__ = "authority_record"

    id: Mapped[Key]
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"), unique=True)
    authority: Mapped[Line]
    agreed_on: Mapped[date]
    #: How it was given and where the paper is kept.
    how: Mapped[Prose]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class LabPerson(Base):
    """One number on a lab's list of people. Personal: facilitators see it, the public counts."""

    __tablename__ = "lab_person"
    __table_args__ = (
        UniqueConstraint("lab_id", "person_id"),
        Index("ix_lab_person_lab_id_line_id", "lab_id", "line_id"),
        Index("ix_lab_person_person_id", "person_id"),
    )

    id: Mapped[Key]
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: Whose line this is: the same number where it was joined with no other. A copy of what
    #: ``SamePerson`` says, kept in its transaction: the number with an account where there is one.
    line_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: The sector or the nickname by which this person is told from one of the same name.
    known_as: Mapped[str] = mapped_column(String(60), default="", server_default="")
    listed_at: Mapped[datetime]
    #: None for whoever came by themselves, or before this was noted.
    listed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person] = relationship(foreign_keys=person_id)


class SamePerson(Base):
    """Two numbers on a lab's list that are one person. No id of anything else changes.

    It holds on this list. Over all labs it holds where one of the two lines had no account, or
    where the person said so from both: a facilitator's word reaches no other lab.

    Each number is joined to another at most once, and only lines apart are joined, so that the
    rows make a forest: no chain comes back to itself.
    """

    __tablename__ = "same_person"
    __table_args__ = (
        CheckConstraint("kept_id <> other_id", name="two_numbers"),
        CheckConstraint("undone_at IS NULL OR undone_at >= joined_at", name="joined_first"),
        CheckConstraint(
            "agreed_id IS NULL OR agreed_id = kept_id OR agreed_id = other_id", name="own_word"
        ),
        ForeignKeyConstraint(["lab_id", "kept_id"], ["lab_person.lab_id", "lab_person.person_id"]),
        ForeignKeyConstraint(["lab_id", "other_id"], ["lab_person.lab_id", "lab_person.person_id"]),
        Index(
            "uq_same_person_lab_id_other_id_current",
            "lab_id",
            "other_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
        Index("ix_same_person_kept_id", "kept_id"),
        Index("ix_same_person_other_id", "other_id"),
    )

    id: Mapped[Key]
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    joined_at: Mapped[datetime]
    joined_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Since when it holds over all labs; None where it holds in this one alone.
    everywhere_at: Mapped[datetime | None]
    #: Whose side said first "yes, both are me"; the word of the other makes it hold everywhere.
    agreed_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: When one of the two said that they are not the same: it may then be undone after its day.
    objected_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    kept: Mapped[Person] = relationship(foreign_keys=kept_id)
    other: Mapped[Person] = relationship(foreign_keys=other_id)


class Grant(Base):
    """A role a person holds in a lab, by the thing that granted it, until it ends."""

    __tablename__ = "lab_grant"
    __table_args__ = (
        UniqueConstraint("lab_id", "person_id", "role", "source"),
        Index("ix_lab_grant_person_id_ended_at", "person_id", "ended_at"),
        CheckConstraint(
            "role <> 'responsible' OR organization_id IS NOT NULL", name="responsible_for_whom"
        ),
    )

    id: Mapped[Key]
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role]
    #: What granted it: ``admitted``, ``drafted``, ``committee:<id>`` ...; ending one grant
    #: leaves the others.
    source: Mapped[Line]
    #: For RESPONSIBLE and ALLY: on whose behalf.
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    lab: Mapped[Lab] = relationship()
    person: Mapped[Person] = relationship()
    organization: Mapped[Organization | None] = relationship()


class InterestDeclaration(Base):
    """What somebody declared of themselves before they serve a lab; a new row takes its place.

    Nothing of a row changes: the database refuses it.
    """

    __tablename__ = "interest_declaration"
    __table_args__ = (Index("ix_interest_declaration_lab_id_person_id", "lab_id", "person_id"),)

    id: Mapped[Key]
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    holds_office: Mapped[bool]
    is_candidate: Mapped[bool]
    has_contract: Mapped[bool]
    declared_at: Mapped[datetime]
    #: The person, or whoever wrote down what they said.
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @property
    def interests(self) -> frozenset[Interest]:
        """What they said they have."""
        answers = (
            (self.holds_office, Interest.OFFICE),
            (self.is_candidate, Interest.CANDIDACY),
            (self.has_contract, Interest.CONTRACT),
        )
        return frozenset(interest for answer, interest in answers if answer)

    @property
    def is_own(self) -> bool:
        """Whether the person declared it themselves."""
        return self.declared_by_id == self.person_id


class JoinRequest(Base):
    """An account asks to join; a facilitator admits it or says why not."""

    __tablename__ = "join_request"
    __table_args__ = (UniqueConstraint("lab_id", "person_id"),)

    id: Mapped[Key]
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: How they are of the place, in their own words.
    words: Mapped[Line] = mapped_column(default="")
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    admitted: Mapped[bool | None]
    reason: Mapped[Line] = mapped_column(default="")

    person: Mapped[Person] = relationship()


class Ally(Base):
    """An organization that stands beside a lab."""

    __tablename__ = "ally"

    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"), primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    #: What it does here.
    part: Mapped[Line] = mapped_column(default="")

    organization: Mapped[Organization] = relationship()
