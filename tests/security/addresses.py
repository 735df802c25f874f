"""Every address of the town with something standing at it, read from the URL map and the rows."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from werkzeug.routing import AnyConverter, Rule

from labapp.accounts.models import SignIn
from labapp.audits.models import Seat
from labapp.db import db
from labapp.domain.kinds import KIND_AT
from labapp.domain.policy import Act, Role
from labapp.files.models import StoredFile
from labapp.followup.models import Milestone
from labapp.followup.models.entity_link import EntityLink
from labapp.labs.models import Ally, Grant, JoinRequest, Lab, LabPerson, SamePerson
from labapp.labs.models.dismissal import Dismissal
from labapp.moderation.models import Removal
from labapp.organizations.models import Organization
from labapp.plans.models import Plan, Target
from labapp.polling.models import Batch
from labapp.problems.models import Problem
from labapp.proposals.models import Version
from labapp.results.models import TallyAct
from labapp.review.views.desk import PARTS
from labapp.sessions.models import CheckIn
from labapp.thread.models import Thing
from labapp.voting.models.roll_objection import RollObjection
from tests.house.addresses import rules
from tests.security.committees import ties
from tests.security.town import OWN, STRANGER, Town

_PART = re.compile(r"(?:^|/)([^/<>]*)/?<(?:[^<>:]+(?:\(.*?\))?:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One address: who answers there, in which lab, about which thing."""

    endpoint: str
    path: str
    act: Act | None
    lab: str | None = None
    thing_id: int | None = None
    #: What the thing is, whether it is public: addresses alike in this are one case.
    sort: str = ""


@dataclass(frozen=True)
class _Way:
    """An address half built: the parts so far, and the thing they lead to."""

    parts: dict[str, object]
    thing: Thing | None = None
    #: What the token of the address opens.
    link: str = ""


