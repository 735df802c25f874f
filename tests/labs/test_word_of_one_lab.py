"""What one facilitator says of who is who holds on her own list, and over all labs by their own."""

import pytest

from labapp.accounts.models import GlobalRole, Person
from labapp.db import db
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.labs import queries
from labapp.labs.models import Lab, SamePerson
from labapp.labs.queries import identity, joins
from labapp.labs.queries.recognition import Newcomer
from labapp.labs.service import grant, registering, same_person
from labapp.problems.service import supports
from labapp.record.acting import Acting
from tests.client import Client
from tests.make import NOW, Make, declared, sign_in
from tests.problems.make import problem

GLOBAL = (Role.REVIEWER, Role.ADMINISTRATOR, Role.DATA_OFFICER, Role.TRUSTED)


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.IDEATION)


@pytest.fixture
def there(make: Make) -> Acting[Lab]:
    """A facilitator in a lab of her own."""
    lab = make.lab(Stage.IDEATION)
    return Acting(lab, make.actor(lab, Role.FACILITATOR), NOW)


def listed(make: Make, there: Acting[Lab], role: Role | None = None) -> int:
    """Open an account, with a role in the whole site or none, and put it on the list there."""
    person = make.person(role) if role else make.person()
    declared(there.lab.id, person.id)
    grant(there.lab.id, person.id, Role.TELLER, source="given", now=NOW)
    return person.id


def paper(there: Acting[Lab], name: str) -> int:
    return registering.register(there, [Newcomer(name, is_other=True)]).added[0]


def by(lab: Lab, number: int) -> Acting[Lab]:
    return Acting(lab, queries.actor(lab, number, frozenset()), NOW)


def join_of(there: Acting[Lab], one: int, two: int) -> SamePerson:
    return same_person.join(there, one=one, two=two)


@pytest.mark.parametrize("role", GLOBAL)
def test_whoever_has_a_part_in_the_whole_site_is_joined_with_nobody(
    make: Make, there: Acting[Lab], role: Role
) -> None:
    officer, neighbour = listed(make, there, role), listed(make, there)
    other, third = listed(make, there, role), paper(there, "Luis Ríos")

    for one, two in (
        (officer, neighbour),
        (neighbour, officer),
        (officer, other),
        (officer, third),
    ):
        with pytest.raises(Conflict, match="part in the whole site"):
            join_of(there, one, two)


def test_a_join_of_two_accounts_changes_nothing_in_another_lab(
    make: Make, lab: Lab, there: Acting[Lab]
) -> None:
    row = problem(make, lab, what="No hay agua")
    two = [make.actor(lab, Role.MEMBER) for _ in range(2)]
    for who in two:
        supports.give(Acting(lab, who, NOW), problem=row)
        declared(there.lab.id, who.person_id or 0)
        grant(there.lab.id, who.person_id or 0, Role.TELLER, source="given", now=NOW)
    one, other = (who.person_id or 0 for who in two)

    join_of(there, one, other)

    assert row.supports == 2
    assert not identity.are_one(one, other)
    assert not identity.are_one(one, other, lab.id)
    assert identity.are_one(one, other, there.lab.id)
    assert queries.actor(lab, one, frozenset()).others == frozenset()
    supports.take_back(Acting(lab, two[0], NOW), problem=row)
    assert row.supports == 1
    db.session.commit()
    assert not list(joins.drift())


def test_a_line_without_an_account_between_two_accounts_makes_them_one_nowhere_else(
    make: Make, there: Acting[Lab]
) -> None:
    one, other, between = listed(make, there), listed(make, there), paper(there, "Rosa Gómez")

    first = join_of(there, between, one)
    second = join_of(there, between, other)

    assert identity.same_people(one) == {one, between}
    assert identity.same_people(other) == {other}
    assert identity.same_people(other, there.lab.id) == {one, other, between}
    same_person.separate(there, first)
    same_person.separate(there, second)
    join_of(there, between, other)
    join_of(there, other, one)
    assert identity.same_people(one) == {one}
    assert not list(joins.drift())


def test_a_deleted_account_was_one_and_gives_nobody_away(make: Make, there: Acting[Lab]) -> None:
    one, other = make.person(), make.person()
    for person in (one, other):
        declared(there.lab.id, person.id)
        grant(there.lab.id, person.id, Role.TELLER, source="given", now=NOW)
    other.username, other.deleted_at = None, NOW
    db.session.flush()

    join_of(there, one.id, other.id)

    assert identity.same_people(one.id) == {one.id}


def test_two_accounts_are_one_everywhere_once_both_say_so_and_neither_alone(
    make: Make, lab: Lab, there: Acting[Lab]
) -> None:
    problem_row = problem(make, lab, what="No hay luz")
    actors = [make.actor(lab, Role.MEMBER) for _ in range(2)]
    for who in actors:
        supports.give(Acting(lab, who, NOW), problem=problem_row)
        declared(there.lab.id, who.person_id or 0)
        grant(there.lab.id, who.person_id or 0, Role.TELLER, source="given", now=NOW)
    one, other = (who.person_id or 0 for who in actors)
    row = join_of(there, one, other)

    for _ in range(2):
        same_person.agree(by(there.lab, other), row)
    assert not identity.are_one(one, other)
    same_person.agree(by(there.lab, one), row)

    assert identity.are_one(one, other)
    assert problem_row.supports == 1
    same_person.separate(there, row)
    assert not identity.are_one(one, other)
    assert problem_row.supports == 2
    with pytest.raises(Conflict):
        same_person.agree(by(there.lab, one), row)
    db.session.commit()
    assert not list(joins.drift())


def test_the_page_asks_both_accounts_and_tells_whose_word_is_missing(
    make: Make, there: Acting[Lab], client: Client
) -> None:
    one, other = listed(make, there), listed(make, there)
    row = join_of(there, one, other)
    db.session.commit()
    page = f"/labs/{there.lab.slug}/join"
    at = f"/labs/{there.lab.slug}/people/joins/{row.id}/agree"

    for number in (one, other):
        sign_in(client, db.session.get_one(Person, number))
        assert at in client.get(page).text
        assert client.post(at).status_code == 302
    assert identity.are_one(one, other)
    assert at not in client.get(page).text


def test_nobody_agrees_to_the_join_of_others_nor_once_they_serve_the_whole_site(
    make: Make, there: Acting[Lab]
) -> None:
    one, other, third = (listed(make, there) for _ in range(3))
    row = join_of(there, one, other)

    with pytest.raises(Conflict, match="Only somebody whose line"):
        same_person.agree(by(there.lab, third), row)
    with pytest.raises(Denied):
        same_person.agree(Acting(there.lab, Actor(None), NOW), row)
    same_person.agree(by(there.lab, one), row)
    make.keep(GlobalRole(person_id=other, role=Role.REVIEWER, granted_at=NOW))
    with pytest.raises(Conflict, match="part in the whole site"):
        same_person.agree(by(there.lab, other), row)
    assert not identity.are_one(one, other)
