"""Rows of the room of proposals, for tests."""

from labapp.domain.kinds import Kind
from labapp.domain.proposal import ProposalState
from labapp.domain.removal_code import RemovalCode
from labapp.labs.models import Lab
from labapp.problems.models import Problem
from labapp.proposals.models import Feasible, Opinion, Proposal, Version
from labapp.thread import service as thread
from tests.make import NOW, Make


def problem(make: Make, lab: Lab) -> Problem:
    """Add a published problem for proposals to answer."""
    thing = thread.add(
        Kind.PROBLEM, title="No hay agua", state="published", lab_id=lab.id, published_at=NOW
    )
    return make.keep(
        Problem(
            id=thing.id,
            thing=thing,
            what="No hay agua",
            place_said="Parte alta",
            told_at=NOW,
            published_at=NOW,
        )
    )


def proposal(
    make: Make,
    lab: Lab,
    *,
    author_id: int | None = None,
    state: ProposalState = ProposalState.SENT,
    title: str = "Reparar el tanque",
) -> Proposal:
    """Add a proposal, with the opinion and the dates that its state needs."""
    sent = state is not ProposalState.DRAFT
    sent_back = state in (ProposalState.RETURNED, ProposalState.REJECTED)
    public = sent and not sent_back and state is not ProposalState.WAITING
    thing = thread.add(
        Kind.PROPOSAL,
        title=title,
        state=state,
        lab_id=lab.id,
        published_at=NOW if public else None,
    )
    admitted = state in (ProposalState.ADMITTED, ProposalState.ADOPTED, ProposalState.LEFT)
    row = make.keep(
        Proposal(
            id=thing.id,
            thing=thing,
            author_id=author_id or make.person().id,
            version=1,
            written_at=NOW,
            sent_at=NOW if sent else None,
            published_at=NOW if public else None,
            returned_at=NOW if state is ProposalState.RETURNED else None,
            returns=1 if state is ProposalState.RETURNED else 0,
            rejected_at=NOW if state is ProposalState.REJECTED else None,
            rejected_code=RemovalCode.INSULT if state is ProposalState.REJECTED else None,
            review_words="Diga dónde." if sent_back else "",
            withdrawn_at=NOW if state is ProposalState.WITHDRAWN else None,
            admitted_at=NOW if admitted else None,
            refused_at=NOW if state is ProposalState.REFUSED else None,
            reason="No le toca al laboratorio." if state is ProposalState.REFUSED else "",
            adopted_at=NOW if state is ProposalState.ADOPTED else None,
            left_at=NOW if state is ProposalState.LEFT else None,
        )
    )
    body = "Losa, paredes y tapas."
    make.keep(
        Version(
            proposal_id=row.id,
            number=1,
            title=title,
            body=body,
            written_at=NOW,
            shown_at=NOW if public else None,
        )
    )
    if state is ProposalState.WAITING:
        thread.queue(thing, days=3, now=NOW)
    if admitted:
        opinion(make, row)
    return row


def opinion(
    make: Make, row: Proposal, *, feasible: Feasible = Feasible.YES, cost: int | None = 4800
) -> Opinion:
    """Add a technical opinion."""
    return make.keep(
        Opinion(
            proposal_id=row.id,
            feasible=feasible,
            cost=cost,
            competent="Junta Comunal (ejemplo)",
            given_by="Ingeniera de la alcaldía",
            reasons="Se puede en un mes.",
            given_at=NOW,
        )
    )
