"""Make rows for tests: each call gives one valid row and changes only what is named."""

from datetime import UTC, datetime
from itertools import count
from typing import TypeVar

from labapp.accounts.models import GlobalRole, Person
from labapp.db import Base, db
from labapp.domain.policy import Actor, Role
from labapp.domain.roles import GLOBAL
from labapp.domain.stage import LabKind, Stage
from labapp.domain.things import Kind
from labapp.labs import service as labs
from labapp.labs.models import Lab
from labapp.organizations.models import Organization, OrganizationKind
from labapp.thread import service as thread
from labapp.thread.models import Thing

Row = TypeVar("Row", bound=Base)

#: The instant at which a test's world stands still.
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


class Make:
    """One world's maker: the rows that most rooms stand on. Flushes, never commits."""

    def __init__(self) -> None:
        self._n = count(1)

    def person(self, *roles: Role) -> Person:
        """Make somebody with an account, and with these roles on the whole site."""
        n = next(self._n)
        person = self.keep(
            Person(name=f"Vecina {n}", username=f"vecina{n}", created_at=NOW, adult_at=NOW)
        )
        for role in roles:
            self.keep(GlobalRole(person_id=person.id, role=role, granted_at=NOW))
        return person

    def lab(self, stage: Stage = Stage.IDEATION, kind: LabKind = LabKind.NEW) -> Lab:
        """Make a lab that ANTAI approved, standing at this stage."""
        n = next(self._n)
        approver = self.person(Role.REVIEWER)
        return self.keep(
            Lab(
                slug=f"lab-{n}",
                name=f"San Martín {n}",
                kind=kind,
                stage=stage,
                stage_since=NOW,
                drafted_at=NOW,
                approved_at=NOW,
                approved_by_id=approver.id,
                stirred_at=NOW,
            )
        )

    def organization(self) -> Organization:
        """Make an entity that may answer for something."""
        n = next(self._n)
        return self.keep(
            Organization(
                slug=f"junta-{n}",
                name=f"Junta Comunal {n} (ejemplo)",
                kind=OrganizationKind.COMMUNAL_BOARD,
            )
        )

    def member(self, lab: Lab, *roles: Role) -> Person:
        """Make somebody with these roles in the lab; global ones are given on the site."""
        person = self.person(*(role for role in roles if role in GLOBAL))
        for role in roles:
            if role not in GLOBAL | {Role.ACCOUNT}:
                entity = self.organization().id if role is Role.RESPONSIBLE else None
                labs.grant(lab.id, person.id, role, source="test", now=NOW, organization_id=entity)
        return person

    def actor(self, lab: Lab, *roles: Role) -> Actor:
        """Make somebody with these roles, as seen from the lab."""
        return Actor(self.member(lab, *roles).id, frozenset(roles) | {Role.ACCOUNT})

    def thing(self, lab: Lab, kind: Kind = Kind.PROBLEM, *, title: str = "") -> Thing:
        """Make a published thing of the thread, without the row that its room keeps."""
        title = title or f"The tank leaks {next(self._n)}"
        return thread.add(kind, title=title, state="published", lab_id=lab.id, published_at=NOW)

    def keep(self, row: Row) -> Row:
        """Add a row and flush it, so that it has its id."""
        db.session.add(row)
        db.session.flush()
        return row
