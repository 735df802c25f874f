"""Who is one person with whom is the same from whichever number it is asked, and by every query."""

from itertools import product

import pytest
from sqlalchemy import literal, select

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.policy import Role
from labapp.labs.models import Lab, LabPerson
from labapp.labs.queries import actor, affiliations, identity
from labapp.labs.service import grant
from labapp.labs.service.listing import put_on_list
from tests.make import NOW, Make, declared


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab()


def _everywhere(*people: Person) -> None:
    for one in people:
        one.same_as_id = min(other.id for other in people)
    db.session.flush()


def _in_one_line(lab: Lab, *people: Person) -> None:
    ids = [one.id for one in people]
    put_on_list(lab.id, ids, now=NOW, by=None)
    for row in db.session.scalars(
        select(LabPerson).where(LabPerson.lab_id == lab.id, LabPerson.person_id.in_(ids))
    ):
        row.line_id = ids[0]
    db.session.flush()


@pytest.fixture
def three(make: Make, lab: Lab) -> tuple[Person, ...]:
    """Return three numbers of one: two by their own word, and the third by a line of this lab."""
    one, two, paper = make.person(), make.person(), make.person()
    _everywhere(one, two)
    _in_one_line(lab, two, paper)
    return one, two, paper


def test_one_is_as_another_as_the_other_is_as_one(lab: Lab, three: tuple[Person, ...]) -> None:
    ids = {one.id for one in three}

    for one, two in product(ids, ids):
        assert identity.are_one(one, two, lab.id)
        assert identity.same_people(one, lab.id) == ids
        assert identity.numbers_in_every_lab(one) == ids


def test_the_word_of_a_lab_reaches_no_other(make: Make, three: tuple[Person, ...]) -> None:
    one, two, paper = three
    elsewhere = make.lab()

    assert not identity.are_one(one.id, paper.id, elsewhere.id)
    assert not identity.are_one(paper.id, two.id)


@pytest.mark.parametrize("holder", range(3))
def test_whoever_is_of_an_entity_by_one_number_is_by_all_of_them(
    make: Make, lab: Lab, three: tuple[Person, ...], holder: int
) -> None:
    town, there = make.organization(), make.lab()
    holds = three[holder].id
    grant(there.id, holds, Role.ALLY, source="x", now=NOW, organization_id=town.id)
    declared(lab.id, holds)
    grant(lab.id, holds, Role.FACILITATOR, source="x", now=NOW)

    for one in three:
        asked = select(
            affiliations.is_of(literal(town.id), literal(lab.id)),
            affiliations.facilitates(literal(lab.id)),
        ).where(Person.id == one.id)
        known = actor(lab, one.id, frozenset())
        assert tuple(db.session.execute(asked).one()) == (True, True)
        assert affiliations.bodies_ever(one.id, lab.id) == {town.id}
        assert Role.FACILITATOR in known.roles | known.others
