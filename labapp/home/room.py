"""What the front brings: the pages that show many rooms together."""

from labapp.home import views
from labapp.room import Room

room = Room(blueprints=(views.bp,))
