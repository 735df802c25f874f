"""What the reasoned responses bring: their pages."""

from labapp.responses import queries, views
from labapp.responses.models import Response
from labapp.room import Room
from labapp.thread.service.texts import ColumnTexts

room = Room(
    blueprints=(views.bp,),
    public_texts=(
        ColumnTexts(
            frozenset(queries.ANSWERED),
            lambda thing_id: Response.thing_id == thing_id,
            columns=(Response.reason, Response.office, Response.signer),
            own=False,
            official=True,
        ),
    ),
)
