"""What the stages bring: the pages where a lab moves on, and what of its close waits for ANTAI."""

from labapp.domain.errors import mark
from labapp.room import DeskPart, Room
from labapp.stages import queries, views
from labapp.stages.service import payments

room = Room(
    blueprints=(views.bp,),
    drifts=(queries.drift,),
    on_act=(payments.note_paid,),
    desk_parts=(
        DeskPart(
            "closings",
            mark("Labs that ask to close with things still owed"),
            queries.waiting_count,
            views.desk_rows,
        ),
    ),
)
