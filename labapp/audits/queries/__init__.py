"""Read works, committees, visits and findings."""

from labapp.audits.queries.found import committee, finding, visit, watching, work, work_of
from labapp.audits.queries.lists import (
    committees,
    committees_everywhere,
    findings,
    of_committee,
    seats,
    steps,
    visits,
    without_work,
    works,
)
from labapp.audits.queries.numbers import AuditStatistics, facts, numbers
from labapp.audits.queries.originals import ORIGINALS
from labapp.audits.queries.seen import answers_of, evidence_of, findings_of
from labapp.audits.queries.standing import (
    committee_status,
    lock_committee,
    lock_finding,
    relations,
    seat,
)

__all__ = [
    "ORIGINALS",
    "AuditStatistics",
    "answers_of",
    "committee",
    "committee_status",
    "committees",
    "committees_everywhere",
    "evidence_of",
    "facts",
    "finding",
    "findings",
    "findings_of",
    "lock_committee",
    "lock_finding",
    "numbers",
    "of_committee",
    "relations",
    "seat",
    "seats",
    "steps",
    "visit",
    "visits",
    "watching",
    "without_work",
    "work",
    "work_of",
    "works",
]
