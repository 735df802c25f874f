"""What the follow-up brings: the pages of letters, agreements, steps and evidence."""

from labapp.followup import queries, views
from labapp.room import Room

room = Room(blueprints=(views.bp,), originals=queries.ORIGINALS, drifts=(queries.drift,))
