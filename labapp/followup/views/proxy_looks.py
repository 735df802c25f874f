"""Pages by which one types what a neighbour without an account saw, and a second one confirms."""

from flask import abort, g, url_for
from flask_babel import gettext as _

from labapp.domain.policy import Act
from labapp.followup import queries, service
from labapp.followup.forms import AttestForm, ForNeighbourForm, asking, question_answers
from labapp.followup.views.lookups import bp, milestone_or_404
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.web import edge
from labapp.web.form import form_page
from labapp.web.url_numbers import query_number


@bp.route("/labs/<slug>/milestones/<int:number>/confirm-for", methods=["GET", "POST"])
@gate(Act.MILESTONE_RELAY)
def confirm_for(lab: Lab, number: int) -> Answer:
    """Type in what a neighbour without an account saw of a step."""
    step = milestone_or_404(lab, number)
    form = asking(step.questions, ForNeighbourForm, of_another=True)()
    if form.validate_on_submit():
        with form.refusals_beside("name"):
            service.confirm_for(
                g.acting,
                step,
                person_id=queries.neighbour_called(lab.id, form["name"].data, form.known_as.data),
                looked_on=form.looked_on.given,
                answers=question_answers(form, step.questions),
            )
            to = url_for(".milestone", slug=lab.slug, number=number)
            return edge.commit(to, said=_("Noted, as typed by another person, without names."))
    return form_page("followup/confirm_for.html", form, lab=lab, step=step)


@bp.route("/labs/<slug>/milestones/<int:number>/attest", methods=["GET", "POST"])
@gate(Act.MILESTONE_ATTEST)
def attest(lab: Lab, number: int) -> Answer:
    """Confirm, as a second person, what another typed for a neighbour: ``?look=``."""
    step = milestone_or_404(lab, number)
    g.acting.require(Act.MILESTONE_ATTEST, queries.relations(g.actor, step))
    look, form = queries.typed_look(step, query_number("look") or 0) or abort(404), AttestForm()
    if form.validate_on_submit():
        with form.refusals_beside("name"):
            service.attest(g.acting, step, look, name=form.name.data)
            to = url_for(".milestone", slug=lab.slug, number=number)
            return edge.commit(to, said=_("Confirmed, without your name."))
    given = queries.answers([look.id])[look.id]
    return form_page("followup/attest.html", form, lab=lab, step=step, look=look, given=given)
