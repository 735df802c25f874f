"""What the hall brings: its pages."""

from labapp.polling import views
from labapp.room import Room

room = Room(blueprints=(views.bp,))
