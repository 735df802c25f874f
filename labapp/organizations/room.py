"""What the organizations bring: their pages."""

from labapp.organizations import views
from labapp.room import Room

room = Room(blueprints=(views.bp,))
