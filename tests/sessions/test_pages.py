"""Pages of meetings: who enters, what they show, and what they hide."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from labapp.db import db, utcnow
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.pagination import PAGE
from labapp.record.acting import Acting
from labapp.sessions.models import CheckIn, Contribution, Meeting, Sector
from labapp.sessions.service import attendance, contributions
from labapp.sessions.service.import_meeting import import_plan_meeting, table_of_2023
from labapp.thread.models import Thing
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.sessions import make as sessions
from tests.statements import Statements

TODAY = local(utcnow())
#: A day on which the meeting may be begun now, at whatever hour this runs.
DAY = TODAY.date() + timedelta(days=TODAY.hour == 23)
FORM = {
    "day": DAY.isoformat(),
    "starts": "00:00",
    "ends": "23:59",
    "modality": "in_person",
    "venue": "Rancho comunal",
    "agenda": "Agua limpia 💧 <b>todos</b> los días",
    "once": "a-mark-of-the-form-1",
}


def hall(make: Make, client: Client, stage: Stage = Stage.IDEATION) -> Lab:
    """Return a lab whose facilitator is signed in."""
    lab = make.lab(stage)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    return lab


def test_a_facilitator_holds_a_meeting_in_the_browser(make: Make, client: Client) -> None:
    lab = hall(make, client)
    at = f"/labs/{lab.slug}/sessions/"

    assert client.post(f"{at}new", data=FORM).location == f"{at}1/"
    assert client.post(f"{at}1/begin").location == f"{at}1/run"
    client.post(f"{at}1/check-in", data={"sector": "community", "name": "María Pérez"})
    client.post(f"{at}1/check-in", data={"sector": "entity", "people": "3"})
    client.post(f"{at}1/take-back", data={"sector": "entity"})
    client.post(f"{at}1/note", data={"said": "- Limpiar el tanque\n\n2. Cercar la toma\n"})
    inside = client.get(f"{at}1/run").text
    client.post(f"{at}1/close", data={"minutes": "Se acordó limpiar."})
    with client.session_transaction() as cookie:
        cookie.clear()
    shown = client.get(f"{at}1/").text

    assert "María Pérez" in inside
    assert "María" not in shown
    assert "Limpiar el tanque" in shown
    assert "Se acordó limpiar." in shown
    assert "<b>todos</b>" not in shown
    assert "11:59" in shown
    texts = db.session.scalars(select(Contribution.text).order_by(Contribution.id)).all()
    assert texts == ["Limpiar el tanque", "Cercar la toma"]


def test_a_cancelled_meeting_stays_with_its_reason(make: Make, client: Client) -> None:
    lab = hall(make, client)
    at = f"/labs/{lab.slug}/sessions/"
    client.post(f"{at}new", data=FORM)
    assert "Cancelar la reunión" in client.get(f"{at}1/").text

    assert client.post(f"{at}1/cancel", data={"reason": ""}).status_code == 422
    done = client.post(f"{at}1/cancel", data={"reason": "Creció la quebrada."})

    assert done.location == f"{at}1/"
    for shown in (client.get(f"{at}1/").text, client.get(f"{at}1/thread").text):
        assert "Creció la quebrada." in shown
        assert "Empezar la reunión" not in shown
    assert "No se hará" in client.get(at).text
    assert client.post(f"{at}1/begin").status_code == 409


def test_a_meeting_announced_twice_is_one(make: Make, client: Client) -> None:
    lab = hall(make, client)

    for _ in range(2):
        client.post(f"/labs/{lab.slug}/sessions/new", data=FORM)

    assert db.session.scalar(select(func.count()).select_from(Meeting)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": ""},
        {"day": "mañana"},
        {"starts": "25:00"},
        {"ends": "00:00"},
        {"modality": "telepathy"},
        {"venue": "x" * 201},
        {"agenda": "hidden\0"},
    ],
    ids=str,
)
def test_a_wrong_announcement_comes_back(make: Make, client: Client, wrong: dict[str, str]) -> None:
    lab = hall(make, client)

    answer = client.post(f"/labs/{lab.slug}/sessions/new", data=FORM | wrong)

    assert answer.status_code == 422
    assert "Rancho" in answer.text or "venue" in wrong


@pytest.mark.parametrize("said", ["", "-  \n*  ", "x" * 501, "a\n" * 51, "a\0b"])
def test_a_wrong_note_comes_back(make: Make, client: Client, said: str) -> None:
    lab = hall(make, client)
    sessions.meeting(make, lab)

    answer = client.post(f"/labs/{lab.slug}/sessions/1/note", data={"said": said})

    assert answer.status_code == 422


@pytest.mark.parametrize("data", [{}, {"sector": "moon"}, {"sector": "other", "people": "0"}])
def test_a_wrong_person_is_not_counted(make: Make, client: Client, data: dict[str, str]) -> None:
    lab = hall(make, client)
    sessions.meeting(make, lab)

    answer = client.post(f"/labs/{lab.slug}/sessions/1/check-in", data=data)

    assert answer.status_code == 422
    assert not db.session.scalar(select(func.count()).select_from(CheckIn))


@pytest.mark.parametrize("page", ["run", "close"])
@pytest.mark.parametrize("number", ["7", "99999999999999999999", "9999999999"])
def test_a_meeting_that_is_not_there_is_not_found(
    make: Make, client: Client, number: str, page: str
) -> None:
    lab = hall(make, client)

    assert client.get(f"/labs/{lab.slug}/sessions/{number}/{page}").status_code == 404
    assert client.get(f"/labs/{lab.slug}/sessions/{number}/").status_code == 404


@pytest.mark.parametrize("page", ["new", "1/run", "1/close"])
def test_the_hall_is_for_its_facilitator(make: Make, client: Client, page: str) -> None:
    lab, other = make.lab(), make.lab()
    sessions.meeting(make, lab)
    at = f"/labs/{lab.slug}/sessions/{page}"

    visitor = client.get(at)
    sign_in(client, make.actor(lab, Role.MEMBER))
    member = client.get(at)
    sign_in(client, make.actor(other, Role.FACILITATOR))
    stranger = client.get(at)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    facilitator = client.get(at)

    assert visitor.status_code in (302, 401)
    assert (member.status_code, stranger.status_code) == (403, 403)
    assert facilitator.status_code == 200


def test_a_closed_lab_holds_no_meeting(make: Make, client: Client) -> None:
    lab = hall(make, client, Stage.CLOSED)

    assert client.get(f"/labs/{lab.slug}/sessions/new").status_code == 403


def test_small_groups_are_not_published(make: Make, client: Client) -> None:
    lab = make.lab()
    actor = make.actor(lab, Role.FACILITATOR)
    meeting = sessions.meeting(make, lab)
    for sector, people in ((Sector.COMMUNITY, 31), (Sector.ENTITY, 3), (Sector.OTHER, 6)):
        attendance.check_in(Acting(lab, actor, NOW), meeting=meeting, sector=sector, people=people)

    shown = client.get(f"/labs/{lab.slug}/sessions/1/").text

    assert "<b>40</b>" in shown
    assert "<b>9</b>" in shown
    assert "<b>3</b>" not in shown


def test_the_meeting_of_a_plan_shows_no_clock(make: Make, client: Client) -> None:
    plan = make.plan()
    reviewer = make.actor(make.lab(), Role.REVIEWER)
    import_plan_meeting(Acting(None, reviewer, NOW), plan, facts=table_of_2023())

    shown = client.get(f"/plans/{plan.slug}/sessions/1/")

    assert shown.status_code == 200
    assert "15 personas" in shown.text
    assert "sin dato en este sitio" in shown.text
    assert "tarde" not in shown.text
    assert client.get(f"/plans/{plan.slug}/sessions/").status_code == 200
    assert client.get(f"/plans/{plan.slug}/sessions/2/").status_code == 404
    assert client.get("/plans/none/sessions/1/").status_code == 404


@pytest.mark.parametrize("page", ["sessions/1/", "contributions/", "contributions/?only=waiting"])
def test_a_page_costs_the_same_with_a_thousand_contributions(
    make: Make,
    client: Client,
    statements: Callable[[], AbstractContextManager[Statements]],
    page: str,
) -> None:
    lab = make.lab()
    actor = make.actor(lab, Role.FACILITATOR)
    meeting = sessions.meeting(make, lab)
    contributions.note(Acting(lab, actor, NOW), meeting=meeting, lines=["Uno"] * 10, due_days=30)
    at = f"/labs/{lab.slug}/{page}"
    client.get(at)
    with statements() as few:
        client.get(at)
    _many(lab, meeting)
    with statements() as many:
        answer = client.get(at)

    assert many.count == few.count
    assert many.count <= 7
    assert "after=25" in answer.text


def _many(lab: Lab, meeting: Meeting) -> None:
    """Add a thousand contributions quickly."""
    numbers = range(11, 1011)
    things = [
        {
            "lab_id": lab.id,
            "kind": Kind.CONTRIBUTION,
            "number": n,
            "title": "Uno",
            "state": "noted",
            "published_at": NOW,
            "lang": "es",
        }
        for n in numbers
    ]
    ids = db.session.scalars(insert(Thing).returning(Thing.id), things).all()
    said = [{"id": i, "meeting_id": meeting.id, "text": "Uno", "noted_at": NOW} for i in ids]
    db.session.execute(insert(Contribution), said)
    db.session.commit()


def test_the_list_of_meetings_has_pages(make: Make, client: Client) -> None:
    lab = make.lab()
    for _ in range(PAGE + 1):
        sessions.meeting(make, lab, begun=False)

    first = client.get(f"/labs/{lab.slug}/sessions/").text
    second = client.get(f"/labs/{lab.slug}/sessions/?after=2").text

    assert "?after=2" in first
    assert "sessions/1/" not in first
    assert "sessions/1/" in second
    for odd in ("-1", "x", "9" * 40, "'", "²"):
        assert client.get(f"/labs/{lab.slug}/sessions/?after={odd}").status_code == 200
