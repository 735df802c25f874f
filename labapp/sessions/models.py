"""Meeting, its attendance by sector, the contributions made in it and their former words."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from labapp.accounts.models import Person
from labapp.db import Base, Key, Line, Prose
from labapp.domain.contribution import ContributionState
from labapp.domain.errors import mark
from labapp.domain.panama_time import local_day
from labapp.domain.roles import Role
from labapp.thread.models import Thing


class Modality(StrEnum):
    """How people meet."""

    IN_PERSON = "in_person"
    VIRTUAL = "virtual"
    MIXED = "mixed"

    @property
    def label(self) -> str:
        """The words for this modality, for gettext."""
        return _MODALITIES[self]


_MODALITIES = {
    Modality.IN_PERSON: mark("In person"),
    Modality.VIRTUAL: mark("By video call"),
    Modality.MIXED: mark("In person and by video call"),
}


class Sector(StrEnum):
    """Where somebody who attends comes from; only the counts are public."""

    COMMUNITY = "community"
    LOCAL_ORGANIZATION = "local_organization"
    ENTITY = "entity"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words for this sector, for gettext."""
        return _SECTORS[self]


_SECTORS = {
    Sector.COMMUNITY: mark("Community"),
    Sector.LOCAL_ORGANIZATION: mark("Organizations of the community"),
    Sector.ENTITY: mark("Entities"),
    Sector.OTHER: mark("Others"),
}


class MeetingState(StrEnum):
    """Where a meeting stands, read from its dates; the thread holds a copy of the value."""

    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


#: How long before its time a meeting may be begun.
EARLY = timedelta(hours=1)


class Meeting(Base):
    """One meeting of a lab or of a plan."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint("closed_at IS NULL OR began_at IS NOT NULL", name="begun_before_closed"),
        CheckConstraint("cancelled_at IS NULL OR began_at IS NULL", name="cancelled_before_begun"),
        CheckConstraint("(cancelled_at IS NULL) = (cancelled_why = '')", name="cancelled_why"),
        CheckConstraint(
            "typed_at IS NULL OR "
            "(began_at IS NOT NULL AND began_at = starts_at AND typed_at >= ends_at)",
            name="typed_in_after_it_was_held",
        ),
        CheckConstraint(
            "typed_at IS NULL OR closed_at IS NULL OR closed_at = ends_at",
            name="typed_in_at_its_hours",
        ),
    )

    id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    modality: Mapped[Modality]
    #: The hall, or the address of the call.
    venue: Mapped[Line]
    agenda: Mapped[Prose]
    announced_at: Mapped[datetime]
    began_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    #: When it was noted afterwards that it was held; it began and closed at its own hours then.
    typed_at: Mapped[datetime | None]
    minutes: Mapped[Prose] = mapped_column(default="")
    cancelled_at: Mapped[datetime | None]
    #: Why it will not be held; everybody reads it.
    cancelled_why: Mapped[Prose] = mapped_column(default="", server_default="")
    #: For meetings of the past whose list of sectors is not known here.
    attended: Mapped[int | None]
    #: False where this site does not know whether contributions were answered: no clock runs.
    clocked: Mapped[bool] = mapped_column(default=True)

    thing: Mapped[Thing] = relationship()

    @property
    def state(self) -> MeetingState:
        """Where it stands, by its dates."""
        if self.closed_at is not None:
            return MeetingState.CLOSED
        if self.cancelled_at is not None:
            return MeetingState.CANCELLED
        return MeetingState.ANNOUNCED if self.began_at is None else MeetingState.OPEN

    @property
    def is_under_way(self) -> bool:
        """Whether people are meeting now; of one noted afterwards only the report is missing."""
        return self.state is MeetingState.OPEN and self.typed_at is None

    @property
    def begins_from(self) -> datetime:
        """From when on it may be begun."""
        return self.starts_at - EARLY

    def is_past(self, now: datetime) -> bool:
        """Tell whether its day, in Panama, has gone by."""
        return local_day(now) > local_day(self.ends_at)

    @property
    def was_held(self) -> bool:
        """Whether it began: one that was cancelled never does. Only then it proves anything."""
        return self.began_at is not None and self.cancelled_at is None

    def was_on(self, day: date) -> bool:
        """Tell whether it was held on this day of Panama."""
        if self.began_at is None or not self.was_held:
            return False
        first = local_day(self.began_at)
        return first <= day <= max(first, local_day(self.ends_at))


class CheckIn(Base):
    """One person who came. Who it was is personal: seen by facilitators, never published."""

    __tablename__ = "check_in"
    __table_args__ = (
        Index("ix_check_in_meeting_id_sector", "meeting_id", "sector"),
        UniqueConstraint("meeting_id", "person_id"),
    )

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    sector: Mapped[Sector]
    #: As it was written before there was a list of people; of others the list has the name.
    name: Mapped[Line] = mapped_column(default="")
    #: Somebody on the lab's list; None where the person preferred to be counted only.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person | None] = relationship()


class Contribution(Base):
    """One thing said in a meeting, in a line. Its dates say where it stands."""

    __tablename__ = "contribution"
    __table_args__ = (
        CheckConstraint(
            "(joined_at IS NULL) = (joined_into_id IS NULL)", name="joined_with_another"
        ),
        CheckConstraint("joined_into_id IS NULL OR joined_into_id <> id", name="not_with_itself"),
        CheckConstraint(
            "owed_on IS NULL OR joined_at IS NOT NULL OR withdrawn_at IS NOT NULL",
            name="owed_before",
        ),
        CheckConstraint("withdrawn_at IS NULL OR joined_at IS NULL", name="withdrawn_apart"),
        CheckConstraint("version >= 1", name="version"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("thing.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    text: Mapped[Prose]
    sector: Mapped[Sector | None]
    noted_at: Mapped[datetime]
    #: The text that stands: 1, 2, 3 ...
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    joined_at: Mapped[datetime | None]
    #: The one that stays and whose answer answers both; never itself joined with another.
    joined_into_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"), index=True)
    #: The day its own answer was due when it was joined or withdrawn: due again should it stand.
    owed_on: Mapped[date | None]
    #: When whoever said it had it taken away; a facilitator typed so.
    withdrawn_at: Mapped[datetime | None]

    thing: Mapped[Thing] = relationship(foreign_keys=id)
    meeting: Mapped[Meeting] = relationship()
    joined_into: Mapped["Contribution | None"] = relationship(
        foreign_keys=joined_into_id, remote_side=id
    )

    @property
    def state(self) -> ContributionState:
        """Where it stands, by its dates."""
        if self.withdrawn_at is not None:
            return ContributionState.WITHDRAWN
        return ContributionState.NOTED if self.joined_at is None else ContributionState.JOINED


class ContributionVersion(Base):
    """What a contribution said before it was changed. Written once; everybody reads it."""

    __tablename__ = "contribution_version"
    __table_args__ = (UniqueConstraint("contribution_id", "number"),)

    id: Mapped[Key]
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    #: Which text this was: 1, 2, 3 ...
    number: Mapped[int]
    text: Mapped[Prose]
    #: Why it was changed; empty where it was divided.
    why: Mapped[Line] = mapped_column(default="")
    #: When it was changed, and who did it.
    replaced_at: Mapped[datetime]
    role: Mapped[Role | None]
