"""What the entity says of its own steps."""

from pathlib import Path

from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, mark
from labapp.domain.policy import Act
from labapp.domain.stage import require_owed
from labapp.followup import queries
from labapp.followup.models import Declaration, Milestone
from labapp.followup.service.evidence import Attests, Proof, add_evidence
from labapp.followup.states import MilestoneState
from labapp.labs.models import Lab
from labapp.record.acting import Acting


def declare(
    acting: Acting[Lab],
    milestone: Milestone,
    *,
    percent: int,
    note: str,
    proof: Proof | None,
    folder: Path,
) -> Declaration:
    """Record how far the entity says a step is; earlier declarations are kept. Flushed.

    What was verified does not move. A dispute lasts until somebody looks again, or until the
    entity says no more than was seen.

    Args:
        acting: somebody of the entity, by account or by the expiring link (no person then).
        milestone: of an agreement in force.
        percent: 0 to 100; complete needs evidence, this one or an earlier one.
        note: in the entity's words; may be empty.
        proof: a photo or a PDF, or None.
        folder: where files are kept.

    Raises:
        Denied: wrong role, stage or entity.
        Blocked: complete, without evidence; or the lab is closed and the step was met.
        Conflict: the agreement is not in force.
    """
    acting.require(Act.PROGRESS_DECLARE, queries.relations(acting.actor, milestone))
    require_in_force(milestone)
    require_owed(acting.lab.stage, owed=milestone.state is not MilestoneState.MET)
    if percent == 100 and proof is None and not queries.has_evidence(milestone.id):
        raise Blocked(mark("Complete needs evidence: add a photo or a document."))
    step = queries.lock_milestone(milestone.id)
    before = {"declared": step.declared}
    declaration = Declaration(
        milestone_id=step.id,
        percent=percent,
        note=note,
        declared_at=acting.now,
        person_id=acting.actor.person_id,
        by_link=acting.actor.person_id is None,
    )
    db.session.add(declaration)
    step.declared = percent
    # Seen or not, what is declared from now on is no more than was seen: the dispute is over.
    step.disputed = step.disputed and queries.sights([step])[step.id].disputes(percent)
    db.session.flush()
    after = {"declared": percent, "by_link": declaration.by_link}
    acting.record(Act.PROGRESS_DECLARE, step.id, before=before, after=after)
    if proof is not None:
        add_evidence(acting, step, proof=proof, attested_by=Attests.ENTITY, folder=folder)
    return declaration


def require_in_force(milestone: Milestone) -> None:
    """Let pass a step of an agreement that was accepted.

    Raises:
        Conflict: it is a draft.
    """
    if milestone.state is MilestoneState.DRAFT:
        raise Conflict(mark("The entity has not accepted this agreement yet."))
