"""What the pages' own room brings: the forms taken are forgotten after a week."""

from labapp.room import Room
from labapp.web import tasks

room = Room(every_minute=(tasks.forget_submissions,))
