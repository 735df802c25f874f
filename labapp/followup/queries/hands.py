"""Read who of those who write for others is tied to a step: carries it out, or facilitates."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import CompoundSelect, or_, select, union
from sqlalchemy.orm import aliased

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.roles import Role
from labapp.labs.models import Grant, LabPerson

#: By which somebody answers for an entity, or stands beside it.
_OF_AN_ENTITY = (Role.RESPONSIBLE, Role.ALLY)
#: By which somebody's word for others counts less.
TYING = (Role.FACILITATOR, *_OF_AN_ENTITY)


@dataclass(frozen=True, slots=True)
class Ties:
    """What some people are or were, by any of their numbers.

    Attributes:
        labs: which person facilitates, or did, in which lab.
        bodies: which person stands for which entity, or did, in any lab.
    """

    labs: frozenset[tuple[int, int]]
    bodies: frozenset[tuple[int, int]]

    def binds(self, person_id: int | None, lab_id: int, organization_id: int) -> bool:
        """Tell whether somebody facilitates this lab, or stands for this entity."""
        if person_id is None:
            return False
        return (person_id, lab_id) in self.labs or (person_id, organization_id) in self.bodies


def ties_of(person_ids: Collection[int | None]) -> Ties:
    """Return what these people are and were, roles that ended among it.

    One statement where there is anybody, and none otherwise.
    """
    known = {key for key in person_ids if key is not None}
    if not known:
        return Ties(frozenset(), frozenset())
    me, one = _numbers(known).subquery().c
    rows = db.session.execute(
        select(me, Grant.lab_id, Grant.role, Grant.organization_id)
        .join(Grant, Grant.person_id == one)
        .where(Grant.role.in_(TYING))
        .order_by(Grant.id)
    ).all()
    return Ties(
        labs=frozenset((key, lab) for key, lab, role, _body in rows if role is Role.FACILITATOR),
        bodies=frozenset(
            (key, body) for key, _lab, role, body in rows if role in _OF_AN_ENTITY and body
        ),
    )


def every_number(person_id: int) -> frozenset[int]:
    """Return every number that is this person's, in any lab. One statement."""
    rows = db.session.execute(_numbers({person_id}))
    return frozenset(number for _me, number in rows)


def _numbers(known: Collection[int]) -> CompoundSelect[int, int]:
    """Return, as SQL, each of these numbers beside every number of the same person."""
    mine, number = aliased(Person), aliased(Person)
    line, near = aliased(LabPerson), aliased(LabPerson)
    same = or_(
        number.id == mine.id,
        number.same_as_id == mine.same_as_id,
        number.id == mine.same_as_id,
        number.same_as_id == mine.id,
    )
    return union(
        select(mine.id, number.id.label("number")).join(number, same).where(mine.id.in_(known)),
        select(line.person_id, near.person_id)
        .join(near, (near.lab_id == line.lab_id) & (near.line_id == line.line_id))
        .where(line.person_id.in_(known)),
    )
