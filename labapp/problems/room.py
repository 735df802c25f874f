"""What the problems bring: the public's pages, the facilitators', and where a code leads."""

from sqlalchemy import and_

from labapp.domain.kinds import Kind
from labapp.problems import queries, service
from labapp.problems.models import Problem, ProblemVersion
from labapp.problems.service import amendments, supports
from labapp.problems.views import moderation, public, tracking
from labapp.room import Copies, Original, Room
from labapp.thread.service.texts import ColumnTexts


def _copies(problem: Problem) -> Copies:
    return Copies(problem.what, problem.state, problem.published_at)


_PROBLEM = frozenset({Kind.PROBLEM})

room = Room(
    blueprints=(public.bp, moderation.bp, tracking.bp),
    originals=(
        Original(
            Kind.PROBLEM,
            Problem,
            _copies,
            author=Problem.author_id,
            anybodys=Problem.on_paper,
        ),
    ),
    public_texts=(
        ColumnTexts(
            _PROBLEM,
            lambda thing_id: Problem.id == thing_id,
            heads=(Problem.what,),
            columns=(Problem.place_said, Problem.since, Problem.affects, Problem.reason),
        ),
        # A correction that waits is nobody's to read: the queue decides of it.
        ColumnTexts(
            _PROBLEM,
            lambda thing_id: and_(
                ProblemVersion.problem_id == thing_id, ProblemVersion.shown_at.is_not(None)
            ),
            heads=(ProblemVersion.what,),
            columns=(ProblemVersion.place_said, ProblemVersion.since, ProblemVersion.affects),
        ),
    ),
    on_publication_won=(service.publish_after_appeal, amendments.publish_after_appeal),
    drifts=(queries.drift,),
    on_join=(supports.count_anew,),
)
