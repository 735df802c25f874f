"""What moderation brings: the pages of what was taken away, and the end of an appeal's term."""

from labapp.moderation import queries, tasks, views
from labapp.room import Room

room = Room(blueprints=(views.bp,), every_minute=(tasks.expire_due,), drifts=(queries.drift,))
