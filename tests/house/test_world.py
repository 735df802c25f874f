"""The world that a test is given is empty, whole, and on the database it says."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from labapp.accounts import queries as accounts
from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.policy import Act, Role
from labapp.domain.roles import GLOBAL, IN_LAB
from labapp.labs import queries as labs
from labapp.record import queries as record
from labapp.record.acting import Acting
from labapp.record.models import Entry
from tests.make import NOW, Make


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_begins_with_nobody_and_counts_from_one(make: Make, turn: str) -> None:
    people = db.session.scalar(select(func.count()).select_from(Person))

    person = make.person()
    db.session.commit()

    assert people == 0
    assert person.id == 1, turn


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_only_grows_is_empty_again_too(make: Make, turn: str) -> None:
    lab = make.lab()
    Acting(lab, make.actor(lab), NOW).record(Act.LAB_EDIT)
    db.session.commit()

    entry = db.session.scalars(select(Entry)).one()

    assert (entry.id, entry.position) == (1, 1), turn
    assert list(record.faults()) == []


def test_the_database_refuses_to_change_an_entry(make: Make) -> None:
    lab = make.lab()
    Acting(lab, make.actor(lab), NOW).record(Act.LAB_EDIT)
    db.session.commit()
    db.session.scalars(select(Entry)).one().reason = "another"

    with pytest.raises(IntegrityError):
        db.session.commit()

    db.session.rollback()


@pytest.mark.parametrize("role", sorted(IN_LAB | GLOBAL))
def test_somebody_is_seen_with_the_role_given(make: Make, role: Role) -> None:
    lab = make.lab()

    actor = make.actor(lab, role)

    assert actor.person_id is not None
    seen = labs.actor(lab, actor.person_id, accounts.global_roles(actor.person_id))
    assert seen == actor
