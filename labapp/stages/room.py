"""What the stages bring: the pages where a lab moves on."""

from labapp.room import Room
from labapp.stages import views

room = Room(blueprints=(views.bp,))
