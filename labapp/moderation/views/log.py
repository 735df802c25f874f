"""What was taken away, as everybody reads it: by code and side, with what an appeal put back."""

from flask import Blueprint, abort, render_template

from labapp.accounts.views.gate import Answer, site_gate
from labapp.domain.kinds import KIND_AT
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.labs.views.gate import gate
from labapp.moderation import queries
from labapp.moderation.queries import statistics
from labapp.thread import queries as thread
from labapp.web.url_numbers import query_number

bp = Blueprint("moderation", __name__)
PLURALS = ",".join(KIND_AT)


@bp.get("/labs/<slug>/removals/")
@gate(Act.LAB_VIEW)
def of_lab(lab: Lab) -> Answer:
    """Count what was taken away in a lab, and list it without its words."""
    page = queries.page(lab.id, query_number("after"))
    return render_template(
        "moderation/log.html",
        lab=lab,
        rows=page.rows,
        next_url=page.next_url,
        counts=statistics.by_code(lab.id),
    )


@bp.get("/removals/")
@site_gate(Act.SITE_VIEW)
def everywhere() -> Answer:
    """Count what was taken away on the whole site."""
    return render_template("moderation/log.html", lab=None, rows=(), counts=statistics.by_code())


@bp.get(f"/labs/<slug>/<any({PLURALS}):plural>/<int:number>/removed")
@gate(Act.LAB_VIEW)
def of_thing(lab: Lab, plural: str, number: int) -> Answer:
    """List what was taken away of one thing."""
    thing = thread.with_page(lab.id, KIND_AT[plural], number) or abort(404)
    return render_template(
        "moderation/thing.html", lab=lab, thing=thing, rows=queries.of_thing(thing.id)
    )
