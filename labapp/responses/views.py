"""The one page where a thing is answered."""

from flask import Blueprint, abort, g
from flask_babel import gettext as _

from labapp.domain.kinds import KIND_AT
from labapp.domain.policy import Act
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.responses import queries, service
from labapp.responses.forms import ResponseForm
from labapp.responses.models import Decision
from labapp.thread import queries as thread
from labapp.thread import urls
from labapp.web import edge
from labapp.web.form import form_page

bp = Blueprint("responses", __name__)


@bp.route(
    "/labs/<slug>/<any(contributions,problems,proposals):kind>/<int:number>/answer",
    methods=["GET", "POST"],
)
@gate(Act.RESPONSE_GIVE)
def answer(lab: Lab, kind: str, number: int) -> Answer:
    """Answer a contribution, a problem or a proposal; or correct the answer."""
    thing = thread.with_page(lab.id, KIND_AT[kind], number) or abort(404)
    versions = queries.of(thing.id)
    form = ResponseForm(obj=versions[0] if versions else None)
    if not form.validate_on_submit():
        return form_page("responses/answer.html", form, lab=lab, thing=thing, versions=versions)
    service.answer(
        g.acting,
        thing=thing,
        decision=Decision(form.decision.data),
        reason=form.reason.data,
        office=form.office.data,
        signer=form.signer.data,
    )
    to = urls.page(thing.kind, number, lab=lab.slug)
    return edge.commit(to, said=_("The answer is published and signed."))
