"""One removal: added, decided, ended, and the entry that each act on it leaves."""

from datetime import datetime

from labapp import hooks
from labapp.db import db
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Actor, Role
from labapp.domain.removal import RemovalEnd, RemovalScope, RemovalState
from labapp.domain.removal_code import RemovalCode
from labapp.labs.models import Lab
from labapp.moderation import queries
from labapp.moderation.models import Removal
from labapp.moderation.removal_draft import RemovalDraft
from labapp.moderation.service import cover
from labapp.record.acting import Acting
from labapp.thread import service as thread
from labapp.thread.models import Thing

#: In a lab, or on the site, where things of a plan stand.
AnyActing = Acting[Lab] | Acting[None]


def add(acting: AnyActing, draft: RemovalDraft, thing: Thing, *, by_two: bool) -> Removal:
    """Add a removal that is not decided yet. Flushes."""
    removal = Removal(
        thing_id=thing.id,
        thing=thing,
        lab_id=thing.lab_id,
        scope=draft.scope,
        code=draft.code,
        words=draft.words,
        notice=draft.notice[:140],
        hidden_words="\n".join(draft.hidden_words),
        file_id=draft.file_id,
        by_two=by_two,
        asked_at=acting.now,
        asked_by_id=acting.actor.person_id,
        role=_role(acting.actor, draft.code),
    )
    db.session.add(removal)
    db.session.flush()
    return removal


def side(actor: Actor) -> Role | None:
    """Return on whose side somebody takes a thing away: the lab's team, or ANTAI.

    Whoever takes part in the lab speaks for no ANTAI there.
    """
    if Role.FACILITATOR in actor.roles:
        return Role.FACILITATOR
    takes_part = {Role.ALLY, Role.RESPONSIBLE} & actor.roles
    return Role.REVIEWER if Role.REVIEWER in actor.roles and not takes_part else None


def _role(actor: Actor, code: RemovalCode) -> Role | None:
    """Return the side that is noted: none where an author of ANTAI takes their own words back."""
    noted = side(actor)
    return None if code is RemovalCode.OWN_WISH and noted is Role.REVIEWER else noted


def decide(acting: AnyActing, removal: Removal) -> None:
    """Have a removal hold from now on. Flushes."""
    removal.decided_at, removal.decided_by_id = acting.now, acting.actor.person_id
    db.session.flush()
    cover.apply(removal.thing, acting.now)


def restore(acting: AnyActing, removal: Removal, why: RemovalEnd) -> None:
    """End a removal that an appeal won: what it took away is back. Flushes."""
    end(removal, why, acting.now)
    if removal.scope is RemovalScope.PUBLICATION:
        hooks.on_publication_won.call(acting, removal.thing_id)


def end(removal: Removal, why: RemovalEnd, now: datetime) -> None:
    """End a removal and uncover what nothing else covers. Flushes."""
    close(removal, why, now)
    cover.apply(removal.thing, now)


def close(removal: Removal, why: RemovalEnd, now: datetime) -> None:
    """End a removal; what it covers stays as it is. Flushes."""
    removal.ended_at, removal.ended_by = now, why
    db.session.flush()
    settle(removal, now)


def settle(removal: Removal, now: datetime) -> None:
    """Settle the hearing that is owed, unless another appeal on the same thing waits."""
    others = [row for row in queries.of_thing(removal.thing_id) if row.id != removal.id]
    if not any(row.state is RemovalState.APPEALED for row in others):
        thread.settle(removal.thing_id, DutyKind.APPEAL, local_day(now))


def lock(acting: AnyActing, thing: Thing) -> None:
    """Read the thing anew and keep others from changing it until the commit."""
    db.session.refresh(thing, with_for_update=True)
    if thing.lab_id != (acting.lab.id if acting.lab else None):
        raise Conflict(mark("This is of another lab."))


def require_state(removal: Removal, *states: RemovalState) -> None:
    """Refuse a removal that stands elsewhere by now.

    Raises:
        Conflict: it is in none of these states.
    """
    db.session.refresh(removal)
    if removal.state not in states:
        raise Conflict(mark("Somebody decided this meanwhile. Look at it again."))


def leave_entry(
    acting: AnyActing,
    act: Act,
    removal: Removal,
    more: dict[str, bool] | None = None,
) -> None:
    """Leave the entry: which removal, how much and for which code, never the words."""
    after = {"removal": removal.id, "scope": removal.scope.value, "code": removal.code.value}
    acting.record(act, removal.thing_id, after={**after, **(more or {})})
