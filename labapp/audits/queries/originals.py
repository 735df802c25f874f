"""What the thread copies of works, committees, visits and findings."""

from datetime import datetime

from sqlalchemy.orm import joinedload

from labapp.audits.models import Committee, Finding, Visit, Work
from labapp.audits.queries.committee_status import KNOWN, to_standing
from labapp.domain.acts import Act
from labapp.domain.committee import state
from labapp.domain.kinds import Kind
from labapp.record import queries as record
from labapp.room import Copies, Original


def _of_a_work(work: Work, registered_at: datetime | None) -> Copies:
    # What an entity announced by itself is called as it said; that is kept in the thread alone.
    title = work.agreement.title if work.agreement else None
    return Copies(title, work.state, registered_at)


def _of_a_committee(
    committee: Committee, formed_at: datetime | None, seats: int, *facts: bool
) -> Copies:
    return Copies(committee.name, state(to_standing(seats, *facts)), formed_at)


def _of_a_visit(visit: Visit) -> Copies:
    return Copies(visit.milestone.title, visit.state, visit.recorded_at)


def _of_a_finding(finding: Finding, raised_at: datetime | None) -> Copies:
    return Copies(finding.text, finding.state, raised_at)


ORIGINALS = (
    Original(
        Kind.WORK,
        Work,
        _of_a_work,
        beside=(record.first_at(Work.id, Act.WORK_REGISTER),),
        options=(joinedload(Work.agreement),),
        called_after=(Kind.AGREEMENT,),
    ),
    Original(
        Kind.COMMITTEE,
        Committee,
        _of_a_committee,
        beside=(record.first_at(Committee.id, Act.COMMITTEE_FORM), *KNOWN),
    ),
    Original(
        Kind.VISIT,
        Visit,
        _of_a_visit,
        options=(joinedload(Visit.milestone),),
        called_after=(Kind.MILESTONE,),
    ),
    Original(
        Kind.FINDING,
        Finding,
        _of_a_finding,
        beside=(record.first_at(Finding.id, Act.FINDING_RAISE),),
    ),
)
