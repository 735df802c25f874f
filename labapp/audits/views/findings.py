"""Pages of findings: raised, replied to, looked at again, closed by two."""

from datetime import date

from flask import abort, current_app, g, render_template, url_for
from flask_babel import gettext as _

from labapp.audits import queries, service
from labapp.audits.forms import FindingForm, LookForm, PaperReplyForm, ReplyForm
from labapp.audits.models import Finding, FindingState, Seat
from labapp.audits.views.lookups import (
    bp,
    committee_or_404,
    finding_or_404,
    listing,
    query_number_or_404,
    speaks_for_committee,
    today,
)
from labapp.domain.clocks import working_due
from labapp.domain.closed_days import closed_days
from labapp.domain.duties import DutyKind
from labapp.domain.finding import Severity, Sort
from labapp.domain.policy import Act, may
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.labs.views.question_page import question_page
from labapp.thread.models import Duty
from labapp.thread.queries import duties
from labapp.thread.views import lateness
from labapp.web import edge
from labapp.web.formatting import late
from labapp.web.list_row import Row
from labapp.web.url_numbers import query_number


@bp.get("/labs/<slug>/findings/")
@gate(Act.LAB_VIEW)
def findings(lab: Lab) -> Answer:
    """List what the committees of a lab found, newest first."""
    page = queries.findings(lab.id, query_number("after"))
    owed = duties.of_things([finding.id for finding in page.rows], DutyKind.REPLY)
    return listing(
        lab,
        _("What the committees found"),
        [row(lab, finding, owed.get(finding.id)) for finding in page.rows],
        empty=_("No committee has found anything here yet."),
        after=page.next,
    )


def row(lab: Lab, finding: Finding, owed: Duty | None) -> Row:
    """Return a finding as a line of a list, with what is or was late said in words."""
    stands = _("Closed") if finding.state is FindingState.CLOSED else _("Not closed yet")
    parts = [stands, _(finding.severity.label), _(finding.sort.label)]
    days = owed.days_late(today()) if owed else 0
    is_owed = days > 0 and owed is not None and owed.ended_on is None
    if is_owed:
        parts.append(_("reply owed, %(late)s", late=late(days)))
    elif days:
        parts.append(lateness(owed))
    return Row(
        url_for("audits.finding", slug=lab.slug, number=finding.thing.number),
        finding.thing.title,
        " · ".join(parts),
        late=is_owed,
    )


@bp.get("/labs/<slug>/findings/<int:number>/")
@gate(Act.LAB_VIEW)
def finding(lab: Lab, number: int) -> Answer:
    """Show a finding: what was found, what the entity replied, who agrees that it may close."""
    finding = finding_or_404(lab, number)
    seat = queries.seat(finding.committee_id, g.actor.person_id)
    still = finding.state is not FindingState.CLOSED
    agreed = finding.first_closer_id is not None
    owed = duties.of_things([finding.id], DutyKind.REPLY).get(finding.id)
    return render_template(
        "audits/finding.html",
        lab=lab,
        finding=finding,
        entity=finding.committee.work.entity,
        owed=owed,
        days_late=owed.days_late(today()) if owed else 0,
        may_reply=still and finding.replied_on is None and _may_reply(lab, finding),
        may_look=still and _judges(lab, Act.FINDING_LOOK, finding, seat),
        may_close=still
        and _judges(lab, Act.FINDING_CLOSE, finding, seat)
        and finding.first_closer_id != g.actor.person_id,
        agreed=agreed,
    )


def _judges(lab: Lab, act: Act, finding: Finding, seat: Seat | None) -> bool:
    return speaks_for_committee(
        lab,
        act,
        finding.committee,
        seat,
        step_id=finding.milestone_id,
        began_on=finding.raised_on,
    )


def _may_reply(lab: Lab, finding: Finding) -> bool:
    if not may(g.actor, Act.FINDING_REPLY, lab.stage):
        return False
    return bool(g.actor.writes_for(finding.committee.work.entity.id))


