"""Read works, committees, visits and findings."""

from labapp.audits.queries.by_number import committee, finding, visit, watching, work, work_of
from labapp.audits.queries.committee_status import (
    committee_status,
    committees_of,
    lock_committee,
    lock_finding,
    relations,
    seat,
    sits,
    watches,
)
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
from labapp.audits.queries.originals import ORIGINALS
from labapp.audits.queries.statistics import AuditStatistics, facts, numbers
from labapp.audits.queries.visit_details import answers_of, evidence_of, findings_of

__all__ = [
    "ORIGINALS",
    "AuditStatistics",
    "answers_of",
    "committee",
    "committee_status",
    "committees",
    "committees_everywhere",
    "committees_of",
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
    "sits",
    "steps",
    "visit",
    "visits",
    "watches",
    "watching",
    "without_work",
    "work",
    "work_of",
    "works",
]
