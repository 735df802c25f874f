"""Read proposals, their versions and the opinions beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, select
from sqlalchemy.orm import aliased, contains_eager

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.domain.proposal import ProposalState
from labapp.domain.roles import Actor, Relation
from labapp.pagination import ENOUGH, PAGE, Page, newest_first, page_of
from labapp.problems.models import Problem
from labapp.proposals.models import Opinion, Proposal, Version
from labapp.responses.models import Response
from labapp.thread import queries as thread
from labapp.thread.models import Descent, Thing

_MOST_PROBLEMS = 200


class ProposalFacts(NamedTuple):
    """What a lab's workflow asks of its proposals."""

    admitted: int
    #: Waiting to be reviewed, or published and not decided.
    undecided: int
    #: Published, not withdrawn, not taken up by a letter or an agreement, and without a response.
    unanswered: int


class ProposalRow(NamedTuple):
    """A proposal as a list shows it."""

    id: int
    number: int | None
    title: str
    state: str
    #: Whole balboas, as the opinion that stands estimates; None where it does not.
    cost: int | None


class Origin(NamedTuple):
    """A problem or a contribution that a proposal came from."""

    kind: Kind
    number: int | None
    title: str


#: What its author sees among the proposals, and the public does not.
_AUTHORS_OWN = (
    ProposalState.DRAFT,
    ProposalState.WAITING,
    ProposalState.RETURNED,
    ProposalState.REJECTED,
)
# The page most asked for: built once, because building costs more than running.
_ROWS = (
    select(
        Thing.id,
        Thing.number,
        Thing.title,
        Thing.state,
        select(Opinion.cost)
        .where(Opinion.proposal_id == Thing.id)
        .order_by(Opinion.id.desc())
        .limit(1)
        .scalar_subquery(),
    )
    .where(
        Thing.lab_id == bindparam("lab_id"),
        Thing.kind == Kind.PROPOSAL,
        thread.has_place(),
    )
    .limit(ENOUGH)
)
#: The title of the version that stands.
CURRENT_TITLE = (
    select(Version.title)
    .where(Version.proposal_id == Proposal.id, Version.number == Proposal.version)
    .scalar_subquery()
)
_AFTER = _ROWS.where(Thing.number > bindparam("start")).order_by(Thing.number)
_BEFORE = _ROWS.where(Thing.number < bindparam("start")).order_by(Thing.number.desc())


def relations(actor: Actor, proposal: Proposal) -> frozenset[Relation]:
    """Return what somebody is to a proposal. No statement."""
    wrote = actor.person_id is not None and proposal.author_id == actor.person_id
    return frozenset({Relation.AUTHOR} if wrote else ())


def page(
    lab_id: int, *, after: int | None = None, before: int | None = None
) -> Page[ProposalRow, int]:
    """Return published proposals by number: past ``after``, or the last ones below ``before``.

    One statement, on the index of the numbers.
    """
    query, start = (_AFTER, after or 0) if before is None else (_BEFORE, before)
    rows = [
        ProposalRow(*row) for row in db.session.execute(query, {"lab_id": lab_id, "start": start})
    ]
    page = page_of(rows, lambda row: row.number)
    if before is None:
        return replace(page, previous=rows[0].number if after and rows else None)
    return Page(page.rows[::-1], next=rows[0].number if rows else None, previous=page.next)


def drafts(lab_id: int, person_id: int) -> Sequence[Thing]:
    """Return what this person wrote that the public does not see: drafts, and what waits."""
    return db.session.scalars(
        select(Thing)
        .join(Proposal, Proposal.id == Thing.id)
        .where(
            Thing.lab_id == lab_id,
            Thing.kind == Kind.PROPOSAL,
            Thing.state.in_(_AUTHORS_OWN),
            Proposal.author_id == person_id,
        )
        .order_by(Thing.number)
        .limit(PAGE)
    ).all()


def by_number(lab_id: int, number: int) -> Proposal | None:
    """Return the proposal with this number, a draft included, or None."""
    return db.session.scalar(
        select(Proposal)
        .join(Proposal.thing)
        .options(contains_eager(Proposal.thing))
        .where(thread.stands_at(lab_id, Kind.PROPOSAL, number))
    )


def version(proposal_id: int, number: int) -> Version | None:
    """Return one version of the text, or None."""
    return db.session.scalar(
        select(Version).where(Version.proposal_id == proposal_id, Version.number == number)
    )


def waits_on(proposal: Proposal) -> ColumnElement[bool]:
    """Say, in a query, that a version comes after the one that stands: the public reads it not."""
    return and_(Version.proposal_id == proposal.id, Version.number > proposal.version)


def pending(proposal: Proposal) -> Version | None:
    """Return the version past the one that stands: it waits, or was declined last."""
    return db.session.scalar(select(Version).where(waits_on(proposal)))


def waiting_version(proposal: Proposal) -> Version | None:
    """Return the new version of a published proposal that waits to be reviewed, or None."""
    return db.session.scalar(
        select(Version).where(waits_on(proposal), Version.declined_at.is_(None))
    )


