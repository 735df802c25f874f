"""What the proposals bring: the public's pages, and those of whoever writes or studies one."""

from labapp.proposals import desk as _pages_of_the_desk  # noqa: F401
from labapp.proposals import queries, views
from labapp.room import Room

room = Room(blueprints=(views.bp,), drifts=(queries.drift,))
