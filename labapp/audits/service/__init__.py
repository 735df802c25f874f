"""Write works, committees and their seats, visits and findings."""

from labapp.audits.service.addenda import add_addendum
from labapp.audits.service.committees import (
    certify,
    deliver_report,
    form_committee,
    report_committee,
)
from labapp.audits.service.findings import (
    FindingDraft,
    close_finding,
    look_again,
    raise_finding,
    reply_to_finding,
)
from labapp.audits.service.seats import (
    end_seats_of,
    end_terms,
    keep_seat,
    leave_seat,
    seat,
    set_term,
    unseat,
)
from labapp.audits.service.ties import declare_tie, end_tie
from labapp.audits.service.visits import VisitDraft, record_visit
from labapp.audits.service.works import (
    AnnouncedWork,
    Contract,
    accept_work,
    excuse_report,
    register_work,
)

__all__ = [
    "AnnouncedWork",
    "Contract",
    "FindingDraft",
    "VisitDraft",
    "accept_work",
    "add_addendum",
    "certify",
    "close_finding",
    "declare_tie",
    "deliver_report",
    "end_seats_of",
    "end_terms",
    "end_tie",
    "excuse_report",
    "form_committee",
    "keep_seat",
    "leave_seat",
    "look_again",
    "raise_finding",
    "record_visit",
    "register_work",
    "reply_to_finding",
    "report_committee",
    "seat",
    "set_term",
    "unseat",
]
