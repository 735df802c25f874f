"""Pages of agreements and of their steps while they are written."""

from flask import abort, current_app, g, render_template, request, url_for
from flask_babel import gettext as _

from labapp.domain import progress
from labapp.domain.duties import DutyKind
from labapp.domain.kinds import Kind
from labapp.domain.policy import Act, Role, may
from labapp.domain.stage import takes
from labapp.followup import disclosure, queries, service
from labapp.followup.forms import AcceptForm, AgreementForm, StepForm
from labapp.followup.models import Agreement
from labapp.followup.service.agreements import SOURCES
from labapp.followup.states import AgreementState, MilestoneState
from labapp.followup.views.lookups import (
    agreement_or_404,
    bp,
    lacks,
    milestone_or_404,
    origin_code,
    origin_options,
    overdue,
)
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.thread.models import Thing
from labapp.thread.queries import duties
from labapp.web import edge
from labapp.web.form import form_page
from labapp.web.url_numbers import query_number


@bp.get("/labs/<slug>/agreements/")
@gate(Act.LAB_VIEW)
def agreements(lab: Lab) -> Answer:
    """List the agreements of a lab, newest first, each with its two numbers."""
    page = queries.agreements(
        lab.id, before=query_number("after"), drafts_for=disclosure.drafts_for(g.actor)
    )
    return render_template(
        "followup/agreements.html",
        lab=lab,
        agreements=page.rows,
        progress=queries.progress([row.id for row in page.rows]),
        after=page.next,
        may_draft=bool(may(g.actor, Act.AGREEMENT_DRAFT, lab.stage)),
    )


@bp.route("/labs/<slug>/agreements/new", methods=["GET", "POST"])
@gate(Act.AGREEMENT_DRAFT)
def agreement_new(lab: Lab) -> Answer:
    """Write an agreement; its steps come next."""
    chosen = queries.source(lab.id, request.args.get("from", ""), SOURCES)
    form = AgreementForm(source=origin_code(chosen) if chosen else None)
    bodies = queries.organizations()
    form.source.options = origin_options([chosen] if chosen else queries.sources(lab.id, SOURCES))
    form.organization.options = {str(body.id): body.name for body in bodies}
    if not form.validate_on_submit():
        return form_page("followup/agreement_new.html", form, lab=lab, chosen=chosen)
    agreement = service.draft_agreement(
        g.acting,
        source=queries.source(lab.id, form.source.data, SOURCES) or abort(404),
        organization=next(b for b in bodies if str(b.id) == form.organization.data),
        what=form.what.data,
        has_work=form.has_work.data,
        cost=form.cost.data,
    )
    to = url_for(".agreement_steps", slug=lab.slug, number=agreement.thing.number)
    return edge.commit(to, said=_("Now its steps: what is done, by what day, how one will know."))


@bp.get("/labs/<slug>/agreements/<int:number>/")
@gate(Act.LAB_VIEW)
def agreement(lab: Lab, number: int) -> Answer:
    """Show an agreement: what the entity says and what was seen, step by step."""
    agreement = agreement_or_404(lab, number)
    steps = queries.steps(agreement.id)
    ids = [step.id for step in steps]
    sights = queries.verification_summaries(steps)
    reserved = disclosure.shows_reserved(g.actor, agreement)
    unmet = any(step.state is not MilestoneState.MET for step in steps)
    takes_more = takes(lab.stage, owed=unmet)
    is_open = takes_more and agreement.accepted_on is not None
    return render_template(
        "followup/agreement.html",
        lab=lab,
        agreement=agreement,
        steps=steps,
        whole=sum(step.weight for step in steps),
        sights=sights,
        lacks={step.id: lacks(step, sights[step.id]) for step in steps},
        said=queries.latest_declarations(ids),
        documents=queries.documents(ids),
        shows_reserved=reserved,
        parents=queries.parents([agreement.id]),
        progress=progress.of_steps(steps, looked=any(step.looked for step in steps)),
        overdue=overdue(steps),
        owed=duties.of_things([step.id for step in steps], DutyKind.STEP),
        takes_all=takes(lab.stage, owed=False),
        may_declare=is_open
        and bool(
            may(g.actor, Act.PROGRESS_DECLARE, lab.stage, queries.relations(g.actor, agreement))
        ),
        may_confirm=is_open
        and bool(may(g.actor, Act.MILESTONE_CONFIRM, lab.stage))
        and Role.RESPONSIBLE not in g.actor.roles,
        may_accept=_may_accept(lab, agreement),
        may_link=takes_more and bool(may(g.actor, Act.LINK_ISSUE, lab.stage)),
        may_register=bool(may(g.actor, Act.WORK_REGISTER, lab.stage))
        and not queries.is_carried_out(agreement.id),
        may_write=bool(may(g.actor, Act.AGREEMENT_STEP, lab.stage)),
    )


