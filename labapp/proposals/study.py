"""Study a proposal that was sent: the technical opinion, and whether it goes to the vote."""

from datetime import datetime

from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, mark
from labapp.domain.policy import Act, Actor, require
from labapp.domain.proposal import ProposalState
from labapp.labs.models import Lab
from labapp.labs.service import stir
from labapp.proposals import queries
from labapp.proposals.models import Feasible, Opinion, Proposal
from labapp.proposals.service import hold, undecided
from labapp.record import service as record
from labapp.responses import service as responses
from labapp.responses.models import Decision
from labapp.thread import service as thread

#: What may be decided of a proposal that does not go to the vote.
REFUSALS = (Decision.NOT_INCORPORATED, Decision.OUT_OF_SCOPE)


def opine(
    lab: Lab,
    actor: Actor,
    *,
    proposal: Proposal,
    feasible: Feasible,
    cost: int | None,
    competent: str,
    given_by: str,
    reasons: str,
    now: datetime,
) -> Opinion:
    """Record a technical opinion; the latest stands.

    Args:
        lab: must stand at ideation.
        actor: a facilitator, an ally or a responsible entity of the lab.
        proposal: sent and not decided.
        feasible: the conclusion.
        cost: estimated, in whole balboas; None where nobody can say yet.
        competent: who is competent to do it.
        given_by: office or profession of who gives the opinion.
        reasons: why, not empty.
        now: the instant of the act.

    Returns:
        The opinion, flushed.

    Raises:
        Denied: wrong role or stage.
        Conflict: the proposal was not sent, or is decided.
    """
    require(actor, Act.OPINION_GIVE, lab.stage)
    _sent(proposal)
    opinion = Opinion(
        proposal_id=proposal.id,
        feasible=feasible,
        cost=cost,
        competent=competent,
        given_by=given_by,
        reasons=reasons,
        given_at=now,
    )
    db.session.add(opinion)
    db.session.flush()
    after = {"feasible": feasible.value, "cost": cost}
    record.write(actor, Act.OPINION_GIVE, lab_id=lab.id, thing_id=proposal.id, after=after, now=now)
    stir(lab, now)
    return opinion


def is_ready(opinion: Opinion | None, version_written_at: datetime) -> bool:
    """Tell whether an opinion lets a version go to the vote: given on it, and not "cannot"."""
    return (
        opinion is not None
        and opinion.feasible is not Feasible.NO
        and opinion.given_at >= version_written_at
    )


def admit(lab: Lab, actor: Actor, *, proposal: Proposal, now: datetime) -> None:
    """Admit the proposal to the vote. Flushes.

    Raises:
        Denied: wrong role or stage.
        Conflict: it was not sent, or is decided.
        Blocked: no opinion was given on the version that stands, or it says it cannot be done.
    """
    require(actor, Act.PROPOSAL_ADMIT, lab.stage)
    _sent(proposal)
    given = queries.opinions(proposal.id)
    if not given:
        raise Blocked(mark("Give a technical opinion before admitting it."))
    if given[0].feasible is Feasible.NO:
        raise Blocked(mark("What cannot be done does not go to the vote."))
    if not is_ready(given[0], queries.current(proposal).written_at):
        raise Blocked(mark("The proposal changed after its technical opinion. Give a new one."))
    proposal.admitted_at = now
    _decided(lab, actor, Act.PROPOSAL_ADMIT, proposal, now=now)


def refuse(
    lab: Lab,
    actor: Actor,
    *,
    proposal: Proposal,
    decision: Decision,
    reason: str,
    office: str,
    signer: str,
    now: datetime,
) -> None:
    """Refuse the proposal with a public reason, which is also its reasoned response. Flushes.

    Args:
        lab: must stand at ideation.
        actor: a facilitator of the lab.
        proposal: sent and not decided.
        decision: not incorporated, or out of scope.
        reason: why, not empty.
        office: the office that signs.
        signer: who holds it.
        now: the instant of the act.

    Raises:
        Denied: wrong role or stage.
        Conflict: it was not sent, or is decided.
        ValueError: the decision is not a refusal.
    """
    require(actor, Act.PROPOSAL_REFUSE, lab.stage)
    if decision not in REFUSALS:
        raise ValueError(f"{decision} refuses nothing")
    _sent(proposal)
    proposal.refused_at, proposal.reason = now, reason
    _decided(lab, actor, Act.PROPOSAL_REFUSE, proposal, now=now)
    responses.answer(
        lab,
        actor,
        thing=proposal.thing,
        decision=decision,
        reason=reason,
        office=office,
        signer=signer,
        now=now,
    )


def _sent(proposal: Proposal) -> None:
    hold(proposal)
    if proposal.state is ProposalState.DRAFT:
        raise Conflict(mark("This proposal was not sent yet."))
    undecided(proposal)


def _decided(lab: Lab, actor: Actor, act: Act, proposal: Proposal, *, now: datetime) -> None:
    thread.show(proposal.thing, state=proposal.state)
    record.write(
        actor,
        act,
        lab_id=lab.id,
        thing_id=proposal.id,
        before={"state": ProposalState.SENT.value},
        after={"state": proposal.state.value},
        reason=proposal.reason,
        now=now,
    )
    stir(lab, now)
