"""What the labs bring: pages, the last sign of life, the end of the roles of whoever leaves."""

from labapp.labs import service, views
from labapp.room import Room

room = Room(
    blueprints=(views.bp,),
    on_act=(service.show_life,),
    on_leaving=(service.end_every_grant,),
)
