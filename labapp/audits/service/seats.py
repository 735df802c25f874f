"""Who sits on a committee: seated, for a term, until the seat, the account or the term ends."""

from datetime import date, datetime

from labapp.accounts.models import Person
from labapp.audits import queries
from labapp.audits.models import Committee, DeclaredTie, Seat
from labapp.audits.service.independence import require_may_sit
from labapp.audits.service.status_copy import copy_status
from labapp.db import db
from labapp.domain.committee import QUORUM
from labapp.domain.errors import Conflict, mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Role
from labapp.domain.progress import VISITORS
from labapp.domain.roles import CLOCK
from labapp.domain.stage import require_owed
from labapp.labs import service as labs
from labapp.labs.models import Lab
from labapp.labs.queries import identity
from labapp.record.acting import Acting

#: What a seat's page says of why it ended, where nobody decided it. Stored; do not change.
_LEFT = mark("the account was deleted")
_TERM = mark("the term ended")
_GAVE_UP = mark("given up by the member")


def seat(
    acting: Acting[Lab], committee: Committee, *, person: Person, consents: bool, declared_tie: str
) -> Seat:
    """Seat a person; at the fifth the committee is constituted.

    Args:
        acting: a facilitator.
        committee: any whose term is not over.
        person: of the entity that carries the work out in no lab, neither now nor once, nor of
            ANTAI.
        consents: whether their name may be published.
        declared_tie: with whom of the whole work they are tied, in words; empty for none.

    Returns:
        The seat, flushed. The record says nothing of who it is.

    Raises:
        Denied: wrong role or stage.
        Conflict: seated already, carries the work out, is of ANTAI, left, or the term is over.
    """
    acting.require(Act.COMMITTEE_SEAT)
    locked_committee = queries.lock_committee(committee.id)
    require_term_ahead(acting, locked_committee.term_ends_on)
    if person.deleted_at is not None:
        raise Conflict(mark("This person has no account any more."))
    require_owed(acting.lab.stage, owed=locked_committee.report_on is None)
    require_may_sit(acting.lab, locked_committee.work, person.id)
    if queries.sits(locked_committee.id, identity.same_people(person.id, acting.lab.id)):
        raise Conflict(mark("This person sits on the committee already."))
    today = local_day(acting.now)
    row = Seat(
        committee_id=locked_committee.id, person_id=person.id, consents=consents, seated_on=today
    )
    row.person = person
    db.session.add(row)
    if declared_tie:
        db.session.add(
            DeclaredTie(
                committee_id=locked_committee.id,
                person_id=person.id,
                words=declared_tie,
                declared_on=today,
            )
        )
    db.session.flush()
    labs.grant(
        acting.lab.id, person.id, Role.COMMITTEE, source=_source(locked_committee), now=acting.now
    )
    known = queries.committee_status(locked_committee.id)
    if locked_committee.constituted_on is None and known.seats >= QUORUM:
        locked_committee.constituted_on = today
    _leave_entry(acting, Act.COMMITTEE_SEAT, locked_committee, known.seats - 1)
    return row


def unseat(acting: Acting[Lab], committee: Committee, row: Seat, *, reason: str) -> None:
    """End a seat and the role it gave; below five the committee is inactive. Flushed.

    Args:
        acting: a facilitator.
        committee: the one of the seat.
        row: not ended.
        reason: why, told to whoever sat there.

    Raises:
        Denied: wrong role or stage.
        Conflict: the seat ended already, or is of another committee; or there is no reason.
    """
    acting.require(Act.COMMITTEE_SEAT)
    if not reason:
        raise Conflict(mark("Say why. Whoever sat there reads the reason."))
    _end(acting, Act.COMMITTEE_SEAT, committee, row, reason)


def leave_seat(acting: Acting[Lab], committee: Committee) -> None:
    """Give up one's own seat. Flushed.

    Raises:
        Denied: wrong role or stage, or not seated.
    """
    row = queries.seat(committee.id, acting.actor.person_id)
    acting.require(Act.SEAT_LEAVE, queries.relations(row))
    if row is not None:
        _end(acting, Act.SEAT_LEAVE, committee, row, _GAVE_UP)


