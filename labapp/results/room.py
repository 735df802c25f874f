"""What the results bring: their pages, and what is done with a vote once it ends."""

from labapp.domain.kinds import Kind
from labapp.results import tasks, views
from labapp.results.models import AnnulmentRequest
from labapp.results.service import acts
from labapp.results.tasks import annulment, documents, shuffle
from labapp.room import Room
from labapp.thread.service.texts import ColumnTexts

room = Room(
    blueprints=(views.bp,),
    every_minute=(annulment.lapse_due, tasks.close_due, documents.print_due, shuffle.wipe_ended),
    long=(tasks.count_long,),
    on_reconciled=(tasks.publish_reconciled,),
    on_rewritten=(acts.withdraw_documents,),
    public_texts=(
        ColumnTexts(
            frozenset({Kind.VOTE}),
            lambda thing_id: AnnulmentRequest.vote_id == thing_id,
            columns=(AnnulmentRequest.reason, AnnulmentRequest.answer),
        ),
    ),
)
