"""What the reasoned responses bring: their pages."""

from labapp.responses import views
from labapp.room import Room

room = Room(blueprints=(views.bp,))
