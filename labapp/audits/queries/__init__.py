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
from labapp.audits.queries.numbers import Numbers, facts, numbers
from labapp.audits.queries.originals import ORIGINALS
from labapp.audits.queries.seen import found_on, seen_on, taken_on
from labapp.audits.queries.standing import locked, locked_finding, relations, seat, standing

__all__ = [
    "ORIGINALS",
    "Numbers",
    "committee",
    "committees",
    "committees_everywhere",
    "facts",
    "finding",
    "findings",
    "found_on",
    "locked",
    "locked_finding",
    "numbers",
    "of_committee",
    "relations",
    "seat",
    "seats",
    "seen_on",
    "standing",
    "steps",
    "taken_on",
    "visit",
    "visits",
    "watching",
    "without_work",
    "work",
    "work_of",
    "works",
]
