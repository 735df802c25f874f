"""Copy a committee's state, read from its dates and seats, to where lists read it."""

from datetime import datetime

from labapp.audits import queries
from labapp.audits.models import Committee
from labapp.domain.committee import CommitteeStatus, state
from labapp.thread import service as thread


def copy_status(committee: Committee) -> CommitteeStatus:
    """Copy the state to the committee's thing and return what is known of it. Flushed."""
    known = queries.committee_status(committee.id)
    thread.copy_state(committee.thing, state=state(known))
    return known


def copy_anew(person_ids: frozenset[int], _now: datetime) -> None:
    """Copy again where their committees stand: two who were joined hold one seat. Flushed."""
    for committee in queries.committees_of(person_ids):
        copy_status(committee)
