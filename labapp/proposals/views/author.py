"""Pages of who writes a proposal and of who studies it."""

from flask import abort, current_app, g, render_template, request, url_for
from flask_babel import gettext as _

from labapp.domain.kinds import Kind
from labapp.domain.policy import Act
from labapp.domain.proposal import ProposalState
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.moderation import queries as moderation
from labapp.moderation.views import notice
from labapp.proposals import queries, service
from labapp.proposals.forms import OpinionForm, ProposalForm, ProposalRefusalForm, VersionForm
from labapp.proposals.models import Feasible, Proposal
from labapp.proposals.service import assessment, withdrawal
from labapp.proposals.views.public import bp, proposal_or_404
from labapp.responses.models import Decision
from labapp.thread import queries as thread
from labapp.thread.models import Thing
from labapp.web import edge
from labapp.web.form import Form, form_page
from labapp.web.readers import Reader
from labapp.web.url_numbers import query_number


@bp.route("/labs/<slug>/proposals/new", methods=["GET", "POST"])
@gate(Act.PROPOSAL_WRITE)
def new(lab: Lab) -> Answer:
    """Write a proposal that answers a problem (``from``) or comes from a ``contribution``."""
    contribution = _contribution(lab)
    wanted = query_number("from")
    form = ProposalForm(problem=wanted)
    form.problem.options = queries.problems(lab.id, wanted)
    form.problem.required = contribution is None
    if not form.validate_on_submit():
        return form_page("proposals/new.html", form, lab=lab, said=contribution, days=_days())
    problem = (
        thread.in_lab(lab.id, Kind.PROBLEM, int(form.problem.data)) if form.problem.data else None
    )
    proposal = service.write(
        g.acting,
        title=form.title.data,
        body=form.body.data,
        origins=[thing for thing in (problem, contribution) if thing is not None],
    )
    return edge.commit(_page(lab, proposal), said=_("Your draft is kept. Send it when ready."))


@bp.route("/labs/<slug>/proposals/<int:number>/edit", methods=["GET", "POST"])
@gate(Act.PROPOSAL_EDIT)
def edit(lab: Lab, number: int) -> Answer:
    """Write a new version."""
    proposal = proposal_or_404(lab, number)
    g.acting.require(Act.PROPOSAL_EDIT, queries.relations(g.actor, proposal))
    latest = queries.pending(proposal) or queries.current(proposal)
    now = {f"version.{latest.id}.title": latest.title, f"version.{latest.id}.body": latest.body}
    title, body = moderation.author_words(proposal.thing, now).values()
    form = VersionForm(version=proposal.version, title=title, body=body)
    if not proposal.thing.has_place:
        del form.change
    at_once = service.goes_at_once(g.acting) and proposal.thing.removed_at is None
    waits = proposal.thing.has_place and not at_once
    if waits:
        form.reader = Reader.AFTER_REVIEW
    elif not proposal.thing.has_place:
        form.reader = Reader.ONCE_SENT
    if not form.validate_on_submit():
        return form_page(
            "proposals/edit.html",
            form,
            lab=lab,
            proposal=proposal,
            waits=waits,
            days=_days(),
        )
    service.edit(
        g.acting,
        service.VersionDraft(
            base=form.version.data or 0,
            title=form.title.data,
            body=form.body.data,
            change=form.change.data if "change" in form else "",
        ),
        proposal=proposal,
        days=_days(),
    )
    said = _("The new text was sent. Until it is reviewed, the earlier one stays.")
    return edge.commit(_page(lab, proposal), said=said if waits else _("The new text is saved."))


@bp.post("/labs/<slug>/proposals/<int:number>/send")
@gate(Act.PROPOSAL_SEND)
def send(lab: Lab, number: int) -> Answer:
    """Send a draft: to the lab's queue, or at once to everyone."""
    proposal = proposal_or_404(lab, number)
    service.send(g.acting, proposal=proposal, days=_days())
    said = (
        _("Your proposal is public.")
        if proposal.thing.has_place
        else _("We have it. Somebody of the team reviews it.")
    )
    return edge.commit(_page(lab, proposal), said=said)


