"""What the labs bring: pages, signs of life, who is one person, the end of roles, the clock."""

from labapp.labs import service, tasks, views
from labapp.labs.queries import joins
from labapp.labs.service import interests
from labapp.room import Room

room = Room(
    blueprints=(views.bp,),
    every_minute=(tasks.separate_due, tasks.expire_due),
    on_act=(service.show_life,),
    before_judging=(interests.require_apart,),
    drifts=(joins.drift,),
    on_leaving=(service.end_every_grant,),
    on_join=(interests.end_unfree,),
)
