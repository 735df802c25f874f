"""The gate: every page of a lab passes through it, and is listed by it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, g

from labapp.accounts import queries as accounts
from labapp.accounts.views import sign_in_session
from labapp.accounts.views.gate import Answer, View, turn_away
from labapp.db import utcnow
from labapp.domain.errors import Denied
from labapp.domain.policy import Act, Actor, Role, may
from labapp.domain.roles import GLOBAL
from labapp.labs import queries
from labapp.labs.models import Lab
from labapp.record.acting import Acting

__all__ = ["Answer", "View", "asks", "enter", "gate"]

#: Hold every role, and every role of those who take no part in a lab: what neither may do now,
#: nobody may.
_ANYONE = (Actor(0, frozenset(Role)), Actor(0, GLOBAL))
#: Who sees a lab that ANTAI has not approved yet.
_INSIDE = frozenset({Role.FACILITATOR, Role.REVIEWER, Role.ADMINISTRATOR})


def gate(act: Act) -> Callable[[View], View]:
    """Admit a request to a view of one lab only if ``policy.may`` allows ``act``.

    The route must carry ``<slug>``; the view receives the ``Lab`` in its place, and
    ``g.lab``, ``g.actor`` and ``g.acting`` are set. A visitor is sent to sign in only if
    signing in could help; anyone else refused gets 403 with the reason. A lab not approved yet
    is 404 to all but its facilitators and ANTAI.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def passage(slug: str, **rest: Any) -> Answer:
            lab = enter(slug)
            verdict = may(g.actor, act, lab.stage)
            if verdict:
                return view(lab, **rest)
            if g.actor.person_id is None and any(may(one, act, lab.stage) for one in _ANYONE):
                return turn_away(verdict.reason)
            raise Denied(verdict.reason)

        passage.act = act  # type: ignore[attr-defined]  # read by tests/house
        return passage

    return guard


def asks(act: Act) -> Callable[[View], View]:
    """Mark a view that has no gate because it asks ``policy`` itself before it changes anything."""

    def guard(view: View) -> View:
        view.act = act  # type: ignore[attr-defined]  # read by tests/house
        return view

    return guard


def enter(slug: str) -> Lab:
    """Return the lab at this address as this person may see it; set ``g.lab`` and ``g.acting``."""
    lab = queries.by_slug(slug)
    if lab is None:
        abort(404)
    who = sign_in_session.person_id()
    site = accounts.global_roles(who) if who is not None else frozenset()
    g.lab, g.acting = lab, Acting(lab, queries.actor(lab, who, site), utcnow())
    g.actor = g.acting.actor
    if lab.approved_at is None and not g.actor.roles & _INSIDE:
        abort(404)
    return lab
