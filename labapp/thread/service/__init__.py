"""Write things, where they came from and what is owed on them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select, text, update

from labapp.db import db
from labapp.domain.clocks import calendar_due
from labapp.domain.code_alphabet import new_code
from labapp.domain.descents import DescentKind
from labapp.domain.duties import ANSWER_TERM, DutyKind
from labapp.domain.errors import Denied, mark
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import Role
from labapp.record.acting import Acting
from labapp.thread.models import Counter, Descent, Duty, Thing
from labapp.thread.queries import duties, review_queue
from labapp.thread.short_title import short_title

#: Letters of a tracking code: 49 random bits.
_CODE = 10
#: Whoever comes second finds the counter that the first began.
_BEGIN = text(
    "INSERT INTO counter (place, kind, last) VALUES (:place, :kind, 0) ON CONFLICT DO NOTHING"
)


def add(
    kind: Kind,
    *,
    title: str,
    state: str,
    lab_id: int | None = None,
    plan_id: int | None = None,
    published_at: datetime | None = None,
) -> Thing:
    """Add a thing and flush it: it has an id and its number.

    Args:
        kind: what it is.
        title: its first words, cut at 140 characters.
        state: the room's word for where it stands.
        lab_id: its lab, or
        plan_id: its plan; exactly one of the two.
        published_at: None while the public may not see it.
    """
    thing = Thing(
        kind=kind,
        title=short_title(title),
        state=state,
        lab_id=lab_id,
        plan_id=plan_id,
        published_at=published_at,
    )
    thing.number = _next(thing)
    db.session.add(thing)
    db.session.flush()
    return thing


def add_coded(kind: Kind, *, title: str, state: str, lab_id: int) -> Thing:
    """Add a thing to be reviewed first and flush it: it has a tracking code of ten characters.

    Its number it gets once it is published (``number``), or never. Arguments as in ``add``.
    """
    thing = Thing(
        kind=kind, title=short_title(title), state=state, lab_id=lab_id, code=new_code(_CODE)
    )
    db.session.add(thing)
    db.session.flush()
    return thing


def number(thing: Thing) -> int:
    """Give the thing its public number, once."""
    if thing.number is None:
        thing.number = _next(thing)
        db.session.flush()
    return thing.number


def descend(child_id: int, parent_id: int, why: DescentKind) -> None:
    """Record that the child came from the parent. Saying it twice changes nothing."""
    if db.session.get(Descent, (child_id, parent_id)) is None:
        db.session.add(Descent(child_id=child_id, parent_id=parent_id, why=why))
        db.session.flush()


def undo_descent(child_id: int, parent_id: int, why: DescentKind) -> None:
    """Take back that the child came from the parent for that reason; another reason stands."""
    descent = db.session.get(Descent, (child_id, parent_id))
    if descent is not None and descent.why is why:
        db.session.delete(descent)
        db.session.flush()


def owe(
    thing: Thing,
    what: DutyKind,
    *,
    owed_by: str,
    due_on: date,
    basis: str,
    today: date | None = None,
) -> None:
    """Record that something is owed on the thing; a second call moves the day, or owes it anew.

    What was late stays as it was, beside what is owed now.

    Args:
        thing: what it is owed on.
        what: which kind of duty.
        owed_by: who owes it, a name or a role.
        due_on: the last day.
        basis: the law, or whose term it is.
        today: the day of the act, where what is owed already may get a later day: had its day
            passed, that lateness stays beside the new term.
    """
    duty = _open(thing.id, what)
    if duty is not None and today is not None and duty.due_on < min(today, due_on):
        duty.waived_on = today
        db.session.flush()
        duty = None
    duty = duty or duties.met_in_time(thing.id, what)
    if duty is None:
        duty = Duty(thing_id=thing.id, lab_id=thing.lab_id, what=what)
        db.session.add(duty)
    duty.owed_by, duty.due_on, duty.basis = owed_by[:200], due_on, basis
    duty.met_on = duty.noted_on = None
    db.session.flush()


def settle(thing_id: int, what: DutyKind, on: date, *, noted_on: date | None = None) -> None:
    """Record that what was owed was done.

    Args:
        thing_id: what it was owed on.
        what: which kind of duty.
        on: the day it was done, as whoever writes it down says.
        noted_on: the day of the act, where a person typed the other.
    """
    duty = _open(thing_id, what)
    if duty is not None:
        duty.met_on, duty.noted_on = on, noted_on or on
        db.session.flush()


def waive(thing_id: int, what: DutyKind, on: date) -> None:
    """Owe it no longer from that day (the thing was joined, withdrawn or closed).

    What is not late yet is forgotten; what is late stays, with the day from which nobody owes it.
    """
    duty = _open(thing_id, what)
    if duty is None:
        return
    if duty.due_on < on:
        duty.waived_on = on
    else:
        db.session.delete(duty)
    db.session.flush()


def queue(thing: Thing, *, days: int, now: datetime) -> None:
    """Put a thing into its lab's queue of what waits to be reviewed; its clock starts anew.

    Args:
        thing: what was sent.
        days: calendar days in which somebody must review it.
        now: when it was sent.
    """
    owe(
        thing,
        DutyKind.MODERATION,
        owed_by=Role.FACILITATOR.label,
        due_on=calendar_due(local_day(now), days),
        basis=ANSWER_TERM,
        today=local_day(now),
    )


def require_turn(acting: Acting[Any], thing_id: int) -> None:
    """Let ANTAI decide on what waits only once the lab's own term has passed.

    Raises:
        Denied: the lab still has time.
    """
    due, today = review_queue.due_on(thing_id), local_day(acting.now)
    if not review_queue.is_turn_of(acting.actor, due, today):
        raise Denied(mark("ANTAI decides on this only once the lab's own term has passed."))


def _open(thing_id: int, what: DutyKind) -> Duty | None:
    return db.session.scalar(
        select(Duty).where(Duty.thing_id == thing_id, Duty.what == what, duties.stands_open())
    )


def _next(thing: Thing) -> int:
    """Take the next number of the counter row; two writers wait for one another here."""
    place = f"lab:{thing.lab_id}" if thing.lab_id is not None else f"plan:{thing.plan_id}"
    step = (
        update(Counter)
        .where(Counter.place == place, Counter.kind == thing.kind)
        .values(last=Counter.last + 1)
        .returning(Counter.last)
        .execution_options(synchronize_session=False)
    )
    last = db.session.scalar(step)
    if last is None:
        db.session.execute(_BEGIN, {"place": place, "kind": thing.kind.value})
        last = db.session.scalars(step).one()
    return last


def copy_state(
    thing: Thing,
    *,
    state: str,
    title: str | None = None,
    published_at: datetime | None = None,
) -> None:
    """Copy what the owning room decided; a title or instant not given stays as it was."""
    thing.state = state
    if title is not None:
        thing.title = short_title(title)
    if published_at is not None:
        thing.published_at = published_at
    db.session.flush()


def note_removal(
    thing: Thing, *, at: datetime | None, code: RemovalCode | None, hidden_at: datetime | None
) -> None:
    """Note what was last taken away of a thing, and whether all of it is; None where nothing is."""
    thing.removed_at, thing.removed_for, thing.hidden_at = at, code, hidden_at
    db.session.flush()
