"""Pages of committees: all of them, those of a lab, one, and its acts."""

from flask import current_app, g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from labapp.accounts.views.gate import site_gate
from labapp.audits import queries, service
from labapp.audits.forms import CertificateForm, CommitteeForm, ReportForm
from labapp.audits.models import Committee, Work
from labapp.audits.views.actions import acts_of
from labapp.audits.views.lookups import (
    bp,
    committee_or_404,
    listing,
    query_number_or_404,
    ties_by_member,
    work_or_404,
)
from labapp.domain.committee import CommitteeState, state
from labapp.domain.policy import Act, may
from labapp.domain.progress import Progress
from labapp.followup import queries as followup
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.labs.views.question_page import question_page
from labapp.results.queries import winners
from labapp.thread.models import Thing
from labapp.web import edge
from labapp.web.list_row import Row
from labapp.web.url_numbers import query_number


@bp.get("/committees/")
@site_gate(Act.SITE_VIEW)
def everywhere() -> Answer:
    """List the committees of every lab, newest first."""
    page = queries.committees_everywhere(query_number("after"))
    return render_template(
        "audits/list.html",
        lab=None,
        heading=_("Social audit committees"),
        rows=[_row(lab, committee, seats, place=lab.name) for committee, lab, seats in page.rows],
        empty=_("There is no committee yet."),
        next_url=page.next_url,
    )


@bp.get("/labs/<slug>/committees/")
@gate(Act.LAB_VIEW)
def committees(lab: Lab) -> Answer:
    """List the committees of a lab, or say how one is formed."""
    page = queries.committees(lab.id, query_number("after"))
    return listing(
        lab,
        _("Social audit committees"),
        [_row(lab, committee, seats) for committee, seats in page.rows],
        empty=_(
            "There is none yet. A committee watches a public work: five neighbours or more, "
            "chosen in a meeting or a vote, who tell ANTAI that they exist."
        ),
        after=page.next,
    )


def _row(lab: Lab, committee: Committee, seats: int, place: str = "") -> Row:
    people = ngettext("%(num)d member", "%(num)d members", seats)
    stands = _(CommitteeState(committee.thing.state).label)
    parts = (place, stands, people, committee.work.thing.title)
    return Row(
        url_for("audits.committee", slug=lab.slug, number=committee.thing.number),
        committee.name,
        " · ".join(part for part in parts if part),
    )


@bp.get("/labs/<slug>/committees/<int:number>/")
@gate(Act.LAB_VIEW)
def committee(lab: Lab, number: int) -> Answer:
    """Show a committee: who sits on it, what it watches, what it saw and found."""
    committee = committee_or_404(lab, number)
    known = queries.committee_status(committee.id)
    seats = queries.seats(committee.id)
    own = next((seat for seat in seats if seat.person_id == g.actor.person_id), None)
    visits, findings = queries.of_committee(committee.id)
    may_seat = bool(may(g.actor, Act.COMMITTEE_SEAT, lab.stage))
    return render_template(
        "audits/committee.html",
        lab=lab,
        committee=committee,
        known=known,
        state=state(known),
        seats=seats,
        own=own,
        ended=None if own else queries.last_seat(committee.id, g.actor.person_id),
        ties=ties_by_member(committee),
        steps=queries.steps(committee.work),
        progress=_progress(committee.work),
        visits=visits,
        findings=findings,
        acts=acts_of(lab, committee, known, own),
        may_seat=may_seat,
        elections=winners.numbers(lab.id) if may_seat and known.lacking else (),
    )


def _progress(work: Work) -> Progress | None:
    agreed = work.agreement_id
    return followup.progress([agreed])[agreed] if agreed is not None else None


@bp.route("/labs/<slug>/committees/new", methods=["GET", "POST"])
@gate(Act.COMMITTEE_FORM)
def committee_new(lab: Lab) -> Answer:
    """Begin the committee of a work."""
    work, form = work_or_404(lab, query_number_or_404("work")), CommitteeForm()
    chosen_in = {queries.election_code(thing): thing for thing in queries.elections(lab.id)}
    form.offer({code: _called(thing) for code, thing in chosen_in.items()})
    if not form.validate_on_submit():
        return question_page(
            lab,
            form,
            heading=_("Form a committee"),
            submit=_("Form it"),
            back=url_for(".work", slug=lab.slug, number=work.thing.number),
            lead=_("It watches this work: %(work)s", work=work.thing.title),
        )
    committee = service.form_committee(
        g.acting,
        work,
        name=form.name.data,
        chosen_how=form.chosen_how.data,
        report_days=current_app.config["REPORT_DAYS"],
        chosen_in=chosen_in.get(form.chosen_in.data),
    )
    return _done(lab, committee, _("The committee is forming. Now its members: five or more."))


def _called(thing: Thing) -> str:
    return f"{_(thing.kind.label)} {thing.number} · {thing.title}"


@bp.post("/labs/<slug>/committees/<int:number>/report-to-antai")
@gate(Act.COMMITTEE_REPORT)
def committee_report(lab: Lab, number: int) -> Answer:
    """Tell ANTAI that the committee exists."""
    committee = committee_or_404(lab, number)
    days = current_app.config["CERTIFICATE_DAYS"]
    service.report_committee(g.acting, committee, certificate_days=days)
    return _done(lab, committee, _("ANTAI has been told. It owes the certificate now."))


@bp.route("/labs/<slug>/committees/<int:number>/certify", methods=["GET", "POST"])
@gate(Act.COMMITTEE_CERTIFY)
def committee_certify(lab: Lab, number: int) -> Answer:
    """Record ANTAI's certificate."""
    committee, form = committee_or_404(lab, number), CertificateForm()
    if not form.validate_on_submit():
        return question_page(
            lab,
            form,
            heading=_("Certify %(committee)s", committee=committee.name),
            submit=_("Certify"),
            back=url_for(".committee", slug=lab.slug, number=number),
        )
    service.certify(g.acting, committee, certificate=form.certificate.data)
    return _done(lab, committee, _("The committee is certified."))


@bp.route("/labs/<slug>/committees/<int:number>/final-report", methods=["GET", "POST"])
@gate(Act.REPORT_DELIVER)
def committee_final_report(lab: Lab, number: int) -> Answer:
    """Deliver the committee's final report."""
    committee, form = committee_or_404(lab, number), ReportForm()
    if not form.validate_on_submit():
        return question_page(
            lab,
            form,
            heading=_("Deliver the final report"),
            submit=_("Deliver"),
            back=url_for(".committee", slug=lab.slug, number=number),
            lead=_("It is given once, after the work ends."),
        )
    service.deliver_report(g.acting, committee, text=form.text.data)
    return _done(lab, committee, _("The final report is public."))


def _done(lab: Lab, committee: Committee, said: str) -> Answer:
    to = url_for(".committee", slug=lab.slug, number=committee.thing.number)
    return edge.commit(to, said=said)