@bp.route("/labs/<slug>/proposals/<int:number>/withdraw", methods=["GET", "POST"])
@gate(Act.PROPOSAL_WITHDRAW)
def withdraw(lab: Lab, number: int) -> Answer:
    """Ask once whether a proposal is to be taken back, and take it back."""
    proposal = proposal_or_404(lab, number)
    g.acting.require(Act.PROPOSAL_WITHDRAW, queries.relations(g.actor, proposal))
    service.require_undecided(proposal)
    state = proposal.state
    if request.method == "GET":
        return render_template("proposals/withdraw.html", lab=lab, proposal=proposal, state=state)
    words = notice.of_withdrawal(proposal.thing, g.acting.now)
    withdrawal.withdraw(g.acting, proposal=proposal, notice=words)
    stays = state in (ProposalState.WAITING, ProposalState.SENT)
    to = _page(lab, proposal) if stays else url_for("proposals.index", slug=lab.slug)
    return edge.commit(to, said=_("It was taken back."))


@bp.route("/labs/<slug>/proposals/<int:number>/opinion", methods=["GET", "POST"])
@gate(Act.OPINION_GIVE)
def opinion(lab: Lab, number: int) -> Answer:
    """Give a technical opinion."""
    proposal = proposal_or_404(lab, number)
    form = OpinionForm()
    if not form.validate_on_submit():
        return _asked("proposals/opinion.html", lab, proposal, form)
    assessment.opine(
        g.acting,
        assessment.OpinionDraft(
            feasible=Feasible(form.feasible.data),
            cost=form.cost.data,
            competent=form.competent.data,
            given_by=form.given_by.data,
            reasons=form.reasons.data,
        ),
        proposal=proposal,
    )
    return edge.commit(_page(lab, proposal), said=_("The opinion is beside the proposal."))


@bp.post("/labs/<slug>/proposals/<int:number>/admit")
@gate(Act.PROPOSAL_ADMIT)
def admit(lab: Lab, number: int) -> Answer:
    """Admit a proposal to the vote."""
    proposal = proposal_or_404(lab, number)
    assessment.admit(g.acting, proposal=proposal)
    return edge.commit(_page(lab, proposal), said=_("The proposal goes to the vote."))


@bp.route("/labs/<slug>/proposals/<int:number>/refuse", methods=["GET", "POST"])
@gate(Act.PROPOSAL_REFUSE)
def refuse(lab: Lab, number: int) -> Answer:
    """Refuse a proposal with its public reason."""
    proposal = proposal_or_404(lab, number)
    form = ProposalRefusalForm()
    form.offer_refusals()
    if not form.validate_on_submit():
        return _asked("proposals/refuse.html", lab, proposal, form)
    assessment.refuse(
        g.acting,
        proposal=proposal,
        decision=Decision(form.decision.data),
        reason=form.reason.data,
        office=form.office.data,
        signer=form.signer.data,
    )
    return edge.commit(_page(lab, proposal), said=_("The reason is public."))


def _contribution(lab: Lab) -> Thing | None:
    """Return the contribution named in the address; one not there, or taken away, is not found."""
    number = query_number("contribution")
    if number is None:
        return None
    said = thread.in_lab(lab.id, Kind.CONTRIBUTION, number)
    return said or abort(404)


def _days() -> int:
    """Return in how many calendar days what is sent must be reviewed."""
    return int(current_app.config["MODERATION_DAYS"])


def _asked(template: str, lab: Lab, proposal: Proposal, form: Form) -> tuple[str, int]:
    return form_page(template, form, lab=lab, proposal=proposal)


def _page(lab: Lab, proposal: Proposal) -> str:
    return url_for("proposals.show", slug=lab.slug, number=proposal.thing.number)
