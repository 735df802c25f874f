"""What the hall brings: its pages, and what its turnout is compared with."""

from labapp.polling import views
from labapp.polling.queries import roll
from labapp.room import Room

room = Room(blueprints=(views.bp,), drifts=(roll.drift,))
