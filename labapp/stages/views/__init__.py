"""Pages of the stages: what is missing, the moves, and closing with things owed."""

from labapp.stages.views import closing, moves
from labapp.stages.views.blueprint import bp
from labapp.stages.views.closing import desk_rows

__all__ = ["bp", "closing", "desk_rows", "moves"]
