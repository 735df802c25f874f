"""Make rows for tests: each call gives one valid row and changes only what is named."""

import secrets
from datetime import UTC, datetime
from itertools import count
from typing import TypeVar

from flask.testing import FlaskClient

from labapp.accounts.models import GlobalRole, Person, SignIn
from labapp.db import Base, db, utcnow
from labapp.domain.interests import SERVING, Interest
from labapp.domain.policy import Actor, Role
from labapp.domain.roles import IN_LAB
from labapp.domain.stage import Stage
from labapp.domain.token_hash import hash_token
from labapp.labs.models import InterestDeclaration, Lab
from labapp.labs.service import grant
from labapp.organizations.models import Organization, OrganizationKind
from labapp.plans.models import Plan

Row = TypeVar("Row", bound=Base)
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


class Make:
    """Rows of the low rooms; each later room has a ``make.py`` beside its tests."""

    def __init__(self, first: int = 1) -> None:
        """Number from ``first`` on: two who fill one database begin far apart."""
        self._n = count(first)

    def number(self) -> int:
        """Return a number not used before in this test."""
        return next(self._n)

    def person(self, *roles: Role) -> Person:
        """Add a person with an account, holding these global roles."""
        n = self.number()
        person = self.keep(Person(name=f"Vecina {n}", username=f"vecina{n}", created_at=NOW))
        for role in roles:
            self.keep(GlobalRole(person_id=person.id, role=role, granted_at=NOW))
        return person

    def lab(self, stage: Stage = Stage.CALL) -> Lab:
        """Add an approved lab."""
        n = self.number()
        return self.keep(
            Lab(
                slug=f"lab-{n}",
                name=f"Lab {n}",
                stage=stage,
                stage_since=NOW,
                drafted_at=NOW,
                stirred_at=NOW,
                approved_at=NOW,
                approved_by_id=self.person(Role.REVIEWER).id,
            )
        )

    def actor(self, lab: Lab, *roles: Role, organization: Organization | None = None) -> Actor:
        """Add a person who holds these roles, in the lab or on the site, and return them."""
        person = self.person(*(role for role in roles if role not in IN_LAB))
        speaks_for = set()
        for role in roles:
            if role in IN_LAB:
                if role in SERVING:
                    declared(lab.id, person.id)
                needs = role is Role.RESPONSIBLE and organization is None
                body = self.organization() if needs else organization
                grant(
                    lab.id,
                    person.id,
                    role,
                    source="test",
                    now=NOW,
                    organization_id=body.id if body else None,
                )
                if role is Role.RESPONSIBLE and body is not None:
                    speaks_for.add(body.id)
        return Actor(person.id, frozenset({*roles, Role.ACCOUNT}), frozenset(speaks_for))

    def organization(self) -> Organization:
        """Add a municipality."""
        n = self.number()
        kind = OrganizationKind.MUNICIPALITY
        return self.keep(Organization(slug=f"alcaldia-{n}", name=f"Alcaldía {n}", kind=kind))

    def plan(self) -> Plan:
        """Add an action plan."""
        n = self.number()
        day = NOW.date()
        return self.keep(Plan(slug=f"plan-{n}", name=f"Plan {n}", starts_on=day, ends_on=day))

    def keep(self, row: Row) -> Row:
        """Add the row and flush it."""
        db.session.add(row)
        db.session.flush()
        return row


def declared(lab_id: int, person_id: int, *has: Interest, now: datetime = NOW) -> None:
    """Have somebody declare, in a lab, that they have these that keep from serving, or none."""
    db.session.add(
        InterestDeclaration(
            lab_id=lab_id,
            person_id=person_id,
            holds_office=Interest.OFFICE in has,
            is_candidate=Interest.CANDIDACY in has,
            has_contract=Interest.CONTRACT in has,
            declared_at=now,
            declared_by_id=person_id,
        )
    )
    db.session.flush()


def sign_in(client: FlaskClient, actor: Actor | Person) -> None:
    """Sign the client in as this person, by a row and a cookie, and commit what was made."""
    token = secrets.token_urlsafe(16)
    person_id = actor.id if isinstance(actor, Person) else actor.person_id
    assert person_id is not None
    now = utcnow()
    db.session.add(
        SignIn(
            token_hash=hash_token(token),
            person_id=person_id,
            device="test",
            began_at=now,
            seen_on=now,
        )
    )
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
