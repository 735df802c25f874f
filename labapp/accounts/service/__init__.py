"""Write people: open, keep and delete an account, and register somebody in the room."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete as erase
from sqlalchemy import insert, select

from labapp import hooks
from labapp.accounts import passwords, queries
from labapp.accounts.models import FailedSignIn, GlobalRole, Person, Recovery, SignIn
from labapp.db import db
from labapp.domain.errors import Conflict, Denied, mark
from labapp.domain.policy import Act, Actor, Role
from labapp.record.acting import Acting

#: After this many wrong passwords within ``WAIT`` a name must wait.
TRIES = 5
WAIT = timedelta(minutes=15)
#: Wrong passwords older than this are forgotten.
_FORGET = timedelta(days=1)
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


def open_account(
    acting: Acting[None],
    *,
    name: str,
    username: str,
    password: str,
    email: str | None = None,
    lang: str = "es",
) -> Person:
    """Open an account for somebody who declared to be 18 or older.

    Args:
        acting: who opens it; the instant of the declaration.
        name: what others see; a pseudonym will do.
        username: what they sign in with: small letters, figures, ``._-``, 3 to 40.
        password: as typed.
        email: None when not given.
        lang: one of the site's languages.

    Returns:
        The person, flushed.

    Raises:
        Conflict: the name or the mail is taken, or the password is easy to guess.
    """
    acting.require(Act.ACCOUNT_OPEN)
    username, email = username.strip().lower(), (email or "").strip().lower() or None
    if not USERNAME.fullmatch(username):
        raise Conflict(
            mark("Write the username with small letters and figures, at least three."),
            field="username",
        )
    if queries.by_username(username) is not None:
        raise Conflict(
            mark("Somebody already has that username. Choose another."), field="username"
        )
    if email and queries.has_email(email):
        raise Conflict(mark("That mail address cannot be used here."), field="email")
    passwords.require_strong(password, (name, username, email))
    person = Person(
        name=name,
        username=username,
        email=email,
        password_hash=passwords.hash_password(password),
        lang=lang,
        adult_at=acting.now,
        created_at=acting.now,
    )
    db.session.add(person)
    db.session.flush()
    who = (
        acting.actor
        if acting.actor.person_id
        else Actor(person.id, acting.actor.roles | {Role.ACCOUNT})
    )
    Acting(None, who, acting.now).record(Act.ACCOUNT_OPEN, after={"person": person.id})
    return person


def register_in_room(
    acting: Acting[None], names: Sequence[str], *, is_adult: bool = True
) -> list[Person]:
    """Add people without an account, seen in person by a facilitator.

    The caller has asked the policy for the act this serves (admitting a member, checking in).

    Args:
        acting: who saw them.
        names: as each wants to be called here.
        is_adult: whether it was declared in the room, and seen, that they are 18 or older.

    Returns:
        The people in that order, flushed.
    """
    acting.require(Act.ACCOUNT_OPEN)
    if not names:
        return []
    adult_at = acting.now if is_adult else None
    rows = [{"name": name, "adult_at": adult_at, "created_at": acting.now} for name in names]
    # Returned in any order: two of one name differ in nothing yet.
    by_name: dict[str, list[Person]] = {}
    for person in db.session.scalars(insert(Person).returning(Person), rows):
        by_name.setdefault(person.name, []).append(person)
    people = [by_name[name].pop() for name in names]
    after = {"people": [person.id for person in people], "in_the_room": True}
    acting.record(Act.ACCOUNT_OPEN, after=after)
    return people


def check_password(username: str, password: str, *, now: datetime) -> Person | None:
    """Return whoever has this name and password; None, and a failure counted, otherwise.

    The answer is the same for an unknown name and a wrong password, and takes as long. While
    the name must wait (``is_waiting``) nothing is compared. Flushed: the edge commits failures.
    """
    username = username.strip().lower()[:60]
    if is_waiting(username, now=now):
        return None
    person = queries.by_username(username)
    if passwords.matches(person.password_hash if person else None, password) and person:
        _forget(username)
        if passwords.is_dated(person.password_hash or ""):
            person.password_hash = passwords.hash_password(password)
        db.session.flush()
        return person
    db.session.execute(erase(FailedSignIn).where(FailedSignIn.at < now - _FORGET))
    db.session.add(FailedSignIn(username=username, at=now))
    db.session.flush()
    return None


def is_waiting(username: str, *, now: datetime) -> bool:
    """Tell whether this name, of somebody or nobody, was tried too often."""
    return queries.failures(username[:60], now - WAIT) >= TRIES


def edit(acting: Acting[None], *, name: str, lang: str) -> None:
    """Change the name others see and the language of one's pages. Flushes."""
    acting.require(Act.ACCOUNT_KEEP)
    person = _self(acting.actor)
    person.name, person.lang = name, lang
    db.session.flush()
    acting.record(Act.ACCOUNT_KEEP, after={"changed": "name"})


