"""Copy a committee's state, read from its dates and seats, to where lists read it."""

from labapp.audits import queries
from labapp.audits.models import Committee
from labapp.domain.committee import CommitteeStatus, state
from labapp.thread import service as thread


def copy_status(committee: Committee) -> CommitteeStatus:
    """Copy the state to the committee's thing and return what is known of it. Flushed."""
    known = queries.committee_status(committee.id)
    thread.copy_state(committee.thing, state=state(known))
    return known
