"""What the reviews bring: the desk of ANTAI, and the pages of each round."""

from labapp.review import views
from labapp.room import Room

room = Room(blueprints=(views.bp,))
