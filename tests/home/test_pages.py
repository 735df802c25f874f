"""The front page, the lists of labs, one lab, the country and a plan, as visitors see them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from labapp.db import db, utcnow
from labapp.domain.duties import DutyKind
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act, Role
from labapp.domain.removal_code import RemovalCode
from labapp.domain.stage import LabKind, Stage
from labapp.home import dotmap
from labapp.labs.models import CandidatePlace, Lab
from labapp.plans.models import Measure, Target
from labapp.record.acting import Acting
from labapp.thread import service as thread
from labapp.thread.models import Thing
from tests.audits import make as audits
from tests.client import Client
from tests.followup import make as followup
from tests.labs.make import COMARCA, PLAIN, places
from tests.make import NOW, Make, sign_in
from tests.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


def thing(lab: Lab, kind: Kind = Kind.PROBLEM, title: str = "El agua", **more: bool) -> Thing:
    seen = more.get("published", True)
    return thread.add(
        kind, title=title, state="sent", lab_id=lab.id, published_at=NOW if seen else None
    )


def owe(
    lab: Lab, kind: Kind, what: DutyKind, *, published: bool = True, title: str = "Carta"
) -> None:
    due = local_day(utcnow()) - timedelta(days=12)
    owed = thing(lab, kind, title, published=published)
    thread.owe(owed, what, owed_by="Alcaldía (ejemplo)", due_on=due, basis="plazo del sitio")


def many_labs(make: Make, count: int) -> None:
    """Add labs in bulk, each with a place that may be its own and something late."""
    number = make.number()
    antai = make.person(Role.REVIEWER).id
    rows = [
        Lab(
            slug=f"many-{number}-{n}",
            name=f"Many {n}",
            stage=Stage.FOLLOWUP,
            stage_since=NOW,
            drafted_at=NOW,
            stirred_at=utcnow(),
            approved_at=NOW,
            approved_by_id=antai,
        )
        for n in range(count)
    ]
    db.session.add_all(rows)
    db.session.flush()
    db.session.add_all(CandidatePlace(lab_id=row.id, place_code=PLAIN) for row in rows)
    for row in rows[-3:]:
        owe(row, Kind.LETTER, DutyKind.LETTER)


@pytest.mark.parametrize("page", ["/", "/labs/", "/labs/?tell=1", "/country/"])
def test_a_site_without_labs_says_so(make: Make, client: Client, page: str) -> None:
    answer = client.get(page)

    assert answer.status_code == 200
    assert "Todavía no hay laboratorios" in answer.text


@pytest.mark.parametrize("page", ["/", "/labs/", "/labs/?tell=1", "/country/", "/plans/the-plan/"])
def test_a_list_of_labs_costs_the_same_with_ten_and_with_a_thousand(
    make: Make, client: Client, statements: Count, page: str
) -> None:
    places(make)
    make.plan().slug = "the-plan"
    runs = []
    for count in (10, 990):
        many_labs(make, count)
        client.get(page)
        with statements() as run:
            answer = client.get(page)
        assert answer.status_code == 200
        runs.append(run.count)

    assert runs[0] == runs[1]
    assert runs[0] <= 15


def test_the_page_of_a_lab_costs_the_same_with_ten_and_with_a_thousand(
    make: Make, client: Client, statements: Count
) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    runs = []
    for count in (10, 990):
        things = [
            Thing(
                lab_id=lab.id,
                kind=kind,
                number=count * 10 + n,
                title="Algo",
                state="sent",
                published_at=NOW,
            )
            for n in range(count // 3)
            for kind in (Kind.PROBLEM, Kind.PROPOSAL, Kind.COMMITTEE)
        ]
        db.session.add_all(things)
        db.session.flush()
        for one in things[:12]:
            Acting(lab, make.actor(lab), NOW).record(Act.PROBLEM_PUBLISH, one.id)
        db.session.commit()
        with statements() as run:
            answer = client.get(f"/labs/{lab.slug}/")
        assert answer.status_code == 200
        runs.append(run.count)

    assert runs[0] == runs[1]
    assert runs[0] <= 15


def test_labs_are_listed_a_page_at_a_time(make: Make, client: Client) -> None:
    places(make)
    many_labs(make, 30)

    first = client.get("/labs/").text
    mark = first.split('href="?after=')[1].split('"')[0]
    second = client.get(f"/labs/?after={mark}").text

    assert first.count('class="app-card"') == 25
    assert second.count('class="app-card"') == 5
    assert client.get("/labs/?after=%00").status_code == 200
    assert client.get("/labs/?after=-1").status_code == 200
    assert client.get("/labs/?after=99999999999999999999").status_code == 200


def test_a_draft_is_on_no_list(make: Make, client: Client) -> None:
    lab = make.lab(Stage.PREPARATION)
    lab.approved_at = lab.approved_by_id = None
    lab.name = "Borrador secreto"

    for page in ("/", "/labs/", "/labs/?tell=1", "/country/"):
        assert "Borrador secreto" not in client.get(page).text
    assert client.get(f"/labs/{lab.slug}/").status_code == 404


def test_problems_are_told_where_they_are_received(make: Make, client: Client) -> None:
    make.lab(Stage.CALL).name = "Abierto"
    make.lab(Stage.CLOSED).name = "Terminado"

    page = client.get("/labs/?tell=1").text

    assert "Abierto" in page
    assert "Terminado" not in page
    assert "/problems/new" in page


def test_a_lab_shows_what_is_late_who_owes_it_and_since_when(make: Make, client: Client) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    owe(lab, Kind.LETTER, DutyKind.LETTER, title="Carta por el tanque")

    page = client.get(f"/labs/{lab.slug}/").text

    assert "Una carta espera respuesta" in page
    assert "Carta por el tanque · Alcaldía (ejemplo) · 12 días tarde" in page
    assert "1 cosa tarde" in client.get("/labs/").text


def test_what_is_not_published_is_never_named(make: Make, client: Client) -> None:
    lab = make.lab(Stage.CALL)
    owe(lab, Kind.PROBLEM, DutyKind.MODERATION, published=False, title="Señala a una persona")
    hidden = thing(lab, title="Otro secreto", published=False)
    Acting(lab, make.actor(lab), NOW).record(Act.PROBLEM_TELL, hidden.id)
    Acting(lab, make.actor(lab, Role.FACILITATOR), NOW).record(
        Act.PROBLEM_REJECT, hidden.id, after={"code": RemovalCode.INSULT.value}
    )

    page = client.get(f"/labs/{lab.slug}/").text

    assert "Algo enviado espera revisión" in page
    assert "No se publicó" in page
    assert "insulta a alguien" in page
    assert "Otro secreto" not in page
    assert "Señala a una persona" not in page


def test_a_quiet_lab_says_how_many_days(make: Make, client: Client) -> None:
    lab = make.lab(Stage.CALL)
    lab.stirred_at = utcnow() - timedelta(days=61)

    assert "61 días sin novedades" in client.get(f"/labs/{lab.slug}/").text
    lab.stirred_at = utcnow()
    assert "sin novedades" not in client.get(f"/labs/{lab.slug}/").text


@pytest.mark.parametrize("stage", Stage)
def test_a_lab_has_a_page_at_every_stage_for_everybody(
    make: Make, client: Client, stage: Stage
) -> None:
    lab = make.lab(stage)
    for kind in Kind:
        thing(lab, kind)

    assert client.get(f"/labs/{lab.slug}/").status_code == 200
    for role in (Role.MEMBER, Role.FACILITATOR, Role.REVIEWER):
        sign_in(client, make.actor(lab, role))
        assert client.get(f"/labs/{lab.slug}/").status_code == 200


def test_an_example_says_so_on_every_list(make: Make, client: Client) -> None:
    lab = make.lab()
    lab.example = True

    for page in ("/", "/labs/", f"/labs/{lab.slug}/", "/country/"):
        assert "Ejemplo" in client.get(page).text


def test_the_country_draws_a_dot_where_a_lab_is_and_a_ring_where_it_may_be(
    make: Make, client: Client
) -> None:
    places(make)
    make.lab().place_code = PLAIN
    make.keep(CandidatePlace(lab_id=make.lab().id, place_code=COMARCA))

    page = client.get("/country/").text

    assert 'class="lab"><title>San Martín</title>' in page
    assert 'class="maybe"><title>Buenos Aires</title>' in page
    assert "2 laboratorios, 1 con lugar confirmado" in page


def test_a_place_without_a_dot_is_not_drawn() -> None:
    dots = [("08", "Panamá", None, None), ("080818", "<b>", -79.0, 9.0)]

    drawn = dotmap.draw_dots(dots, known={"080818"}, maybe=())

    assert drawn.count("<circle") == 1
    assert "&lt;b&gt;" in drawn


def test_a_plan_shows_its_targets_with_their_zeros(make: Make, client: Client) -> None:
    places(make)
    plan = make.plan()
    for position, measure in enumerate(Measure):
        make.keep(
            Target(plan_id=plan.id, position=position, title=measure.value, measure=measure, goal=7)
        )
    lab = make.lab()
    lab.plan_id, lab.kind, lab.place_code = plan.id, LabKind.FOLLOW_UP, COMARCA
    make.lab().plan_id = plan.id

    page = client.get(f"/plans/{plan.slug}/").text

    found = [row.split("</td>")[0] for row in page.split('<td class="num">')[1::2]]
    assert found == ["1", "1", "1", "0", "0"]
    assert client.get("/plans/none/").status_code == 404


def test_the_country_counts_what_was_agreed_what_is_late_and_the_silent_letter(
    make: Make, client: Client
) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    followup.letter(make, lab, presented_on=NOW.date())
    followup.agreement(make, lab)
    audits.watch(make, lab)
    audits.watch(make, lab, certified=False)
    waited = (local_day(utcnow()) - NOW.date()).days

    page = client.get("/country/").text

    assert "<b>3</b> acuerdos<" in page
    assert "<b>3</b> pasos vencidos" in page
    assert "1 certificado, 1 en formación" in page
    assert f"<b>{waited}</b> días sin responder, la carta más vieja" in page


def test_whoever_has_a_task_finds_their_lab_on_the_front_page(client: Client, make: Make) -> None:
    lab, other = make.lab(), make.lab()
    guide = make.actor(lab, Role.FACILITATOR)
    sign_in(client, guide)

    text = client.get("/").text

    asked = text[text.index("Donde usted tiene una tarea") :]
    chips = asked[: asked.index("</ul>")]
    assert f"/labs/{lab.slug}/" in chips
    assert f"/labs/{other.slug}/" not in chips
