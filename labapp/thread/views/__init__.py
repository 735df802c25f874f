"""The thread page: where a thing came from, what became of it, who owes what."""

from flask import Blueprint, abort, render_template, request

from labapp.accounts.views.gate import Answer, site_gate
from labapp.db import utcnow
from labapp.domain.kinds import KIND_AT, Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.labs.views.gate import gate
from labapp.thread import queries, urls
from labapp.thread.models import Duty, Thing
from labapp.thread.timeline import Timeline
from labapp.thread.views.timeline_text import draw_timeline, title_of
from labapp.thread.views.timeline_text import lateness as say_lateness

bp = Blueprint("thread", __name__)
#: The record keeps the rest.
_CHANGES = 200
_PLURALS = ",".join(KIND_AT)


@bp.app_template_global()
def thing_url(lab: Lab, thing: Thing) -> str:
    """Return the path of the page of a thing of a lab."""
    return urls.page(thing.kind, thing.number, lab=lab.slug)


@bp.app_template_global("lateness")
def lateness(duty: Duty | None) -> str:
    """Say how late what is owed is or was, and "" where it is or was in time."""
    return say_lateness(duty, local_day(utcnow())) if duty is not None else ""


@bp.get(f"/labs/<slug>/<any({_PLURALS}):plural>/<int:number>/thread")
@gate(Act.LAB_VIEW)
def of_lab(lab: Lab, plural: str, number: int) -> Answer:
    """Show the line of a thing of a lab; what is not published is not there for anybody."""
    thing = queries.with_page(lab.id, KIND_AT[plural], number)
    if thing is None:
        abort(404)
    return _page(thing, queries.line(thing, lab=lab.slug), lab.name, lab)


@bp.get("/plans/<slug>/sessions/<int:number>/thread")
@site_gate(Act.PLAN_VIEW)
def of_plan(slug: str, number: int) -> Answer:
    """Show the line of a meeting of a plan."""
    row = queries.in_plan(slug, Kind.MEETING, number)
    if row is None:
        abort(404)
    thing, plan = row
    return _page(thing, queries.line(thing, plan=plan.slug), plan.name, None)


def _page(thing: Thing, line: Timeline, place: str, lab: Lab | None) -> Answer:
    today = local_day(utcnow())
    known = {one.id: one for one in (line.own, *line.others)}
    return render_template(
        "thread/show.html",
        lab=lab,
        place=place,
        thing=thing,
        line=line,
        known=known,
        titles={key: title_of(one) for key, one in known.items()},
        changes=line.done[-_CHANGES:],
        knots=draw_timeline(line, today, lab=lab),
        address=request.base_url,
    )
