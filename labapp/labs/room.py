"""What the labs bring: pages, the last sign of life, who is one person, the end of roles."""

from labapp.labs import service, views
from labapp.labs.queries import identity
from labapp.room import Room

room = Room(
    blueprints=(views.bp,),
    on_act=(service.show_life,),
    drifts=(identity.drift,),
    on_leaving=(service.end_every_grant,),
)
