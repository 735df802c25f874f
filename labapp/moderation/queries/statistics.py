"""Count what was taken away: by code and by side, what was appealed, and what came back."""

from statistics import fmean
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from labapp.db import db
from labapp.domain.removal import RemovalEnd
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import Role
from labapp.moderation.models import Removal


class CodeCount(NamedTuple):
    """How often one side took something away for one reason, and what became of it."""

    code: RemovalCode
    #: None where its author did.
    role: Role | None
    taken: int
    appealed: int
    #: By ANTAI, or because nobody heard the appeal in its term.
    reversed: int
    #: Days until an appeal ended, the mean; None where none did.
    days: float | None


def by_code(lab_id: int | None = None) -> list[CodeCount]:
    """Return the counts of a lab, or of the whole site, by code and side.

    Args:
        lab_id: None for the whole site.
    """
    where: list[ColumnElement[bool]] = [Removal.decided_at.is_not(None)]
    if lab_id is not None:
        where.append(Removal.lab_id == lab_id)
    came_back = Removal.ended_by.in_((RemovalEnd.REVERSED, RemovalEnd.TERM))
    counts = db.session.execute(
        select(
            Removal.code,
            Removal.role,
            func.count(),
            func.count(Removal.appealed_at),
            func.count().filter(came_back),
        )
        .where(*where)
        .group_by(Removal.code, Removal.role)
        .order_by(Removal.code, Removal.role)
    ).all()
    days = _days(where)
    return [CodeCount(*row, days.get((row.code, row.role))) for row in counts]


def _days(where: list[ColumnElement[bool]]) -> dict[tuple[RemovalCode, Role | None], float]:
    """Return the mean of the days that appeals took, of each code and side. One statement."""
    took: dict[tuple[RemovalCode, Role | None], list[float]] = {}
    answered = func.coalesce(Removal.ruled_at, Removal.ended_at)
    rows = db.session.execute(
        select(Removal.code, Removal.role, Removal.appealed_at, answered).where(
            *where, Removal.appealed_at.is_not(None), answered.is_not(None)
        )
    )
    for code, role, appealed_at, answered_at in rows:
        if appealed_at is not None:
            days = (answered_at - appealed_at).total_seconds() / 86_400
            took.setdefault((code, role), []).append(days)
    return {key: fmean(each) for key, each in took.items()}
