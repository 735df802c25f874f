"""Write that two numbers on a lab's list are one person, and undo it within its day."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import select, update

from labapp import hooks
from labapp.accounts import queries as accounts
from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act
from labapp.domain.roles import CLOCK
from labapp.labs import queries
from labapp.labs.models import JoinRequest, Lab, SamePerson
from labapp.labs.queries import identity, joins
from labapp.labs.service import listing
from labapp.record.acting import Acting

PARTED = mark("These two were parted already.")


def join(acting: Acting[Lab], *, one: int, two: int) -> SamePerson:
    """Say that two numbers are one person. No id of a roll, an act or a thing changes.

    Membership holds for the person from now on, by any of their numbers; no other role does. For
    both stands, on the next roll, the one with an account, and of two the first on the list. That
    two accounts are one person holds in this lab alone, until both say so (``agree``).

    Args:
        acting: a facilitator, who is neither of them.
        one: a number on the list.
        two: another, of another line.

    Returns:
        The join, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: not on the list, one person already, the facilitator's own line, somebody with a
            part in the whole site, or it would take a vote: one is open, or opens within a day.
    """
    acting.require(Act.PEOPLE_JOIN)
    queries.lock_people(acting.lab.id)
    first, second = (identity.line_numbers(acting.lab.id, [number]) for number in (one, two))
    if not first or not second:
        raise Conflict(mark("Only people on the list of this lab can be joined."))
    if first == second:
        raise Conflict(mark("These two are one person on the list already."))
    _require_of_others(acting, first | second)
    _require_of_no_office(first | second)
    hooks.before_join.call(acting.lab.id, first, second, acting.now)
    row = SamePerson(
        lab_id=acting.lab.id,
        kept_id=one,
        other_id=_unjoined(acting.lab.id, second),
        joined_at=acting.now,
        joined_by_id=acting.actor.person_id,
    )
    # Of two lines one without an account gives nobody's account to another: it is of this room.
    if not (_had_account(first) and _had_account(second)):
        row.everywhere_at = acting.now
    db.session.add(row)
    db.session.flush()
    _settle(acting, first | second)
    _answer_requests(acting, first | second)
    after = {"one_person": sorted((row.kept_id, row.other_id))}
    acting.record(Act.PEOPLE_JOIN, after=after)
    return row


def agree(acting: Acting[Lab], row: SamePerson) -> None:
    """Say, as one of the two, that both are oneself. Flushes.

    Once both accounts said so, it holds over all labs: neither alone gives the other away.

    Raises:
        Denied: wrong role.
        Conflict: the join is of others or was undone, or one has a part in the whole site.
    """
    acting.require(Act.PEOPLE_AGREE)
    queries.lock_people(acting.lab.id)
    db.session.refresh(row, with_for_update=True)
    if row.undone_at is not None:
        raise Conflict(PARTED)
    numbers = _require_own(acting, row)
    _require_of_no_office(numbers)
    said = joins.side_of(row, acting.actor.person_id)
    if row.everywhere_at is not None or row.agreed_id == said:
        return
    if row.agreed_id is None:
        row.agreed_id = said
        db.session.flush()
    else:
        row.everywhere_at = acting.now
        db.session.flush()
        _settle(acting, numbers)
    after = {"join": row.id, "everywhere": row.everywhere_at is not None}
    acting.record(Act.PEOPLE_AGREE, after=after)


def separate(acting: Acting[Lab], row: SamePerson) -> None:
    """Undo a join, within a day of it or later where one of the two objected. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: undone already, its day is over, the facilitator's own line, or a vote is open
            whose roll took the two for one.
    """
    acting.require(Act.PEOPLE_PART)
    queries.lock_people(acting.lab.id)
    db.session.refresh(row, with_for_update=True)
    if row.undone_at is not None:
        raise Conflict(PARTED)
    if not joins.may_be_undone(row, acting.now):
        raise Conflict(mark("A day has passed: what was joined stays joined."))
    _require_of_others(acting, identity.line_numbers(acting.lab.id, [row.kept_id]))
    _undo(acting, row)


def object_to(acting: Acting[Lab], row: SamePerson) -> None:
    """Say, as one of the two, that they are not one person: they are parted at once. Flushes.

    Where an open vote's roll took them for one, the clock parts them once it has ended.

    Raises:
        Denied: wrong role.
        Conflict: the join is of others, was undone, or its day is over.
    """
    acting.require(Act.PEOPLE_OBJECT)
    queries.lock_people(acting.lab.id)
    db.session.refresh(row, with_for_update=True)
    if row.undone_at is not None:
        raise Conflict(PARTED)
    _require_own(acting, row)
    if not joins.may_be_undone(row, acting.now):
        raise Conflict(mark("A day has passed: what was joined stays joined."))
    if row.objected_at is None:
        row.objected_at = acting.now
        db.session.flush()
        acting.record(Act.PEOPLE_OBJECT, after={"join": row.id})
    with suppress(Conflict):
        _undo(acting, row)


def separate_due(now: datetime) -> int:
    """Part, as the clock does, whoever objected while a vote was open; return how many. Flushes."""
    parted = 0
    for row in joins.objected_joins():
        acting = Acting(db.session.get_one(Lab, row.lab_id), CLOCK, now)
        queries.lock_people(row.lab_id)
        db.session.refresh(row, with_for_update=True)
        with suppress(Conflict):
            if row.undone_at is None:
                _undo(acting, row)
                parted += 1
    return parted


def _undo(acting: Acting[Lab], row: SamePerson) -> None:
    """Part two for whom no open vote's roll has one line; there it raises Conflict."""
    numbers = identity.line_numbers(acting.lab.id, [row.kept_id])
    hooks.before_part.call(acting.lab.id, numbers, row.joined_at, acting.now)
    row.undone_at, row.undone_by_id = acting.now, acting.actor.person_id
    db.session.flush()
    _settle(acting, numbers)
    before = {"one_person": sorted((row.kept_id, row.other_id))}
    acting.record(Act.PEOPLE_PART, before=before)