@bp.route("/labs/<slug>/findings/new", methods=["GET", "POST"])
@gate(Act.FINDING_RAISE)
def finding_new(lab: Lab) -> Answer:
    """Raise a finding, of a step or of the work."""
    committee = committee_or_404(lab, query_number_or_404("committee"))
    number = query_number("visit")
    visit = (queries.visit(lab.id, number) or abort(404)) if number is not None else None
    steps = {str(s.thing.number): s for s in queries.steps(committee.work)}
    milestone = next(
        (key for key, s in steps.items() if visit and s.id == visit.milestone_id), None
    )
    form = FindingForm(milestone=query_number("milestone") or milestone)
    form.milestone.options = {
        key: _("Step %(position)s: %(step)s", position=step.position, step=step.title)
        for key, step in steps.items()
    }
    if not form.validate_on_submit():
        return question_page(
            lab,
            form,
            heading=_("Say what you found"),
            submit=_("Publish"),
            back=url_for(".committee", slug=lab.slug, number=committee.thing.number),
            lead=_(
                "The entity replies by %(day)s unless you say another day.",
                day=default_due().strftime("%d/%m/%Y"),
            ),
        )
    finding = service.raise_finding(
        g.acting,
        committee,
        found=service.FindingDraft(
            sort=Sort(form.sort.data),
            severity=Severity(form.severity.data),
            text=form.text.data,
            reply_due_on=form.reply_due_on.data or default_due(),
            milestone=steps.get(form.milestone.data),
            visit=visit,
        ),
    )
    return _done(lab, finding, _("It is public. The entity owes a reply."))


def default_due() -> date:
    """Return the last day to reply to what is found today: working days of this site's term."""
    days = closed_days(today(), current_app.config["CLOSURES"])
    return working_due(today(), current_app.config["REPLY_DAYS"], days)


@bp.route("/labs/<slug>/findings/<int:number>/reply", methods=["GET", "POST"])
@gate(Act.FINDING_REPLY)
def finding_reply(lab: Lab, number: int) -> Answer:
    """Reply for the entity, or copy its reply from paper."""
    finding = finding_or_404(lab, number)
    own = g.actor.speaks_for(finding.committee.work.entity.id)
    form = ReplyForm() if own else PaperReplyForm(replied_on=today())
    if not form.validate_on_submit():
        return question_page(
            lab,
            form,
            heading=_("Reply to what the committee found"),
            submit=_("Publish the reply"),
            back=url_for(".finding", slug=lab.slug, number=number),
            lead=finding.text,
        )
    on = form.replied_on.given if isinstance(form, PaperReplyForm) else today()
    service.reply_to_finding(g.acting, finding, text=form.text.data, replied_on=on)
    return _done(lab, finding, _("The reply is public."))


@bp.route("/labs/<slug>/findings/<int:number>/look", methods=["GET", "POST"])
@gate(Act.FINDING_LOOK)
def finding_look(lab: Lab, number: int) -> Answer:
    """Write down what the committee saw when it looked again."""
    finding, form = finding_or_404(lab, number), LookForm()
    if not form.validate_on_submit():
        return question_page(
            lab,
            form,
            heading=_("Look again"),
            submit=_("Publish"),
            back=url_for(".finding", slug=lab.slug, number=number),
            lead=finding.text,
        )
    service.look_again(g.acting, finding, text=form.text.data)
    return _done(lab, finding, _("It is public."))


@bp.post("/labs/<slug>/findings/<int:number>/close")
@gate(Act.FINDING_CLOSE)
def finding_close(lab: Lab, number: int) -> Answer:
    """Agree that the finding may close; the second member to agree closes it."""
    finding = finding_or_404(lab, number)
    closed_now = service.close_finding(g.acting, finding)
    message = _("The finding is closed.") if closed_now else _("Another member must agree too.")
    return _done(lab, finding, message)


def _done(lab: Lab, finding: Finding, said: str) -> Answer:
    to = url_for(".finding", slug=lab.slug, number=finding.thing.number)
    return edge.commit(to, said=said)
