"""Pages of one step: what is declared of it, what neighbours see of it."""

from flask import g, render_template, url_for
from flask_babel import gettext as _

from labapp.domain.duties import DutyKind
from labapp.domain.errors import Unreadable
from labapp.domain.policy import Act, Role, may
from labapp.domain.stage import takes
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
from labapp.followup.states import MilestoneState
from labapp.followup.views.lookups import bp, lacks, milestone_or_404, overdue, proof
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.thread.queries import duties
from labapp.web import edge
from labapp.web.form import form_page


@bp.get("/labs/<slug>/milestones/<int:number>/")
@gate(Act.LAB_VIEW)
def milestone(lab: Lab, number: int) -> Answer:
    """Show one step: its questions, what was said, seen and shown."""
    step = milestone_or_404(lab, number)
    reserved = disclosure.shows_reserved(g.actor, step.agreement)
    relations = queries.relations(g.actor, step)
    sight = queries.verification_summaries([step])[step.id]
    is_open = step.agreement.accepted_on is not None and takes(
        lab.stage, owed=step.state is not MilestoneState.MET
    )
    return render_template(
        "followup/milestone.html",
        lab=lab,
        step=step,
        agreement=step.agreement,
        sight=sight,
        lacks=lacks(step, sight),
        declarations=queries.declarations(step.id),
        documents=queries.documents([step.id]),
        shows_reserved=reserved,
        late=overdue([step]).get(step.id, 0) if step.agreement.accepted_on else 0,
        duty=duties.of_things([step.id], DutyKind.STEP).get(step.id),
        may_declare=is_open and bool(may(g.actor, Act.PROGRESS_DECLARE, lab.stage, relations)),
        may_confirm=is_open and bool(may(g.actor, Act.MILESTONE_CONFIRM, lab.stage, relations)),
        may_confirm_for=is_open
        and not step.agreement.has_work
        and bool(may(g.actor, Act.MILESTONE_RELAY, lab.stage))
        and Role.RESPONSIBLE not in g.actor.roles | g.actor.others,
        attestable=_attestable(sight)
        if is_open and may(g.actor, Act.MILESTONE_ATTEST, lab.stage, relations)
        else frozenset(),
    )


def _attestable(sight: queries.VerificationSummary) -> frozenset[int]:
    """Return the looks typed by others that this person may confirm; the service judges again."""
    if Role.FACILITATOR in g.actor.roles | g.actor.others:
        return frozenset()
    me = g.actor.person_id
    others = (look for look in sight.typed if me not in (look.typed_by, look.person_id))
    return frozenset(look.id for look in others if not look.attested_by)


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