def change_password(acting: Acting[None], *, old: str, new: str, keep_token_hash: str = "") -> bool:
    """Choose another password and end every other device. False when ``old`` is wrong.

    Args:
        acting: whose password it is.
        old: the present one; a wrong one is counted as at signing in.
        new: the one to come.
        keep_token_hash: the sign-in that goes on.

    Raises:
        Conflict: the new one is easy to guess.
    """
    acting.require(Act.ACCOUNT_KEEP)
    person = _self(acting.actor)
    if check_password(person.username or "", old, now=acting.now) is None:
        return False
    set_password(person, new, keep_token_hash=keep_token_hash, now=acting.now)
    acting.record(Act.ACCOUNT_KEEP, after={"changed": "password"})
    return True


def set_password(person: Person, new: str, *, keep_token_hash: str = "", now: datetime) -> None:
    """Give a person a password and end their devices save one. Flushes.

    Raises:
        Conflict: it is easy to guess.
    """
    passwords.require_strong(new, (person.name, person.username, person.email))
    person.password_hash = passwords.hash_password(new)
    for device in queries.open_devices(person.id):
        if device.token_hash != keep_token_hash:
            device.ended_at = now
    _forget(person.username or "")
    db.session.flush()


def begin_sign_in(person_id: int, *, token_hash: str, device: str, now: datetime) -> None:
    """Note a device that signed in. Flushes."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    db.session.add(
        SignIn(token_hash=token_hash, person_id=person_id, device=device, began_at=now, seen_on=day)
    )
    db.session.flush()


def end_sign_in(token_hash: str, *, since: datetime, now: datetime) -> None:
    """End the sign-in of a token, if it began after ``since`` and stands. Flushes."""
    if sign_in := queries.open_session(token_hash, since):
        sign_in.ended_at = now
        db.session.flush()


def end_device(acting: Acting[None], sign_in_id: int) -> bool:
    """End one device of one's own; False when there is none. Flushes."""
    acting.require(Act.ACCOUNT_KEEP)
    device = db.session.scalar(
        select(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == acting.actor.person_id)
    )
    if device is None:
        return False
    device.ended_at = device.ended_at or acting.now
    db.session.flush()
    return True


def delete(acting: Acting[None], *, password: str, left_as: str) -> bool:
    """Delete one's account: the number stays, the person goes. False when ``password`` is wrong.

    Published texts stay without a name and votes stay counted. Roles end, devices go.

    Args:
        acting: who leaves.
        password: the present one.
        left_as: the name that stands where theirs stood.

    Raises:
        Denied: the only administrator of the site.
    """
    acting.require(Act.ACCOUNT_KEEP)
    person = _self(acting.actor)
    if check_password(person.username or "", password, now=acting.now) is None:
        return False
    require_another_administrator(person.id)
    _forget(person.username or "")
    for role in queries.grants_of(person.id):
        role.ended_at = acting.now
    for table in (SignIn, Recovery):
        db.session.execute(erase(table).where(table.person_id == person.id))
    person.name, person.deleted_at = left_as, acting.now
    person.username = person.email = person.password_hash = None
    db.session.flush()
    hooks.on_leaving.call(person.id, acting.now)
    acting.record(Act.ACCOUNT_KEEP, after={"deleted": person.id})
    return True


def require_another_administrator(person_id: int) -> None:
    """Refuse to leave the site without an administrator; two leaving at once wait in line.

    Raises:
        Denied: this person is the only one.
    """
    administrators = db.session.scalars(
        select(GlobalRole)
        .where(GlobalRole.role == Role.ADMINISTRATOR, GlobalRole.ended_at.is_(None))
        .order_by(GlobalRole.id)
        .with_for_update()
    ).all()
    if {row.person_id for row in administrators} == {person_id}:
        raise Denied(mark("You are the only administrator: name another one first."))


def _self(actor: Actor) -> Person:
    person = db.session.get(Person, actor.person_id) if actor.person_id else None
    if person is None or person.deleted_at is not None:
        raise Denied(mark("Sign in first."))
    return person


def _forget(username: str) -> None:
    db.session.execute(erase(FailedSignIn).where(FailedSignIn.username == username))
