"""Write proposals: write, edit, send, and what becomes of them."""

from collections.abc import Sequence
from datetime import datetime

from labapp.db import db
from labapp.domain.clocks import calendar_due
from labapp.domain.contribution import ContributionState
from labapp.domain.descents import DescentKind
from labapp.domain.duties import ANSWER_TERM, DutyKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Role
from labapp.domain.proposal import ProposalState
from labapp.labs.models import Lab
from labapp.labs.service import stir
from labapp.proposals import queries
from labapp.proposals.models import Proposal, Version
from labapp.record.acting import Acting
from labapp.thread import service as thread
from labapp.thread.models import Thing

#: What a proposal may come from, and what the thread says of it.
WHY = {Kind.PROBLEM: DescentKind.ANSWERS, Kind.CONTRIBUTION: DescentKind.CAME_FROM}


def write(acting: Acting[Lab], *, title: str, body: str, origins: Sequence[Thing]) -> Proposal:
    """Write a proposal: a draft that its author alone sees.

    Args:
        acting: a member of the community, or a facilitator; the lab must stand at ideation.
        title: 1-140 characters.
        body: the text, not empty.
        origins: the published problems and contributions of this lab that it answers; one at
            least.

    Returns:
        The proposal, flushed, with its number.

    Raises:
        Denied: wrong role or stage.
        Conflict: it answers nothing of this lab.
    """
    acting.require(Act.PROPOSAL_WRITE)
    if not origins or not all(_answerable(acting.lab, origin) for origin in origins):
        raise Conflict(mark("A proposal answers a problem, or something said in a meeting."))
    thing = thread.add(Kind.PROPOSAL, title=title, state=ProposalState.DRAFT, lab_id=acting.lab.id)
    proposal = Proposal(
        id=thing.id, thing=thing, author_id=acting.actor.person_id, version=1, written_at=acting.now
    )
    first = Version(proposal_id=thing.id, number=1, title=title, body=body, written_at=acting.now)
    db.session.add_all([proposal, first])
    db.session.flush()
    for origin in origins:
        thread.descend(thing.id, origin.id, WHY[origin.kind])
    acting.record(Act.PROPOSAL_WRITE, thing.id)
    return proposal


def edit(
    acting: Acting[Lab], *, proposal: Proposal, base: int, title: str, body: str, change: str
) -> Version:
    """Write a new version; a draft that nobody has seen is written over.

    Args:
        acting: who wrote the proposal; the lab must stand at ideation.
        proposal: not decided yet.
        base: the version that was on the screen.
        title: 1-140 characters.
        body: the text, not empty.
        change: what changed and why; not used for a draft.

    Returns:
        The version that stands now, flushed. An opinion given before it no longer serves.

    Raises:
        Denied: wrong role or stage, or not the author.
        Conflict: it was decided, or another version was written meanwhile.
    """
    acting.require(Act.PROPOSAL_EDIT, queries.relations(acting.actor, proposal))
    lock_proposal(proposal)
    require_undecided(proposal)
    if base != proposal.version:
        raise Conflict(mark("Another version was written meanwhile. Look at it first."))
    standing = queries.current(proposal)
    if proposal.state is ProposalState.DRAFT:
        standing.title, standing.body, standing.written_at = title, body, acting.now
    else:
        proposal.version += 1
        standing = Version(
            proposal_id=proposal.id,
            number=proposal.version,
            title=title,
            body=body,
            change=change,
            written_at=acting.now,
        )
        db.session.add(standing)
        stir(acting.lab, acting.now)
    thread.copy_state(proposal.thing, state=proposal.state, title=title)
    acting.record(
        Act.PROPOSAL_EDIT,
        proposal.id,
        before={"version": base},
        after={"version": proposal.version},
    )
    return standing


def send(acting: Acting[Lab], *, proposal: Proposal) -> None:
    """Send the proposal: from now on everyone sees it. Flushes.

    Raises:
        Denied: wrong role or stage, or not the author.
        Conflict: it was sent already.
    """
    acting.require(Act.PROPOSAL_SEND, queries.relations(acting.actor, proposal))
    lock_proposal(proposal)
    if proposal.state is not ProposalState.DRAFT:
        raise Conflict(mark("This proposal was sent already."))
    proposal.sent_at = acting.now
    thread.copy_state(proposal.thing, state=proposal.state, published_at=acting.now)
    acting.record(
        Act.PROPOSAL_SEND,
        proposal.id,
        before={"state": ProposalState.DRAFT.value},
        after={"state": proposal.state.value},
    )


def mark_adopted(proposal: Proposal, *, now: datetime) -> None:
    """Note that somebody took the proposal up; called by the room where that happened. Flushes.

    The act, its record and who may do it are that room's. Saying it twice changes nothing; a
    proposal left out by a vote may still be taken up.

    Raises:
        Conflict: it was never admitted.
    """
    _require_admitted(proposal)
    proposal.adopted_at, proposal.left_at = proposal.adopted_at or now, None
    thread.copy_state(proposal.thing, state=proposal.state)


def mark_left_out(proposal: Proposal, *, due_days: int, now: datetime) -> None:
    """Note that a vote left the proposal out: a reasoned response is owed. Flushes.

    Args:
        proposal: admitted. One already taken up, or left out, stays as it is.
        due_days: calendar days in which the facilitator must answer.
        now: the instant of the act, whose record is the calling room's.

    Raises:
        Conflict: it was never admitted.
    """
    _require_admitted(proposal)
    if proposal.adopted_at is not None or proposal.left_at is not None:
        return
    proposal.left_at = now
    thread.copy_state(proposal.thing, state=proposal.state)
    if not queries.is_answered(proposal.id):
        due_on = calendar_due(local_day(now), due_days)
        owed_by = Role.FACILITATOR.label
        thread.owe(
            proposal.thing, DutyKind.RESPONSE, owed_by=owed_by, due_on=due_on, basis=ANSWER_TERM
        )


def lock_proposal(proposal: Proposal) -> None:
    """Read the proposal anew and keep others from changing it until the commit."""
    db.session.refresh(proposal, with_for_update=True)


def require_undecided(proposal: Proposal) -> None:
    """Refuse what was admitted or refused already.

    Raises:
        Conflict: it was decided.
    """
    if proposal.state not in (ProposalState.DRAFT, ProposalState.SENT):
        raise Conflict(mark("This proposal was decided already."))


def _require_admitted(proposal: Proposal) -> None:
    lock_proposal(proposal)
    if proposal.admitted_at is None:
        raise Conflict(mark("This proposal was not admitted."))


def _answerable(lab: Lab, origin: Thing) -> bool:
    return (
        origin.lab_id == lab.id
        and origin.kind in WHY
        and origin.is_public
        and origin.state != ContributionState.WITHDRAWN
    )
