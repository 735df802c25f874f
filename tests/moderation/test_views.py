"""The pages of what was taken away: who sees which words, who decides, who appeals."""

import pytest
from sqlalchemy import select

from labapp.db import db
from labapp.domain.blackout import BLOCK
from labapp.domain.policy import Role
from labapp.domain.removal import RemovalState
from labapp.files.service import store
from labapp.files.views import folder
from labapp.labs.models import Lab
from labapp.moderation.models import Removal
from labapp.problems.models import Problem
from labapp.record.acting import Acting
from tests.client import Client
from tests.files.make import photo
from tests.make import NOW, Make, sign_in
from tests.problems.make import problem

WHAT = "El ladrón Juan Pérez se robó el agua."
WHY = "Juan Pérez es un vecino, no un cargo."


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab()


@pytest.fixture
def told(make: Make, lab: Lab) -> Problem:
    return problem(make, lab, what=WHAT)


def as_role(client: Client, make: Make, lab: Lab, role: Role) -> Client:
    sign_in(client, make.actor(lab, role))
    return client


def remove(client: Client, told: Problem, lab: Lab, **changed: str) -> Removal:
    """Take it away as a facilitator would, and return the row."""
    sent = {"scope": "whole", "code": "names_person", "words": WHY, **changed}
    answer = client.post(f"/labs/{lab.slug}/problems/{told.thing.number}/take-away", data=sent)
    assert answer.status_code == 302, answer.text
    return db.session.scalars(select(Removal).order_by(Removal.id.desc())).first()  # type: ignore[return-value]


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.ALLY, Role.RESPONSIBLE])
def test_nobody_else_reaches_the_page_where_it_is_decided(
    client: Client, make: Make, lab: Lab, told: Problem, role: Role | None
) -> None:
    if role:
        as_role(client, make, lab, role)
    db.session.commit()

    answer = client.get(f"/labs/{lab.slug}/problems/1/take-away")

    assert answer.status_code == (403 if role else 302)


def test_the_page_says_that_criticism_is_no_reason_and_shows_what_stands(
    client: Client, make: Make, lab: Lab, told: Problem
) -> None:
    page = as_role(client, make, lab, Role.FACILITATOR).get(
        f"/labs/{lab.slug}/problems/1/take-away"
    )

    assert "nunca es motivo" in page.text
    assert "no es “nombrar a una persona”" in page.text
    assert WHAT in page.text


def test_from_that_moment_it_stands_nowhere_and_the_place_says_who_why_and_when(
    client: Client, make: Make, lab: Lab, told: Problem
) -> None:
    as_role(client, make, lab, Role.FACILITATOR)
    here = f"/labs/{lab.slug}/"

    remove(client, told, lab)

    for page in ("", "problems/", "problems/1/", "problems/1/thread", "problems/1/removed"):
        text = client.get(here + page).text
        assert "Juan" not in text, page
    assert "Quitado por el equipo: nombra a una persona" in client.get(here + "problems/").text
    assert "Problemas <b>1</b>" in client.get(here).text


def test_the_words_are_for_the_author_and_the_desk_alone(
    client: Client, make: Make, lab: Lab, told: Problem
) -> None:
    as_role(client, make, lab, Role.FACILITATOR)
    removal = remove(client, told, lab)
    page = f"removals/{removal.id}/"
    by_code = f"/c/{told.thing.code}/{page}"
    visitor = client.application.test_client()

    desk = client.get(f"/labs/{lab.slug}/{page}").text
    public = visitor.get(f"/labs/{lab.slug}/{page}").text
    author = visitor.get(by_code).text

    assert WHY in desk
    assert WHY in author
    assert WHAT in author
    assert "nombra a una persona" in public
    assert WHY not in public
    assert "Juan" not in public
    assert visitor.get(f"/c/{'A' * 10}/{page}").status_code == 404


