"""A refusal becomes a status and a page with one sentence."""

import re

from flask import Flask, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, Denied, Refusal, Unreadable, mark
from labapp.web import edge, labels

STATUS: dict[type[Refusal], int] = {
    Denied: 403,
    Blocked: 409,
    Conflict: 409,
    Unreadable: 422,
}

#: The page of a thing, at the head of the addresses where something is done with it.
_THING = re.compile(r"/(?:labs|plans)/[^/]+/[a-z-]+/\d+/")
_SENTENCES: dict[int, str] = {
    400: mark("The page could not understand what was sent. Go back and try again."),
    401: mark("Sign in first."),
    403: mark("You may not do this."),
    404: mark("Look whether the address is well written, or begin again from the start."),
    405: mark("This address is not used that way."),
    413: mark("What you sent is too large. A photo may have up to 10 MB."),
    429: mark("Too many attempts. Wait a minute and try again."),
    500: mark("Something failed on our side. Nothing you had saved was lost."),
}
_HIDDEN = {"csrf_token", "once", "password", "again", "old", "new", "marks", "blank", "receipt"}
#: How the questions of a ballot begin: no page but the paper shows what was voted.
_BALLOT = ("place-", "points-")


def init_app(app: Flask) -> None:
    """Register the error pages."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(IntegrityError, _collided)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(DataError, _unheld)
    app.before_request(_legible)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _failed)


def _page(status: int, reason: str, **more: object) -> tuple[str, int]:
    return render_template("error.html", status=status, reason=reason, **more), status


def _refused(refusal: Refusal) -> tuple[str, int]:
    db.session.rollback()
    reason = _(refusal.sentence, **refusal.values)
    return _page(STATUS[type(refusal)], reason, typed=_typed(), **_way_on())


def _way_on() -> dict[str, str]:
    """Return the page of the thing with which this address does something, if it is another."""
    match = _THING.match(request.path)
    if not match or match[0] == request.path:
        return {}
    return {"url": match[0], "link": _("See how it stands")}


def _collided(_error: IntegrityError) -> tuple[str, int] | Response:
    """Answer a race lost at a constraint; a check made earlier gives the better sentence."""
    db.session.rollback()
    if (place := edge.earlier_location(request.form.get("once", ""))) is not None:
        flash(_("We already had this. It was not saved twice."))
        return redirect(place)
    sentence = _("Someone did this at the same moment. Look again and repeat if needed.")
    return _page(409, sentence, typed=_typed())


def _busy(error: OperationalError) -> tuple[str, int]:
    """Answer when the database could not be written in time; anything else is a fault."""
    if "locked" not in str(error.orig) and "serialize" not in str(error.orig):
        raise error
    db.session.rollback()
    sentence = _("Many people are writing at this moment. Try again in a minute.")
    return _page(503, sentence, typed=_typed())


def _unheld(_error: DataError) -> tuple[str, int]:
    """Answer a value that no column can hold: a NUL, a number too large."""
    db.session.rollback()
    return _page(400, _(_SENTENCES[400]), typed=_typed())


def _legible() -> None:
    """Nothing stands at an address with a NUL in it."""
    if "\0" in request.path:
        abort(404)


def _stale(_error: CSRFError) -> tuple[str, int]:
    """Answer a form whose seal is missing or foreign: refuse it, and lose nothing typed."""
    sentence = _("This page was open too long, or the form came from elsewhere. Send it again.")
    return _page(400, sentence, typed=_typed())


def _failed(error: HTTPException) -> tuple[str, int] | Response:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error.get_response()
    db.session.rollback()
    return _page(status, _(_SENTENCES.get(status, _SENTENCES[400])))


def _typed() -> list[tuple[str, str]]:
    """Return what was typed in a form that was refused, so that it can be copied."""
    if request.method != "POST":
        return []
    sent = {
        name: value
        for name, value in request.form.items()
        if value.strip() and name not in _HIDDEN and not name.startswith(_BALLOT)
    }
    return [(label, sent[name]) for name, label in labels.of(sent).items()]
