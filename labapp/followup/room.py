"""What the follow-up brings: pages of letters, agreements, steps and evidence; looks recounted."""

from labapp.followup import queries, views
from labapp.followup.service import verification
from labapp.room import Room

room = Room(
    blueprints=(views.bp,),
    originals=queries.ORIGINALS,
    drifts=(queries.drift,),
    on_join=(verification.count_anew,),
)
