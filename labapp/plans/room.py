"""What the action plans bring: their pages."""

from labapp.plans import views
from labapp.room import Room

room = Room(blueprints=(views.bp,))
