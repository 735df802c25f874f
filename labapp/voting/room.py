"""What the votes bring: their pages, and what is done with them at their hour."""

from labapp.room import Room
from labapp.voting import pages, tasks
from labapp.voting.tally import tasks as tally

room = Room(
    blueprints=(pages.bp,),
    every_minute=(tasks.open_due, tasks.close_due, tally.print_due),
    long=(tasks.count_long,),
)
