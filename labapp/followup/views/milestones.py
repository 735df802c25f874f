"""Pages of one step: what is declared of it, what neighbours see of it."""

from flask import g, render_template, url_for
from flask_babel import gettext as _

from labapp.domain.errors import Unreadable
from labapp.domain.policy import Act, may
from labapp.files.views import folder
from labapp.followup import disclosure, queries, service
from labapp.followup.forms import (
    DeclareForm,
    ProofForm,
    SightForm,
    WatchedSightForm,
    asking,
    question_answers,
)
from labapp.followup.service.evidence import Attests
from labapp.followup.views.lookups import bp, milestone_or_404, overdue, proof
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.web import edge
from labapp.web.form import form_page


@bp.get("/labs/<slug>/milestones/<int:number>/")
@gate(Act.LAB_VIEW)
def milestone(lab: Lab, number: int) -> Answer:
    """Show one step: its questions, what was said, seen and shown."""
    step = milestone_or_404(lab, number)
    reserved = disclosure.shows_reserved(g.actor, step.agreement)
    relations = queries.relations(g.actor, step)
    return render_template(
        "followup/milestone.html",
        lab=lab,
        step=step,
        agreement=step.agreement,
        sight=queries.verification_summaries([step], has_work=step.agreement.has_work)[step.id],
        declarations=queries.declarations(step.id),
        documents=queries.documents([step.id]),
        shows_reserved=reserved,
        late=overdue([step]).get(step.id, 0) if step.agreement.accepted_on else 0,
        may_declare=step.agreement.accepted_on is not None
        and bool(may(g.actor, Act.PROGRESS_DECLARE, lab.stage, relations)),
        may_confirm=step.agreement.accepted_on is not None
        and bool(may(g.actor, Act.MILESTONE_CONFIRM, lab.stage, relations)),
    )


@bp.route("/labs/<slug>/milestones/<int:number>/declare", methods=["GET", "POST"])
@gate(Act.PROGRESS_DECLARE)
def declare(lab: Lab, number: int) -> Answer:
    """Say, for the entity, how far a step is."""
    step = milestone_or_404(lab, number)
    g.acting.require(Act.PROGRESS_DECLARE, queries.relations(g.actor, step))
    form = DeclareForm(percent=step.declared)
    form.has_evidence = queries.has_evidence(step.id)
    if form.validate_on_submit():
        with form.refusals_beside("file", Unreadable):
            service.declare(
                g.acting,
                step,
                percent=form.percent.given,
                note=form.note.data,
                proof=proof(form),
                folder=folder(),
            )
            to = url_for(".milestone", slug=lab.slug, number=number)
            return edge.commit(to, said=_("What you say is published. Others will go and look."))
    return form_page("followup/declare.html", form, lab=lab, step=step)


@bp.route("/labs/<slug>/milestones/<int:number>/evidence", methods=["GET", "POST"])
@gate(Act.EVIDENCE_ADD)
def evidence(lab: Lab, number: int) -> Answer:
    """Show something of a step."""
    step = milestone_or_404(lab, number)
    g.acting.require(Act.EVIDENCE_ADD, queries.relations(g.actor, step))
    form = ProofForm()
    if form.validate_on_submit() and (sent := proof(form)) is not None:
        with form.refusals_beside("file", Unreadable):
            service.add_evidence(
                g.acting, step, proof=sent, attested_by=Attests.ENTITY, folder=folder()
            )
            to = url_for(".milestone", slug=lab.slug, number=number)
            return edge.commit(to, said=_("The evidence was added."))
    return form_page("followup/evidence.html", form, lab=lab, step=step)


@bp.route("/labs/<slug>/milestones/<int:number>/confirm", methods=["GET", "POST"])
@gate(Act.MILESTONE_CONFIRM)
def confirm(lab: Lab, number: int) -> Answer:
    """Say, as a neighbour, what one saw of a step."""
    step = milestone_or_404(lab, number)
    g.acting.require(Act.MILESTONE_CONFIRM, queries.relations(g.actor, step))
    form = asking(step.questions, WatchedSightForm if step.agreement.has_work else SightForm)()
    if not form.validate_on_submit():
        return form_page("followup/confirm.html", form, lab=lab, step=step)
    given = question_answers(form, step.questions)
    service.confirm(g.acting, step, answers=given)
    to = url_for(".milestone", slug=lab.slug, number=number)
    return edge.commit(to, said=_("Noted, without your name."))
