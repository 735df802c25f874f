"""Study a proposal that was sent: the technical opinion, and whether it goes to the vote."""

from dataclasses import dataclass
from datetime import datetime

from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, mark
from labapp.domain.policy import Act
from labapp.domain.proposal import ProposalState
from labapp.labs.models import Lab
from labapp.proposals import queries
from labapp.proposals.models import Feasible, Opinion, Proposal
from labapp.proposals.service import lock_proposal, require_undecided
from labapp.record.acting import Acting
from labapp.responses import service as responses
from labapp.responses.models import Decision
from labapp.thread import service as thread

#: What may be decided of a proposal that does not go to the vote.
REFUSALS = (Decision.NOT_INCORPORATED, Decision.OUT_OF_SCOPE)


@dataclass(frozen=True, slots=True)
class OpinionDraft:
    """A technical opinion, before it has a row.

    Attributes:
        feasible: the conclusion.
        cost: estimated, in whole balboas; None where nobody can say yet.
        competent: who is competent to do it.
        given_by: office or profession of who gives the opinion.
        reasons: why, not empty.
    """

    feasible: Feasible
    cost: int | None
    competent: str
    given_by: str
    reasons: str


def opine(acting: Acting[Lab], draft: OpinionDraft, *, proposal: Proposal) -> Opinion:
    """Record a technical opinion; the latest stands.

    Args:
        acting: a facilitator, an ally or a responsible entity of the lab; the lab must stand at
            ideation.
        proposal: published and not decided.
        draft: a technical opinion, before it has a row.

    Returns:
        The opinion, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: the proposal is not published, or is decided.
    """
    acting.require(Act.OPINION_GIVE)
    _require_published(proposal)
    opinion = Opinion(
        proposal_id=proposal.id,
        feasible=draft.feasible,
        cost=draft.cost,
        competent=draft.competent,
        given_by=draft.given_by,
        reasons=draft.reasons,
        given_at=acting.now,
    )
    db.session.add(opinion)
    db.session.flush()
    after = {"feasible": draft.feasible.value, "cost": draft.cost}
    acting.record(Act.OPINION_GIVE, proposal.id, after=after)
    return opinion


def is_ready(opinion: Opinion | None, shown_at: datetime | None) -> bool:
    """Tell whether an opinion lets a version go to the vote: given on it, and not "cannot".

    Args:
        opinion: the one that stands.
        shown_at: since when the public reads the version that stands.
    """
    return (
        opinion is not None
        and opinion.feasible is not Feasible.NO
        and shown_at is not None
        and opinion.given_at >= shown_at
    )


def admit(acting: Acting[Lab], *, proposal: Proposal) -> None:
    """Admit the proposal to the vote. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: it is not published, or is decided.
        Blocked: a new version waits, no opinion was given on the version that stands, or it says
            that it cannot be done.
    """
    acting.require(Act.PROPOSAL_ADMIT)
    _require_published(proposal)
    _require_nothing_waits(proposal)
    given = queries.opinions(proposal.id)
    if not given:
        raise Blocked(mark("Give a technical opinion before admitting it."))
    if given[0].feasible is Feasible.NO:
        raise Blocked(mark("What cannot be done does not go to the vote."))
    if not is_ready(given[0], queries.current(proposal).shown_at):
        raise Blocked(mark("The proposal changed after its technical opinion. Give a new one."))
    proposal.admitted_at = acting.now
    _record_decision(acting, Act.PROPOSAL_ADMIT, proposal)


def refuse(
    acting: Acting[Lab],
    *,
    proposal: Proposal,
    decision: Decision,
    reason: str,
    office: str,
    signer: str,
) -> None:
    """Refuse the proposal with a public reason, which is also its reasoned response. Flushes.

    Args:
        acting: a facilitator of the lab; the lab must stand at ideation.
        proposal: published and not decided.
        decision: not incorporated, or out of scope.
        reason: why, not empty.
        office: the office that signs.
        signer: who holds it.

    Raises:
        Denied: wrong role or stage.
        Conflict: it is not published, or is decided.
        Blocked: a new version waits to be reviewed.
        ValueError: the decision is not a refusal.
    """
    acting.require(Act.PROPOSAL_REFUSE)
    if decision not in REFUSALS:
        raise ValueError(f"{decision} refuses nothing")
    _require_published(proposal)
    _require_nothing_waits(proposal)
    proposal.refused_at, proposal.reason = acting.now, reason
    _record_decision(acting, Act.PROPOSAL_REFUSE, proposal)
    responses.answer(
        acting, thing=proposal.thing, decision=decision, reason=reason, office=office, signer=signer
    )


def _require_published(proposal: Proposal) -> None:
    lock_proposal(proposal)
    if proposal.thing.is_hidden:
        raise Conflict(mark("All of it was taken away."))
    require_undecided(proposal)
    if proposal.state is not ProposalState.SENT:
        raise Conflict(mark("This proposal is not published yet."))


def _require_nothing_waits(proposal: Proposal) -> None:
    if queries.waiting_version(proposal) is not None:
        raise Blocked(mark("A new version of it waits to be reviewed. Decide on that first."))


def _record_decision(acting: Acting[Lab], act: Act, proposal: Proposal) -> None:
    thread.copy_state(proposal.thing, state=proposal.state)
    acting.record(
        act,
        proposal.id,
        before={"state": ProposalState.SENT.value},
        after={"state": proposal.state.value},
        reason=proposal.reason,
    )
