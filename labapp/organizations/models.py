"""Organization: an ally, an entity that may owe something, a local body."""

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from labapp.db import Base, Key, Line, Slug
from labapp.domain.errors import mark


class OrganizationKind(StrEnum):
    """Types of organization a lab works with."""

    UNIVERSITY = "university"
    COMMUNAL_BOARD = "communal_board"
    LOCAL_DEVELOPMENT_BOARD = "local_development_board"
    MUNICIPALITY = "municipality"
    CIVIL_SOCIETY = "civil_society"
    STATE_ENTITY = "state_entity"
    TRADITIONAL_AUTHORITY = "traditional_authority"
    MANAGERS_NETWORK = "managers_network"
    WATER_BOARD = "water_board"
    HEALTH_COMMITTEE = "health_committee"
    PARENTS_ASSOCIATION = "parents_association"
    SCHOOL = "school"

    @property
    def label(self) -> str:
        """The words for this type, for gettext."""
        return LABELS[self]


LABELS: dict[OrganizationKind, str] = {
    OrganizationKind.UNIVERSITY: mark("University"),
    OrganizationKind.COMMUNAL_BOARD: mark("Communal board"),
    OrganizationKind.LOCAL_DEVELOPMENT_BOARD: mark("Local development board"),
    OrganizationKind.MUNICIPALITY: mark("Municipality"),
    OrganizationKind.CIVIL_SOCIETY: mark("Civil society organization"),
    OrganizationKind.STATE_ENTITY: mark("State entity"),
    OrganizationKind.TRADITIONAL_AUTHORITY: mark("Traditional authority"),
    OrganizationKind.MANAGERS_NETWORK: mark("Network of social innovation managers"),
    OrganizationKind.WATER_BOARD: mark("Rural water board"),
    OrganizationKind.HEALTH_COMMITTEE: mark("Health committee"),
    OrganizationKind.PARENTS_ASSOCIATION: mark("Parents' association"),
    OrganizationKind.SCHOOL: mark("School"),
}


class Organization(Base):
    """One organization."""

    __tablename__ = "organization"

    id: Mapped[Key]
    slug: Mapped[Slug]
    name: Mapped[Line]
    kind: Mapped[OrganizationKind]
    place_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"))
    #: True for one invented for the demonstration.
    example: Mapped[bool] = mapped_column(default=False)
