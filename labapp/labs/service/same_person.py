"""Write that two numbers on a lab's list are one person, and undo it within its day."""

from sqlalchemy import update

from labapp import hooks
from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.policy import Act
from labapp.labs import queries
from labapp.labs.models import JoinRequest, Lab, SamePerson
from labapp.labs.queries import identity
from labapp.labs.service import listing
from labapp.record.acting import Acting


def join(acting: Acting[Lab], *, one: int, two: int) -> SamePerson:
    """Say that two numbers are one person. No id of a roll, an act or a thing changes.

    Membership holds for the person from now on, by any of their numbers; no other role does. For
    both stands, on the next roll, the one with an account, and of two the first on the list.

    Args:
        acting: a facilitator, who is neither of them.
        one: a number on the list.
        two: another, of another line.

    Returns:
        The join, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: not on the list, one person already, the facilitator's own line, or it would
            take a vote while one is open.
    """
    acting.require(Act.PEOPLE_JOIN)
    queries.lock_people(acting.lab.id)
    first, second = (identity.line_numbers(acting.lab.id, [number]) for number in (one, two))
    if not first or not second:
        raise Conflict(mark("Only people on the list of this lab can be joined."))
    if first == second:
        raise Conflict(mark("These two are one person on the list already."))
    _require_of_others(acting, first | second)
    hooks.before_join.call(acting.lab.id, first, second, acting.now)
    row = SamePerson(
        lab_id=acting.lab.id,
        kept_id=one,
        other_id=_unjoined(acting.lab.id, second),
        joined_at=acting.now,
        joined_by_id=acting.actor.person_id,
    )
    db.session.add(row)
    db.session.flush()
    _settle(acting, first | second)
    _answer_requests(acting, first | second)
    after = {"one_person": sorted((row.kept_id, row.other_id))}
    acting.record(Act.PEOPLE_JOIN, after=after)
    return row


def part(acting: Acting[Lab], row: SamePerson) -> None:
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
        raise Conflict(mark("These two were parted already."))
    if not identity.may_be_undone(row, acting.now):
        raise Conflict(mark("A day has passed: what was joined stays joined."))
    numbers = identity.line_numbers(acting.lab.id, [row.kept_id])
    _require_of_others(acting, numbers)
    hooks.before_part.call(acting.lab.id, numbers, row.joined_at, acting.now)
    row.undone_at, row.undone_by_id = acting.now, acting.actor.person_id
    db.session.flush()
    _settle(acting, numbers)
    before = {"one_person": sorted((row.kept_id, row.other_id))}
    acting.record(Act.PEOPLE_PART, before=before)


def object_to(acting: Acting[Lab], row: SamePerson) -> None:
    """Say, as one of the two, that they are not one person: then it can be undone later. Flushes.

    Raises:
        Denied: wrong role.
        Conflict: the join is of others, was undone, or its day is over.
    """
    acting.require(Act.PEOPLE_OBJECT)
    db.session.refresh(row, with_for_update=True)
    if acting.actor.person_id not in identity.line_numbers(acting.lab.id, [row.kept_id]):
        raise Conflict(mark("Only somebody whose line was joined can object to it."))
    if not identity.may_be_undone(row, acting.now):
        raise Conflict(mark("A day has passed: what was joined stays joined."))
    if row.objected_at is None:
        row.objected_at = acting.now
        db.session.flush()
        acting.record(Act.PEOPLE_OBJECT, after={"join": row.id})


def _require_of_others(acting: Acting[Lab], numbers: frozenset[int]) -> None:
    """Refuse to let somebody say who they are themselves."""
    if numbers & identity.same_people(acting.actor.person_id):
        raise Conflict(mark("This is your own line: another facilitator says whose it is."))


def _unjoined(lab_id: int, numbers: frozenset[int]) -> int:
    """Return the one number of a line that was not joined to another of it."""
    joined = {row.other_id for row in identity.joins_among(lab_id, numbers)}
    return min(numbers - joined)


def _settle(acting: Acting[Lab], numbers: frozenset[int]) -> None:
    """Keep the copies of the joins, and have what counts different people count again."""
    listing.stand_anew(acting.lab.id, numbers)
    hooks.on_join.call(listing.count_anew(numbers), acting.now)


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
