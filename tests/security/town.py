"""A town to attack: the demonstration, a person for each role, and what nobody may see yet."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import make_url, select
from werkzeug.test import TestResponse

from labapp.accounts import queries as accounts
from labapp.accounts.models import GlobalRole, Person, SignIn
from labapp.accounts.service import roles
from labapp.audits import service as audits
from labapp.cli.migrations import prepare, upgrade
from labapp.db import db, utcnow
from labapp.demo import loading
from labapp.demo.cast import Scene
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Actor, Role
from labapp.domain.removal import RemovalScope
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import GLOBAL, IN_LAB
from labapp.domain.stage import LabKind
from labapp.domain.token_hash import hash_token
from labapp.factory import create_app
from labapp.followup import service as followup
from labapp.followup.models import Agreement, Letter
from labapp.labs import queries
from labapp.labs.models import Lab
from labapp.labs.queries.recognition import Newcomer
from labapp.labs.service import Where, draft, grant, members, registering, same_person
from labapp.moderation import service as moderation
from labapp.moderation.removal_draft import RemovalDraft
from labapp.moderation.service import appeals
from labapp.organizations.models import Organization
from labapp.problems import service as problems
from labapp.problems.models import Problem
from labapp.problems.service import photos, supports
from labapp.record.acting import Acting
from labapp.sessions import service as sessions
from labapp.sessions.models import Modality, Sector
from labapp.sessions.service import attendance
from labapp.thread.models import Thing
from tests.client import Client
from tests.conftest import SETTINGS
from tests.databases import Database
from tests.files.make import photo
from tests.make import declared
from tests.security import hall
from tests.security.cards import printed
from tests.security.dismissed import appealed

#: Where everybody of the town has a role, and a lab where they have none.
OWN, OTHER = "san-martin", "san-miguel"
#: A lab that ANTAI has not approved.
WAITING = "por-aprobar"
#: Nobody, somebody with an account and no role, and a person for each role.
VISITOR, STRANGER = "visitor", "stranger"
ROLES = tuple(sorted(GLOBAL | IN_LAB))
EVERYBODY: tuple[str, ...] = (VISITOR, STRANGER, *ROLES)


class Walker(Client):
    """A browser that reads every answer to its end, so that no file stays open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send one request."""
        return super().open(*args, **{"buffered": True, **kwargs})


@dataclass(eq=False)
class Town:
    """A loaded database, and how to walk in it."""

    app: Flask
    #: What each person of the town carries in the cookie.
    tokens: dict[str, str] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    #: Who plays in the demonstration: authors, entities, members of committees.
    cast: list[str] = field(default_factory=list)
    #: The tokens of links, by what they open.
    links: dict[str, str] = field(default_factory=dict)
    #: The code of an unused card of the open vote of the other lab.
    card: str = ""

    def client(self, who: str = VISITOR) -> Walker:
        """Return the browser of somebody of the town."""
        client = self.app.test_client()
        assert isinstance(client, Walker)
        if who != VISITOR:
            with client.session_transaction() as cookie:
                cookie["_user_id"] = self.tokens[who]
        return client

    def actor(self, who: str, lab: Lab | None) -> Actor:
        """Return somebody as seen from a lab, or from the site."""
        person_id = self.people.get(who)
        if person_id is None:
            return Actor(None)
        held = accounts.global_roles(person_id)
        if lab is None:
            return Actor(person_id, held | {Role.ACCOUNT})
        return queries.actor(lab, person_id, held)

    @property
    def file(self) -> Path:
        """The database, on SQLite."""
        return Path(str(make_url(self.app.config["DATABASE_URL"]).database))


def build(database: Database, instance: Path) -> Town:
    """Load a town in an empty database. A fault becomes a 500 there, as on a server."""
    settings = {
        **SETTINGS,
        "PROPAGATE_EXCEPTIONS": False,
        "DATABASE_URL": database.url,
        "INSTANCE": str(instance),
    }
    app = prepare(create_app(settings))
    app.test_client_class = Walker
    town = Town(app)
    with app.app_context():
        upgrade()
        cast: list[Scene] = []
        for _step in loading.load(local_day(utcnow()), instance / "files", cast.append):
            pass
        lab = db.session.scalars(select(Lab).where(Lab.slug == OWN)).one()
        hall.opened(lab, now=utcnow())
        _people(town, lab)
        _unseen(town, lab, instance / "files")
        _links(town, lab)
        town.card = printed(app, town.people[Role.FACILITATOR], OTHER)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return town


def _people(town: Town, lab: Lab) -> None:
    """Make somebody for each role, signed in, with that role in one lab and no other."""
    now = utcnow()
    # The last one answers for no agreement and no letter: whoever speaks for it holds no relation.
    body = db.session.scalars(select(Organization).order_by(Organization.id.desc()).limit(1)).one()
    for person in db.session.scalars(select(Person).where(Person.username.is_not(None))).all():
        town.cast.append(str(person.username))
        _sign_in(town, person, str(person.username))
    for who in (STRANGER, *ROLES):
        person = Person(name=f"Quien es {who}", username=f"town-{who}", created_at=now)
        db.session.add(person)
        _sign_in(town, person, who)
        if who in GLOBAL:
            db.session.add(GlobalRole(person_id=person.id, role=Role(who), granted_at=now))
        if who in IN_LAB:
            held = body.id if who == Role.RESPONSIBLE else None
            declared(lab.id, person.id, now=now)
            grant(lab.id, person.id, Role(who), source="town", now=now, organization_id=held)
        if who == STRANGER:
            _sign_in(town, person, who)
    db.session.flush()


def _sign_in(town: Town, person: Person, who: str) -> None:
    db.session.flush()
    town.people[who], token, now = person.id, secrets.token_urlsafe(16), utcnow()
    town.tokens[who] = token
    db.session.add(
        SignIn(
            token_hash=hash_token(token),
            person_id=person.id,
            device="town",
            began_at=now,
            seen_on=now,
        )
    )


def _unseen(town: Town, lab: Lab, files: Path) -> None:
    """Add what the demonstration lacks: a request to join, a photo, drafts."""
    now, facilitator = utcnow(), town.actor(Role.FACILITATOR, lab)
    members.ask(Acting(lab, town.actor(STRANGER, lab), now), words="Vivo aquí.")
    told = problems.tell(
        Acting(lab, Actor(None), now),
        told=problems.ProblemText(what="Lo que nadie ve", where="Allá", since="", affects=""),
        on_paper=False,
        days=3,
    )
    photos.add(Acting(lab, Actor(None), now), problem=told, photo=photo(), folder=files)
    source = db.session.scalars(
        select(Thing).where(Thing.lab_id == lab.id, Thing.kind == "proposal").order_by(Thing.id)
    ).first()
    body = db.session.scalars(select(Organization).order_by(Organization.id).limit(1)).one()
    assert source is not None
    unseen = followup.draft_agreement(
        Acting(lab, facilitator, now),
        source=source,
        organization=body,
        what="Un acuerdo que nadie ve",
        has_work=False,
        cost=1,
    )
    members.add_ally(Acting(lab, facilitator, now), organization_id=body.id, part="analiza agua")
    shared = db.session.scalars(
        select(Problem).join(Thing).where(Thing.lab_id == lab.id, Thing.number == 1)
    ).one()
    supports.give(Acting(lab, town.actor(STRANGER, lab), now), problem=shared)
    taken = RemovalDraft(
        RemovalScope.WORDS, RemovalCode.INSULT, "Insulta.", "", shared.what.split()[:1]
    )
    removal = moderation.take_away(Acting(lab, facilitator, now), taken, thing=shared.thing)
    appeals.appeal(
        Acting(lab, Actor(None), now), removal=removal, words="No.", days=10, by_code=True
    )
    _under_way(lab, facilitator, body, now)
    names = [Newcomer("Ubaldina Quirós", sector) for sector in ("La Loma", "El Bajo")]
    one, two = registering.register(Acting(lab, facilitator, now), names).added
    appealed(lab, one, by=town.people[Role.FACILITATOR], now=now)
    same_person.join(Acting(lab, facilitator, now), one=one, two=two)
    lab.kind = LabKind.FOLLOW_UP
    draft(Acting(None, town.actor(Role.TRUSTED, None), now), name=WAITING, has=(), where=Where())
    teller = town.actor(Role.TELLER, lab)
    hall.held(lab, facilitator, teller, photo=photo(), folder=files, now=now)
    step = followup.MilestoneDraft(
        "Un paso que nadie ve", now.date() + timedelta(days=9), ("¿Está?",), None
    )
    followup.add_step(Acting(lab, facilitator, now), unseen, step=step)


def _under_way(lab: Lab, facilitator: Actor, body: Organization, now: datetime) -> None:
    """Begin a meeting and announce another; register a work to watch, and two watched by five."""
    for begun in (True, False):
        meeting = sessions.announce(
            Acting(lab, facilitator, now),
            starts_at=now,
            ends_at=now + timedelta(hours=2),
            modality=Modality.IN_PERSON,
            venue="Rancho comunal",
            agenda="Lo que falta",
        )
        if begun:
            sessions.begin(Acting(lab, facilitator, now), meeting=meeting)
            attendance.check_in(
                Acting(lab, facilitator, now),
                meeting=meeting,
                sector=Sector.COMMUNITY,
                who=Newcomer("Clementina Zárate"),
                people=3,
            )
    crowd = db.session.scalars(
        select(Person).where(Person.username.is_(None)).order_by(Person.id).limit(5)
    ).all()
    for told in (None, False, True):
        work = audits.register_work(
            Acting(lab, facilitator, now),
            audits.AnnouncedWork("Reparar el puente", body),
            audits.Contract(
                reference="EJ-OBRA-03",
                contractor="Constructora de ejemplo",
                cost=900,
                starts_on=now.date(),
                ends_on=now.date() + timedelta(days=60),
            ),
        )
        if told is None:
            continue
        committee = audits.form_committee(
            Acting(lab, facilitator, now), work, name="Cinco", chosen_how="Reunión", report_days=30
        )
        for person in crowd:
            audits.seat(
                Acting(lab, facilitator, now),
                committee,
                person=person,
                consents=False,
                declared_tie="",
            )
        if told:
            audits.report_committee(Acting(lab, facilitator, now), committee, certificate_days=15)


def _links(town: Town, lab: Lab) -> None:
    """Issue a link of each sort."""
    now, admin = utcnow(), Actor(town.people[Role.ADMINISTRATOR], frozenset({Role.ADMINISTRATOR}))
    made = db.session.scalars(
        select(Agreement).join(Thing).where(Thing.lab_id == lab.id, Thing.published_at.is_not(None))
    ).first()
    letter = db.session.scalars(select(Letter).where(Letter.answer.is_(None))).first()
    assert made is not None
    assert letter is not None
    facilitator = town.actor(Role.FACILITATOR, lab)
    for name, thing, organization_id in (
        ("letter", letter.thing, letter.organization_id),
        ("agreement", made.thing, made.organization_id),
    ):
        town.links[name] = followup.issue_link(
            Acting(lab, facilitator, now), thing=thing, organization_id=organization_id, days=60
        )
    town.links["recovery"] = roles.make_recovery(Acting(None, admin, now), town.people[STRANGER])
