"""What the labs bring: their pages, and the end of the roles of whoever leaves."""

from labapp.labs import service, views
from labapp.room import Room

room = Room(blueprints=(views.bp,), on_leaving=(service.end_every_grant,))
