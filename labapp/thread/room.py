"""What the thread brings: the page of a line, and whether its numbers are counted right."""

from labapp.room import Room
from labapp.thread import queries, views

room = Room(blueprints=(views.bp,), drifts=(queries.drift,))
