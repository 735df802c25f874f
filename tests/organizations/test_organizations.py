"""The directory is read by everybody and written by those the table names."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import func, insert, select

from labapp.db import db
from labapp.domain.errors import Conflict
from labapp.domain.policy import Actor, Role
from labapp.organizations import service
from labapp.organizations.models import Organization, OrganizationKind
from labapp.record.acting import Acting
from labapp.territory import service as territory
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]
FORM = {"name": "Junta del Acueducto", "kind": "water_board", "once": "a-mark-of-this-form"}


def count() -> int:
    return db.session.scalars(select(func.count()).select_from(Organization)).one()


def test_a_name_stands_once_in_the_directory(make: Make) -> None:
    antai = Actor(make.person().id, frozenset({Role.REVIEWER}))
    kind = OrganizationKind.WATER_BOARD
    first = service.add(Acting(None, antai, NOW), name="Junta Ñürüm", kind=kind)

    assert first.slug == "junta-nurum"
    with pytest.raises(Conflict):
        service.add(Acting(None, antai, NOW), name="junta Ñürüm", kind=kind)
    assert (
        service.add(Acting(None, antai, NOW), name="Junta Nurum", kind=kind).slug == "junta-nurum-2"
    )
    with pytest.raises(Conflict):
        service.add(Acting(None, antai, NOW), name="Otra", kind=kind, place_code="999999")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.REVIEWER, 200),
        (Role.ADMINISTRATOR, 200),
        (Role.TRUSTED, 200),
        (Role.DATA_OFFICER, 403),
        (None, 403),
    ],
)
def test_who_may_add_an_organization(
    client: Client, make: Make, role: Role | None, status: int
) -> None:
    assert client.get("/organizations/new").status_code == 302
    sign_in(client, make.person(*([role] if role else [])))

    assert client.get("/organizations/new").status_code == status
    assert ("/organizations/new" in client.get("/organizations/").text) is (status == 200)


def test_an_organization_is_added_once_with_a_place_that_was_looked_for(
    client: Client, make: Make
) -> None:
    territory.import_places()
    sign_in(client, make.person(Role.TRUSTED))

    looked = client.post("/organizations/new", data=FORM | {"q": "san miguel", "look": "1"})
    assert looked.status_code == 200
    assert "San Miguel, Penonomé, Coclé" in looked.text
    assert "Junta del Acueducto" in looked.text
    chosen = FORM | {"q": "san miguel", "place_code": "020616"}
    places = [client.post("/organizations/new", data=chosen).location for _ in range(2)]

    assert places == ["/organizations/junta-del-acueducto/"] * 2
    assert count() == 1
    assert "San Miguel, Penonomé, Coclé" in client.get(str(places[0])).text


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"name": "a\0"},
        {"kind": ""},
        {"kind": "bank"},
        {"place_code": "999999"},
        {"place_code": "\0"},
    ],
    ids=str,
)
def test_an_organization_with_a_mistake_is_asked_again(
    client: Client, make: Make, change: dict[str, str]
) -> None:
    sign_in(client, make.person(Role.TRUSTED))

    assert client.post("/organizations/new", data=FORM | change).status_code == 422
    assert count() == 0


def test_a_name_of_html_is_text(client: Client, make: Make) -> None:
    sign_in(client, make.person(Role.TRUSTED))

    to = client.post("/organizations/new", data=FORM | {"name": "<img src=x>"}).location

    assert "&lt;img src=x&gt;" in client.get(str(to)).text
    for slug in ("none", "%00", "x" * 400, "' OR 1=1 --"):
        assert client.get(f"/organizations/{slug}/").status_code == 404


def test_the_directory_runs_the_same_statements_for_ten_and_a_thousand(
    client: Client, statements: Count
) -> None:
    counts = []
    for size in (10, 1000):
        rows = [
            {"slug": f"o{size}-{n:04}", "name": f"O {n}", "kind": "school", "example": False}
            for n in range(size)
        ]
        db.session.execute(insert(Organization), rows)
        db.session.commit()
        with statements() as run:
            text = client.get("/organizations/").text
        counts.append(run.count)

    assert counts[0] == counts[1]
    assert text.count('app-card"') == 25
    assert "?after=" in text
