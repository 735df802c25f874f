"""Count what is agreed, owed and disputed, in one lab or in all."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from labapp.db import db
from labapp.domain.duties import DutyKind
from labapp.followup.models import Agreement, Letter, Milestone
from labapp.thread.models import Duty, Thing
from labapp.thread.queries.countable import is_counted


class FollowupFacts(NamedTuple):
    """What a lab's workflow asks of its letters and agreements."""

    agreements_in_force: int
    letters_unanswered: int
    #: Of agreements in force, not verified whole.
    milestones_unmet: int


@dataclass(frozen=True, slots=True)
class FollowupStatistics:
    """Counts of rows; ``oldest_days`` is days since the oldest unanswered letter was handed in.

    A step in dispute whose day has passed is counted both as disputed and as overdue. A letter is
    late that was answered after its day, or noted after it as answered in time.
    """

    agreements: int = 0
    steps: int = 0
    steps_met: int = 0
    steps_overdue: int = 0
    steps_disputed: int = 0
    letters: int = 0
    letters_answered: int = 0
    letters_late: int = 0
    oldest_days: int | None = None


def facts(lab_id: int) -> FollowupFacts:
    """Return agreements in force, letters unanswered and steps of agreements in force unmet."""
    in_force = select(func.count()).select_from(Agreement).join(Thing, Thing.id == Agreement.id)
    silent = select(func.count()).select_from(Letter).join(Thing, Thing.id == Letter.id)
    unmet = (
        select(func.count())
        .select_from(Milestone)
        .join(Agreement, Agreement.id == Milestone.agreement_id)
        .join(Thing, Thing.id == Agreement.id)
    )
    accepted = and_(Thing.lab_id == lab_id, Agreement.accepted_on.is_not(None))
    row = db.session.execute(
        select(
            in_force.where(accepted).scalar_subquery(),
            silent.where(Thing.lab_id == lab_id, is_silent()).scalar_subquery(),
            unmet.where(accepted, is_unmet()).scalar_subquery(),
        )
    ).one()
    return FollowupFacts(*row)


def numbers(
    today: date, lab_id: int | None = None, *, examples: bool = False
) -> FollowupStatistics:
    """Return the counts of all approved labs, real or examples, or of one lab. Two statements."""
    steps = (
        select(
            func.count(func.distinct(Agreement.id)),
            func.count(Milestone.id),
            _how_many(Milestone.verified == 100),
            _how_many((Milestone.due_on < today) & (Milestone.verified < 100)),
            _how_many(Milestone.disputed.is_(True)),
        )
        .select_from(Agreement)
        .join(Milestone, Milestone.agreement_id == Agreement.id)
        .join(Thing, Thing.id == Agreement.id)
        .where(Agreement.accepted_on.is_not(None))
    )
    letters = (
        select(
            func.count(Letter.id),
            func.count(Letter.answer),
            _how_many(or_(Letter.answered_on > Letter.due_on, _noted_late())),
            func.min(case((Letter.answer.is_(None), Letter.presented_on))),
        )
        .select_from(Letter)
        .join(Thing, Thing.id == Letter.id)
    )
    where = Thing.lab_id == lab_id if lab_id is not None else is_counted(examples=examples)
    steps, letters = steps.where(where), letters.where(where)
    agreed, sent = db.session.execute(steps).one(), db.session.execute(letters).one()
    return FollowupStatistics(
        agreements=agreed[0],
        steps=agreed[1],
        steps_met=agreed[2],
        steps_overdue=agreed[3],
        steps_disputed=agreed[4],
        letters=sent[0],
        letters_answered=sent[1],
        letters_late=sent[2],
        oldest_days=(today - sent[3]).days if sent[3] else None,
    )


def _noted_late() -> ColumnElement[bool]:
    """Say, in a query, that a letter's answer was written down after its day."""
    return exists().where(
        Duty.thing_id == Letter.id, Duty.what == DutyKind.LETTER, Duty.noted_on > Duty.due_on
    )


def is_unmet() -> ColumnElement[bool]:
    """Say, in a query, that a step is not done and seen, be its agreement in force or not."""
    return Milestone.verified < 100


def is_silent() -> ColumnElement[bool]:
    """Say, in a query, that a letter waits for its answer."""
    return Letter.answer.is_(None)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))
