"""Copy a committee's state, read from its dates and seats, to where lists read it."""

from labapp.audits import queries
from labapp.audits.models import Committee
from labapp.domain.committee import CommitteeStatus, state
from labapp.domain.errors import mark
from labapp.thread import service as thread

#: Why something is owed by a day that no law was found to set.
SITE_TERM = mark("term set by this site")


def copy_status(committee: Committee) -> CommitteeStatus:
    """Copy the state to the committee's thing and return what is known of it. Flushed."""
    known = queries.committee_status(committee.id)
    thread.copy_state(committee.thing, state=state(known))
    return known
