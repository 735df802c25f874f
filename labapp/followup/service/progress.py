"""What the entity says of its own steps."""

from datetime import datetime
from pathlib import Path

from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, mark
from labapp.domain.policy import Act, Actor, Relation, require
from labapp.followup import queries
from labapp.followup.models import Declaration, Milestone
from labapp.followup.service.proofs import Attests, Proof, add_evidence
from labapp.followup.states import MilestoneState
from labapp.labs import service as labs
from labapp.labs.models import Lab
from labapp.record import service as record


def declare(
    lab: Lab,
    actor: Actor,
    milestone: Milestone,
    *,
    percent: int,
    note: str,
    proof: Proof | None,
    held: frozenset[Relation],
    folder: Path,
    now: datetime,
) -> Declaration:
    """Record how far the entity says a step is; earlier declarations are kept. Flushed.

    What was verified does not move. A dispute lasts until somebody looks again, or until the
    entity says no more than was seen.

    Args:
        lab: the lab of the step.
        actor: somebody of the entity, by account or by the expiring link (no person then).
        milestone: of an agreement in force.
        percent: 0 to 100; complete needs evidence, this one or an earlier one.
        note: in the entity's words; may be empty.
        proof: a photo or a PDF, or None.
        held: RESPONSIBLE where the actor speaks for the entity.
        folder: where files are kept.
        now: the instant of the act.

    Raises:
        Denied: wrong role, stage or entity.
        Blocked: complete, without evidence.
        Conflict: the agreement is not in force.
    """
    require(actor, Act.PROGRESS_DECLARE, lab.stage, held=held)
    in_force(milestone)
    if percent == 100 and proof is None and not queries.has_evidence(milestone.id):
        raise Blocked(mark("Complete needs evidence: add a photo or a document."))
    step = queries.locked(milestone.id)
    before = {"declared": step.declared}
    declaration = Declaration(
        milestone_id=step.id,
        percent=percent,
        note=note,
        declared_at=now,
        person_id=actor.person_id,
        by_link=actor.person_id is None,
    )
    db.session.add(declaration)
    step.declared = percent
    step.disputed = step.disputed and percent > step.verified
    db.session.flush()
    after = {"declared": percent, "by_link": declaration.by_link}
    record.write(
        actor,
        Act.PROGRESS_DECLARE,
        lab_id=lab.id,
        thing_id=step.id,
        before=before,
        after=after,
        now=now,
    )
    if proof is not None:
        add_evidence(
            lab,
            actor,
            step,
            proof=proof,
            attested_by=Attests.ENTITY,
            held=held,
            folder=folder,
            now=now,
        )
    labs.stir(lab, now)
    return declaration


def in_force(milestone: Milestone) -> None:
    """Let pass a step of an agreement that was accepted.

    Raises:
        Conflict: it is a draft.
    """
    if milestone.state is MilestoneState.DRAFT:
        raise Conflict(mark("The entity has not accepted this agreement yet."))
