"""What the problems bring: the public's pages, the facilitators', and where a code leads."""

from labapp.domain.kinds import Kind
from labapp.problems import queries
from labapp.problems.models import Problem
from labapp.problems.views import moderation, public, tracking
from labapp.room import Copies, Original, Room
from labapp.thread.service.texts import ColumnTexts


def _copies(problem: Problem) -> Copies:
    return Copies(problem.what, problem.state, problem.published_at)


_TEXTS = ColumnTexts(
    frozenset({Kind.PROBLEM}),
    lambda thing_id: Problem.id == thing_id,
    heads=(Problem.what,),
    columns=(Problem.place_said, Problem.since, Problem.affects, Problem.reason),
)

room = Room(
    blueprints=(public.bp, moderation.bp, tracking.bp),
    originals=(Original(Kind.PROBLEM, Problem, _copies, author=Problem.author_id),),
    public_texts=(_TEXTS,),
    drifts=(queries.drift,),
)
