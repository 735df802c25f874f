"""Global roles are given by whom the table says, and a link chooses a password once."""

from datetime import timedelta

import pytest

from labapp.accounts import queries, service
from labapp.accounts.service import roles
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Role
from labapp.domain.roles import GLOBAL
from labapp.record.acting import Acting
from tests.accounts.make import PASSWORD, account, acting
from tests.make import NOW, Make

NEW = "cuatro iguanas leen despacio"


@pytest.mark.parametrize("role", sorted(GLOBAL))
def test_an_administrator_gives_and_ends_every_role(make: Make, role: Role) -> None:
    boss = acting(account(make, Role.ADMINISTRATOR), Role.ADMINISTRATOR)
    person = account(make)

    roles.grant_global(Acting(None, boss, NOW), person.id, role)
    roles.grant_global(Acting(None, boss, NOW), person.id, role)
    assert queries.global_roles(person.id) == {role}

    roles.end_global(Acting(None, boss, NOW), person.id, role)
    roles.end_global(Acting(None, boss, NOW), person.id, role)
    assert not queries.global_roles(person.id)


@pytest.mark.parametrize("role", sorted(GLOBAL))
def test_antai_names_trusted_facilitators_alone(make: Make, role: Role) -> None:
    antai = acting(account(make, Role.REVIEWER), Role.REVIEWER)
    person = account(make)

    if role is Role.TRUSTED:
        roles.grant_global(Acting(None, antai, NOW), person.id, role)
        assert queries.global_roles(person.id) == {role}
    else:
        with pytest.raises(Denied):
            roles.grant_global(Acting(None, antai, NOW), person.id, role)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.REVIEWER}))
def test_nobody_else_gives_roles(make: Make, role: Role) -> None:
    person = account(make)

    with pytest.raises(Denied):
        roles.grant_global(Acting(None, acting(person, role), NOW), person.id, Role.TRUSTED)


@pytest.mark.parametrize("role", sorted(set(Role) - GLOBAL))
def test_a_role_of_a_lab_is_not_given_on_the_site(make: Make, role: Role) -> None:
    boss = acting(account(make, Role.ADMINISTRATOR), Role.ADMINISTRATOR)

    with pytest.raises(Denied):
        roles.grant_global(Acting(None, boss, NOW), account(make).id, role)


def test_the_last_administrator_cannot_remove_themself(make: Make) -> None:
    person = account(make, Role.ADMINISTRATOR)
    boss = acting(person, Role.ADMINISTRATOR)

    with pytest.raises(Denied):
        roles.end_global(Acting(None, boss, NOW), person.id, Role.ADMINISTRATOR)

    account(make, Role.ADMINISTRATOR)
    roles.end_global(Acting(None, boss, NOW), person.id, Role.ADMINISTRATOR)
    assert not queries.global_roles(person.id)


def test_somebody_without_an_account_gets_no_role(make: Make) -> None:
    boss = acting(account(make, Role.ADMINISTRATOR), Role.ADMINISTRATOR)
    neighbour = service.register_in_room(Acting(None, boss, NOW), ["Vecina"])[0]

    for person_id in (neighbour.id, 999_999):
        with pytest.raises(Conflict):
            roles.grant_global(Acting(None, boss, NOW), person_id, Role.TRUSTED)


def test_a_link_chooses_a_password_once(make: Make) -> None:
    boss = acting(account(make, Role.ADMINISTRATOR), Role.ADMINISTRATOR)
    person = account(make)
    token = roles.make_recovery(Acting(None, boss, NOW), person.id)

    roles.use_recovery(token, password=NEW, now=NOW)

    assert service.check_password(str(person.username), NEW, now=NOW) is person
    assert service.check_password(str(person.username), PASSWORD, now=NOW) is None
    with pytest.raises(Conflict):
        roles.use_recovery(token, password=PASSWORD, now=NOW)


def test_a_link_dies_after_a_day_and_when_another_is_made(make: Make) -> None:
    boss = acting(account(make, Role.ADMINISTRATOR), Role.ADMINISTRATOR)
    person = account(make)
    first = roles.make_recovery(Acting(None, boss, NOW), person.id)
    second = roles.make_recovery(Acting(None, boss, NOW), person.id)

    with pytest.raises(Conflict):
        roles.use_recovery(first, password=NEW, now=NOW)
    with pytest.raises(Conflict):
        roles.use_recovery(second, password=NEW, now=NOW + timedelta(hours=25))
    assert roles.recovering(second, now=NOW) is person


def test_only_an_administrator_makes_a_link(make: Make) -> None:
    antai = acting(account(make, Role.REVIEWER), Role.REVIEWER)

    with pytest.raises(Denied):
        roles.make_recovery(Acting(None, antai, NOW), account(make).id)
