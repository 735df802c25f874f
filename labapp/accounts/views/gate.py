"""The site's own gate, for pages of no lab."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, g
from werkzeug.wrappers import Response

from labapp.accounts import queries
from labapp.accounts.views import sign_in_session
from labapp.db import utcnow
from labapp.domain.errors import Denied
from labapp.domain.policy import Act, Actor, Role, may
from labapp.record.acting import Acting

Answer = str | Response | tuple[str, int]
View = Callable[..., Answer]


def here() -> Actor:
    """Return who asks, as seen from the site; remember it in ``g.actor`` and ``g.acting``."""
    who = sign_in_session.person_id()
    roles = queries.global_roles(who) | {Role.ACCOUNT} if who is not None else frozenset()
    g.actor = Actor(who, frozenset(roles))
    g.acting = Acting(None, g.actor, utcnow())
    return g.actor  # type: ignore[no-any-return]


def may_here(act: str) -> bool:
    """Answer whether a button for this act is shown: for templates, where a gate was passed."""
    lab = g.get("lab")
    actor = g.get("actor") or Actor(None)
    return bool(may(actor, Act(act), lab.stage if lab is not None else None))


def turn_away(reason: str) -> Answer:
    """Send a visitor to sign in; refuse anybody else with the reason.

    Raises:
        Denied: for whoever is signed in already.
    """
    if sign_in_session.person_id() is None:
        answer: Response = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return answer
    raise Denied(reason)


def site_gate(act: Act) -> Callable[[View], View]:
    """Admit a request to a page of no lab only if ``policy.may`` allows ``act``.

    ``g.actor`` and ``g.acting`` are set; the view receives its arguments unchanged.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def passage(**rest: Any) -> Answer:
            verdict = may(here(), act)
            return view(**rest) if verdict else turn_away(verdict.reason)

        passage.act = act  # type: ignore[attr-defined]  # read by tests/house
        return passage

    return guard
