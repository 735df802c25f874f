"""Pages of public works."""

from flask import g, redirect, render_template, url_for
from flask_babel import gettext as _

from labapp.audits import queries, service
from labapp.audits.forms import ANNOUNCED, AcceptanceForm, ExcuseForm, WorkForm
from labapp.audits.models import Committee, Work, WorkState
from labapp.audits.views.lookups import bp, listing, work_or_404
from labapp.domain.policy import Act, may
from labapp.followup import queries as followup
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.labs.views.question_page import question_page
from labapp.web import edge
from labapp.web.formatting import money
from labapp.web.list_row import Row
from labapp.web.url_numbers import query_number


@bp.get("/labs/<slug>/works/")
@gate(Act.LAB_VIEW)
def works(lab: Lab) -> Answer:
    """List the public works of a lab, newest first."""
    page = queries.works(lab.id, query_number("after"))
    return listing(
        lab,
        _("Public works"),
        [_row(lab, work) for work in page.rows],
        empty=_("No public work is registered here yet."),
        after=page.next,
        offer=_("Register a public work") if may(g.actor, Act.WORK_REGISTER, lab.stage) else "",
    )


def _row(lab: Lab, work: Work) -> Row:
    accepted = _("Accepted") if work.state is WorkState.ACCEPTED else _("Not accepted yet")
    return Row(
        url_for(".work", slug=lab.slug, number=work.thing.number),
        work.thing.title,
        f"{work.reference} · {money(work.cost)} · {accepted}",
    )


@bp.get("/labs/<slug>/works/<int:number>/")
@gate(Act.LAB_VIEW)
def work(lab: Lab, number: int) -> Answer:
    """Show a work: who builds it, for how much, who watches, and whether it was accepted."""
    work = work_or_404(lab, number)
    committee = queries.watching(work.id)
    open_ = work.state is WorkState.REGISTERED
    lacks = _lacks_report(work, committee)
    return render_template(
        "audits/work.html",
        lab=lab,
        work=work,
        committee=committee,
        known=queries.committee_status(committee.id) if committee else None,
        may_form=committee is None and bool(may(g.actor, Act.COMMITTEE_FORM, lab.stage)),
        may_accept=open_ and not lacks and bool(may(g.actor, Act.WORK_ACCEPT, lab.stage)),
        may_excuse=open_ and lacks and bool(may(g.actor, Act.REPORT_EXCUSE, lab.stage)),
    )


@bp.route("/labs/<slug>/works/new", methods=["GET", "POST"])
@gate(Act.WORK_REGISTER)
def work_new(lab: Lab) -> Answer:
    """Register the work of an agreement, or one that an entity announced by itself."""
    agreements = {str(row.thing.number): row for row in queries.without_work(lab.id)}
    wanted = query_number("agreement")
    if wanted is not None and str(wanted) not in agreements:
        return redirect(url_for(".works", slug=lab.slug))
    bodies = {str(body.id): body for body in followup.organizations()}
    form = WorkForm()
    form.offer(
        {number: row.thing.title for number, row in agreements.items()},
        {key: body.name for key, body in bodies.items()},
        str(wanted),
    )
    if not form.validate_on_submit():
        return question_page(
            lab,
            form,
            heading=_("Register a public work"),
            submit=_("Register"),
            back=url_for(".works", slug=lab.slug),
        )
    work = service.register_work(
        g.acting,
        service.AnnouncedWork(form.title.data, bodies[form.announced_by.data])
        if form.agreement.data == ANNOUNCED
        else agreements[form.agreement.data],
        service.Contract(
            reference=form.reference.data,
            contractor=form.contractor.data,
            cost=form.cost.given,
            starts_on=form.starts_on.given,
            ends_on=form.ends_on.given,
        ),
    )
    to = url_for(".work", slug=lab.slug, number=work.thing.number)
    return edge.commit(to, said=_("The work is registered. Now its committee."))


def _lacks_report(work: Work, committee: Committee | None) -> bool:
    delivered = committee is not None and committee.report_on is not None
    return not delivered and work.excused_on is None


@bp.route("/labs/<slug>/works/<int:number>/accept", methods=["GET", "POST"])
@gate(Act.WORK_ACCEPT)
def work_accept(lab: Lab, number: int) -> Answer:
    """Record the formal acceptance."""
    work, form = work_or_404(lab, number), AcceptanceForm()
    committee = queries.watching(work.id)
    to = url_for(".work", slug=lab.slug, number=number)
    if not form.validate_on_submit():
        missing = _("The final report is missing. Only ANTAI may excuse it, saying why.")
        return question_page(
            lab,
            form,
            heading=_("Record the formal acceptance"),
            submit=_("Record the acceptance"),
            back=to,
            lead=missing if _lacks_report(work, committee) else "",
        )
    service.accept_work(g.acting, work, committee=committee, accepted_on=form.accepted_on.given)
    return edge.commit(to, said=_("The acceptance is recorded."))


@bp.route("/labs/<slug>/works/<int:number>/excuse-report", methods=["GET", "POST"])
@gate(Act.REPORT_EXCUSE)
def report_excuse(lab: Lab, number: int) -> Answer:
    """Let, for ANTAI, a work be accepted without the committee's final report."""
    work, form = work_or_404(lab, number), ExcuseForm()
    to = url_for(".work", slug=lab.slug, number=number)
    if not form.validate_on_submit():
        return question_page(
            lab,
            form,
            heading=_("Let it be accepted without the final report"),
            submit=_("Excuse the report"),
            back=to,
            lead=work.thing.title,
        )
    service.excuse_report(g.acting, work, reason=form.reason.data)
    return edge.commit(to, said=_("The work may be accepted. Everybody reads why."))
