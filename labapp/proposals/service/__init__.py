"""Write proposals: write, edit, send, and what becomes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from labapp.db import db
from labapp.domain.clocks import calendar_due
from labapp.domain.descents import DescentKind
from labapp.domain.duties import ANSWER_TERM, DutyKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Relation, Role
from labapp.domain.proposal import ProposalState
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.service import stir
from labapp.moderation import service as moderation
from labapp.proposals import queries
from labapp.proposals.models import Proposal, Version
from labapp.record.acting import Acting
from labapp.thread import service as thread
from labapp.thread.models import Thing

#: What a proposal may come from, and what the thread says of it.
WHY = {Kind.PROBLEM: DescentKind.ANSWERS, Kind.CONTRIBUTION: DescentKind.CAME_FROM}
#: Where a proposal stands while its author may still write it and take it back.
UNDECIDED = (
    ProposalState.DRAFT,
    ProposalState.WAITING,
    ProposalState.RETURNED,
    ProposalState.SENT,
)


@dataclass(frozen=True, slots=True)
class VersionDraft:
    """A new text of a proposal, before it has a row.

    Attributes:
        base: the version that was on the screen.
        title: 1-140 characters.
        body: the text, not empty.
        change: what changed and why; not used before the proposal is published.
    """

    base: int
    title: str
    body: str
    change: str = ""


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


def edit(acting: Acting[Lab], draft: VersionDraft, *, proposal: Proposal, days: int) -> Version:
    """Write a new version; what nobody has read yet is written over.

    Of a published proposal the public reads the version that stands until the new one is
    reviewed, unless the lab lets proposals go at once.

    Args:
        acting: who wrote the proposal; the lab must stand at ideation.
        draft: the new text, and on which version it was written.
        proposal: not decided yet.
        days: calendar days in which somebody must review it.

    Returns:
        The version written, flushed. An opinion given before it stands no longer serves.

    Raises:
        Denied: wrong role or stage, or not the author.
        Conflict: it was decided, or another version was written meanwhile.
    """
    acting.require(Act.PROPOSAL_EDIT, queries.relations(acting.actor, proposal))
    lock_proposal(proposal)
    require_undecided(proposal)
    if draft.base != proposal.version:
        raise Conflict(mark("Another version was written meanwhile. Look at it first."))
    is_public = proposal.thing.has_place
    version = _pending(proposal) if is_public else queries.current(proposal)
    version.title, version.body, version.written_at = draft.title, draft.body, acting.now
    version.change = draft.change if is_public else ""
    version.declined_at, version.declined_code, version.review_words = None, None, ""
    db.session.flush()
    if not is_public:
        thread.copy_state(proposal.thing, state=proposal.state, title=version.title)
    elif goes_at_once(acting) and proposal.thing.removed_at is None:
        let_stand(acting, proposal, version)
        stir(acting.lab, acting.now)
    else:
        thread.queue(proposal.thing, days=days, now=acting.now)
    acting.record(
        Act.PROPOSAL_EDIT,
        proposal.id,
        before={"version": draft.base},
        after={"version": version.number},
    )
    return version


def send(acting: Acting[Lab], *, proposal: Proposal, days: int) -> None:
    """Send the proposal: into the lab's queue, or at once to everyone where the lab says so.

    Flushes.

    Args:
        acting: who wrote the proposal; the lab must stand at ideation.
        proposal: a draft, or returned to be corrected.
        days: calendar days in which somebody must review it.

    Raises:
        Denied: wrong role or stage, or not the author.
        Conflict: it was sent already.
    """
    acting.require(Act.PROPOSAL_SEND, queries.relations(acting.actor, proposal))
    lock_proposal(proposal)
    before = proposal.state
    if before not in (ProposalState.DRAFT, ProposalState.RETURNED):
        raise Conflict(mark("This proposal was sent already."))
    proposal.sent_at, proposal.returned_at, proposal.review_words = acting.now, None, ""
    if goes_at_once(acting):
        appear(proposal, now=acting.now)
        stir(acting.lab, acting.now)
    else:
        thread.copy_state(proposal.thing, state=proposal.state)
        thread.queue(proposal.thing, days=days, now=acting.now)
    acting.record(
        Act.PROPOSAL_SEND,
        proposal.id,
        before={"state": before.value},
        after={"state": proposal.state.value},
    )


def goes_at_once(acting: Acting[Lab]) -> bool:
    """Tell whether what this person sends is public before anybody reviews it.

    It is where the lab lets its admitted members publish, and for a facilitator whom no other
    facilitator of the lab could review.
    """
    return acting.lab.proposals_at_once or _is_alone(acting)


def require_other_eyes(acting: Acting[Lab], proposal: Proposal) -> None:
    """Refuse that somebody reviews what they wrote, while another facilitator could.

    Raises:
        Conflict: the actor wrote it, and is not the lab's only facilitator.
    """
    if Relation.AUTHOR in queries.relations(acting.actor, proposal) and not _is_alone(acting):
        raise Conflict(mark("Another person of the team reviews what you wrote."))


def appear(proposal: Proposal, *, now: datetime) -> None:
    """Let everyone see the proposal. Flushes; the act and its record are the caller's."""
    proposal.published_at = now
    queries.current(proposal).shown_at = now
    thread.copy_state(proposal.thing, state=proposal.state, published_at=now)


def let_stand(acting: Acting[Lab], proposal: Proposal, version: Version) -> None:
    """Let a new version stand: the public reads it from now on. Flushes."""
    version.shown_at, proposal.version = acting.now, version.number
    thread.settle(proposal.id, DutyKind.MODERATION, local_day(acting.now))
    thread.copy_state(proposal.thing, state=proposal.state, title=version.title)
    moderation.end_rewritten(acting, thing=proposal.thing)


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
    """Refuse what was admitted, refused, not published or withdrawn already.

    Raises:
        Conflict: it was decided.
    """
    if proposal.state not in UNDECIDED:
        raise Conflict(mark("This proposal was decided already."))


def _require_admitted(proposal: Proposal) -> None:
    lock_proposal(proposal)
    if proposal.admitted_at is None:
        raise Conflict(mark("This proposal was not admitted."))


def _pending(proposal: Proposal) -> Version:
    """Return the version past the one that stands, added if nobody has begun one."""
    version = queries.pending(proposal)
    if version is None:
        version = Version(
            proposal_id=proposal.id, number=proposal.version + 1, change="", review_words=""
        )
        db.session.add(version)
    return version


def _is_alone(acting: Acting[Lab]) -> bool:
    return (
        Role.FACILITATOR in acting.actor.roles
        and labs.count_holding(acting.lab.id, Role.FACILITATOR) <= 1
    )


def _answerable(lab: Lab, origin: Thing) -> bool:
    return origin.lab_id == lab.id and origin.kind in WHY and origin.is_public
