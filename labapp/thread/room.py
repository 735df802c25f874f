"""What the thread brings: the page of a line, and whether its numbers are counted right."""

from labapp.domain.kinds import Kind
from labapp.files.models import StoredFile
from labapp.room import Room
from labapp.thread import queries, views
from labapp.thread.models import Thing
from labapp.thread.service.texts import EVERY_KIND, ColumnTexts, ReasonTexts

room = Room(
    blueprints=(views.bp,),
    drifts=(queries.drift,),
    public_texts=(
        ReasonTexts(),
        ColumnTexts(
            EVERY_KIND,
            lambda thing_id: StoredFile.thing_id == thing_id,
            columns=(StoredFile.alt, StoredFile.name),
        ),
        # What an entity calls a work that it announced by itself is kept in the thread alone.
        ColumnTexts(
            frozenset({Kind.WORK}), lambda thing_id: Thing.id == thing_id, heads=(Thing.title,)
        ),
    ),
)
