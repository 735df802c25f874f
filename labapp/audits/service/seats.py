"""Who sits on a committee: seated, unseated, and what each member says of themselves."""

from labapp.accounts import queries as accounts
from labapp.accounts.models import Person
from labapp.audits import queries
from labapp.audits.models import Committee, Seat
from labapp.audits.service.status_copy import copy_status
from labapp.db import db
from labapp.domain.committee import QUORUM
from labapp.domain.errors import Conflict, mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Role
from labapp.domain.stage import require_owed
from labapp.labs import queries as members
from labapp.labs import service as labs
from labapp.labs.models import Lab
from labapp.labs.queries import identity
from labapp.record.acting import Acting


def seat(
    acting: Acting[Lab], committee: Committee, *, person: Person, consents: bool, declared_tie: str
) -> Seat:
    """Seat a person; at the fifth the committee is constituted.

    Args:
        acting: a facilitator.
        committee: any.
        person: neither of the entity that carries the work out, nor of ANTAI.
        consents: whether their name may be published.
        declared_tie: with whom of the work they are tied, in words; empty for none.

    Returns:
        The seat, flushed. The record says nothing of who it is.

    Raises:
        Denied: wrong role or stage.
        Conflict: seated already, carries the work out, or reviews for ANTAI.
    """
    acting.require(Act.COMMITTEE_SEAT)
    locked_committee = queries.lock_committee(committee.id)
    require_owed(acting.lab.stage, owed=locked_committee.report_on is None)
    _require_independent(acting.lab, locked_committee, person)
    if queries.sits(locked_committee.id, identity.same_people(person.id, acting.lab.id)):
        raise Conflict(mark("This person sits on the committee already."))
    row = Seat(
        committee_id=locked_committee.id,
        person_id=person.id,
        consents=consents,
        declared_tie=declared_tie,
        seated_on=local_day(acting.now),
    )
    row.person = person
    db.session.add(row)
    db.session.flush()
    labs.grant(
        acting.lab.id, person.id, Role.COMMITTEE, source=_source(locked_committee), now=acting.now
    )
    known = queries.committee_status(locked_committee.id)
    if locked_committee.constituted_on is None and known.seats >= QUORUM:
        locked_committee.constituted_on = local_day(acting.now)
    _shown(acting, locked_committee, known.seats - 1)
    return row


def unseat(acting: Acting[Lab], committee: Committee, row: Seat) -> None:
    """End a seat and the role it gave; below five the committee is inactive. Flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: the seat ended already, or is of another committee.
    """
    acting.require(Act.COMMITTEE_SEAT)
    locked_committee = queries.lock_committee(committee.id)
    db.session.refresh(row)
    if row.committee_id != locked_committee.id or row.ended_on is not None:
        raise Conflict(mark("This person does not sit on the committee any more."))
    before = queries.committee_status(locked_committee.id).seats
    row.ended_on = local_day(acting.now)
    db.session.flush()
    labs.end_grants(acting.lab.id, row.person_id, _source(locked_committee), now=acting.now)
    _shown(acting, locked_committee, before)


def keep_seat(
    acting: Acting[Lab], committee: Committee, *, consents: bool, declared_tie: str
) -> None:
    """Record what a member says of themselves: name published or not, ties declared. Flushed.

    Raises:
        Denied: wrong role or stage, or not seated.
    """
    row = queries.seat(committee.id, acting.actor.person_id)
    acting.require(Act.SEAT_KEEP, queries.relations(row))
    if row is not None:
        row.consents, row.declared_tie = consents, declared_tie
        db.session.flush()
    acting.record(Act.SEAT_KEEP, committee.id)


def _require_independent(lab: Lab, committee: Committee, person: Person) -> None:
    """Refuse whoever carries the work out, and whoever will certify and review."""
    if committee.work.entity.id in members.speaks_for(lab.id, person.id):
        raise Conflict(mark("Whoever carries out the work cannot sit on its committee."))
    numbers = identity.same_people(person.id, lab.id)
    if any(Role.REVIEWER in accounts.global_roles(number) for number in numbers):
        raise Conflict(mark("Whoever reviews for ANTAI cannot sit on a committee."))


def _source(committee: Committee) -> str:
    return f"committee:{committee.id}"


def _shown(acting: Acting[Lab], committee: Committee, before: int) -> None:
    known = copy_status(committee)
    acting.record(
        Act.COMMITTEE_SEAT, committee.id, before={"seats": before}, after={"seats": known.seats}
    )
