"""Read works, committees, visits and findings."""

from labapp.audits.queries.found import committee, finding, visit, watching, work, work_of
from labapp.audits.queries.lists import (
    PAGE,
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
from labapp.audits.queries.standing import locked, locked_finding, seat, standing

__all__ = [
    "PAGE",
    "Numbers",
    "committee",
    "committees",
    "committees_everywhere",
    "facts",
    "finding",
    "findings",
    "locked",
    "locked_finding",
    "numbers",
    "of_committee",
    "seat",
    "seats",
    "standing",
    "steps",
    "visit",
    "visits",
    "watching",
    "without_work",
    "work",
    "work_of",
    "works",
]
