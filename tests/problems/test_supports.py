"""Who says that it happens to them too counts once, apart from the hands of a meeting."""

import pytest

from labapp.cli.checks import faults_of
from labapp.domain.errors import Denied
from labapp.domain.policy import Role
from labapp.domain.roles import VISITOR
from labapp.labs.service import same_person
from labapp.problems import queries
from labapp.problems.room import room
from labapp.problems.service import ProblemText, supports
from labapp.record.acting import Acting
from tests.make import NOW, Make
from tests.problems.make import problem

TOLD = ProblemText(what="No hay luz en la parada.", where="Frente a la escuela")


def test_supporting_twice_counts_once_and_it_can_be_taken_back(make: Make) -> None:
    lab = make.lab()
    row, neighbour = problem(make, lab), make.actor(lab)

    for _ in range(2):
        supports.give(Acting(lab, neighbour, NOW), problem=row)
    assert row.supports == 1
    for _ in range(2):
        supports.take_back(Acting(lab, neighbour, NOW), problem=row)

    assert row.supports == 0
    assert not list(faults_of(room))


def test_a_visitor_does_not_support(make: Make) -> None:
    lab = make.lab()

    with pytest.raises(Denied):
        supports.give(Acting(lab, VISITOR, NOW), problem=problem(make, lab))


def test_hands_stand_apart_from_supports(make: Make) -> None:
    lab = make.lab()
    row = problem(make, lab)

    supports.count_hands(Acting(lab, make.actor(lab, Role.FACILITATOR), NOW), problem=row, hands=12)

    assert (row.hands, row.supports) == (12, 0)


def test_two_numbers_of_one_person_support_once(make: Make) -> None:
    lab = make.lab()
    row, one, two = problem(make, lab), make.actor(lab, Role.ALLY), make.actor(lab, Role.ALLY)
    host = Acting(lab, make.actor(lab, Role.FACILITATOR), NOW)
    for neighbour in (one, two, make.actor(lab)):
        supports.give(Acting(lab, neighbour, NOW), problem=row)
    assert row.supports == 3

    joined = same_person.join(host, one=one.person_id or 0, two=two.person_id or 0)
    assert (row.supports, list(faults_of(room))) == (2, [])
    same_person.separate(host, joined)
    assert (row.supports, list(faults_of(room))) == (3, [])
    same_person.join(host, one=two.person_id or 0, two=one.person_id or 0)
    supports.give(Acting(lab, two, NOW), problem=row)
    supports.take_back(Acting(lab, two, NOW), problem=row)

    assert (row.supports, list(faults_of(room))) == (1, [])
    assert not queries.supports(row.id, one.person_id)
