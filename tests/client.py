"""The test client: each request has a context of its own, as on a server."""

from contextvars import Context
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from labapp.db import db


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

    def sign_out(self) -> None:
        """Forget who was signed in."""
        with self.session_transaction() as cookie:
            cookie.clear()
