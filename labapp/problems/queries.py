"""Read problems: the published ones, their former words, and what a code leads to."""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.acts import Act
from labapp.domain.kinds import Kind
from labapp.domain.proposal import ProposalState
from labapp.labs.models import Lab
from labapp.labs.queries import identity
from labapp.pagination import Page, newest_first, page_of
from labapp.problems.models import Problem, ProblemVersion, Support
from labapp.problems.similarity import SimilarProblem, alike
from labapp.record import queries as record
from labapp.responses.models import Response
from labapp.thread import queries as thread
from labapp.thread.models import Descent, Thing

_RECENT = 200
#: A published child of one of these kinds, not refused, takes a problem up.
_TAKES_UP = (Kind.PROPOSAL, Kind.LETTER, Kind.AGREEMENT)
#: No code has a nought or an O: whoever reads one has a Q before them.
_MISREAD = str.maketrans("0O", "QQ")


class ProblemFacts(NamedTuple):
    """What a lab's workflow asks of its problems."""

    received: int
    published: int
    #: Not decided on yet, or with a correction that waits.
    waiting: int
    #: Published, not withdrawn, not joined with another, with no answer, and taken up by nothing.
    unanswered: int


def page(lab_id: int, before: int | None = None) -> Page[Problem, int]:
    """Return a page of published problems, the newest number first, below ``before``."""
    query = _with_thing().where(Thing.lab_id == lab_id, thread.has_place())
    rows = db.session.scalars(newest_first(query, Thing.number, before)).all()
    return page_of(rows, lambda problem: problem.thing.number)


def by_number(lab_id: int, number: int) -> Problem | None:
    """Return the published problem with this number, and the one it was joined with."""
    return db.session.scalar(
        _with_thing().where(thread.stands_at(lab_id, Kind.PROBLEM, number), thread.has_place())
    )


def by_id(lab_id: int, problem_id: int) -> Problem | None:
    """Return any problem of the lab, published or not."""
    return db.session.scalar(_with_thing().where(Thing.lab_id == lab_id, Problem.id == problem_id))


def by_code(typed: str) -> tuple[Problem, Lab] | None:
    """Return what a tracking code leads to, however it was typed, and its lab."""
    plain = "".join(char for char in typed.upper() if char.isascii() and char.isalnum())
    code = plain.translate(_MISREAD)
    row = db.session.execute(
        _with_thing().add_columns(Lab).join(Lab, Lab.id == Thing.lab_id).where(Thing.code == code)
    ).first()
    return (row[0], row[1]) if row else None


def rejections_page(lab_id: int, before: int | None = None) -> Page[Problem, int]:
    """Return a page of the rejected ones, newest first: the public sees the code and the day."""
    query = _with_thing().where(Thing.lab_id == lab_id, Problem.rejected_at.is_not(None))
    rows = db.session.scalars(newest_first(query, Problem.id, before)).all()
    return page_of(rows, lambda problem: problem.id)


def pending(problem_id: int) -> ProblemVersion | None:
    """Return the correction that waits, or the one that was declined last; None without one."""
    return db.session.scalar(
        select(ProblemVersion).where(
            ProblemVersion.problem_id == problem_id, ProblemVersion.shown_at.is_(None)
        )
    )


def last_version(problem_id: int) -> ProblemVersion | None:
    """Return the last published version; None of a problem that was never corrected."""
    return db.session.scalar(_published(problem_id).limit(1))


def versions(problem_id: int) -> Sequence[ProblemVersion]:
    """Return the published versions, the one that stands first; none if never corrected."""
    return db.session.scalars(_published(problem_id)).all()


def merged_problems(problem_id: int) -> Sequence[Problem]:
    """Return the problems joined with this one, by number."""
    return db.session.scalars(
        select(Problem)
        .join(Problem.thing)
        .options(contains_eager(Problem.thing))
        .where(Problem.merged_into_id == problem_id)
        .order_by(Thing.number)
    ).all()


def similar(lab_id: int, text: str, *, but: int | None = None) -> Sequence[SimilarProblem]:
    """Return up to three published problems that sound alike, out of the last two hundred."""
    rows = db.session.execute(
        select(Thing.number, Thing.title, Problem.supports)
        .join(Problem, Problem.id == Thing.id)
        .where(
            Thing.lab_id == lab_id,
            thread.public(),
            Problem.merged_at.is_(None),
            Problem.id != (but or 0),
        )
        .order_by(Thing.number.desc())
        .limit(_RECENT)
    )
    return alike(text, [SimilarProblem(number or 0, title, count) for number, title, count in rows])


def supports(problem_id: int, person_id: int | None) -> bool:
    """Tell whether this person said that it happens to them too."""
    return person_id is not None and bool(supports_of(problem_id, person_id))


