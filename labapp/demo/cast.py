"""The stage of the demonstration: its days, counted from the day of loading, and its cast."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from labapp.accounts import queries as accounts
from labapp.accounts import service as people
from labapp.accounts.models import Person
from labapp.accounts.service import roles
from labapp.db import db
from labapp.domain.panama_time import PANAMA
from labapp.domain.roles import VISITOR, Actor, Role
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.organizations import service as organizations
from labapp.organizations.models import Organization, OrganizationKind
from labapp.record.acting import Acting

#: user name, name shown, global role.
ACCOUNTS: tuple[tuple[str, str, Role | None], ...] = (
    ("vecina1", "Vecina 1", None),
    ("vecina2", "Vecina 2", None),
    ("facilitador-sm", "Facilitador de San Martín", Role.TRUSTED),
    ("facilitadora-smi", "Facilitadora de San Miguel", Role.TRUSTED),
    ("ingeniera", "Ingeniera de la alcaldía", None),
    ("acueducto", "Junta del Acueducto", None),
    ("comite1", "Integrante 1 del comité", None),
    ("comite2", "Integrante 2 del comité", None),
    ("antai1", "ANTAI, revisión", Role.REVIEWER),
    ("antai2", "ANTAI, segunda firma", Role.REVIEWER),
    ("admin", "Administración", Role.ADMINISTRATOR),
)

_BODIES: tuple[tuple[str, str, OrganizationKind], ...] = (
    ("alcaldia", "Alcaldía (ejemplo)", OrganizationKind.MUNICIPALITY),
    ("junta-sm", "Junta Comunal de San Martín (ejemplo)", OrganizationKind.COMMUNAL_BOARD),
    ("junta-smi", "Junta Comunal de San Miguel (ejemplo)", OrganizationKind.COMMUNAL_BOARD),
    ("acueducto", "Junta del Acueducto Rural (ejemplo)", OrganizationKind.WATER_BOARD),
    ("escuela", "Escuela (ejemplo)", OrganizationKind.SCHOOL),
    ("universidad", "Universidad (ejemplo)", OrganizationKind.UNIVERSITY),
)


@dataclass
class Scene:
    """What every act of the demonstration needs at hand."""

    #: The day of loading, in Panama: D.
    today: date
    #: Where the files go.
    files: Path
    plan_id: int | None = None
    passwords: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, Person] = field(default_factory=dict)
    bodies: dict[str, Organization] = field(default_factory=dict)

    def on(self, days: int) -> date:
        """Return D plus ``days`` (negative for the past)."""
        return self.today + timedelta(days=days)

    def at(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """Return an instant of that day, by Panama's clock, in UTC."""
        return datetime.combine(self.on(days), time(hour, minute), PANAMA).astimezone(UTC)

    def actor(self, username: str, lab: Lab | None = None) -> Actor:
        """Return somebody of the cast, as seen from the lab or from the site."""
        person = self.accounts[username]
        site = accounts.global_roles(person.id)
        if lab is None:
            return Actor(person.id, site | {Role.ACCOUNT})
        return labs.actor(lab, person.id, site)

    def neighbours(self, count: int) -> list[Person]:
        """Return the first ``count`` people without an account; they are made as needed."""
        while len(self._crowd) < count:
            number = len(self._crowd) + 1
            self._crowd.append(Person(name=f"Vecino {number} (ejemplo)", created_at=self.at(-150)))
            db.session.add(self._crowd[-1])
        db.session.flush()
        return self._crowd[:count]

    _crowd: list[Person] = field(default_factory=list)


def open_stage(today: date, files: Path) -> Scene:
    """Make the cast: accounts with random passwords, and the bodies of the two places."""
    scene = Scene(today, files)
    for username, name, _role in ACCOUNTS:
        scene.passwords[username] = secrets.token_urlsafe(9)
        scene.accounts[username] = people.open_account(
            Acting(None, VISITOR, scene.at(-200)),
            name=name,
            username=username,
            password=scene.passwords[username],
            lang="es",
        )
    roles.grant_first_administrator(scene.accounts["admin"].id, now=scene.at(-200))
    for username, _name, role in ACCOUNTS:
        if role not in (None, Role.ADMINISTRATOR):
            roles.grant_global(
                Acting(None, scene.actor("admin"), scene.at(-199)),
                scene.accounts[username].id,
                role,
            )
    for key, name, kind in _BODIES:
        scene.bodies[key] = organizations.add(
            Acting(None, scene.actor("antai1"), scene.at(-198)), name=name, kind=kind, example=True
        )
    return scene
