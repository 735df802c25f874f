"""Write what administrators do for others: global roles and links to choose a new password."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update

from labapp import hooks
from labapp.accounts import queries, service
from labapp.accounts.models import GlobalRole, Person, Recovery
from labapp.db import db
from labapp.domain.errors import Conflict, Denied, mark
from labapp.domain.policy import Act, Actor, Role
from labapp.domain.roles import GLOBAL, RoleGrant
from labapp.domain.token_hash import hash_token
from labapp.record.acting import Acting

#: How long a link to choose a new password lives.
LINK_LIFE = timedelta(hours=24)


def may_grant(actor: Actor) -> frozenset[Role]:
    """Return the roles that this person may grant and end: ANTAI names trusted facilitators."""
    if Role.ADMINISTRATOR in actor.roles:
        return GLOBAL
    return frozenset({Role.TRUSTED}) if Role.REVIEWER in actor.roles else frozenset()


def grant_global(acting: Acting[None], person_id: int, role: Role) -> None:
    """Give a role on the whole site; giving it twice changes nothing. Flushes.

    Args:
        acting: an administrator, or ANTAI for trusted facilitators alone.
        person_id: who receives it.
        role: one of ``roles.GLOBAL``.

    Raises:
        Denied: this role is not theirs to give.
        Conflict: the person has no account, or a room refuses that they hold this role.
    """
    _require(acting, role)
    _account(person_id)
    if _current(person_id, role) is not None:
        return
    db.session.add(
        GlobalRole(
            person_id=person_id,
            role=role,
            granted_by_id=acting.actor.person_id,
            granted_at=acting.now,
        )
    )
    db.session.flush()
    hooks.on_grant.call(RoleGrant(None, person_id, role), acting.now)
    after = {"person": person_id, "role": role.value}
    acting.record(Act.ROLE_GRANT, after=after)


def grant_first_administrator(person_id: int, *, now: datetime) -> None:
    """Make somebody administrator of a site that has none. Flushes.

    Raises:
        Conflict: there is one, who can name others; or the person has no account.
    """
    if queries.has_administrator():
        raise Conflict(mark("This site has an administrator, who can name others."))
    founder = Actor(None, frozenset({Role.ADMINISTRATOR}))
    grant_global(Acting(None, founder, now), person_id, Role.ADMINISTRATOR)


def end_global(acting: Acting[None], person_id: int, role: Role) -> None:
    """End a role on the whole site; ending it twice changes nothing. Flushes.

    Raises:
        Denied: this role is not theirs to end, or it is the last administrator's.
    """
    _require(acting, role)
    if role is Role.ADMINISTRATOR:
        service.require_another_administrator(person_id)
    row = _current(person_id, role)
    if row is None:
        return
    row.ended_at = acting.now
    db.session.flush()
    before = {"person": person_id, "role": role.value}
    acting.record(Act.ROLE_GRANT, before=before)


def hide_name(acting: Acting[None], person_id: int, *, hidden: bool) -> None:
    """Take the name of an account from public pages, or show it again. Flushes.

    What they wrote stands without a name meanwhile; on their own page they read that it does.
    """
    acting.require(Act.NAME_HIDE)
    person = _account(person_id)
    person.name_hidden_at = acting.now if hidden else None
    db.session.flush()
    acting.record(Act.NAME_HIDE, after={"person": person_id, "hidden": hidden})


def make_recovery(acting: Acting[None], person_id: int) -> str:
    """Make a link, used once within a day, by which a person chooses a new password.

    Returns:
        The token of the link; only its hash is kept. Earlier links stop working. Flushed.

    Raises:
        Conflict: the person has no account.
    """
    acting.require(Act.RECOVERY_MAKE)
    _account(person_id)
    db.session.execute(
        update(Recovery)
        .where(Recovery.person_id == person_id, Recovery.used_at.is_(None))
        .values(used_at=acting.now)
    )
    token = secrets.token_urlsafe(24)
    db.session.add(
        Recovery(
            token_hash=hash_token(token),
            person_id=person_id,
            made_by_id=acting.actor.person_id,
            expires_at=acting.now + LINK_LIFE,
        )
    )
    db.session.flush()
    acting.record(Act.RECOVERY_MAKE, after={"person": person_id})
    return token


def recovering(token: str, *, now: datetime) -> Person | None:
    """Return whose link this is, while it lives."""
    return db.session.scalar(
        select(Person)
        .join(Recovery, Recovery.person_id == Person.id)
        .where(
            Recovery.token_hash == hash_token(token),
            Recovery.used_at.is_(None),
            Recovery.expires_at > now,
            Person.deleted_at.is_(None),
        )
    )


def use_recovery(token: str, *, password: str, now: datetime) -> Person:
    """Choose a new password by a link; every device signed in is ended. Flushes.

    Raises:
        Conflict: the link was used, was replaced or is too old; or the password is easy to guess.
    """
    person = recovering(token, now=now)
    taken = (
        update(Recovery)
        .where(Recovery.token_hash == hash_token(token), Recovery.used_at.is_(None))
        .values(used_at=now)
        .returning(Recovery.person_id)
        .execution_options(synchronize_session=False)
    )
    if person is None or db.session.scalar(taken) is None:
        raise Conflict(mark("This link no longer works. Ask for another one."))
    service.set_password(person, password, now=now)
    actor = Actor(person.id, frozenset({Role.ACCOUNT}))
    Acting(None, actor, now).record(Act.ACCOUNT_KEEP, after={"changed": "password", "by": "link"})
    return person


def _require(acting: Acting[None], role: Role) -> None:
    acting.require(Act.ROLE_GRANT)
    if role not in may_grant(acting.actor):
        raise Denied(mark("Only an administrator may give or end this role."))


def _account(person_id: int) -> Person:
    person = db.session.get(Person, person_id)
    if person is None or person.username is None or person.deleted_at is not None:
        raise Conflict(mark("This person has no account."))
    return person


def _current(person_id: int, role: Role) -> GlobalRole | None:
    return db.session.scalar(
        select(GlobalRole).where(
            GlobalRole.person_id == person_id,
            GlobalRole.role == role,
            GlobalRole.ended_at.is_(None),
        )
    )
