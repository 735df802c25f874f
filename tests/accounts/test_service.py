"""Accounts are opened once, guarded by a password, and deleted without losing what they left."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from labapp.accounts import passwords, queries, service
from labapp.accounts.models import FailedSignIn, Person, SignIn
from labapp.db import db
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Role
from labapp.domain.roles import VISITOR
from labapp.domain.stage import Stage
from labapp.labs import queries as labs
from labapp.labs.service import grant
from labapp.record import queries as record
from labapp.record.acting import Acting
from tests.accounts.make import PASSWORD, account, acting
from tests.make import NOW, Make


def open_account(username: str, *, password: str = PASSWORD, email: str | None = None) -> Person:
    return service.open_account(
        Acting(None, VISITOR, NOW), name="Vecina", username=username, password=password, email=email
    )


def device(make: Make, person: Person, token: str) -> SignIn:
    return make.keep(
        SignIn(token_hash=token, person_id=person.id, device="x", began_at=NOW, seen_on=NOW)
    )


def test_an_account_keeps_no_password(make: Make) -> None:
    person = account(make)

    assert person.password_hash
    assert person.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in person.password_hash
    assert person.adult_at == NOW


@pytest.mark.parametrize("again", ["vecina-9", " VECINA-9 "])
def test_a_username_is_of_one_person_whatever_its_capitals(make: Make, again: str) -> None:
    open_account("vecina-9")

    with pytest.raises(Conflict):
        open_account(again)


@pytest.mark.parametrize("username", ["", "ab", "con espacio", "ñandú", "-a-b", "x" * 41, "a\0bc"])
def test_a_username_is_small_letters_and_figures(world: None, username: str) -> None:
    with pytest.raises(Conflict):
        open_account(username)


def test_a_mail_address_is_of_one_account(make: Make) -> None:
    open_account("una", email="Una@example.com")

    with pytest.raises(Conflict):
        open_account("otra", email="una@example.com ")


@pytest.mark.parametrize(
    "password",
    ["", "corta", "12345678", "contraseña", "panama2026", "vecina-77", "sanmartin1", "x" * 201],
)
def test_a_password_easy_to_guess_is_refused(world: None, password: str) -> None:
    with pytest.raises(Conflict):
        open_account("vecina-77", password=password)


def test_a_password_may_be_long_and_hold_any_letter(world: None) -> None:
    person = open_account("larga", password="ñandú 😀 " * 20)

    assert service.check_password("larga", "ñandú 😀 " * 20, now=NOW) is person


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(make: Make) -> None:
    person = account(make)

    assert service.check_password("nadie", PASSWORD, now=NOW) is None
    assert service.check_password(person.username or "", "otra", now=NOW) is None
    assert service.check_password(person.username or "", PASSWORD, now=NOW) is person


@pytest.mark.parametrize("known", [True, False])
def test_after_five_wrong_passwords_a_name_waits_a_quarter_of_an_hour(
    make: Make, *, known: bool
) -> None:
    person = account(make)
    name = str(person.username) if known else "nadie"
    for _ in range(service.TRIES):
        service.check_password(name, "otra", now=NOW)

    assert service.is_waiting(name, now=NOW)
    assert service.check_password(name, PASSWORD, now=NOW) is None
    later = NOW + service.WAIT + timedelta(seconds=1)
    assert not service.is_waiting(name, now=later)
    assert (service.check_password(name, PASSWORD, now=later) is person) is known


def test_a_right_password_forgets_the_wrong_ones(make: Make) -> None:
    person = account(make)
    service.check_password(str(person.username), "otra", now=NOW)

    service.check_password(str(person.username), PASSWORD, now=NOW)

    assert not db.session.scalars(select(FailedSignIn)).all()


def test_a_password_kept_in_an_older_way_is_kept_anew(make: Make) -> None:
    person = account(make)
    old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    person.password_hash = old.hash(PASSWORD)

    service.check_password(str(person.username), PASSWORD, now=NOW)

    assert not passwords.is_dated(person.password_hash)


def test_somebody_registered_in_the_room_cannot_sign_in(make: Make) -> None:
    lab = make.lab()
    facilitator = make.actor(lab, Role.FACILITATOR)

    seen = Acting(None, facilitator, NOW)
    person = service.register_in_room(seen, ["Vecina sin cuenta"])[0]

    assert person.username is None
    assert service.check_password("", "", now=NOW) is None


def test_a_new_password_ends_every_other_device(make: Make) -> None:
    person = account(make)
    here, there = device(make, person, "here"), device(make, person, "there")

    changed = service.change_password(
        Acting(None, acting(person), NOW),
        old=PASSWORD,
        new="cuatro iguanas leen",
        keep_token_hash="here",
    )

    assert changed
    assert (here.ended_at, there.ended_at) == (None, NOW)


def test_a_wrong_old_password_changes_nothing_and_is_counted(make: Make) -> None:
    person = account(make)

    changed = service.change_password(
        Acting(None, acting(person), NOW), old="x", new="cuatro iguanas leen"
    )

    assert not changed
    assert queries.failures(str(person.username), NOW - timedelta(days=1)) == 1


def test_nobody_ends_the_device_of_another(make: Make) -> None:
    mine, other = account(make), account(make)
    theirs = device(make, other, "theirs")

    assert not service.end_device(Acting(None, acting(mine), NOW), theirs.id)
    assert theirs.ended_at is None


def test_a_deleted_account_leaves_its_number_and_nothing_else(make: Make) -> None:
    person = account(make, Role.TRUSTED)
    lab = make.lab(Stage.CALL)
    grant(lab.id, person.id, Role.MEMBER, source="admitted", now=NOW)
    device(make, person, "here")

    assert service.delete(
        Acting(None, acting(person), NOW), password=PASSWORD, left_as="Cuenta borrada"
    )

    assert person.name == "Cuenta borrada"
    assert (person.username, person.email, person.password_hash) == (None, None, None)
    assert not queries.global_roles(person.id)
    assert not labs.roles(lab.id, person.id)
    assert not db.session.scalars(select(SignIn)).all()


def test_an_account_is_not_deleted_without_its_password(make: Make) -> None:
    person = account(make)

    assert not service.delete(
        Acting(None, acting(person), NOW), password="x", left_as="Cuenta borrada"
    )

    assert person.deleted_at is None


def test_the_only_administrator_cannot_leave(make: Make) -> None:
    person = account(make, Role.ADMINISTRATOR)

    with pytest.raises(Denied):
        service.delete(
            Acting(None, acting(person), NOW), password=PASSWORD, left_as="Cuenta borrada"
        )

    account(make, Role.ADMINISTRATOR)
    assert service.delete(
        Acting(None, acting(person), NOW), password=PASSWORD, left_as="Cuenta borrada"
    )


def test_what_people_do_with_their_accounts_is_sealed_in_the_record(make: Make) -> None:
    person = account(make)
    service.edit(Acting(None, acting(person), NOW), name="Otra", lang="en")

    db.session.commit()

    assert not list(record.faults())
