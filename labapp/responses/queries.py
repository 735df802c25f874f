"""Read reasoned responses and the things they answer."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.responses.models import Response

#: What is answered with a reasoned response; letters and findings have their own answers.
ANSWERED = (Kind.CONTRIBUTION, Kind.PROBLEM, Kind.PROPOSAL)


def of(thing_id: int) -> Sequence[Response]:
    """Return every version of the answer to a thing, the one that stands first."""
    return db.session.scalars(
        select(Response).where(Response.thing_id == thing_id).order_by(Response.version.desc())
    ).all()


def standing(thing_ids: Collection[int]) -> dict[int, Response]:
    """Return the answer that stands for each of these things. One statement."""
    if not thing_ids:
        return {}
    last = (
        select(Response.thing_id, func.max(Response.version).label("version"))
        .where(Response.thing_id.in_(thing_ids))
        .group_by(Response.thing_id)
        .subquery()
    )
    rows = db.session.scalars(
        select(Response)
        .join(last, (Response.thing_id == last.c.thing_id) & (Response.version == last.c.version))
        .order_by(Response.thing_id)
    )
    return {row.thing_id: row for row in rows}
