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
from labapp.audits.service.seats import keep_seat, seat, unseat
from labapp.audits.service.visits import VisitDraft, record_visit
from labapp.audits.service.works import AnnouncedWork, Contract, accept_work, register_work

__all__ = [
    "AnnouncedWork",
    "Contract",
    "FindingDraft",
    "VisitDraft",
    "accept_work",
    "add_addendum",
    "certify",
    "close_finding",
    "deliver_report",
    "form_committee",
    "keep_seat",
    "look_again",
    "raise_finding",
    "record_visit",
    "register_work",
    "reply_to_finding",
    "report_committee",
    "seat",
    "unseat",
]
