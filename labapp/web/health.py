"""The address that a proxy or a supervisor asks: is the site alive, database included?"""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from labapp.db import db


def init_app(app: Flask) -> None:
    """Answer at /healthz."""
    app.add_url_rule("/healthz", "healthz", _alive)


def _alive() -> Response:
    try:
        db.session.execute(select(1))
    except OperationalError:
        return Response("the database does not answer\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")
