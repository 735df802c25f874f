"""Read letters, agreements, their steps, what was declared and what was seen."""

from labapp.followup.queries.agreements import (
    agreement,
    agreements,
    has_evidence,
    lock_milestone,
    milestone,
    milestones_seen_by,
    progress,
    steps,
)
from labapp.followup.queries.letters import letter, letter_of, letters
from labapp.followup.queries.links import link, link_by_token, links
from labapp.followup.queries.open_debts import is_owed, silent_letters, step_places, unmet_steps
from labapp.followup.queries.originals import ORIGINALS, drift
from labapp.followup.queries.origins import (
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
    percents_seen,
    verification_summaries,
)

__all__ = [
    "ORIGINALS",
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
    "numbers",
    "organizations",
    "parents",
    "percents_seen",
    "progress",
    "proposals_behind",
    "relations",
    "serves",
    "silent_letters",
    "source",
    "sources",
    "step_places",
    "steps",
    "unmet_steps",
    "verification_summaries",
    "yes_letters",
]
