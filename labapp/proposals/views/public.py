"""Pages of proposals, as everyone sees them."""

from flask import Blueprint, abort, g, render_template
from flask_babel import gettext as _

from labapp.domain.policy import Act, Relation, may
from labapp.domain.proposal import ProposalState
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.proposals import queries
from labapp.proposals.diff import changes
from labapp.proposals.models import Opinion, Proposal, Version
from labapp.proposals.service.assessment import is_ready
from labapp.responses import queries as responses
from labapp.web.url_numbers import query_number

bp = Blueprint("proposals", __name__)


@bp.get("/labs/<slug>/proposals/")
@gate(Act.LAB_VIEW)
def index(lab: Lab) -> Answer:
    """List the proposals of a lab by number; ``after`` and ``before`` move through them."""
    page = queries.page(lab.id, after=query_number("after"), before=query_number("before"))
    person_id = g.actor.person_id
    return render_template(
        "proposals/index.html",
        lab=lab,
        proposals=page.rows,
        words={state.value: _(state.label) for state in ProposalState},
        previous=page.previous,
        following=page.next,
        drafts=queries.drafts(lab.id, person_id) if person_id is not None else (),
        may_write=bool(may(g.actor, Act.PROPOSAL_WRITE, lab.stage)),
    )


@bp.get("/labs/<slug>/proposals/<int:number>/")
@gate(Act.LAB_VIEW)
def show(lab: Lab, number: int) -> Answer:
    """Show a proposal: its text, where it came from, the opinion beside it, its answer."""
    proposal = proposal_or_404(lab, number)
    current = queries.current(proposal)
    opinions = queries.opinions(proposal.id)
    return render_template(
        "proposals/show.html",
        lab=lab,
        proposal=proposal,
        state=proposal.state,
        current=current,
        origins=queries.origins(proposal.id),
        author=queries.author(proposal),
        since=proposal.sent_at or proposal.written_at,
        opinions=opinions,
        outdated={each.id for each in opinions if each.given_at < current.written_at},
        versions=responses.of(proposal.id),
        may_do=_may_do(lab, proposal, current, opinions[0] if opinions else None),
    )


@bp.get("/labs/<slug>/proposals/<int:number>/versions/<int:version>")
@gate(Act.LAB_VIEW)
def version(lab: Lab, number: int, version: int) -> Answer:
    """Show one version, with what changed since the one before marked in its text."""
    proposal = proposal_or_404(lab, number)
    shown = queries.version(proposal.id, version) or abort(404)
    before = queries.version(proposal.id, version - 1) or shown
    return render_template(
        "proposals/version.html",
        lab=lab,
        proposal=proposal,
        shown=shown,
        previous=version - 1 if version > 1 else None,
        following=version + 1 if version < proposal.version else None,
        title=changes(before.title, shown.title),
        body=changes(before.body, shown.body),
    )


def proposal_or_404(lab: Lab, number: int) -> Proposal:
    """Return the proposal with this number; a draft is there for its author alone."""
    proposal = queries.by_number(lab.id, number) or abort(404)
    draft = proposal.state is ProposalState.DRAFT
    if draft and Relation.AUTHOR not in queries.relations(g.actor, proposal):
        abort(404)
    return proposal


def _may_do(
    lab: Lab, proposal: Proposal, current: Version, opinion: Opinion | None
) -> dict[str, bool]:
    """Return which buttons this person sees on this proposal."""
    draft = proposal.state is ProposalState.DRAFT
    decided = not draft and proposal.state is not ProposalState.SENT
    mine = queries.relations(g.actor, proposal)

    def now(act: Act, *, when: bool) -> bool:
        return when and bool(may(g.actor, act, lab.stage, mine))

    return {
        "send": now(Act.PROPOSAL_SEND, when=draft),
        "edit": now(Act.PROPOSAL_EDIT, when=not decided),
        "opine": now(Act.OPINION_GIVE, when=not draft and not decided),
        "admit": now(
            Act.PROPOSAL_ADMIT,
            when=not draft and not decided and is_ready(opinion, current.written_at),
        ),
        "refuse": now(Act.PROPOSAL_REFUSE, when=not draft and not decided),
        "answer": now(Act.RESPONSE_GIVE, when=decided),
    }
