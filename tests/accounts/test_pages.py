"""The pages of accounts: doors, one happy path each, and what they refuse."""

import pytest
from sqlalchemy import func, select

from labapp.accounts import queries
from labapp.accounts.models import FailedSignIn, Person, SignIn
from labapp.db import db
from tests.accounts.make import PASSWORD, account
from tests.client import Client
from tests.make import NOW, Make, sign_in

SIGN_UP = {
    "name": "Vecina de arriba",
    "username": "Vecina.Arriba",
    "password": PASSWORD,
    "adult": "yes",
    "once": "a-mark-of-this-form",
}


def count(table: type[Person | SignIn | FailedSignIn]) -> int:
    return db.session.scalars(select(func.count()).select_from(table)).one()


def enter(client: Client, person: Person, password: str = PASSWORD, to: str = "") -> str | None:
    form = {"username": person.username or "", "password": password, "next": to}
    return client.post("/sign-in", data=form).headers.get("Location")


def test_somebody_opens_an_account_and_is_signed_in(client: Client) -> None:
    answer = client.post("/sign-up", data=SIGN_UP)

    assert answer.headers["Location"] == "/"
    person = queries.by_username("vecina.arriba")
    assert person
    assert client.get("/account/").status_code == 200


def test_an_account_form_sent_twice_opens_one(client: Client) -> None:
    first, second = (client.post("/sign-up", data=SIGN_UP) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert count(Person) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"name": "a\0b"},
        {"username": ""},
        {"username": "con espacio"},
        {"username": "<script>"},
        {"username": "😀😀😀"},
        {"password": ""},
        {"password": "12345678"},
        {"email": "no es correo"},
        {"adult": ""},
    ],
    ids=str,
)
def test_a_form_with_a_mistake_comes_back_with_what_was_typed(
    client: Client, change: dict[str, str]
) -> None:
    answer = client.post("/sign-up", data=SIGN_UP | change)

    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.text
    assert "name" in change or "Vecina de arriba" in answer.text
    assert PASSWORD not in answer.text
    assert count(Person) == 0


def test_a_username_taken_is_said_beside_it(client: Client, make: Make) -> None:
    account(make)

    answer = client.post("/sign-up", data=SIGN_UP | {"username": "vecino1"})

    assert answer.status_code == 422
    assert "Alguien ya tiene ese nombre" in answer.text


def test_a_name_of_html_is_text(client: Client) -> None:
    client.post("/sign-up", data=SIGN_UP | {"name": "<b onclick=x>Ñandú 😀</b>"})

    assert "&lt;b onclick=x&gt;Ñandú 😀&lt;/b&gt;" in client.get("/account/").text


def test_signing_in_renews_the_session(client: Client, make: Make) -> None:
    person = account(make)
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"

    assert enter(client, person) == "/"

    with client.session_transaction() as cookie:
        assert "planted" not in cookie
    assert count(SignIn) == 1


@pytest.mark.parametrize(
    ("asked", "to"),
    [
        ("/labs/", "/labs/"),
        ("/labs/?q=a%20b", "/labs/?q=a%20b"),
        ("https://malo.example/x", "/"),
        ("//malo.example", "/"),
        ("/\\malo.example", "/"),
        ("\\\\malo.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\nSet-Cookie: x", "/"),
        ("http://[", "/"),
        ("labs", "/"),
    ],
)
def test_signing_in_leads_only_to_this_site(
    client: Client, make: Make, asked: str, to: str
) -> None:
    assert enter(client, account(make), to=asked) == to


def test_a_wrong_name_and_a_wrong_password_look_the_same(client: Client, make: Make) -> None:
    person = account(make)

    wrong = [
        client.post("/sign-in", data={"username": name, "password": "otra", "once": "x" * 20})
        for name in (person.username or "", "nadie9")
    ]

    assert [answer.status_code for answer in wrong] == [422, 422]
    said = "El nombre de usuario o la contraseña no es correcto."
    assert all(said in answer.text for answer in wrong)
    assert count(FailedSignIn) == 2


def test_the_sixth_attempt_must_wait_even_with_the_right_password(
    client: Client, make: Make
) -> None:
    person = account(make)
    for _ in range(5):
        enter(client, person, "otra")

    assert enter(client, person) is None
    assert count(SignIn) == 0


def test_signing_out_ends_the_device(client: Client, make: Make) -> None:
    enter(client, account(make))

    client.post("/sign-out")

    assert "/sign-in" in client.get("/account/").headers["Location"]
    assert db.session.scalars(select(SignIn.ended_at)).one() is not None


@pytest.mark.parametrize("page", ["/account/", "/account/password", "/account/delete"])
def test_a_visitor_is_sent_to_sign_in_and_back(client: Client, page: str) -> None:
    answer = client.get(page)

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("next=" + page.replace("/", "%2F")) or (
        answer.headers["Location"].endswith("next=" + page)
    )


def test_a_person_changes_name_language_and_password(client: Client, make: Make) -> None:
    person = account(make)
    sign_in(client, person)

    client.post("/account/", data={"name": "Otra", "lang": "en"})
    changed = client.post("/account/password", data={"old": PASSWORD, "new": "seis sapos rezan"})

    assert (person.name, person.lang) == ("Otra", "en")
    assert changed.status_code == 302
    assert "My account" in client.get("/account/").text


@pytest.mark.parametrize(
    ("page", "form"),
    [
        ("/account/", {"name": "", "lang": "es"}),
        ("/account/", {"name": "Yo", "lang": "xx"}),
        ("/account/password", {"old": "otra", "new": "seis sapos rezan"}),
        ("/account/password", {"old": PASSWORD, "new": "12345678"}),
        ("/account/delete", {"password": "otra"}),
        ("/account/delete", {"password": ""}),
    ],
)
def test_a_mistake_in_one_s_own_account_changes_nothing(
    client: Client, make: Make, page: str, form: dict[str, str]
) -> None:
    person = account(make)
    sign_in(client, person)

    assert client.post(page, data=form).status_code == 422
    assert person.name.startswith("Vecino")


def test_a_device_of_another_is_not_found(client: Client, make: Make) -> None:
    sign_in(client, account(make))
    db.session.expire_all()
    theirs = make.keep(
        SignIn(token_hash="x", person_id=account(make).id, device="x", began_at=NOW, seen_on=NOW)
    )

    for number in (theirs.id, 999_999):
        assert client.post(f"/account/devices/{number}/end").status_code == 404


def test_a_person_deletes_their_account(client: Client, make: Make) -> None:
    person = account(make)
    sign_in(client, person)

    client.post("/account/delete", data={"password": PASSWORD})

    assert person.name == "Cuenta borrada"
    assert client.get("/account/").status_code == 302
