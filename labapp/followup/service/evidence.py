"""Evidence: a photo or a PDF that shows something of a step, and who attests it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from labapp.db import db
from labapp.domain.descents import DescentKind
from labapp.domain.errors import Conflict, mark
from labapp.domain.kinds import Kind
from labapp.domain.policy import Act, Relation
from labapp.domain.stage import require_owed
from labapp.files import service as files
from labapp.followup import queries
from labapp.followup.models import Evidence, Milestone
from labapp.followup.service import recount
from labapp.followup.states import EvidenceState, MilestoneState
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.thread import service as thread


class Attests(StrEnum):
    """Who stands behind a piece of evidence."""

    ENTITY = "entity"
    COMMITTEE = "committee"
    NEIGHBOUR = "neighbour"


#: Who sits on a committee is known above this room: the service of committees has asked it, and
#: the role and the stage are asked here again.
SEATED_ABOVE = frozenset({Relation.SEATED})
#: The act by which each of them adds evidence.
_ACTS = {
    Attests.ENTITY: Act.EVIDENCE_ADD,
    Attests.COMMITTEE: Act.MILESTONE_VERIFY,
    Attests.NEIGHBOUR: Act.MILESTONE_CONFIRM,
}


@dataclass(frozen=True, slots=True)
class Proof:
    """A file as it was sent, not stored yet.

    Attributes:
        data: the bytes; what they are is found out when they are stored.
        caption: what it shows; empty to use the step's title.
        withheld_why: why the public may not see it; empty for public evidence.
    """

    data: bytes
    caption: str = ""
    withheld_why: str = ""


def copy_anew(acting: Acting[Lab], evidence: Evidence, *, folder: Path) -> None:
    """Make the public copy of a document that was kept as it came. Flushed.

    Args:
        acting: the clock; nobody else does this.
        evidence: a document without a public copy.
        folder: where files are kept.

    Raises:
        Unreadable: it does not open whole; the public goes on having no copy.
    """
    before = {"sha256": evidence.file.sha256}
    files.copy_anew(evidence.file, folder=folder)
    after = {"sha256": evidence.file.sha256, "original_sha256": evidence.file.original_sha256}
    acting.record(Act.EVIDENCE_COPY, evidence.id, before=before, after=after)


def add_evidence(
    acting: Acting[Lab],
    milestone: Milestone,
    *,
    proof: Proof,
    attested_by: Attests,
    folder: Path,
) -> Evidence:
    """Store a file and hang it on the step, public unless it says why not. Flushed.

    The public sees a copy that holds nothing but what it shows; that a reserved one is there, and
    why it is reserved, everybody sees.

    Args:
        acting: somebody of the entity, of the committee, or a neighbour, as ``attested_by`` says.
        milestone: of an agreement in force.
        proof: the file.
        attested_by: who stands behind it.
        folder: where files are kept.

    Raises:
        Denied: wrong role, stage or relation.
        Conflict: the agreement is a draft.
        Blocked: the lab is closed, and the step was met.
        Unreadable: the file is neither a photo nor a PDF, or does not open whole.
    """
    by_committee = attested_by is Attests.COMMITTEE
    acting.require(
        _ACTS[attested_by],
        SEATED_ABOVE if by_committee else queries.relations(acting.actor, milestone),
    )
    if milestone.state is MilestoneState.DRAFT:
        raise Conflict(mark("The entity has not accepted this agreement yet."))
    # What a committee or a neighbour adds goes with a look, which has asked this.
    by_entity = attested_by is Attests.ENTITY
    require_owed(acting.lab.stage, owed=not by_entity or milestone.state is not MilestoneState.MET)
    public = not proof.withheld_why
    caption = proof.caption or milestone.title
    thing = thread.add(
        Kind.EVIDENCE,
        title=caption if public else proof.withheld_why,
        state=EvidenceState.PUBLIC if public else EvidenceState.RESERVED,
        lab_id=acting.lab.id,
        published_at=acting.now,
    )
    stored = files.store(
        acting,
        proof.data,
        f"evidencia-{thing.number}",
        thing_id=thing.id,
        alt=caption,
        folder=folder,
    )
    files.keep_original(stored, proof.data, folder=folder)
    evidence = Evidence(
        id=thing.id,
        caption=caption,
        public=public,
        withheld_why=proof.withheld_why,
        attested_by=attested_by.value,
        added_at=acting.now,
    )
    evidence.thing, evidence.file, evidence.milestone = thing, stored, milestone
    db.session.add(evidence)
    db.session.flush()
    thread.descend(thing.id, milestone.id, DescentKind.SHOWS)
    recount.count_step(milestone, acting.now, looked_again=False)
    after = {
        "public": public,
        "attested_by": attested_by.value,
        "sha256": stored.sha256,
        "original_sha256": stored.original_sha256,
    }
    acting.record(Act.EVIDENCE_ADD, thing.id, after=after, reason=proof.withheld_why)
    return evidence
