"""What the meetings bring: their pages, those in the hall included."""

from labapp.room import Room
from labapp.sessions import hall as _pages_of_the_hall  # noqa: F401
from labapp.sessions import queries, views

room = Room(blueprints=(views.bp,), drifts=(queries.drift,))