def supports_of(problem_id: int, person_id: int | None) -> Sequence[Support]:
    """Return what this person, by any of their numbers, gave this problem: one row or none."""
    lab_id = select(Thing.lab_id).where(Thing.id == problem_id).scalar_subquery()
    return db.session.scalars(
        select(Support)
        .where(
            Support.problem_id == problem_id,
            Support.person_id.in_(identity.numbers(person_id, lab_id)),
        )
        .order_by(Support.person_id)
    ).all()


def problems_supported(person_ids: Collection[int]) -> Sequence[Problem]:
    """Return the problems that one of these supports, held until the commit."""
    given = select(Support.problem_id).where(Support.person_id.in_(person_ids))
    return db.session.scalars(
        select(Problem).where(Problem.id.in_(given)).order_by(Problem.id).with_for_update()
    ).all()


def count_supports(problem_id: int) -> int:
    """Return how many different people support a problem."""
    return db.session.scalars(_given().where(Support.problem_id == problem_id)).one()


def _given() -> Select[int]:
    thing = aliased(Thing)
    people = func.count(func.distinct(identity.one_in(thing.lab_id)))
    return (
        select(people)
        .select_from(Support)
        .join(thing, thing.id == Support.problem_id)
        .join(Person, Person.id == Support.person_id)
    )


def facts(lab_id: int) -> ProblemFacts:
    """Count what the workflow asks, in one statement.

    A problem is unanswered when it is published, was neither withdrawn nor joined with another,
    has no reasoned response, and no published proposal, letter or agreement that was not refused
    descends from it: what is refused has an answer of its own, but leaves its problem without one.
    """
    seen = thread.public()
    corrections = exists().where(
        ProblemVersion.problem_id == Problem.id,
        ProblemVersion.shown_at.is_(None),
        ProblemVersion.declined_at.is_(None),
    )
    row = db.session.execute(
        select(
            func.count(),
            func.count().filter(seen),
            func.count().filter(or_(_undecided(), corrections)),
            func.count().filter(_is_unanswered()),
        )
        .select_from(Problem)
        .join(Problem.thing)
        .where(Thing.lab_id == lab_id)
    ).one()
    return ProblemFacts(*row)


def unanswered_problems(lab_id: int) -> Sequence[Thing]:
    """Return the problems that are unanswered, in order. One statement."""
    return db.session.scalars(
        select(Thing)
        .join(Problem, Problem.id == Thing.id)
        .where(Thing.lab_id == lab_id, _is_unanswered())
        .order_by(Thing.number)
    ).all()


def _is_unanswered() -> ColumnElement[bool]:
    """Say, in a query, that a problem is unanswered, as ``facts`` has it."""
    child = aliased(Thing)
    taken_up = exists().where(
        Descent.parent_id == Problem.id,
        child.id == Descent.child_id,
        child.kind.in_(_TAKES_UP),
        thread.public(child),
        child.state != ProposalState.REFUSED,
    )
    answered = exists().where(Response.thing_id == Problem.id)
    return and_(thread.public(), Problem.merged_at.is_(None), ~taken_up, ~answered)


def drift() -> Iterator[str]:
    """Yield one sentence for each count that is not that of the rows, or of the record."""
    given = _given().where(Support.problem_id == Problem.id).scalar_subquery()
    raised = record.latest_after(Problem.id, Act.HANDS_COUNT)
    counts = select(Problem.id, Problem.supports, given, Problem.hands, raised)
    rows = db.session.execute(counts.order_by(Problem.id).execution_options(yield_per=1000))
    for key, supports, given_here, hands, noted in rows:
        if supports != given_here:
            yield f"problem {key}: {supports} supports are shown, {given_here} are here"
        hands_noted = json.loads(noted)["hands"] if noted else 0
        if hands != hands_noted:
            yield f"problem {key}: {hands} hands are shown, {hands_noted} were counted"


def _with_thing() -> Select[Problem]:
    """Select problems with their things, and the one each was joined with, in one statement."""
    return (
        select(Problem)
        .join(Problem.thing)
        .options(
            contains_eager(Problem.thing),
            joinedload(Problem.merged_into).joinedload(Problem.thing),
        )
    )


def _published(problem_id: int) -> Select[ProblemVersion]:
    return (
        select(ProblemVersion)
        .where(ProblemVersion.problem_id == problem_id, ProblemVersion.shown_at.is_not(None))
        .order_by(ProblemVersion.number.desc())
    )


def _undecided() -> ColumnElement[bool]:
    return and_(
        Problem.published_at.is_(None),
        Problem.returned_at.is_(None),
        Problem.rejected_at.is_(None),
    )
