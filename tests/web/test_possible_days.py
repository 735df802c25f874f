"""Days that cannot be are refused by every form of every room, and by every door to a row."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import Date, DateTime, func, insert, select, update

from labapp.db import Base, db, restoring
from labapp.domain.errors import Conflict
from labapp.domain.policy import Role
from labapp.domain.possible_days import ImpossibleDay
from labapp.domain.stage import Stage
from labapp.followup import service as followup
from labapp.followup.models import Letter
from labapp.followup.service import MilestoneDraft
from labapp.plans import service as plans
from labapp.plans.models import Plan
from labapp.record.acting import Acting
from labapp.sessions import service as sessions
from labapp.sessions.models import Modality
from labapp.thread.models import Thing
from labapp.web.fields import Day, Moment
from labapp.web.form import Form
from tests.followup.make import agreement, letter
from tests.make import NOW, Make

SAID = re.compile(
    "Ese día no puede ser: escriba uno desde el año 2000 y a lo más 30 años adelante."
)
OLD = date(1990, 1, 1)
IMPOSSIBLE = ("1990-01-01", "2126-01-01", "0001-01-01", "9999-12-31", "01/01/1990")


def _forms(base: type[Form] = Form) -> Iterator[type[Form]]:
    for form in base.__subclasses__():
        if form.__module__.startswith("labapp."):
            yield form
        yield from _forms(form)


def _asked(app: Flask) -> list[tuple[type[Form], str, type]]:
    """Return every form of the house with each of its fields that asks for a day."""
    fields = []
    with app.test_request_context():
        for form in sorted({*_forms()}, key=lambda one: (one.__module__, one.__name__)):
            fields += [
                (form, field.name, type(field))
                for field in form(formdata=None)
                if isinstance(field, Day | Moment)
            ]
    return fields


@pytest.mark.parametrize("typed", IMPOSSIBLE)
def test_every_field_of_every_form_refuses_a_day_that_cannot_be(app: Flask, typed: str) -> None:
    asked = _asked(app)
    assert {name for _form, name, _sort in asked} >= {"day", "opens_at", "due_on", "starts_on"}

    for form, name, sort in asked:
        sent = typed if sort is Day else f"{typed} 10:00" if "/" in typed else f"{typed}T10:00"
        with app.test_request_context(method="POST", data={name: sent}):
            made = form(meta={"csrf": False})
            made.validate()
            (sentence,) = made[name].errors
            kept = str(made[name]())
        assert SAID.fullmatch(str(sentence)), (form, name, sentence)
        assert sent in kept, (form, name)


def test_every_day_of_every_table_is_one_that_can_be() -> None:
    plain = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Date | DateTime)
    ]

    assert plain == []


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2126, 1, 1)], ids=str)
def test_a_service_refuses_it_too(make: Make, day: date) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    acting = Acting(lab, make.actor(lab, Role.FACILITATOR), NOW)
    antai = Acting(None, make.actor(lab, Role.REVIEWER), NOW)
    draft = agreement(make, lab, accepted=False)
    noon = datetime(day.year, 1, 1, 17, tzinfo=UTC)
    count = db.session.scalar(select(func.count()).select_from(Thing))
    doors = (
        lambda: letter(make, lab, presented_on=day),
        lambda: followup.add_step(acting, draft, step=MilestoneDraft("Losa", day, ("¿Está?",))),
        lambda: plans.add_plan(antai, name="P", starts_on=day, ends_on=day, source=""),
        lambda: sessions.type_in(
            Acting(lab, acting.actor, noon.replace(day=2)),
            starts_at=noon,
            ends_at=noon.replace(hour=18),
            modality=Modality.VIRTUAL,
            venue="x",
            agenda="x",
        ),
    )

    for door in doors:
        with pytest.raises(ImpossibleDay, match="cannot be"), db.session.begin_nested():
            door()

    assert db.session.scalar(select(func.count()).select_from(Thing)) == count


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2126, 1, 1)], ids=str)
def test_no_statement_writes_it(make: Make, day: date) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    sent = letter(make, lab)
    row = {"slug": "p", "name": "P", "source": "", "starts_on": day, "ends_on": day}

    for statement in (
        insert(Plan).values(**row),
        update(Letter).where(Letter.id == sent.id).values(presented_on=day),
    ):
        with pytest.raises(Conflict, match="cannot be"):
            db.session.execute(statement)


def test_a_row_of_before_the_rule_comes_back_with_a_backup(make: Make) -> None:
    sent = letter(make, make.lab(Stage.FOLLOWUP))
    token = restoring.set(True)
    db.session.execute(update(Letter).where(Letter.id == sent.id).values(presented_on=OLD))
    restoring.reset(token)

    assert db.session.scalars(select(Letter.presented_on)).one() == OLD
