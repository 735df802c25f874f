"""Pages of visits."""

from flask import abort, g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from labapp.audits import queries, service
from labapp.audits.forms import AddendumForm, VisitForm, visit_form
from labapp.audits.models import Committee, Visit
from labapp.audits.views.lookups import (
    bp,
    committee_or_404,
    listing,
    query_number_or_404,
    speaks_for_committee,
)
from labapp.domain.errors import Unreadable
from labapp.domain.policy import Act
from labapp.files import views
from labapp.followup import disclosure
from labapp.followup import queries as followup
from labapp.followup.forms import question_answers
from labapp.followup.service import Proof
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.labs.views.question_page import question_page
from labapp.web import edge
from labapp.web.formatting import day
from labapp.web.list_row import Row
from labapp.web.url_numbers import query_number


@bp.get("/labs/<slug>/visits/")
@gate(Act.LAB_VIEW)
def visits(lab: Lab) -> Answer:
    """List the visits of the committees of a lab, newest first."""
    page = queries.visits(lab.id, query_number("after"))
    return listing(
        lab,
        _("Visits"),
        [_row(lab, visit) for visit in page.rows],
        empty=_("No committee has visited a work here yet."),
        after=page.next,
    )


def _row(lab: Lab, visit: Visit) -> Row:
    went = ngettext("%(num)d member went", "%(num)d members went", visit.present)
    return Row(
        url_for(".visit", slug=lab.slug, number=visit.thing.number),
        _(
            "Visit %(number)s: %(step)s",
            number=visit.thing.number,
            step=visit.milestone.title,
        ),
        f"{day(visit.visited_on)} · {visit.committee.name} · {went}",
    )


@bp.get("/labs/<slug>/visits/<int:number>/")
@gate(Act.LAB_VIEW)
def visit(lab: Lab, number: int) -> Answer:
    """Show a visit: the agreed questions, yes or no, and what was found."""
    visit = queries.visit(lab.id, number) or abort(404)
    seat = queries.seat(visit.committee_id, g.actor.person_id)
    return render_template(
        "audits/visit.html",
        lab=lab,
        visit=visit,
        answers=queries.answers_of(visit.id),
        evidence=queries.evidence_of(visit.id),
        shows_reserved=disclosure.shows_reserved(g.actor, visit.milestone.agreement),
        findings=queries.findings_of(visit.id),
        may_add=speaks_for_committee(
            lab,
            Act.VISIT_ADDENDUM,
            visit.committee,
            seat,
            step_id=visit.milestone_id,
            began_on=visit.visited_on,
        ),
        may_find=speaks_for_committee(
            lab,
            Act.FINDING_RAISE,
            visit.committee,
            seat,
            step_id=visit.milestone_id,
            began_on=visit.visited_on,
        ),
    )


@bp.route("/labs/<slug>/visits/<int:number>/addendum", methods=["GET", "POST"])
@gate(Act.VISIT_ADDENDUM)
def visit_addendum(lab: Lab, number: int) -> Answer:
    """Say what was wrong or missing in a visit; what was written stays."""
    visit, form = queries.visit(lab.id, number) or abort(404), AddendumForm()
    here = url_for(".visit", slug=lab.slug, number=number)
    if not form.validate_on_submit():
        return question_page(
            lab,
            form,
            heading=_("Add to visit %(number)s", number=number),
            submit=_("Publish"),
            back=here,
            lead=_("What was written stays, and its answers count as before."),
        )
    service.add_addendum(g.acting, visit, text=form.text.data)
    return edge.commit(here, said=_("It is public, under the visit."))


@bp.route("/labs/<slug>/visits/new", methods=["GET", "POST"])
@gate(Act.VISIT_RECORD)
def visit_new(lab: Lab) -> Answer:
    """Write down a visit to a step; without ``?milestone=`` it asks which one."""
    committee = committee_or_404(lab, query_number_or_404("committee"))
    if query_number("milestone") is None:
        return _which_step(lab, committee)
    milestone = followup.milestone(lab.id, query_number_or_404("milestone")) or abort(404)
    form = visit_form(milestone.questions)
    if form.validate_on_submit():
        with form.refusals_beside("file", Unreadable):
            visit = service.record_visit(
                g.acting,
                committee,
                milestone=milestone,
                look=service.VisitDraft(
                    visited_on=form.visited_on.given,
                    present=form.present.given,
                    answers=question_answers(form, milestone.questions),
                    notes=form.notes.data,
                    proof=_proof(form),
                ),
                folder=views.folder(),
            )
            to = url_for(".visit", slug=lab.slug, number=visit.thing.number)
            seen = _("The visit is public. The step says now what you saw.")
            unshown = _("The visit is public. It counts once a photo or document of it is shown.")
            later = _("The visit is public. A later one stands: what it saw is on the step.")
            stands = followup.verification_summaries([milestone])[milestone.id].visit
            if stands is not None and stands != visit.thing.number:
                return edge.commit(to, said=later)
            return edge.commit(to, said=seen if milestone.looked else unshown)
    return question_page(
        lab,
        form,
        heading=_("What did the committee see?"),
        submit=_("Publish the visit"),
        back=url_for(".committee", slug=lab.slug, number=committee.thing.number),
        lead=_("Step %(position)s: %(step)s", position=milestone.position, step=milestone.title),
    )


def _which_step(lab: Lab, committee: Committee) -> Answer:
    steps = queries.steps(committee.work)
    rows = [
        Row(
            url_for(
                ".visit_new",
                slug=lab.slug,
                committee=committee.thing.number,
                milestone=step.thing.number,
            ),
            _("Step %(position)s: %(step)s", position=step.position, step=step.title),
        )
        for step in steps
    ]
    return listing(
        lab,
        _("Which step did you go to see?"),
        rows,
        empty=_("This work has no steps."),
        after=None,
    )


def _proof(form: VisitForm) -> Proof | None:
    if form.file.data is None:
        return None
    return Proof(form.file.data.read())
