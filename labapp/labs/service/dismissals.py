"""Write that somebody is taken off the list of members, their appeal, and what ANTAI rules."""

from datetime import datetime, timedelta

from sqlalchemy import update

from labapp import hooks
from labapp.db import db
from labapp.domain.errors import Conflict, Denied, mark
from labapp.domain.policy import Act, Role
from labapp.domain.roles import CLOCK, LACKING, Relation
from labapp.labs import queries
from labapp.labs.models import Grant, Lab
from labapp.labs.models.dismissal import Dismissal
from labapp.labs.queries import dismissals, identity
from labapp.labs.service import grants
from labapp.record.acting import Acting


def dismiss(acting: Acting[Lab], *, person_id: int, reason: str) -> Dismissal:
    """End the membership of a person, by every number of theirs, and tell them why. Flushes.

    Args:
        acting: a facilitator.
        person_id: any number of theirs.
        reason: for the person and the desk; never public.

    Raises:
        Denied: wrong role or stage.
        Conflict: a vote is open, or opens within ten days: it waits until that one has ended.
    """
    acting.require(Act.MEMBER_DISMISS)
    if not reason.strip():
        raise Conflict(mark("Say why: the person reads it, and may appeal."), field="reason")
    queries.lock_people(acting.lab.id)
    hooks.before_dismissal.call(acting.lab.id, acting.now)
    numbers = identity.line_numbers(acting.lab.id, [person_id]) | {person_id}
    grants.end_membership(acting.lab.id, numbers, now=acting.now)
    row = Dismissal(
        lab_id=acting.lab.id,
        person_id=person_id,
        reason=reason,
        made_at=acting.now,
        made_by_id=acting.actor.person_id,
    )
    db.session.add(row)
    db.session.flush()
    before = {"person": person_id, "role": Role.MEMBER.value}
    acting.record(Act.MEMBER_DISMISS, before=before, reason=reason)
    return row


def appeal(acting: Acting[Lab], row: Dismissal, *, words: str, days: int) -> None:
    """Appeal to ANTAI, once. Flushes.

    Args:
        acting: the person, by any number; a facilitator for somebody without an account.
        row: not appealed yet.
        words: why; the desk alone reads them.
        days: calendar days in which ANTAI hears it.

    Raises:
        Denied: somebody else's.
        Conflict: it was appealed already.
    """
    acting.require(Act.DISMISSAL_APPEAL)
    _lock(acting, row)
    if not dismissals.may_appeal(acting.actor, row):
        raise Denied(LACKING[Relation.AUTHOR])
    if row.appealed_at is not None:
        raise Conflict(mark("It was appealed already, and is appealed once."))
    row.appealed_at, row.appeal = acting.now, words
    row.due_at = acting.now + timedelta(days=days)
    db.session.flush()
    acting.record(Act.DISMISSAL_APPEAL, after={"dismissal": row.id})


def rule(acting: Acting[Lab], row: Dismissal, *, restored: bool, words: str) -> None:
    """Hear an appeal: give the membership back as it was, or leave it ended. Flushes.

    Args:
        acting: somebody of ANTAI with no part in the lab, now or before.
        row: appealed, and not ruled on.
        restored: whether the person is a member again.
        words: why, for the person and the desk.

    Raises:
        Denied: wrong role, or not independent of the lab.
        Conflict: there is no appeal to hear.
    """
    acting.require(Act.DISMISSAL_RULE)
    _lock(acting, row)
    if not row.awaits_ruling:
        raise Conflict(mark("No appeal waits to be heard."))
    if not dismissals.may_rule(acting.actor, row):
        raise Denied(LACKING[Relation.NOT_OWN_LAB])
    row.ruled_at, row.restored, row.ruling = acting.now, restored, words
    row.ruled_by_id = acting.actor.person_id
    if restored:
        _restore(row)
    db.session.flush()
    acting.record(Act.DISMISSAL_RULE, after={"dismissal": row.id, "restored": restored})


def expire_due(now: datetime) -> int:
    """Give back what was appealed and not heard in its term; return how many. Flushes."""
    expired = 0
    for row in dismissals.unheard(now):
        acting = Acting(db.session.get_one(Lab, row.lab_id), CLOCK, now)
        _lock(acting, row)
        if row.awaits_ruling:
            row.ruled_at, row.restored = now, True
            _restore(row)
            db.session.flush()
            acting.record(Act.DISMISSAL_EXPIRE, after={"dismissal": row.id, "restored": True})
            expired += 1
    return expired


def _lock(acting: Acting[Lab], row: Dismissal) -> None:
    queries.lock_people(acting.lab.id)
    db.session.refresh(row, with_for_update=True)


def _restore(row: Dismissal) -> None:
    """Let every membership go on that this ended, and no other."""
    numbers = identity.line_numbers(row.lab_id, [row.person_id]) | {row.person_id}
    db.session.execute(
        update(Grant)
        .where(
            Grant.lab_id == row.lab_id,
            Grant.person_id.in_(numbers),
            Grant.role == Role.MEMBER,
            Grant.ended_at == row.made_at,
        )
        .values(ended_at=None)
    )