def _may_accept(lab: Lab, agreement: Agreement) -> bool:
    if agreement.state is not AgreementState.DRAFT or not may(
        g.actor, Act.AGREEMENT_ACCEPT, lab.stage
    ):
        return False
    return bool(g.actor.writes_for(agreement.organization_id))


@bp.route("/labs/<slug>/agreements/<int:number>/steps", methods=["GET", "POST"])
@gate(Act.AGREEMENT_STEP)
def agreement_steps(lab: Lab, number: int) -> Answer:
    """Write the steps of an agreement, one after another."""
    agreement = agreement_or_404(lab, number)
    form = StepForm()
    if not form.validate_on_submit():
        steps = queries.steps(agreement.id)
        return form_page(
            "followup/steps.html",
            form,
            lab=lab,
            agreement=agreement,
            steps=steps,
            whole=sum(step.weight for step in steps),
        )
    service.add_step(g.acting, agreement, step=_step(form))
    to = url_for(".agreement_steps", slug=lab.slug, number=number)
    return edge.commit(to, said=_("Step written. Write another, or go on to the acceptance."))


@bp.route("/labs/<slug>/milestones/<int:number>/edit", methods=["GET", "POST"])
@gate(Act.AGREEMENT_STEP)
def step_edit(lab: Lab, number: int) -> Answer:
    """Write a step of a draft anew."""
    milestone = milestone_or_404(lab, number)
    lines = "\n".join(question.text for question in milestone.questions)
    form = StepForm(
        title=milestone.title,
        due_on=milestone.due_on,
        asks=lines,
        weight=milestone.weight,
    )
    if not form.validate_on_submit():
        return form_page("followup/step_edit.html", form, lab=lab, step=milestone)
    service.edit_step(g.acting, milestone, step=_step(form))
    parent = milestone.agreement.thing.number
    to = url_for(".agreement_steps", slug=lab.slug, number=parent)
    return edge.commit(to, said=_("The step was changed."))


@bp.post("/labs/<slug>/milestones/<int:number>/remove")
@gate(Act.AGREEMENT_STEP)
def step_remove(lab: Lab, number: int) -> Answer:
    """Take a step out of a draft."""
    milestone = milestone_or_404(lab, number)
    parent = milestone.agreement.thing.number
    service.remove_step(g.acting, milestone)
    to = url_for(".agreement_steps", slug=lab.slug, number=parent)
    return edge.commit(to, said=_("The step was taken out."))


def _step(form: StepForm) -> service.MilestoneDraft:
    return service.MilestoneDraft(
        form.title.data, form.due_on.given, form.lines(), form.weight.data
    )


@bp.route("/labs/<slug>/agreements/<int:number>/accept", methods=["GET", "POST"])
@gate(Act.AGREEMENT_ACCEPT)
def agreement_accept(lab: Lab, number: int) -> Answer:
    """Record where the entity said yes."""
    agreement = agreement_or_404(lab, number)
    where = _where(lab, agreement)
    form = AcceptForm(by=next(iter(where), None))
    form.by.options = origin_options(where.values())
    if form.validate_on_submit():
        with form.refusals_beside("by"):
            service.accept_agreement(
                g.acting,
                agreement,
                by=where[form.by.data],
                accepted_on=form.accepted_on.given,
                neighbours=current_app.config["NEIGHBOURS"],
            )
            to = url_for(".agreement", slug=lab.slug, number=number)
            return edge.commit(to, said=_("The agreement is in force and public, with its dates."))
    return form_page("followup/accept.html", form, lab=lab, agreement=agreement)


def _where(lab: Lab, agreement: Agreement) -> dict[str, Thing]:
    """Return the letters, and the meetings held, where this entity may have said yes."""
    letters = queries.yes_letters(lab.id, agreement.organization_id)
    meetings = queries.sources(lab.id, (Kind.MEETING,))
    return {origin_code(thing): thing for thing in (*letters, *meetings)}
