"""Who sits on a committee: seated, unseated, and what each member says of themselves."""

from datetime import datetime

from labapp.accounts import queries as accounts
from labapp.accounts.models import Person
from labapp.audits import queries
from labapp.audits.models import Committee, Seat
from labapp.audits.service.showing import show
from labapp.db import db
from labapp.domain.committee import QUORUM
from labapp.domain.errors import Conflict, mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Actor, Relation, Role, require
from labapp.labs import queries as members
from labapp.labs import service as labs
from labapp.labs.models import Lab
from labapp.record import service as record


def seat(
    lab: Lab,
    actor: Actor,
    committee: Committee,
    *,
    person: Person,
    consents: bool,
    declared_tie: str,
    now: datetime,
) -> Seat:
    """Seat a person; at the fifth the committee is constituted.

    Args:
        lab: the lab of the committee.
        actor: a facilitator.
        committee: any.
        person: neither of the entity that carries the work out, nor of ANTAI.
        consents: whether their name may be published.
        declared_tie: with whom of the work they are tied, in words; empty for none.
        now: the instant of the act.

    Returns:
        The seat, flushed. The record says nothing of who it is.

    Raises:
        Denied: wrong role or stage.
        Conflict: seated already, carries the work out, or reviews for ANTAI.
    """
    require(actor, Act.COMMITTEE_SEAT, lab.stage)
    held = queries.locked(committee.id)
    _independent(lab, held, person)
    if queries.seat(held.id, person.id) is not None:
        raise Conflict(mark("This person sits on the committee already."))
    row = Seat(
        committee_id=held.id,
        person_id=person.id,
        consents=consents,
        declared_tie=declared_tie,
        seated_on=local_day(now),
    )
    row.person = person
    db.session.add(row)
    db.session.flush()
    labs.grant(lab.id, person.id, Role.COMMITTEE, source=_source(held), now=now)
    known = queries.standing(held.id)
    if held.constituted_on is None and known.seats >= QUORUM:
        held.constituted_on = local_day(now)
    _shown(lab, actor, held, known.seats - 1, now)
    return row


def unseat(lab: Lab, actor: Actor, committee: Committee, row: Seat, *, now: datetime) -> None:
    """End a seat and the role it gave; below five the committee is inactive. Flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: the seat ended already, or is of another committee.
    """
    require(actor, Act.COMMITTEE_SEAT, lab.stage)
    held = queries.locked(committee.id)
    db.session.refresh(row)
    if row.committee_id != held.id or row.ended_on is not None:
        raise Conflict(mark("This person does not sit on the committee any more."))
    before = queries.standing(held.id).seats
    row.ended_on = local_day(now)
    db.session.flush()
    labs.end_grants(lab.id, row.person_id, _source(held), now=now)
    _shown(lab, actor, held, before, now)


def keep_seat(
    lab: Lab,
    actor: Actor,
    committee: Committee,
    *,
    consents: bool,
    declared_tie: str,
    now: datetime,
) -> None:
    """Record what a member says of themselves: name published or not, ties declared. Flushed.

    Raises:
        Denied: wrong role or stage, or not seated.
    """
    row = queries.seat(committee.id, actor.person_id)
    relations = frozenset({Relation.SEATED}) if row else frozenset[Relation]()
    require(actor, Act.SEAT_KEEP, lab.stage, held=relations)
    if row is not None:
        row.consents, row.declared_tie = consents, declared_tie
        db.session.flush()
    record.write(actor, Act.SEAT_KEEP, lab_id=lab.id, thing_id=committee.id, now=now)


def _independent(lab: Lab, committee: Committee, person: Person) -> None:
    """Refuse whoever carries the work out, and whoever will certify and review."""
    if committee.work.entity.id in members.speaks_for(lab.id, person.id):
        raise Conflict(mark("Whoever carries out the work cannot sit on its committee."))
    if Role.REVIEWER in accounts.global_roles(person.id):
        raise Conflict(mark("Whoever reviews for ANTAI cannot sit on a committee."))


def _source(committee: Committee) -> str:
    return f"committee:{committee.id}"


def _shown(lab: Lab, actor: Actor, committee: Committee, before: int, now: datetime) -> None:
    known = show(committee)
    record.write(
        actor,
        Act.COMMITTEE_SEAT,
        lab_id=lab.id,
        thing_id=committee.id,
        before={"seats": before},
        after={"seats": known.seats},
        now=now,
    )
    labs.stir(lab, now)
