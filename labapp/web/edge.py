"""The edge's one commit, and the memory of forms already taken."""

from flask import Flask, flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from labapp.db import db, utcnow
from labapp.web import service
from labapp.web.models import Submission


def init_app(app: Flask) -> None:
    """Send whoever sends a form twice to where the first one led."""
    app.before_request(_again)


def earlier_location(once: str) -> str | None:
    """Return where the form with this mark led, or None if it was not taken yet."""
    row = db.session.get(Submission, once) if once else None
    return row.location if row else None


def commit(to: str, said: str = "") -> Response:
    """Commit what the services did, remember the form, and go to ``to``.

    Args:
        to: a path of this site.
        said: what to tell the person on the next page, already translated.
    """
    if once := request.form.get("once", "")[:40]:
        service.remember_form(once, location=to, now=utcnow())
    db.session.commit()
    if said:
        flash(said)
    return redirect(to)


def _again() -> Response | None:
    if request.method != "POST" or request.mimetype not in (
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ):
        return None
    place = earlier_location(request.form.get("once", "")[:40])
    if place is None:
        return None
    flash(_("We already had this. It was not saved twice."))
    return redirect(place)
