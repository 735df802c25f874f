"""What the results bring: their pages, and what is done with a vote once it ends."""

from labapp.results import tasks, views
from labapp.results.service import acts
from labapp.results.tasks import documents, shuffle
from labapp.room import Room

room = Room(
    blueprints=(views.bp,),
    every_minute=(tasks.close_due, documents.print_due, shuffle.wipe_ended),
    long=(tasks.count_long,),
    on_reconciled=(tasks.publish_reconciled,),
    on_rewritten=(acts.withdraw_documents,),
)
