"""What the problems bring: the public's pages, the facilitators', and where a code leads."""

from labapp.problems import queries
from labapp.problems.views import desk, public, tracking
from labapp.room import Room

room = Room(blueprints=(public.bp, desk.bp, tracking.bp), drifts=(queries.drift,))