def rejections_page(lab_id: int, before: int | None = None) -> Page[Proposal, int]:
    """Return a page of the rejected ones, newest first: the public sees the code and the day."""
    query = (
        select(Proposal)
        .join(Proposal.thing)
        .where(Thing.lab_id == lab_id, Proposal.rejected_at.is_not(None))
    )
    rows = db.session.scalars(newest_first(query, Proposal.id, before)).all()
    return page_of(rows, lambda proposal: proposal.id)


def current(proposal: Proposal) -> Version:
    """Return the version that stands."""
    return db.session.scalars(
        select(Version).where(
            Version.proposal_id == proposal.id, Version.number == proposal.version
        )
    ).one()


def opinions(proposal_id: int) -> Sequence[Opinion]:
    """Return the technical opinions on a proposal, the one that stands first."""
    return db.session.scalars(
        select(Opinion).where(Opinion.proposal_id == proposal_id).order_by(Opinion.id.desc())
    ).all()


def is_answered(proposal_id: int) -> bool:
    """Tell whether a proposal has a reasoned response."""
    answers = select(Response.id).where(Response.thing_id == proposal_id)
    return db.session.scalar(answers.limit(1)) is not None


def author(proposal: Proposal) -> str | None:
    """Return the name of who wrote it; None without an account, or where the name is not public."""
    return db.session.scalar(
        select(Person.name).where(
            Person.id == proposal.author_id,
            Person.deleted_at.is_(None),
            Person.name_hidden_at.is_(None),
        )
    )


def origins(proposal_id: int) -> Sequence[Origin]:
    """Return the published problems and contributions that a proposal came from."""
    rows = db.session.execute(
        select(Thing.kind, Thing.number, Thing.title)
        .join(Descent, Descent.parent_id == Thing.id)
        .where(Descent.child_id == proposal_id, thread.has_place())
        .order_by(Thing.id)
    )
    return [Origin(*row) for row in rows]


def problems(lab_id: int, wanted: int | None = None) -> dict[str, str]:
    """Return published problems, number and title, newest first; ``wanted`` is among them."""
    rows = db.session.execute(
        select(Thing.number, Thing.title)
        .join(Problem, Problem.id == Thing.id)
        .where(
            Thing.lab_id == lab_id,
            Thing.kind == Kind.PROBLEM,
            thread.public(),
            Problem.merged_at.is_(None),
        )
        .order_by((Thing.number == (wanted or 0)).desc(), Thing.number.desc())
        .limit(_MOST_PROBLEMS)
    )
    return {str(row.number): f"{row.number} · {row.title}" for row in rows}


def facts(lab_id: int) -> ProposalFacts:
    """Return what the workflow asks of the proposals of a lab. One statement."""
    undecided = (
        Proposal.sent_at.is_not(None),
        Proposal.returned_at.is_(None),
        Proposal.rejected_at.is_(None),
        Thing.hidden_at.is_(None),
        Proposal.admitted_at.is_(None),
        Proposal.refused_at.is_(None),
    )
    row = db.session.execute(
        select(
            func.count().filter(Proposal.admitted_at.is_not(None)),
            func.count().filter(*undecided),
            func.count().filter(_is_unanswered()),
        )
        .select_from(Proposal)
        .join(Proposal.thing)
        .where(Thing.lab_id == lab_id, Thing.kind == Kind.PROPOSAL)
    ).one()
    return ProposalFacts(*row)


def unanswered_proposals(lab_id: int) -> Sequence[Thing]:
    """Return the proposals that are neither adopted nor answered, in order. One statement."""
    return db.session.scalars(
        select(Thing)
        .join(Proposal, Proposal.id == Thing.id)
        .where(Thing.lab_id == lab_id, Thing.kind == Kind.PROPOSAL, _is_unanswered())
        .order_by(Thing.number)
    ).all()


def _is_unanswered() -> ColumnElement[bool]:
    """Say, in a query, that a published proposal is neither adopted, taken up nor answered."""
    child = aliased(Thing)
    taken_up = exists().where(
        Descent.parent_id == Proposal.id,
        child.id == Descent.child_id,
        child.kind.in_([Kind.LETTER, Kind.AGREEMENT]),
    )
    answered = exists().where(Response.thing_id == Proposal.id)
    return and_(thread.public(), Proposal.adopted_at.is_(None), ~taken_up, ~answered)


def drift() -> Iterator[str]:
    """Yield a sentence for each proposal whose version is not the last one the public may read.

    Of what is not published the first version stands.
    """
    read = select(func.max(Version.number)).where(
        Version.proposal_id == Proposal.id, Version.shown_at.is_not(None)
    )
    newest = func.coalesce(read.scalar_subquery(), 0)
    last = case((thread.has_place(), newest), else_=1)
    proposals = select(Proposal.id, Proposal.version, last).join(Proposal.thing)
    wrong = proposals.where(Proposal.version != last)
    for key, version, there in db.session.execute(wrong.order_by(Proposal.id)):
        yield f"proposal {key}: version {version} stands, the last one published is {there}"