def _require_own(acting: Acting[Lab], row: SamePerson) -> frozenset[int]:
    """Return the numbers of the line that a join made; refuse whoever is none of them."""
    numbers = identity.line_numbers(acting.lab.id, [row.kept_id])
    if acting.actor.person_id not in numbers:
        raise Conflict(mark("Only somebody whose line was joined can answer for it."))
    return numbers


def _require_of_no_office(numbers: frozenset[int]) -> None:
    """Refuse to say of whoever serves the whole site who they are: their acts check others."""
    if accounts.roles_of(sorted(numbers)):
        raise Conflict(
            mark("One of the two has a part in the whole site, and is joined with nobody.")
        )


def _had_account(numbers: frozenset[int]) -> bool:
    """Tell whether one of these numbers ever signed in; a deleted account did."""
    rows = db.session.execute(
        select(Person.username, Person.deleted_at).where(Person.id.in_(numbers))
    )
    return any(username is not None or left is not None for username, left in rows)


def _require_of_others(acting: Acting[Lab], numbers: frozenset[int]) -> None:
    """Refuse to let somebody say who they are themselves."""
    if numbers & identity.same_people(acting.actor.person_id, acting.lab.id):
        raise Conflict(mark("This is your own line: another facilitator says whose it is."))


def _unjoined(lab_id: int, numbers: frozenset[int]) -> int:
    """Return the one number of a line that was not joined to another of it."""
    joined = {row.other_id for row in joins.joins_among(lab_id, numbers)}
    return min(numbers - joined)


def _settle(acting: Acting[Lab], numbers: frozenset[int]) -> None:
    """Keep the copies of the joins, and have what counts different people count again."""
    listing.stand_anew(acting.lab.id, numbers)
    hooks.on_join.call(listing.copy_identity(numbers), acting.now)


def _answer_requests(acting: Acting[Lab], numbers: frozenset[int]) -> None:
    """Answer what one of a person asks who is a member by another number: they are admitted."""
    if numbers & set(queries.member_ids(acting.lab.id)):
        db.session.execute(
            update(JoinRequest)
            .where(
                JoinRequest.lab_id == acting.lab.id,
                JoinRequest.person_id.in_(numbers),
                JoinRequest.decided_at.is_(None),
            )
            .values(decided_at=acting.now, admitted=True)
        )
