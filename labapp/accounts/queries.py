"""Read people, their roles and their sign-in sessions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select

from labapp.accounts.models import FailedSignIn, GlobalRole, Person, SignIn
from labapp.db import db
from labapp.domain.roles import Role
from labapp.pagination import Page, oldest_first, page_of

# Asked for by nearly every page: built once, because building costs more than running.
_GLOBAL_ROLES = select(GlobalRole.role).where(
    GlobalRole.person_id == bindparam("person_id"), GlobalRole.ended_at.is_(None)
)
_SIGNED_IN = (
    select(Person)
    .join(SignIn, SignIn.person_id == Person.id)
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        SignIn.ended_at.is_(None),
        SignIn.began_at > bindparam("since"),
        Person.deleted_at.is_(None),
    )
)


def global_roles(person_id: int) -> frozenset[Role]:
    """Return the roles this person holds on the whole site."""
    return frozenset(db.session.scalars(_GLOBAL_ROLES, {"person_id": person_id}))


def by_username(username: str) -> Person | None:
    """Return whoever signs in with this name, folded, and has not left."""
    return db.session.scalar(
        select(Person).where(
            Person.username == username.strip().lower(), Person.deleted_at.is_(None)
        )
    )


def by_token(token_hash: str, since: datetime) -> Person | None:
    """Return whose cookie's token this is, of a session begun after ``since``."""
    return db.session.scalar(_SIGNED_IN, {"token_hash": token_hash, "since": since})


def open_session(token_hash: str, since: datetime) -> SignIn | None:
    """Return the session of a cookie's token begun after ``since``."""
    return db.session.scalar(
        select(SignIn).where(
            SignIn.token_hash == token_hash, SignIn.ended_at.is_(None), SignIn.began_at > since
        )
    )


def devices(person_id: int, since: datetime) -> Sequence[SignIn]:
    """Return the open sessions of a person, newest first."""
    return db.session.scalars(
        select(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.began_at > since)
        .order_by(SignIn.id.desc())
    ).all()


def failures(username: str, since: datetime) -> int:
    """Return how many wrong passwords were tried for this name since then."""
    query = select(func.count()).select_from(FailedSignIn)
    return db.session.scalars(
        query.where(FailedSignIn.username == username.strip().lower(), FailedSignIn.at > since)
    ).one()


def open_devices(person_id: int) -> Sequence[SignIn]:
    """Return every session of a person that was not ended, however old."""
    return db.session.scalars(
        select(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .order_by(SignIn.id)
    ).all()


def has_email(email: str) -> bool:
    """Tell whether an account has this mail address."""
    person_id = db.session.scalar(select(Person.id).where(Person.email == email))
    return person_id is not None


def has_administrator() -> bool:
    """Tell whether somebody administers the site."""
    query = select(GlobalRole.id).where(
        GlobalRole.role == Role.ADMINISTRATOR, GlobalRole.ended_at.is_(None)
    )
    return db.session.scalar(query.limit(1)) is not None


def grants_of(person_id: int) -> Sequence[GlobalRole]:
    """Return the global roles a person holds, oldest first."""
    return db.session.scalars(
        select(GlobalRole)
        .where(GlobalRole.person_id == person_id, GlobalRole.ended_at.is_(None))
        .order_by(GlobalRole.id)
    ).all()


def with_account(person_id: int) -> Person | None:
    """Return a person who has an account."""
    return db.session.scalar(
        select(Person).where(Person.id == person_id, Person.username.is_not(None))
    )


def people(text: str = "", *, after: int | None = None) -> Page[Person, int]:
    """Return people with an account whose name or username holds ``text``, by number."""
    query = select(Person).where(Person.username.is_not(None))
    if text:
        name = func.lower(Person.name).contains(text.lower(), autoescape=True)
        name |= Person.name.contains(text, autoescape=True)
        query = query.where(name | Person.username.contains(text.lower(), autoescape=True))
    rows = db.session.scalars(oldest_first(query, Person.id, after)).all()
    return page_of(rows, lambda person: person.id)


def roles_of(person_ids: Sequence[int]) -> dict[int, list[Role]]:
    """Return the global roles of each of these people. One statement."""
    rows = db.session.scalars(
        select(GlobalRole)
        .where(GlobalRole.person_id.in_(person_ids), GlobalRole.ended_at.is_(None))
        .order_by(GlobalRole.id)
    )
    roles: dict[int, list[Role]] = {}
    for row in rows:
        roles.setdefault(row.person_id, []).append(row.role)
    return roles
