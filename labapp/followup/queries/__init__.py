"""Read letters, agreements, their steps, what was declared and what was seen."""

from labapp.followup.queries.agreements import (
    agreement,
    agreements,
    lock_milestone,
    milestone,
    milestones_seen_by,
    progress,
    step_shown_by,
    steps,
)
from labapp.followup.queries.evidence_status import (
    EvidenceStatus,
    evidence_status,
    has_evidence,
)
from labapp.followup.queries.hands import TYING, every_number, ties_of
from labapp.followup.queries.letters import letter, letter_of, letters
from labapp.followup.queries.links import link, link_by_token, links
from labapp.followup.queries.neighbours import name_of_neighbour, neighbour_called, typed_look
from labapp.followup.queries.open_debts import is_owed, silent_letters, step_places, unmet_steps
from labapp.followup.queries.originals import ORIGINALS, drift
from labapp.followup.queries.origins import (
    existed_since,
    is_carried_out,
    organizations,
    parents,
    proposals_behind,
    relations,
    serves,
    source,
    sources,
    yes_letters,
)
from labapp.followup.queries.statistics import (
    FollowupFacts,
    FollowupStatistics,
    facts,
    numbers,
)
from labapp.followup.queries.verifications import (
    VerificationSummary,
    answers,
    declarations,
    document,
    documents,
    latest_declarations,
    looks,
    sights,
    verification_summaries,
    without_copy,
)

__all__ = [
    "ORIGINALS",
    "TYING",
    "EvidenceStatus",
    "FollowupFacts",
    "FollowupStatistics",
    "VerificationSummary",
    "agreement",
    "agreements",
    "answers",
    "declarations",
    "document",
    "documents",
    "drift",
    "every_number",
    "evidence_status",
    "existed_since",
    "facts",
    "has_evidence",
    "is_carried_out",
    "is_owed",
    "latest_declarations",
    "letter",
    "letter_of",
    "letters",
    "link",
    "link_by_token",
    "links",
    "lock_milestone",
    "looks",
    "milestone",
    "milestones_seen_by",
    "name_of_neighbour",
    "neighbour_called",
    "numbers",
    "organizations",
    "parents",
    "progress",
    "proposals_behind",
    "relations",
    "serves",
    "sights",
    "silent_letters",
    "source",
    "sources",
    "step_places",
    "step_shown_by",
    "steps",
    "ties_of",
    "typed_look",
    "unmet_steps",
    "verification_summaries",
    "without_copy",
    "yes_letters",
]
