"""The one page where a thing is answered."""

from flask import Blueprint, abort, g, render_template
from flask_babel import gettext as _

from labapp.db import utcnow
from labapp.domain.kinds import KIND_AT
from labapp.domain.policy import Act
from labapp.labs.gate import Answer, gate
from labapp.labs.models import Lab
from labapp.responses import queries, service
from labapp.responses.forms import AnswerForm
from labapp.responses.models import Decision
from labapp.web import once

bp = Blueprint("responses", __name__)


@bp.route(
    "/labs/<slug>/<any(contributions,problems,proposals):kind>/<int:number>/answer",
    methods=["GET", "POST"],
)
@gate(Act.RESPONSE_GIVE)
def answer(lab: Lab, kind: str, number: int) -> Answer:
    """Answer a contribution, a problem or a proposal; or correct the answer."""
    thing = queries.thing(lab.id, KIND_AT[kind], number) or abort(404)
    versions = queries.of(thing.id)
    form = AnswerForm(obj=versions[0] if versions else None)
    if not form.validate_on_submit():
        page = render_template(
            "responses/answer.html", lab=lab, thing=thing, form=form, versions=versions
        )
        return page, 422 if form.is_submitted() else 200
    service.answer(
        lab,
        g.actor,
        thing=thing,
        decision=Decision(form.decision.data),
        reason=form.reason.data,
        office=form.office.data,
        signer=form.signer.data,
        now=utcnow(),
    )
    return once.commit(
        f"/labs/{lab.slug}/{kind}/{number}/", said=_("The answer is published and signed.")
    )
