"""What the votes bring: their pages before the close, and their opening at their hour."""

from labapp.room import Room
from labapp.voting import tasks, views

room = Room(blueprints=(views.bp,), every_minute=(tasks.open_due,))
