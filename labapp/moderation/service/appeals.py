"""Write appeals: against what was taken away, heard by ANTAI, or not heard in their term."""

from datetime import datetime, timedelta

from labapp.db import db
from labapp.domain.duties import SITE_TERM, DutyKind
from labapp.domain.errors import Denied, mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Role
from labapp.domain.removal import RemovalEnd, RemovalState
from labapp.domain.roles import CLOCK, LACKING, Relation
from labapp.labs.models import Lab
from labapp.moderation import queries
from labapp.moderation.models import Removal
from labapp.moderation.service import removal_row
from labapp.moderation.service.removal_row import AnyActing
from labapp.record.acting import Acting
from labapp.thread import service as thread

#: Letters of an appeal to which others added theirs.
_LONGEST = 20_000


def appeal(
    acting: AnyActing,
    *,
    removal: Removal,
    words: str,
    days: int,
    by_code: bool = False,
) -> None:
    """Appeal to ANTAI, once; or add to an appeal that waits, of what is anybody's. Flushes.

    Args:
        acting: the author; anybody of what no one neighbour sent.
        removal: it stands, and nobody appealed yet.
        words: why; not empty. The desk alone reads them.
        days: calendar days in which ANTAI hears it.
        by_code: whether they hold the tracking code of the thing.

    Raises:
        Denied: somebody else's.
        Conflict: it was appealed already, has ended, or was its author's wish.
    """
    acting.require(Act.REMOVAL_APPEAL)
    removal_row.lock(acting, removal.thing)
    waits = (RemovalState.APPEALED,) if queries.is_anybodys(removal.thing) else ()
    removal_row.require_state(removal, RemovalState.STANDS, *waits)
    if not queries.may_appeal(acting.actor, removal, by_code=by_code):
        raise Denied(LACKING[Relation.AUTHOR])
    if removal.state is RemovalState.APPEALED:
        removal.appeal = f"{removal.appeal}\n\n{words}"[:_LONGEST]
        db.session.flush()
        return
    removal.appealed_at, removal.appeal = acting.now, words
    removal.appeal_due_at = acting.now + timedelta(days=days)
    thread.owe(
        removal.thing,
        DutyKind.APPEAL,
        owed_by=Role.REVIEWER.label,
        due_on=local_day(removal.appeal_due_at),
        basis=SITE_TERM,
    )
    removal_row.leave_entry(acting, Act.REMOVAL_APPEAL, removal)


def rule(acting: AnyActing, *, removal: Removal, upheld: bool, words: str) -> None:
    """Hear an appeal: leave it as it is, or put it back. Flushes.

    Args:
        acting: somebody of ANTAI who neither asked for it nor decided it.
        removal: appealed.
        upheld: whether it stays taken away.
        words: why, for the author and the desk; not empty.

    Raises:
        Denied: wrong role, or whoever decided it.
        Conflict: there is no appeal to hear.
    """
    acting.require(Act.REMOVAL_RULE)
    removal_row.lock(acting, removal.thing)
    removal_row.require_state(removal, RemovalState.APPEALED)
    if not queries.may_rule(acting.actor, removal):
        raise Denied(mark("Whoever took it away does not hear the appeal."))
    removal.ruled_at, removal.ruled_by_id = acting.now, acting.actor.person_id
    removal.upheld, removal.ruling = upheld, words
    removal_row.settle(removal, acting.now)
    if not upheld:
        removal_row.restore(acting, removal, RemovalEnd.REVERSED)
    removal_row.leave_entry(acting, Act.REMOVAL_RULE, removal, {"upheld": upheld})


def expire_due(now: datetime) -> int:
    """Put back what was appealed and not heard in its term, save what outlives it. Flushes."""
    ended = 0
    for removal in queries.unheard_appeals(now):
        lab = db.session.get(Lab, removal.lab_id or 0)
        acting = Acting(lab, CLOCK, now) if lab else Acting(None, CLOCK, now)
        removal_row.lock(acting, removal.thing)
        if removal.state is RemovalState.APPEALED:
            removal_row.restore(acting, removal, RemovalEnd.TERM)
            removal_row.leave_entry(acting, Act.REMOVAL_EXPIRE, removal)
            ended += 1
    return ended
