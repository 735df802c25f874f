"""Review what members sent before the public reads it: publish it, return it, or do not publish."""

from labapp.db import db
from labapp.domain.duties import DutyKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.domain.proposal import ProposalState
from labapp.domain.removal_code import OF_UNPUBLISHED, RemovalCode
from labapp.labs.models import Lab
from labapp.moderation import service as moderation
from labapp.proposals import queries
from labapp.proposals.models import Proposal, Version
from labapp.proposals.service import appear, let_stand, lock_proposal, require_other_eyes
from labapp.record.acting import Acting
from labapp.thread import service as thread


def publish(acting: Acting[Lab], *, proposal: Proposal) -> None:
    """Publish a proposal that waits. Flushes.

    Raises:
        Denied: wrong role or stage, or ANTAI before the lab's own term has passed.
        Conflict: it does not wait, or its own author reviews it.
    """
    acting.require(Act.PROPOSAL_PUBLISH)
    _require_waiting(acting, proposal)
    appear(proposal, now=acting.now)
    _decided(acting, Act.PROPOSAL_PUBLISH, proposal)


def give_back(acting: Acting[Lab], *, proposal: Proposal, words: str) -> None:
    """Return a proposal that waits, once, with words for its author. Flushes.

    Raises:
        Denied: wrong role or stage, or ANTAI before the lab's own term has passed.
        Conflict: it does not wait, it was returned before, or its own author reviews it.
    """
    acting.require(Act.PROPOSAL_RETURN)
    _require_waiting(acting, proposal)
    if proposal.returns:
        raise Conflict(mark("It was returned once already: now publish it, or do not publish it."))
    proposal.returned_at, proposal.review_words, proposal.returns = acting.now, words, 1
    _decided(acting, Act.PROPOSAL_RETURN, proposal)


def reject(acting: Acting[Lab], *, proposal: Proposal, code: RemovalCode, words: str) -> None:
    """Do not publish a proposal: the public reads the code and the day. Flushes.

    Raises:
        Denied: wrong role or stage, or ANTAI before the lab's own term has passed.
        Conflict: it does not wait, or its own author reviews it.
        ValueError: the code is not one of what was never published.
    """
    acting.require(Act.PROPOSAL_REJECT)
    _require_code(code)
    _require_waiting(acting, proposal)
    proposal.rejected_at, proposal.rejected_code = acting.now, code
    proposal.review_words = words
    _decided(acting, Act.PROPOSAL_REJECT, proposal, code)
    moderation.refuse_publication(acting, thing=proposal.thing, code=code, words=words)


def publish_after_appeal(acting: Acting[Lab], thing_id: int) -> None:
    """Publish what was refused, because its author appealed and was right, or unheard. Flushes.

    Args:
        acting: somebody of ANTAI, or the clock.
        thing_id: any thing; of what is no rejected proposal, and has no declined version, nothing
            is done.
    """
    proposal = db.session.get(Proposal, thing_id)
    if proposal is None:
        return
    if proposal.state is ProposalState.SENT:
        _publish_declined(acting, proposal)
    if proposal.state is not ProposalState.REJECTED:
        return
    proposal.rejected_at = proposal.rejected_code = None
    proposal.review_words = ""
    appear(proposal, now=acting.now)
    acting.record(Act.PROPOSAL_PUBLISH, proposal.id, after={"state": proposal.state.value})


def publish_version(acting: Acting[Lab], *, proposal: Proposal) -> None:
    """Let the new version that waits stand; the earlier ones stay to be read. Flushes.

    Raises:
        Denied: wrong role or stage, or ANTAI before the lab's own term has passed.
        Conflict: no version waits, or its own author reviews it.
    """
    acting.require(Act.VERSION_PUBLISH)
    version = _waiting_version(acting, proposal)
    let_stand(acting, proposal, version)
    acting.record(Act.VERSION_PUBLISH, proposal.id, after={"version": version.number})


def decline_version(
    acting: Acting[Lab], *, proposal: Proposal, code: RemovalCode, words: str
) -> None:
    """Do not publish the new version that waits: what stood stands. Flushes.

    Raises:
        Denied: wrong role or stage, or ANTAI before the lab's own term has passed.
        Conflict: no version waits, or its own author reviews it.
        ValueError: the code is not one of what was never published.
    """
    acting.require(Act.VERSION_DECLINE)
    _require_code(code)
    version = _waiting_version(acting, proposal)
    version.declined_at, version.declined_code = acting.now, code
    version.review_words = words
    thread.settle(proposal.id, DutyKind.MODERATION, local_day(acting.now))
    db.session.flush()
    after = {"version": version.number, "code": code.value}
    acting.record(Act.VERSION_DECLINE, proposal.id, after=after)
    moderation.refuse_publication(acting, thing=proposal.thing, code=code, words=words)


def _publish_declined(acting: Acting[Lab], proposal: Proposal) -> None:
    version = queries.pending(proposal)
    if version is None or version.declined_at is None:
        return
    version.declined_at = version.declined_code = None
    version.review_words = ""
    let_stand(acting, proposal, version)
    acting.record(Act.VERSION_PUBLISH, proposal.id, after={"version": version.number})


def _require_code(code: RemovalCode) -> None:
    if code not in OF_UNPUBLISHED:
        raise ValueError(f"{code} is no reason not to publish")


def _require_waiting(acting: Acting[Lab], proposal: Proposal) -> None:
    lock_proposal(proposal)
    if proposal.state is not ProposalState.WAITING:
        raise Conflict(mark("Somebody already decided on this proposal. Look at it again."))
    thread.require_turn(acting, proposal.id)
    require_other_eyes(acting, proposal)


def _waiting_version(acting: Acting[Lab], proposal: Proposal) -> Version:
    lock_proposal(proposal)
    version = queries.waiting_version(proposal)
    if version is None or proposal.state is not ProposalState.SENT:
        raise Conflict(mark("No new version of this proposal waits any more."))
    thread.require_turn(acting, proposal.id)
    require_other_eyes(acting, proposal)
    return version


def _decided(
    acting: Acting[Lab], act: Act, proposal: Proposal, code: RemovalCode | None = None
) -> None:
    """Copy the state to the thing, settle the review and leave the entry."""
    thread.copy_state(proposal.thing, state=proposal.state)
    thread.settle(proposal.id, DutyKind.MODERATION, local_day(acting.now))
    after = {"state": proposal.state.value, **({"code": code.value} if code else {})}
    acting.record(act, proposal.id, before={"state": ProposalState.WAITING.value}, after=after)
