"""Take an undecided proposal back, as its author wishes."""

from sqlalchemy import delete

from labapp.db import db
from labapp.domain.duties import DutyKind
from labapp.domain.policy import Act
from labapp.domain.proposal import ProposalState
from labapp.labs.models import Lab
from labapp.proposals import queries
from labapp.proposals.models import Proposal, Version
from labapp.proposals.service import lock_proposal, require_undecided
from labapp.record.acting import Acting
from labapp.thread import service as thread
from labapp.thread.models import Descent


def withdraw(acting: Acting[Lab], *, proposal: Proposal) -> None:
    """Take an undecided proposal back. Flushes.

    A draft, and what was returned, is deleted: its number stays empty. What waits becomes a draft
    again. What is published leaves the public pages; nothing is owed on it any more.

    Raises:
        Denied: not the author.
        Conflict: it was decided, or withdrawn already.
    """
    acting.require(Act.PROPOSAL_WITHDRAW, queries.relations(acting.actor, proposal))
    lock_proposal(proposal)
    require_undecided(proposal)
    before, thing = proposal.state, proposal.thing
    thread.waive(proposal.id, DutyKind.MODERATION)
    if before is ProposalState.WAITING:
        proposal.sent_at = None
        thread.copy_state(thing, state=proposal.state)
    elif before is ProposalState.SENT:
        proposal.withdrawn_at = acting.now
        db.session.execute(delete(Version).where(queries.waits_on(proposal)))
        _hide_words(proposal)
    else:
        db.session.execute(delete(Version).where(Version.proposal_id == proposal.id))
        db.session.execute(delete(Descent).where(Descent.child_id == proposal.id))
        db.session.execute(delete(Proposal).where(Proposal.id == proposal.id))
        thread.copy_state(thing, state=ProposalState.WITHDRAWN, title=queries.WITHDRAWN_TITLE)
    acting.record(Act.PROPOSAL_WITHDRAW, thing.id, before={"state": before.value})


def _hide_words(proposal: Proposal) -> None:
    """Take the words of what was withdrawn out of the thread: the one place where that is done."""
    thread.copy_state(proposal.thing, state=proposal.state, title=queries.WITHDRAWN_TITLE)