def test_who_holds_the_code_appeals_once_and_nobody_else_does(
    client: Client, make: Make, lab: Lab, told: Problem
) -> None:
    as_role(client, make, lab, Role.FACILITATOR)
    removal = remove(client, told, lab)
    visitor, sent = client.application.test_client(), {"words": "Es verdad."}
    page = f"removals/{removal.id}/appeal"

    stranger = visitor.post(f"/labs/{lab.slug}/{page}", data=sent)
    asked = visitor.get(f"/c/{told.thing.code}/{page}").text
    empty = visitor.post(f"/c/{told.thing.code}/{page}", data={"words": " "})
    first = visitor.post(f"/c/{told.thing.code}/{page}", data=sent)
    again = visitor.post(f"/c/{told.thing.code}/{page}", data=sent)

    answers = [one.status_code for one in (stranger, empty, first, again)]
    assert answers == [403, 422, 302, 409]
    assert "¿Por qué debe quedar?" in asked
    db.session.refresh(removal)
    assert removal.state is RemovalState.APPEALED


def test_antai_finds_the_appeal_on_its_desk_and_puts_it_back(
    client: Client, make: Make, lab: Lab, told: Problem
) -> None:
    as_role(client, make, lab, Role.FACILITATOR)
    removal = remove(client, told, lab)
    visitor = client.application.test_client()
    visitor.post(f"/c/{told.thing.code}/removals/{removal.id}/appeal", data={"words": "Es verdad."})
    antai = client.application.test_client()
    sign_in(antai, make.actor(lab, Role.REVIEWER))
    page = f"/labs/{lab.slug}/removals/{removal.id}/"

    assert page in antai.get("/desk/").text
    answer = antai.post(page + "rule", data={"upheld": "no", "words": "Habla de una obra."})

    assert answer.status_code == 302
    assert WHAT in visitor.get(f"/labs/{lab.slug}/problems/1/").text
    assert "1 volvió tras apelar" in visitor.get(f"/labs/{lab.slug}/removals/").text
    assert "1 volvió tras apelar" in visitor.get("/removals/").text


def test_only_some_words_go_and_what_lacks_is_said(
    client: Client, make: Make, lab: Lab, told: Problem
) -> None:
    as_role(client, make, lab, Role.FACILITATOR)
    here, sent = f"/labs/{lab.slug}/problems/1/take-away", {"scope": "words", "code": "insult"}

    none = client.post(here, data={**sent, "words": WHY, "hidden": ""})
    other = client.post(here, data={**sent, "words": WHY, "hidden": "Rosa"})
    remove(client, told, lab, scope="words", hidden="ladron juan perez")

    assert (none.status_code, other.status_code) == (422, 422)
    assert "“Rosa” no está ahí" in other.text
    assert f"El {BLOCK} se robó el agua." in client.get(f"/labs/{lab.slug}/problems/1/").text


def test_the_author_mends_their_own_words_and_never_black_squares(
    client: Client, make: Make, lab: Lab, told: Problem
) -> None:
    as_role(client, make, lab, Role.FACILITATOR)
    remove(client, told, lab, scope="words", hidden="Juan Pérez")
    teller = client.application.test_client()

    page = teller.get(f"/c/{told.thing.code}/amend").text

    assert WHAT in page
    assert BLOCK not in page
    assert "escriba otras en su lugar" in page
    assert WHAT not in teller.get(f"/labs/{lab.slug}/problems/1/").text


def test_who_decides_sees_the_photo_and_nobody_else_does(
    client: Client, make: Make, lab: Lab, told: Problem
) -> None:
    row = store(
        Acting(None, make.actor(lab), NOW), photo(), "", thing_id=told.id, alt="", folder=folder()
    )
    as_role(client, make, lab, Role.FACILITATOR)
    here = f"/labs/{lab.slug}/problems/1/"
    desk = f"{here}take-away/{row.id}"
    visitor = client.application.test_client()
    assert desk in client.get(f"{here}take-away").text

    remove(client, told, lab, scope="file", file=str(row.id), code="minor")

    with client.get(desk) as answer:
        assert answer.status_code == 200
    assert visitor.get(desk).status_code == 302
    assert visitor.get(f"{here}photos/{row.id}").status_code == 404
    assert client.get(f"{here}photos/{row.id}").status_code == 404