def keep_seat(acting: Acting[Lab], committee: Committee, *, consents: bool) -> None:
    """Record whether a member's name may be published. Flushed.

    Raises:
        Denied: wrong role or stage, or not seated.
    """
    row = queries.seat(committee.id, acting.actor.person_id)
    acting.require(Act.SEAT_KEEP, queries.relations(row))
    if row is not None:
        row.consents = consents
        db.session.flush()
    acting.record(Act.SEAT_KEEP, committee.id)


def set_term(acting: Acting[Lab], committee: Committee, *, ends_on: date | None) -> None:
    """Say until which day the members of a committee sit; None for no end. Flushed.

    Seats that ended with an earlier term stay ended.

    Raises:
        Denied: wrong role or stage.
        Conflict: the day is past.
    """
    acting.require(Act.COMMITTEE_SEAT)
    require_term_ahead(acting, ends_on)
    locked_committee = queries.lock_committee(committee.id)
    before, locked_committee.term_ends_on = locked_committee.term_ends_on, ends_on
    db.session.flush()
    acting.record(
        Act.COMMITTEE_SEAT,
        committee.id,
        before={"term_ends_on": before.isoformat() if before else None},
        after={"term_ends_on": ends_on.isoformat() if ends_on else None},
    )


def require_term_ahead(acting: Acting[Lab], ends_on: date | None) -> None:
    """Let pass a term that has not ended.

    Raises:
        Conflict: its last day is past.
    """
    if ends_on is not None and ends_on < local_day(acting.now):
        raise Conflict(mark("The term of the committee is over: write a later day first."))


def end_seats_of(person_id: int, now: datetime) -> None:
    """End the seats of somebody who deletes their account, by every number that left. Flushed."""
    for row, lab in queries.seats_left(person_id):
        _end(Acting(lab, CLOCK, now), Act.COMMITTEE_SEAT, row.committee, row, _LEFT)


def end_terms(now: datetime) -> int:
    """End the seats of the committees whose term is over; return how many. Flushed."""
    rows = queries.seats_out_of_term(local_day(now))
    for row, lab in rows:
        _end(Acting(lab, CLOCK, now), Act.COMMITTEE_SEAT, row.committee, row, _TERM)
    return len(rows)


def _end(acting: Acting[Lab], act: Act, committee: Committee, row: Seat, why: str) -> None:
    locked_committee = queries.lock_committee(committee.id)
    db.session.refresh(row)
    if row.committee_id != locked_committee.id or row.ended_on is not None:
        raise Conflict(mark("This person does not sit on the committee any more."))
    before = queries.committee_status(locked_committee.id).seats
    row.ended_on, row.ended_why = local_day(acting.now), why[:200]
    db.session.flush()
    labs.end_grants(acting.lab.id, row.person_id, _source(locked_committee), now=acting.now)
    lapsed = _lapse_certificate(locked_committee)
    decided = why if act is Act.COMMITTEE_SEAT and acting.actor is not CLOCK else ""
    _leave_entry(acting, act, locked_committee, before, decided, lapsed=lapsed)


def _lapse_certificate(committee: Committee) -> bool:
    """Have ANTAI certify it anew where few are left of those whom it certified. Flushes.

    What it saw and found stands; the act that ended a seat keeps in the record that it lapsed.
    """
    if committee.certified_on is None or committee.report_on is not None:
        return False
    lapses = queries.seated_since(committee.id, committee.certified_on) < VISITORS
    if lapses:
        committee.reported_on = committee.certified_on = None
        db.session.flush()
    return lapses


def _source(committee: Committee) -> str:
    return f"committee:{committee.id}"


def _leave_entry(
    acting: Acting[Lab],
    act: Act,
    committee: Committee,
    before: int,
    reason: str = "",
    *,
    lapsed: bool = False,
) -> None:
    known = copy_status(committee)
    after = {"seats": known.seats} | ({"certificate": "lapsed"} if lapsed else {})
    acting.record(act, committee.id, before={"seats": before}, after=after, reason=reason)
