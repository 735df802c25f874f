"""Pages of proposals, as everyone sees them."""

from collections.abc import Sequence

from flask import Blueprint, abort, current_app, g, render_template
from flask_babel import gettext as _

from labapp.db import utcnow
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Relation, may
from labapp.domain.proposal import ProposalState
from labapp.labs.models import Lab
from labapp.labs.views.gate import Answer, gate
from labapp.proposals import queries, service
from labapp.proposals.diff import changes
from labapp.proposals.models import Opinion, Proposal, Version
from labapp.proposals.service.assessment import is_ready
from labapp.responses import queries as responses
from labapp.thread.queries import review_queue
from labapp.web.url_numbers import query_number

bp = Blueprint("proposals", __name__)
#: Where its author may send it.
_SENDABLE = (ProposalState.DRAFT, ProposalState.RETURNED)


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


@bp.get("/labs/<slug>/proposals/not-published/")
@gate(Act.LAB_VIEW)
def rejections(lab: Lab) -> Answer:
    """List by which code and when proposals were not published, without a word of them."""
    page = queries.rejections_page(lab.id, query_number("after"))
    return render_template("proposals/not_published.html", lab=lab, rows=page.rows, more=page.next)


@bp.get("/labs/<slug>/proposals/<int:number>/")
@gate(Act.LAB_VIEW)
def show(lab: Lab, number: int) -> Answer:
    """Show a proposal: its text, where it came from, the opinion beside it, its answer."""
    proposal = proposal_or_404(lab, number)
    state = proposal.state
    if state is ProposalState.WITHDRAWN:
        return render_template("proposals/withdrawn.html", lab=lab, proposal=proposal)
    current = queries.current(proposal)
    opinions = queries.opinions(proposal.id)
    inside = is_inside(proposal)
    latest = queries.pending(proposal) if inside and proposal.thing.has_place else None
    waits = state is ProposalState.WAITING or (latest is not None and latest.declined_at is None)
    due = review_queue.due_on(proposal.id) if inside and waits else None
    in_turn = due is not None and review_queue.is_turn_of(g.actor, due, local_day(utcnow()))
    return render_template(
        "proposals/show.html",
        lab=lab,
        proposal=proposal,
        state=state,
        current=current,
        latest=latest,
        due=due,
        in_turn=in_turn,
        inside=inside,
        at_once=service.goes_at_once(g.acting) if state in _SENDABLE else False,
        days=current_app.config["MODERATION_DAYS"],
        origins=queries.origins(proposal.id),
        author=queries.author(proposal),
        since=proposal.sent_at or proposal.written_at,
        opinions=opinions,
        outdated=_outdated(opinions, current),
        versions=responses.of(proposal.id),
        may_do=_may_do(lab, proposal, current, opinions[0] if opinions else None)
        | _may_review(lab, state, latest, in_turn=in_turn),
    )


@bp.get("/labs/<slug>/proposals/<int:number>/versions/<int:version>")
@gate(Act.LAB_VIEW)
def version(lab: Lab, number: int, version: int) -> Answer:
    """Show one version, with what changed since the one before marked in its text."""
    proposal = proposal_or_404(lab, number)
    shown = queries.version(proposal.id, version) or abort(404)
    hidden = version > proposal.version and not is_inside(proposal)
    if hidden or proposal.withdrawn_at is not None:
        abort(404)
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


def is_inside(proposal: Proposal) -> bool:
    """Tell whether this is its author, or somebody who reviews what was sent to this lab."""
    return Relation.AUTHOR in queries.relations(g.actor, proposal) or bool(
        may(g.actor, Act.MODERATION_VIEW, g.lab.stage)
    )


def proposal_or_404(lab: Lab, number: int) -> Proposal:
    """Return the proposal with this number; what is not published is there for few.

    A draft is there for its author alone, what was sent for whoever reviews it too.
    """
    proposal = queries.by_number(lab.id, number) or abort(404)
    if proposal.thing.has_place:
        return proposal
    wrote = Relation.AUTHOR in queries.relations(g.actor, proposal)
    if not wrote and (proposal.state is ProposalState.DRAFT or not is_inside(proposal)):
        abort(404)
    return proposal


def _outdated(opinions: Sequence[Opinion], current: Version) -> set[int]:
    """Return the ids of opinions given before the public read the version that stands."""
    since = current.shown_at
    return {each.id for each in opinions if since is not None and each.given_at < since}


def _may_review(
    lab: Lab, state: ProposalState, latest: Version | None, *, in_turn: bool
) -> dict[str, bool]:
    """Return which buttons of the review this person sees."""
    waiting = in_turn and state is ProposalState.WAITING
    return {
        "review": waiting and bool(may(g.actor, Act.PROPOSAL_PUBLISH, lab.stage)),
        "review_version": in_turn
        and latest is not None
        and bool(may(g.actor, Act.VERSION_PUBLISH, lab.stage)),
    }


def _may_do(
    lab: Lab, proposal: Proposal, current: Version, opinion: Opinion | None
) -> dict[str, bool]:
    """Return which buttons this person sees on this proposal."""
    state = proposal.state
    studied = state is ProposalState.SENT
    undecided = state in service.UNDECIDED
    mine = queries.relations(g.actor, proposal)

    def now(act: Act, *, when: bool) -> bool:
        return when and bool(may(g.actor, act, lab.stage, mine))

    return {
        "send": now(Act.PROPOSAL_SEND, when=state in _SENDABLE),
        "edit": now(Act.PROPOSAL_EDIT, when=undecided),
        "withdraw": now(Act.PROPOSAL_WITHDRAW, when=undecided),
        "opine": now(Act.OPINION_GIVE, when=studied),
        "admit": now(Act.PROPOSAL_ADMIT, when=studied and is_ready(opinion, current.shown_at)),
        "refuse": now(Act.PROPOSAL_REFUSE, when=studied),
        "answer": now(Act.RESPONSE_GIVE, when=proposal.thing.is_public and not undecided),
    }
