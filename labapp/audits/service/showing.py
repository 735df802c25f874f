"""Copy a committee's state, read from its dates and seats, to where lists read it."""

from labapp.audits import queries
from labapp.audits.models import Committee
from labapp.domain.committee import Standing, state
from labapp.domain.errors import mark
from labapp.thread import service as thread

#: Why something is owed by a day that no law was found to set.
SITE_TERM = mark("term set by this site")


def show(committee: Committee) -> Standing:
    """Copy the state to the committee's thing and return what is known of it. Flushed."""
    known = queries.standing(committee.id)
    thread.show(committee.thing, state=state(known))
    return known
