"""What the social audit brings: the pages of works, committees, visits and findings."""

from labapp.audits import queries, views
from labapp.room import Room

room = Room(blueprints=(views.bp,), originals=queries.ORIGINALS)
