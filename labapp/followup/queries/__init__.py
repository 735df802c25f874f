"""Read letters, agreements, their steps, what was declared and what was seen."""

from labapp.followup.queries.agreements import (
    agreement,
    agreements,
    has_evidence,
    locked,
    milestone,
    progress,
    steps,
)
from labapp.followup.queries.letters import letter, letter_of, letters
from labapp.followup.queries.links import hashed, link, link_by_token, links
from labapp.followup.queries.numbers import Facts, Numbers, disputed, facts, numbers
from labapp.followup.queries.originals import ORIGINALS, drift
from labapp.followup.queries.seen import (
    Sight,
    answers,
    declarations,
    document,
    documents,
    looks,
    percents_seen,
    said,
    sights,
)
from labapp.followup.queries.sources import (
    answers_for,
    is_carried_out,
    organizations,
    parents,
    proposals_behind,
    relations,
    source,
    sources,
    yes_letters,
)

__all__ = [
    "ORIGINALS",
    "Facts",
    "Numbers",
    "Sight",
    "agreement",
    "agreements",
    "answers",
    "answers_for",
    "declarations",
    "disputed",
    "document",
    "documents",
    "drift",
    "facts",
    "has_evidence",
    "hashed",
    "is_carried_out",
    "letter",
    "letter_of",
    "letters",
    "link",
    "link_by_token",
    "links",
    "locked",
    "looks",
    "milestone",
    "numbers",
    "organizations",
    "parents",
    "percents_seen",
    "progress",
    "proposals_behind",
    "relations",
    "said",
    "sights",
    "source",
    "sources",
    "steps",
    "yes_letters",
]
