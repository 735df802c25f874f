"""Pages that put right what was said, and what everybody reads of it afterwards."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import func, select

from labapp.db import db
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.sessions.models import Contribution, ContributionVersion
from labapp.sessions.service import contributions, joining
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.sessions import make as sessions
from tests.statements import Statements

ANSWER = {
    "decision": "partly",
    "reason": "Primero 600 m",
    "office": "Equipo de facilitación",
    "signer": "Facilitadora",
}
PAGES = ("edit", "divide", "join", "withdraw")


def hall(make: Make, client: Client, *lines: str) -> tuple[Lab, str]:
    """Note these lines; return the lab and where its contributions are, its facilitator inside."""
    lab = make.lab(Stage.IDEATION)
    actor = make.actor(lab, Role.FACILITATOR)
    sign_in(client, actor)
    meeting = sessions.meeting(make, lab)
    contributions.note(Acting(lab, actor, NOW), meeting=meeting, lines=lines, due_days=30)
    db.session.commit()
    return lab, f"/labs/{lab.slug}/contributions/"


def visit(client: Client, path: str) -> str:
    with client.session_transaction() as cookie:
        cookie.clear()
    return client.get(path).text


def test_what_was_typed_wrong_is_corrected_once_and_everybody_reads_both(
    make: Make, client: Client
) -> None:
    _lab, at = hall(make, client, "Sercar la toma")
    form = {
        "version": "1",
        "text": "Cercar la toma <b>",
        "why": "Se escribió mal",
        "once": "a-mark-of-the-form-1",
    }
    client.post(f"{at}1/answer", data=ANSWER)

    for _ in range(2):
        assert client.post(f"{at}1/edit", data=form).location == f"{at}1/"
    shown = visit(client, f"{at}1/")

    assert db.session.scalar(select(func.count()).select_from(ContributionVersion)) == 1
    assert "Cercar la toma &lt;b&gt;" in shown
    assert "Antes decía: «Sercar la toma»" in " ".join(shown.split())
    assert "Se escribió mal" in shown
    assert "La respuesta es anterior al último cambio" in shown
    assert "Corregir" not in shown


def test_whoever_was_overtaken_sees_both_texts_and_loses_none(make: Make, client: Client) -> None:
    _lab, at = hall(make, client, "Uno")
    form = {"version": "1", "text": "El mío", "why": "Se escribió mal"}
    client.post(f"{at}1/edit", data=form | {"text": "El otro"})

    late = client.post(f"{at}1/edit", data=form)
    divided = client.post(f"{at}1/divide", data={"version": "1", "parts": "Mi a\nMi b"})

    for answer in (late, divided):
        assert answer.status_code == 422
        assert "El otro" in answer.text
        assert "Mientras tanto alguien lo cambió" in answer.text
        assert 'name="version" type="hidden" value="2"' in answer.text
    assert "El mío" in late.text
    assert "Mi b" in divided.text
    assert client.post(f"{at}1/edit", data=form | {"version": "2"}).location == f"{at}1/"


def test_one_is_divided_and_the_parts_know_each_other(make: Make, client: Client) -> None:
    _lab, at = hall(make, client, "Limpiar y cercar")

    done = client.post(f"{at}1/divide", data={"version": "1", "parts": "- Limpiar\n- Cercar"})

    assert done.location == f"{at}1/"
    for number, other in (("1", "Cercar"), ("2", "Limpiar")):
        assert f"· {other}" in " ".join(client.get(f"{at}{number}/").text.split())
    assert client.post(f"{at}2/divide", data={"version": "1", "parts": "Uno"}).status_code == 422


def test_those_that_say_the_same_are_joined_by_number_and_answered_together(
    make: Make, client: Client
) -> None:
    _lab, at = hall(make, client, "Cercar la toma", "Una cerca", "Otra cosa")
    form = {"numbers": "2", "why": "Piden lo mismo"}

    for wrong in ("", "dos", "2, 77", "1"):
        answer = client.post(f"{at}1/join", data=form | {"numbers": wrong})
        assert answer.status_code == 422
        assert "Piden lo mismo" in answer.text
    assert client.post(f"{at}1/join", data=form).location == f"{at}1/"
    client.post(f"{at}1/answer", data=ANSWER)
    joined, listed = visit(client, f"{at}2/"), client.get(at).text

    assert "Una cerca" in client.get(f"{at}1/").text
    assert "Primero 600 m" in joined
    assert "Piden lo mismo" in joined
    assert "Juntado con el número 1" in listed
    assert listed.count("Incorporado en parte") == 2


def test_one_joined_is_not_answered_apart_and_can_be_separated(make: Make, client: Client) -> None:
    _lab, at = hall(make, client, "Uno", "Dos")
    client.post(f"{at}1/join", data={"numbers": "2", "why": "Piden lo mismo"})

    assert "2/answer" not in client.get(f"{at}2/").text
    assert client.post(f"{at}2/answer", data=ANSWER).status_code == 409
    assert client.post(f"{at}2/separate").location == f"{at}2/"
    assert client.post(f"{at}2/separate").status_code == 409
    assert client.post(f"{at}2/answer", data=ANSWER).location == f"{at}2/"


def test_words_withdrawn_are_on_no_page_and_everybody_reads_that_they_were(
    make: Make, client: Client
) -> None:
    lab, at = hall(make, client, "Fulano robó", "Otra cosa")
    client.post(f"{at}1/edit", data={"version": "1", "text": "Fulano se llevó", "why": "Mal"})
    client.post(f"{at}1/answer", data=ANSWER)
    wrote = {"title": "Una cerca", "body": "De alambre", "problem": ""}
    client.post(f"/labs/{lab.slug}/proposals/new?contribution=1", data=wrote)

    assert client.post(f"{at}1/withdraw", data={}).status_code == 422
    assert client.post(f"{at}1/withdraw", data={"asked": "yes"}).location == f"{at}1/"

    here = f"/labs/{lab.slug}/"
    pages = [at, f"{at}1/", f"{at}1/thread", f"{at}?only=waiting", f"{here}proposals/1/", here]
    pages += [f"{here}sessions/1/", f"{here}sessions/1/run", f"{here}sessions/1/thread"]
    pages += [f"{here}letters/new", f"{here}agreements/new", f"{at}1/answer"]
    for page in pages:
        assert "Fulano" not in client.get(page).text, page
    for page in PAGES:
        assert client.get(f"{at}1/{page}").status_code == 409
    assert client.get(f"{here}proposals/new?contribution=1").status_code == 404
    shown = visit(client, f"{at}1/")
    assert "Retirado a pedido de quien lo dijo, " in shown
    assert "Se retiró a pedido de quien lo dijo" in shown
    assert "(quien facilita)" in shown
    assert "Primero 600 m" in shown


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ("edit", {"version": "1", "text": "", "why": "Mal"}),
        ("edit", {"version": "1", "text": "x" * 501, "why": "Mal"}),
        ("edit", {"version": "1", "text": "Dos", "why": ""}),
        ("edit", {"version": "1", "text": "Uno", "why": "Mal"}),
        ("edit", {"text": "Dos", "why": "Mal"}),
        ("edit", {"version": "x", "text": "Dos", "why": "Mal"}),
        ("divide", {"version": "1", "parts": "Uno\nDos"}),
        ("divide", {"version": "1", "parts": "a\n" * 51}),
        ("join", {"numbers": "2", "why": ""}),
        ("join", {"numbers": "9" * 40, "why": "Lo mismo"}),
    ],
    ids=str,
)
def test_what_will_not_do_comes_back_and_changes_nothing(
    make: Make, client: Client, page: str, wrong: dict[str, str]
) -> None:
    _lab, at = hall(make, client, "Uno", "Dos")

    assert client.post(f"{at}1/{page}", data=wrong).status_code == 422
    assert db.session.scalars(select(Contribution.text).order_by(Contribution.id)).all() == [
        "Uno",
        "Dos",
    ]


@pytest.mark.parametrize("page", PAGES)
def test_what_was_said_is_put_right_by_its_facilitator(
    make: Make, client: Client, page: str
) -> None:
    lab, at = hall(make, client, "Uno")
    assert client.get(f"{at}1/{page}").status_code == 200
    assert client.get(f"{at}9/{page}").status_code == 404
    sign_in(client, make.actor(lab, Role.MEMBER))
    assert client.get(f"{at}1/{page}").status_code == 403
    assert f"1/{page}" not in client.get(f"{at}1/").text
    with client.session_transaction() as cookie:
        cookie.clear()
    assert client.get(f"{at}1/{page}").status_code in (302, 401)


def test_the_page_of_one_costs_the_same_however_much_became_of_it(
    make: Make, client: Client, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    lab, at = hall(make, client, *(f"Dicho {n}" for n in range(30)))
    visit(client, f"{at}1/")
    with statements() as few:
        client.get(f"{at}1/")
    acting = Acting(lab, make.actor(lab, Role.FACILITATOR), NOW)
    said, *rest = db.session.scalars(select(Contribution).order_by(Contribution.id))
    joining.join(acting, joined=rest[:20], into=said, why="Lo mismo")
    lines = [f"Parte {n}" for n in range(20)]
    contributions.divide(acting, contribution=said, base=1, lines=lines)
    db.session.commit()
    with statements() as many:
        shown = client.get(f"{at}1/").text

    assert "Parte 19" in shown
    assert "Dicho 20" in shown
    assert many.count == few.count <= 10
