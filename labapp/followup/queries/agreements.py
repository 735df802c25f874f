"""Read agreements and their steps."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from labapp.db import db
from labapp.domain import progress as progress_rules
from labapp.domain.kinds import Kind
from labapp.followup.models import Agreement, Evidence, Milestone, Verification, Watcher
from labapp.pagination import Page, newest_first, page_of
from labapp.thread import queries as thread
from labapp.thread.models import Thing


def agreement(lab_id: int, number: int) -> Agreement | None:
    """Return an agreement of the lab by its number, draft or not, with its entity."""
    return db.session.scalar(
        select(Agreement)
        .join(Agreement.thing)
        .options(contains_eager(Agreement.thing), joinedload(Agreement.organization))
        .where(thread.stands_at(lab_id, Kind.AGREEMENT, number))
    )


def agreements(
    lab_id: int,
    *,
    before: int | None = None,
    drafts_for: frozenset[int] | None = frozenset(),
) -> Page[Agreement, int]:
    """Return the agreements of a lab, newest first, before number ``before``. One statement.

    Args:
        lab_id: the lab.
        before: a number already shown, or None for the first page.
        drafts_for: entities whose drafts are shown too; None for every draft.
    """
    query = (
        select(Agreement)
        .join(Agreement.thing)
        .options(contains_eager(Agreement.thing), joinedload(Agreement.organization))
        .where(Thing.lab_id == lab_id, Thing.kind == Kind.AGREEMENT)
    )
    if drafts_for is not None:
        own = Agreement.organization_id.in_(drafts_for)
        query = query.where(thread.public() | own)
    rows = db.session.scalars(newest_first(query, Thing.number, before)).all()
    return page_of(rows, lambda agreement: agreement.thing.number)


def steps(agreement_id: int) -> Sequence[Milestone]:
    """Return the steps of an agreement in order, with things and questions. Two statements."""
    return db.session.scalars(
        select(Milestone)
        .where(Milestone.agreement_id == agreement_id)
        .options(joinedload(Milestone.thing), selectinload(Milestone.questions))
        .order_by(Milestone.position)
    ).all()


def milestone(lab_id: int, number: int) -> Milestone | None:
    """Return a step of the lab by its number, with its agreement and entity."""
    return db.session.scalar(
        select(Milestone)
        .join(Milestone.thing)
        .options(
            contains_eager(Milestone.thing),
            joinedload(Milestone.agreement).joinedload(Agreement.organization),
            joinedload(Milestone.agreement).joinedload(Agreement.thing),
        )
        .where(thread.stands_at(lab_id, Kind.MILESTONE, number))
    )


def lock_milestone(milestone_id: int) -> Milestone:
    """Return the step as it stands now, held until the commit: whoever comes second waits."""
    return db.session.scalars(
        select(Milestone)
        .where(Milestone.id == milestone_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def milestones_seen_by(person_ids: Collection[int]) -> Sequence[Milestone]:
    """Return the steps of which one of these says what a neighbour saw, held until the commit."""
    looked = select(Verification.milestone_id).where(
        Verification.watcher == Watcher.NEIGHBOUR,
        or_(
            Verification.person_id.in_(person_ids),
            Verification.typed_by_id.in_(person_ids),
            Verification.attested_by_id.in_(person_ids),
        ),
    )
    return db.session.scalars(
        select(Milestone).where(Milestone.id.in_(looked)).order_by(Milestone.id).with_for_update()
    ).all()


def step_shown_by(thing_id: int) -> Milestone | None:
    """Return the step that evidence shows or a visit saw, held until the commit; None elsewhere."""
    shown = select(Evidence.milestone_id).where(Evidence.id == thing_id)
    seen = select(Verification.milestone_id).where(Verification.visit_id == thing_id)
    return db.session.scalar(
        select(Milestone)
        .where(or_(Milestone.id.in_(shown), Milestone.id.in_(seen)))
        .with_for_update()
    )


def progress(agreement_ids: Sequence[int]) -> dict[int, progress_rules.Progress]:
    """Return how far each agreement is: declared and verified, apart. One statement."""
    rows = db.session.execute(
        select(
            Milestone.agreement_id,
            Milestone.weight,
            Milestone.declared,
            Milestone.verified,
            Milestone.looked,
        )
        .where(Milestone.agreement_id.in_(agreement_ids))
        .order_by(Milestone.agreement_id, Milestone.position)
    ).all()
    of = {i: [row for row in rows if row.agreement_id == i] for i in agreement_ids}
    return {
        i: progress_rules.of_steps(mine, looked=any(row.looked for row in mine))
        for i, mine in of.items()
    }
