"""The test client: each request has a context of its own, as on a server."""

import secrets
from contextvars import Context
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from labapp.accounts.models import Person, SignIn
from labapp.accounts.session import hashed
from labapp.db import db, utcnow


class Client(FlaskClient):
    """Commit what the test arranged, ask in a fresh context, and read anew afterwards.

    Without this a request would share the test's context, and with it ``g``, the person signed
    in and the database session, which on a server never outlive a request.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send one request."""
        db.session.commit()
        answer = Context().run(super().open, *args, **kwargs)
        db.session.expire_all()
        return answer

    def sign_in(self, person: Person) -> None:
        """Give this browser the cookie of somebody signed in."""
        token, now = secrets.token_urlsafe(32), utcnow()
        db.session.add(
            SignIn(
                token_hash=hashed(token),
                person_id=person.id,
                device="test",
                began_at=now,
                seen_on=now,
            )
        )
        db.session.commit()
        with self.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = token
            cookie.permanent = True

    def sign_out(self) -> None:
        """Forget the cookies."""
        with self.session_transaction() as cookie:
            cookie.clear()
