"""Read works, committees, visits and findings."""

from labapp.audits.queries.by_number import committee, finding, visit, watching, work, work_of
from labapp.audits.queries.committee_status import (
    committee_status,
    committees_of,
    last_seat,
    lock_committee,
    lock_finding,
    relations,
    seat,
    seated_since,
    seats_left,
    seats_out_of_term,
    sits,
)
from labapp.audits.queries.elections import chose, election_code, elections
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
from labapp.audits.queries.open_debts import open_findings, unreported_works
from labapp.audits.queries.originals import ORIGINALS
from labapp.audits.queries.statistics import AuditStatistics, facts, forgotten_replies, numbers
from labapp.audits.queries.visit_details import answers_of, evidence_of, findings_of

__all__ = [
    "ORIGINALS",
    "AuditStatistics",
    "answers_of",
    "chose",
    "committee",
    "committee_status",
    "committees",
    "committees_everywhere",
    "committees_of",
    "election_code",
    "elections",
    "evidence_of",
    "facts",
    "finding",
    "findings",
    "findings_of",
    "forgotten_replies",
    "last_seat",
    "lock_committee",
    "lock_finding",
    "numbers",
    "of_committee",
    "open_findings",
    "relations",
    "seat",
    "seated_since",
    "seats",
    "seats_left",
    "seats_out_of_term",
    "sits",
    "steps",
    "unreported_works",
    "visit",
    "visits",
    "watching",
    "without_work",
    "work",
    "work_of",
    "works",
]
