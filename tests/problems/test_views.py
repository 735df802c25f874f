"""The pages of problems: doors, the one screen, lists that do not grow."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import func, select

from labapp.db import db
from labapp.domain.policy import Role
from labapp.domain.removal_code import RemovalCode
from labapp.domain.stage import Stage
from labapp.problems import service
from labapp.problems.models import Problem, ProblemState
from labapp.record.acting import Acting
from labapp.thread.models import Thing
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.problems.make import problem
from tests.statements import Statements

Counting = Callable[[], AbstractContextManager[Statements]]
#: Sent to sign in, or told to.
AWAY = (302, 401)
GOOD = {"what": "No hay luz en la parada.", "where": "Frente a la escuela"}


def told() -> int:
    return db.session.scalar(select(func.count()).select_from(Problem)) or 0


def test_a_visitor_tells_a_problem_on_one_screen_and_sees_the_code(
    client: Client, make: Make
) -> None:
    lab = make.lab()
    asked = client.get(f"/labs/{lab.slug}/problems/new")

    answer = client.post(f"/labs/{lab.slug}/problems/new", data=GOOD)
    page = client.get(answer.location)

    code = db.session.scalars(select(Thing.code)).one() or ""
    assert asked.status_code == 200
    assert asked.text.count("<textarea") + asked.text.count('type="text"') == 2
    assert answer.location == f"/c/{code}"
    assert code[:5] in page.text
    assert code[5:] in page.text
    assert "a más tardar" in page.text


def test_sent_twice_makes_one_problem(client: Client, make: Make) -> None:
    url = f"/labs/{make.lab().slug}/problems/new"
    once = re.search(r'name="once"[^>]*value="([^"]+)"', client.get(url).text)
    assert once is not None

    places = {client.post(url, data={**GOOD, "once": once[1]}).location for _ in range(2)}

    assert told() == 1
    assert len(places) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": ""},
        {"where": "   "},
        {"what": "x" * 1001},
        {"where": "y" * 141},
        {"what": "agua\0sucia"},
    ],
)
def test_what_will_not_do_comes_back_with_what_was_typed(
    client: Client, make: Make, wrong: dict[str, str]
) -> None:
    answer = client.post(f"/labs/{make.lab().slug}/problems/new", data={**GOOD, **wrong})

    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.text
    assert any(kept in answer.text for kept in GOOD.values())
    assert told() == 0


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'; DROP TABLE thing; --", "💧 agua"]
)
def test_any_text_is_kept_as_text(client: Client, make: Make, text: str) -> None:
    lab = make.lab()
    client.post(f"/labs/{lab.slug}/problems/new", data={**GOOD, "what": text})
    row = db.session.scalars(select(Problem)).one()
    assert row.what == text
    service.publish(Acting(lab, make.actor(lab, Role.FACILITATOR), NOW), problem=row)

    for place in ("", "1/", "1/thread"):
        page = client.get(f"/labs/{lab.slug}/problems/{place}")
        assert page.status_code == 200
        assert "<script>alert" not in page.text


def test_a_lab_that_is_over_takes_no_problems(client: Client, make: Make) -> None:
    url = f"/labs/{make.lab(Stage.CLOSED).slug}/problems/new"

    assert client.get(url).status_code == 403
    assert client.post(url, data=GOOD).status_code == 403


def test_a_facilitator_types_in_what_came_on_paper(client: Client, make: Make) -> None:
    lab = make.lab()
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    client.post(
        f"/labs/{lab.slug}/problems/new", data={**GOOD, "since": "hace un año", "on_paper": "yes"}
    )

    row = db.session.scalars(select(Problem)).one()
    assert (row.on_paper, row.since, row.author_id) == (True, "hace un año", None)


def test_nobody_else_reads_what_is_not_published(client: Client, make: Make) -> None:
    lab = make.lab()
    hidden = problem(make, lab, published=False, what="Un secreto de la calle")
    member = make.actor(lab, Role.MEMBER)
    places = [f"received/{hidden.id}/", f"received/{hidden.id}/photos/1", "received/"]

    for place in places:
        assert client.get(f"/labs/{lab.slug}/problems/{place}").status_code in AWAY
    sign_in(client, member)
    for place in places:
        assert client.get(f"/labs/{lab.slug}/problems/{place}").status_code == 403
    for place in ("1/", "1/thread", f"{hidden.id}/thread", "1/support", "1/photos/1"):
        assert client.get(f"/labs/{lab.slug}/problems/{place}").status_code == 404
    assert "secreto" not in client.get(f"/labs/{lab.slug}/problems/").text


def test_a_facilitator_of_another_lab_finds_nothing(client: Client, make: Make) -> None:
    lab, other = make.lab(), make.lab()
    hidden = problem(make, lab, published=False)
    sign_in(client, make.actor(other, Role.FACILITATOR))

    for verb in ("publish", "return", "reject", "merge"):
        own = f"/labs/{other.slug}/problems/received/{hidden.id}/{verb}"
        theirs = f"/labs/{lab.slug}/problems/received/{hidden.id}/{verb}"
        assert client.post(own, data={"reason": "No"}).status_code == 404
        assert client.post(theirs, data={"reason": "No"}).status_code == 403


def test_a_facilitator_publishes_with_one_button(client: Client, make: Make) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    url = f"/labs/{lab.slug}/problems/received/{row.id}/"

    seen = client.get(url)
    first, second = (client.post(f"{url}publish") for _ in range(2))

    assert row.what in seen.text
    assert (first.status_code, second.status_code) == (302, 409)
    assert row.thing.number == 1
    assert row.what in client.get(f"/labs/{lab.slug}/problems/1/").text


@pytest.mark.parametrize(("verb", "state"), [("return", "returned"), ("reject", "rejected")])
def test_a_decision_asks_for_its_reason(
    client: Client, make: Make, verb: str, state: ProblemState
) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    url = f"/labs/{lab.slug}/problems/received/{row.id}/{verb}"

    asked, blank = client.get(url), client.post(url, data={"code": "insult", "words": " "})
    done = client.post(url, data={"code": "insult", "words": "Cuéntenos dónde."})

    assert (asked.status_code, blank.status_code, done.status_code) == (200, 422, 302)
    assert row.state == state


def test_the_public_reads_the_code_of_a_rejection_and_not_a_word_of_it(
    client: Client, make: Make
) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False, what="Fulano se lleva el agua")
    actor = make.actor(lab, Role.FACILITATOR)
    service.reject(
        Acting(lab, actor, NOW),
        problem=row,
        code=RemovalCode.NAMES_PERSON,
        words="Señala a una persona.",
    )

    for public in ("problems/not-published/", ""):
        page = client.get(f"/labs/{lab.slug}/{public}").text
        assert "nombra a una persona" in page
        assert "Señala a una persona." not in page
        assert "Fulano" not in page
    assert "Señala a una persona." in client.get(f"/c/{row.thing.code}").text


def test_two_are_joined_by_number(client: Client, make: Make) -> None:
    lab = make.lab()
    problem(make, lab)
    two = problem(make, lab, published=False)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    url = f"/labs/{lab.slug}/problems/received/{two.id}/merge"

    asked = client.get(url)
    assert asked.status_code == 200
    assert "govuk-error-summary" not in asked.text
    for number in ("", "99", "x", "2"):
        answer = client.post(url, data={"number": number, "reason": "Igual."})
        assert answer.status_code == 422, number
    done = client.post(url, data={"number": "1", "reason": "Es lo mismo."})

    assert done.location == f"/labs/{lab.slug}/problems/2/"
    assert "Es lo mismo." in client.get(done.location).text


def test_a_visitor_is_sent_to_sign_in_to_support(client: Client, make: Make) -> None:
    lab = make.lab()
    problem(make, lab)

    assert client.get(f"/labs/{lab.slug}/problems/1/support").status_code in AWAY
    assert client.post(f"/labs/{lab.slug}/problems/1/support").status_code in AWAY
    assert db.session.scalars(select(Problem.supports)).one() == 0


def test_a_neighbour_supports_with_one_button_and_takes_it_back(client: Client, make: Make) -> None:
    lab = make.lab()
    row = problem(make, lab)
    sign_in(client, make.actor(lab))
    url = f"/labs/{lab.slug}/problems/1/support"

    assert client.get(url).status_code == 200
    client.post(url)
    assert row.supports == 1
    assert client.get(url).status_code == 200
    assert client.get(f"/labs/{lab.slug}/problems/1/").status_code == 200
    client.post(f"{url}/undo")

    assert row.supports == 0


@pytest.mark.parametrize("said", ["", "-1", "muchas", "9" * 20])
def test_hands_are_a_number(client: Client, make: Make, said: str) -> None:
    lab = make.lab()
    row = problem(make, lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    url = f"/labs/{lab.slug}/problems/1/hands"

    assert client.post(url, data={"hands": said}).status_code == 422
    assert client.post(url, data={"hands": "12"}).status_code == 302
    assert row.hands == 12
