"""What the social audit brings: works, committees, visits and findings; seats counted anew."""

from labapp.audits import queries, views
from labapp.audits.service import status_copy
from labapp.room import Room

room = Room(blueprints=(views.bp,), originals=queries.ORIGINALS, on_join=(status_copy.copy_anew,))
