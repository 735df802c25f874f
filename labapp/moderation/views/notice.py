"""The sentence that stands in the place of what was taken away, in the language of the site."""

from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from labapp.domain.kinds import Kind
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import Role
from labapp.moderation.service.removal_row import AnyActing
from labapp.thread.models import Thing
from labapp.web.formatting import day


def of_removal(acting: AnyActing, thing: Thing, code: RemovalCode) -> str:
    """Return what stands where the team, or ANTAI, took a whole thing away."""
    with force_locale(current_app.config["BABEL_DEFAULT_LOCALE"]):
        said = {"why": _(code.label), "day": day(acting.now), "which": _which(thing)}
        if Role.REVIEWER in acting.actor.roles:
            return str(_("Taken away by ANTAI: it %(why)s, %(day)s (%(which)s)", **said))
        return str(_("Taken away by the team: it %(why)s, %(day)s (%(which)s)", **said))


def of_withdrawal(thing: Thing, now: datetime) -> str:
    """Return what stands where whoever sent it, or said it in a hall, took it back."""
    with force_locale(current_app.config["BABEL_DEFAULT_LOCALE"]):
        said = {"day": day(now), "which": _which(thing)}
        if thing.kind is Kind.CONTRIBUTION:
            return str(_("Withdrawn at the request of who said it, %(day)s (%(which)s)", **said))
        return str(_("Withdrawn by who sent it, %(day)s (%(which)s)", **said))


def _which(thing: Thing) -> str:
    """Say which thing it was, so that no two such sentences of a lab are the same."""
    return f"{_(thing.kind.label)} {thing.number or thing.id}".lower()