class Map:
    """The addresses of a town."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._adapter = town.app.url_map.bind("localhost")
        self._labs = {lab.slug: lab for lab in db.session.scalars(select(Lab).order_by(Lab.id))}

    def lab(self, slug: str | None) -> Lab | None:
        """Return a lab of the town."""
        return self._labs[slug] if slug else None

    def all(self, method: str, *, labs: Sequence[str] = (OWN,)) -> list[Address]:
        """Return every address that answers to a method, of the site and of these labs."""
        found: dict[str, Address] = {}
        for rule in rules(self._town.app, method):
            for place in labs if rule.rule.startswith("/labs/<slug>") else ("",):
                for way in self._ways(rule, place):
                    address = self._address(rule, method, place, way)
                    found.setdefault(address.path, address)
        return list(found.values())

    def each(self, method: str, *, labs: Sequence[str] = (OWN,)) -> list[Address]:
        """Return one address of each page in each of these labs."""
        kept: dict[tuple[str, str | None], Address] = {}
        for one in self.all(method, labs=labs):
            kept.setdefault((one.endpoint, one.lab), one)
        return list(kept.values())

    def few(self, method: str, *, labs: Sequence[str] = (OWN,)) -> list[Address]:
        """Return one address of each sort: the same page about things in the same state."""
        kept: dict[tuple[str, str | None, str], Address] = {}
        for one in self.all(method, labs=labs):
            kept.setdefault((one.endpoint, one.lab, one.sort), one)
        return list(kept.values())

    def _address(self, rule: Rule, method: str, place: str, way: _Way) -> Address:
        view = self._town.app.view_functions[rule.endpoint]
        thing = way.thing
        return Address(
            endpoint=rule.endpoint,
            path=self._adapter.build(rule.endpoint, way.parts, method=method),
            act=getattr(view, "act", None),
            lab=place or None,
            thing_id=thing.id if thing else None,
            sort=f"{thing.kind} {thing.state} {thing.published_at is not None}"
            if thing
            else way.link,
        )

    def _ways(self, rule: Rule, place: str) -> Iterator[_Way]:
        ways = [_Way({})]
        for before, name in _PART.findall(rule.rule):
            converter = rule._converters[name]  # the map offers no other way
            if isinstance(converter, AnyConverter):
                given = converter.items
                ways = [
                    _Way({**way.parts, name: word}, way.thing, way.link)
                    for way in ways
                    for word in sorted(given)
                ]
            else:
                ways = [more for way in ways for more in self._next(way, place, before, name)]
        return iter(ways)

    def _next(self, way: _Way, place: str, before: str, name: str) -> Iterator[_Way]:
        """Fill one part of the address with each thing that stands there."""
        lab = self._labs.get(place)
        word = before or str(way.parts.get("kind", way.parts.get("plural", "")))
        if name == "slug":
            for slug in [place] if lab else _slugs(word):
                yield _Way({**way.parts, name: slug})
        elif name == "number" and word in KIND_AT:
            for one in _things(lab, word):
                yield _Way({**way.parts, name: one.number}, one)
        elif name == "token":
            for link, token in self._town.links.items():
                yield _Way({**way.parts, name: token}, None, link)
        else:
            for value, thing in STANDS[before, name](self._town, lab, way.thing):
                yield _Way({**way.parts, name: value}, thing or way.thing, way.link)


Found = Iterator[tuple[object, Thing | None]]


def _slugs(word: str) -> Sequence[str]:
    slug = {"plans": Plan.slug, "organizations": Organization.slug}[word]
    return db.session.scalars(select(slug).order_by(slug).limit(2)).all()


def _things(lab: Lab | None, word: str) -> Sequence[Thing]:
    query = select(Thing).where(Thing.kind == KIND_AT[word], Thing.number.is_not(None))
    query = query.where(Thing.lab_id == lab.id if lab else Thing.plan_id.is_not(None))
    return db.session.scalars(query.order_by(Thing.id)).all()


def _plain(column: object) -> Callable[[Town, Lab | None, Thing | None], Found]:
    def ids(_town: Town, lab: Lab | None, _thing: Thing | None) -> Found:
        query = select(column)  # type: ignore[call-overload]  # any column
        if lab is not None:
            query = query.where(column.class_.lab_id == lab.id)  # type: ignore[attr-defined]
        for value in db.session.scalars(query.order_by(column).limit(3)):
            yield value, None

    return ids


def _told(_town: Town, lab: Lab | None, _thing: Thing | None) -> Found:
    assert lab is not None
    query = select(Problem).join(Thing, Thing.id == Problem.id).where(Thing.lab_id == lab.id)
    for problem in db.session.scalars(query.order_by(Problem.id)):
        yield problem.id, problem.thing


def _codes(_town: Town, _lab: Lab | None, _thing: Thing | None) -> Found:
    for thing in db.session.scalars(select(Thing).where(Thing.code.is_not(None))):
        yield thing.code, thing


def _photos(_town: Town, _lab: Lab | None, thing: Thing | None) -> Found:
    assert thing is not None
    for file_id in db.session.scalars(
        select(StoredFile.id).where(StoredFile.thing_id == thing.id).order_by(StoredFile.id)
    ):
        yield file_id, thing


def _versions(_town: Town, _lab: Lab | None, thing: Thing | None) -> Found:
    assert thing is not None
    for number in db.session.scalars(
        select(Version.number).where(Version.proposal_id == thing.id).order_by(Version.number)
    ):
        yield number, thing


def _named(_town: Town, _lab: Lab | None, thing: Thing | None) -> Found:
    assert thing is not None
    query = select(CheckIn.id).where(CheckIn.meeting_id == thing.id, CheckIn.person_id.is_not(None))
    for key in db.session.scalars(query.order_by(CheckIn.id)):
        yield key, thing


def _links(_town: Town, _lab: Lab | None, thing: Thing | None) -> Found:
    assert thing is not None
    for link_id in db.session.scalars(select(EntityLink.id).where(EntityLink.thing_id == thing.id)):
        yield link_id, thing


def _devices(town: Town, _lab: Lab | None, _thing: Thing | None) -> Found:
    query = select(SignIn.id).where(SignIn.person_id == town.people[STRANGER])
    for sign_in_id in db.session.scalars(query):
        yield sign_in_id, None


def _people(town: Town, _lab: Lab | None, _thing: Thing | None) -> Found:
    yield town.people[Role.REVIEWER], None
    yield town.people[STRANGER], None


def _seats(_town: Town, _lab: Lab | None, thing: Thing | None) -> Found:
    assert thing is not None
    for person_id in db.session.scalars(
        select(Seat.person_id).where(Seat.committee_id == thing.id).order_by(Seat.id).limit(3)
    ):
        yield person_id, thing


def _parts_of_the_desk(_town: Town, _lab: Lab | None, _thing: Thing | None) -> Found:
    for key in PARTS:
        yield key, None


def _piles(_town: Town, _lab: Lab | None, thing: Thing | None) -> Found:
    assert thing is not None
    for number in db.session.scalars(
        select(Batch.number).where(Batch.vote_id == thing.id).order_by(Batch.number)
    ):
        yield number, thing


def _objections(_town: Town, _lab: Lab | None, thing: Thing | None) -> Found:
    assert thing is not None
    mine = select(RollObjection.id).where(RollObjection.vote_id == thing.id)
    for objection_id in db.session.scalars(mine.order_by(RollObjection.id)):
        yield objection_id, thing


def _steps(_town: Town, _lab: Lab | None, _thing: Thing | None) -> Found:
    for step in db.session.scalars(select(Milestone).order_by(Milestone.id).limit(3)):
        yield step.thing.number, None


def _documents(_town: Town, _lab: Lab | None, _thing: Thing | None) -> Found:
    """Yield the hash of a published act, and of a file that is no document of a vote."""
    published = select(StoredFile.sha256).join(TallyAct, TallyAct.pdf_id == StoredFile.id)
    yield db.session.scalars(published.order_by(StoredFile.id).limit(1)).one(), None
    other = select(StoredFile.sha256).where(StoredFile.media_type == "image/jpeg")
    yield db.session.scalars(other.order_by(StoredFile.id).limit(1)).one(), None


def _removals(_town: Town, lab: Lab | None, thing: Thing | None) -> Found:
    query = select(Removal.id).join(Thing, Thing.id == Removal.thing_id).order_by(Removal.id)
    own = Thing.id == thing.id if thing else Thing.lab_id == (lab.id if lab else None)
    for removal_id in db.session.scalars(query.where(own).limit(3)):
        yield removal_id, thing


#: What stands at a part of an address, by the word before it and its name. An address with a
#: part that is not here fails every test of this folder until somebody says what stands there.
STANDS: dict[tuple[str, str], Callable[[Town, Lab | None, Thing | None], Found]] = {
    ("", "number"): _steps,
    ("allies", "number"): _plain(Ally.organization_id),
    ("batches", "batch"): _piles,
    ("c", "code"): _codes,
    ("card", "typed_code"): lambda town, _lab, thing: iter([(town.card, thing)]),
    ("desk", "key"): _parts_of_the_desk,
    ("devices", "sign_in_id"): _devices,
    ("dismissals", "number"): _plain(Dismissal.id),
    ("grants", "number"): _plain(Grant.id),
    ("joins", "number"): _plain(SamePerson.id),
    ("links", "link_id"): _links,
    ("objections", "objection_id"): _objections,
    ("people", "number"): _plain(LabPerson.person_id),
    ("people", "person_id"): _people,
    ("photos", "file_id"): _photos,
    ("received", "problem_id"): _told,
    ("removals", "removal_id"): _removals,
    ("ties", "tie"): ties,
    ("requests", "number"): _plain(JoinRequest.id),
    ("seats", "person_id"): _seats,
    ("take-away", "file_id"): _photos,
    ("take-back", "key"): _named,
    ("targets", "target_id"): _plain(Target.id),
    ("verify", "sha256"): _documents,
    ("versions", "version"): _versions,
}
