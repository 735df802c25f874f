"""Neighbours registered by name: nobody twice, nobody unasked, in a few statements."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from labapp.db import db
from labapp.domain.errors import Conflict
from labapp.domain.policy import Actor, Role
from labapp.labs import queries
from labapp.labs.models import Lab, LabPerson
from labapp.labs.queries import lines
from labapp.labs.queries.recognition import Newcomer
from labapp.labs.service import grant, registering
from labapp.labs.service.registering import Registration
from labapp.record.acting import Acting
from tests.make import NOW, Make
from tests.statements import Statements


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab()


@pytest.fixture
def host(make: Make, lab: Lab) -> Actor:
    return make.actor(lab, Role.FACILITATOR)


def register(lab: Lab, host: Actor, *newcomers: Newcomer) -> Registration:
    return registering.register(Acting(lab, host, NOW), newcomers)


def test_thirty_neighbours_are_registered_in_as_many_statements_as_three(
    make: Make, host: Actor, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    words = ("Ábrego", "Bejerano", "Castillo", "Domínguez", "Escobar", "Flores")
    names = [Newcomer(f"{one}{two} {one}") for one in words for two in words if one != two]
    few_lab, many_lab = make.lab(), make.lab()
    with statements() as few:
        register(few_lab, host, *names[:3])
    with statements() as many:
        register(many_lab, host, *names)

    assert len(queries.member_ids(many_lab.id)) == 30
    assert few.count == many.count <= 16


def test_whoever_is_a_member_by_that_name_is_recognized_and_not_added(
    lab: Lab, host: Actor
) -> None:
    register(lab, host, Newcomer("María Pérez"), Newcomer("Juan Ábrego"))

    again = register(lab, host, Newcomer("PEREZ María"), Newcomer("Eva Castillo"))

    assert (len(again.added), len(again.known)) == (1, 1)
    assert len(queries.member_ids(lab.id)) == 3


def test_of_whoever_sounds_alike_it_is_said_who_they_are(lab: Lab, host: Actor) -> None:
    maria = register(lab, host, Newcomer("María Pérez")).added[0]
    for typed in ("Mario Pérez", "Mari Perez", "María del Carmen Pérez", "María Pérez, La Loma"):
        name, _, known_as = typed.partition(", ")
        with pytest.raises(Conflict, match="sounds like"):
            register(lab, host, Newcomer(name, known_as))

    same = register(lab, host, Newcomer("Mari Perez", same_as=maria))
    other = register(lab, host, Newcomer("Mario Pérez", is_other=True))

    assert (same.added, same.known) == ([], [maria])
    assert queries.member_ids(lab.id) == [maria, *other.added]


def test_somebody_not_on_this_list_is_nobody_here(make: Make, lab: Lab, host: Actor) -> None:
    elsewhere = register(make.lab(), host, Newcomer("María Pérez")).added[0]

    with pytest.raises(Conflict, match="not on the list"):
        register(lab, host, Newcomer("María Pérez", same_as=elsewhere))


def test_a_namesake_with_a_mark_of_her_own_is_recognized_by_it(lab: Lab, host: Actor) -> None:
    register(lab, host, Newcomer("María Pérez", "La Loma"), Newcomer("María Pérez", "El Bajo"))

    again = register(lab, host, Newcomer("maría pérez", "EL BAJO"))

    assert (again.added, len(again.known)) == ([], 1)
    with pytest.raises(Conflict, match="sounds like"):
        register(lab, host, Newcomer("María Pérez"))


@pytest.mark.parametrize(
    "marks", [("", ""), ("La Loma", ""), ("", "La Loma"), ("La Loma", "la loma")]
)
def test_one_name_typed_twice_is_two_people_only_where_each_is_told_apart(
    lab: Lab, host: Actor, marks: tuple[str, str]
) -> None:
    with pytest.raises(Conflict, match="written twice"):
        register(lab, host, *(Newcomer("María Pérez", mark) for mark in marks))


def test_whoever_is_on_the_list_with_a_part_alone_becomes_a_member_once_it_is_said(
    make: Make, lab: Lab, host: Actor
) -> None:
    engineer = make.person()
    engineer.name = "Ana Castillo"
    grant(lab.id, engineer.id, Role.ALLY, source="given", now=NOW)
    with pytest.raises(Conflict, match="sounds like"):
        register(lab, host, Newcomer("Ana Castillo"))

    register(lab, host, Newcomer("Ana Castillo", same_as=engineer.id))

    assert queries.member_ids(lab.id) == [engineer.id]


def test_everybody_with_a_role_is_on_the_list_once(make: Make, lab: Lab, host: Actor) -> None:
    person = make.actor(lab, Role.MEMBER, Role.ALLY, Role.TELLER)

    rows = db.session.query(LabPerson).filter_by(lab_id=lab.id).all()

    assert [row.person_id for row in rows] == [host.person_id, person.person_id]


def test_the_list_is_searched_by_parts_of_a_name_or_mark_without_marks(
    lab: Lab, host: Actor
) -> None:
    register(lab, host, Newcomer("Ñürüm Bejerano", "El Bajo"), Newcomer("Eva Castillo"))

    for words in ("nurum", "BEJ ñur", "bajo nur"):
        assert [row.name for row in lines.page(lab.id, words=words).rows] == ["Ñürüm Bejerano"]
    assert not lines.page(lab.id, words="eva bajo").rows
