"""Take an undecided proposal back, as its author wishes."""

from sqlalchemy import delete

from labapp.db import db
from labapp.domain.duties import DutyKind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.domain.proposal import ProposalState
from labapp.labs.models import Lab
from labapp.moderation import service as moderation
from labapp.proposals import queries
from labapp.proposals.models import Proposal, Version
from labapp.proposals.service import lock_proposal, require_undecided
from labapp.record.acting import Acting
from labapp.thread import service as thread
from labapp.thread.models import Descent


def withdraw(acting: Acting[Lab], *, proposal: Proposal, notice: str) -> None:
    """Take an undecided proposal back. Flushes.

    A draft, and what was returned, is deleted: its number stays empty. What waits becomes a draft
    again. What is published leaves the public pages; nothing is owed on it any more.

    Args:
        acting: its author.
        proposal: undecided.
        notice: what stands in the place of its words.

    Raises:
        Denied: not the author.
        Conflict: it was decided, or withdrawn already.
    """
    acting.require(Act.PROPOSAL_WITHDRAW, queries.relations(acting.actor, proposal))
    lock_proposal(proposal)
    require_undecided(proposal)
    before, thing = proposal.state, proposal.thing
    thread.waive(proposal.id, DutyKind.MODERATION, local_day(acting.now))
    if before is ProposalState.WAITING:
        proposal.sent_at = None
        thread.copy_state(thing, state=proposal.state)
    elif before is ProposalState.SENT:
        proposal.withdrawn_at = acting.now
        db.session.execute(delete(Version).where(queries.waits_on(proposal)))
        thread.copy_state(thing, state=proposal.state)
        moderation.withdraw(acting, thing=thing, notice=notice)
    else:
        db.session.execute(delete(Version).where(Version.proposal_id == proposal.id))
        db.session.execute(delete(Descent).where(Descent.child_id == proposal.id))
        db.session.execute(delete(Proposal).where(Proposal.id == proposal.id))
        thread.copy_state(thing, state=ProposalState.WITHDRAWN, title=notice)
    acting.record(Act.PROPOSAL_WITHDRAW, thing.id, before={"state": before.value})
