"""The people of the site are seen by those who give roles; who may do what, by everybody."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import insert

from labapp.accounts import queries
from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.policy import Role
from tests.accounts.make import account
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.mark.parametrize("role", [None, Role.TRUSTED, Role.DATA_OFFICER])
def test_the_people_of_the_site_are_seen_by_those_who_give_roles(
    client: Client, make: Make, role: Role | None
) -> None:
    person = account(make, *([role] if role else []))
    assert client.get("/admin/people/").status_code == 302

    sign_in(client, person)

    assert client.get("/admin/people/").status_code == 403
    assert client.get(f"/admin/people/{person.id}/").status_code == 403
    assert client.post(f"/admin/people/{person.id}/recovery").status_code == 403


def test_an_administrator_gives_a_role_and_a_link(client: Client, make: Make) -> None:
    boss, person = account(make, Role.ADMINISTRATOR), account(make)
    sign_in(client, boss)
    page = f"/admin/people/{person.id}/"

    client.post(f"{page}grant", data={"role": "trusted_facilitator"})
    assert queries.global_roles(person.id) == {Role.TRUSTED}
    client.post(f"{page}end", data={"role": "trusted_facilitator"})
    assert not queries.global_roles(person.id)

    client.post(f"{page}recovery")
    text = client.get(page).text
    link = text[text.index("/recover/") :].split("<")[0].strip()
    client.delete_cookie("hilo")
    assert client.get(link).status_code == 200
    assert client.post(link, data={"new": "12345678"}).status_code == 422
    assert client.post(link, data={"new": "seis sapos rezan"}).status_code == 302
    assert client.get(link).status_code == 404
    entered = client.post(
        "/sign-in", data={"username": str(person.username), "password": "seis sapos rezan"}
    )
    assert entered.headers["Location"] == "/"


def test_what_the_pages_of_people_refuse(client: Client, make: Make) -> None:
    boss = account(make, Role.ADMINISTRATOR)
    sign_in(client, boss)
    page = f"/admin/people/{boss.id}/"

    assert client.get("/admin/people/999999/").status_code == 404
    assert client.get("/admin/people/99999999999999999999/").status_code == 404
    assert client.post(f"{page}grant", data={"role": "rey"}).status_code == 422
    assert client.post(f"{page}grant", data={"role": "member"}).status_code == 403
    assert client.post(f"{page}end", data={"role": "administrator"}).status_code == 403
    for q in ("", "%", "'; --", "\0", "😀", "x" * 300):
        assert client.get("/admin/people/", query_string={"q": q}).status_code == 200
    for after in ("-1", "x", "9" * 30):
        assert client.get(f"/admin/people/?after={after}").status_code == 200


def test_the_list_of_people_runs_the_same_statements_for_ten_and_a_thousand(
    client: Client, make: Make, statements: Count
) -> None:
    sign_in(client, account(make, Role.ADMINISTRATOR))
    counts = []
    for size in (10, 1000):
        db.session.execute(
            insert(Person),
            [
                {"name": f"N {n}", "username": f"s{size}n{n}", "lang": "es", "created_at": NOW}
                for n in range(size)
            ],
        )
        db.session.commit()
        with statements() as run:
            client.get("/admin/people/")
        counts.append(run.count)

    assert counts[0] == counts[1]
    assert "after=" in client.get("/admin/people/").text


def test_who_may_do_what_is_printed_from_the_table(client: Client) -> None:
    text = client.get("/who-may-do-what").text

    assert "Contar un problema" in text
    assert "cualquiera, sin cuenta" in text


def test_hands_raised_for_a_problem_stand_under_problems(client: Client) -> None:
    text = client.get("/who-may-do-what").text
    problems, votes = text.index(">Problemas"), text.index(">Votaciones")

    assert problems < text.index("Contar las manos levantadas por un problema") < votes


def test_a_page_seen_by_a_visitor_asks_nothing_of_the_database(
    client: Client, statements: Count
) -> None:
    client.get("/who-may-do-what")
    with statements() as run:
        client.get("/who-may-do-what")

    assert run.count == 0
