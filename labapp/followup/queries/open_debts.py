"""Read what letters and steps are owed: to pay it after the close, or to list it at the close."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.followup.models import Agreement, Letter, Milestone
from labapp.followup.queries.statistics import is_silent, is_unmet
from labapp.organizations.models import Organization
from labapp.thread.models import Thing


def silent_letters(lab_id: int) -> Sequence[tuple[Thing, str]]:
    """Return each letter without its answer, and to whom it went, in order. One statement."""
    rows = db.session.execute(
        select(Thing, Organization.name)
        .join(Letter, Letter.id == Thing.id)
        .join(Organization, Organization.id == Letter.organization_id)
        .where(Thing.lab_id == lab_id, is_silent())
        .order_by(Thing.number)
    )
    return [(thing, name) for thing, name in rows]


def unmet_steps(lab_id: int) -> Sequence[tuple[Thing, str]]:
    """Return each step that is not done and seen, and whose word it was. One statement."""
    rows = db.session.execute(
        select(Thing, Organization.name)
        .join(Milestone, Milestone.id == Thing.id)
        .join(Agreement, Agreement.id == Milestone.agreement_id)
        .join(Organization, Organization.id == Agreement.organization_id)
        .where(Thing.lab_id == lab_id, Agreement.accepted_on.is_not(None), is_unmet())
        .order_by(Milestone.agreement_id, Milestone.position)
    )
    return [(thing, name) for thing, name in rows]


def step_places(thing_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return of each step its place in its agreement, and the agreement's number."""
    if not thing_ids:
        return {}
    rows = db.session.execute(
        select(Milestone.id, Milestone.position, Thing.number)
        .join(Thing, Thing.id == Milestone.agreement_id)
        .where(Milestone.id.in_(thing_ids))
    )
    return {key: (position, number or 0) for key, position, number in rows}


def is_owed(thing: Thing) -> bool:
    """Tell whether a letter waits for its answer, or a step of an agreement for its end."""
    if thing.kind is Kind.LETTER:
        return db.session.get_one(Letter, thing.id).answer is None
    unmet = (
        select(Milestone.id)
        .join(Agreement, Agreement.id == Milestone.agreement_id)
        .where(Agreement.id == thing.id, Agreement.accepted_on.is_not(None), is_unmet())
    )
    return db.session.scalar(unmet.limit(1)) is not None
