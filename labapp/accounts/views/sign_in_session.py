"""The cookie of somebody signed in: a random token whose hash is a row that can be ended."""

import secrets
from datetime import datetime, timedelta

from flask import current_app, request, session
from flask_login import current_user, login_user, logout_user

from labapp.accounts import queries, service
from labapp.accounts.models import Person
from labapp.db import utcnow
from labapp.domain.token_hash import hash_token
from labapp.extensions import login


def begin(person: Person) -> None:
    """Sign this browser in: a fresh session, a new row. Flushed, not committed."""
    token, now = secrets.token_urlsafe(32), utcnow()
    device = (request.user_agent.string or "")[:200]
    session.clear()
    service.begin_sign_in(person.id, token_hash=hash_token(token), device=device, now=now)
    login_user(person)
    session["_user_id"] = token
    session.permanent = True


def end() -> None:
    """Sign this browser out and end its row. Flushed, not committed."""
    token = str(session.get("_user_id", ""))
    service.end_sign_in(hash_token(token), since=oldest(), now=utcnow())
    logout_user()
    session.clear()


def oldest() -> datetime:
    """Return the instant before which a sign-in no longer counts."""
    return utcnow() - timedelta(days=current_app.config["SESSION_DAYS"])


def token_hash() -> str | None:
    """Return the hash of this browser's token, or None for a visitor. It may have ended."""
    token = session.get("_user_id")
    return hash_token(str(token)) if token else None


def person_id() -> int | None:
    """Return who is signed in here, or None for a visitor. No cookie, no statement."""
    if "_user_id" not in session:
        return None
    return current_user.id if current_user.is_authenticated else None


@login.user_loader  # type: ignore[untyped-decorator]
def _load(token: str) -> Person | None:
    return queries.by_token(hash_token(token), oldest())
