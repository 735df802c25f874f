"""What the problems bring: the public's pages, the facilitators', and where a code leads."""

from labapp.domain.kinds import Kind
from labapp.problems import queries
from labapp.problems.models import Problem
from labapp.problems.service import supports
from labapp.problems.views import moderation, public, tracking
from labapp.room import Copies, Original, Room


def _copies(problem: Problem) -> Copies:
    return Copies(problem.what, problem.state, problem.published_at)


room = Room(
    blueprints=(public.bp, moderation.bp, tracking.bp),
    originals=(Original(Kind.PROBLEM, Problem, _copies),),
    drifts=(queries.drift,),
    on_join=(supports.count_anew,),
)
