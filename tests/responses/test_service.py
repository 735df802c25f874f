"""What is decided on a thing is said with its reason, by an office, and kept for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from labapp.db import db
from labapp.domain.clocks import days_late
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.responses import queries, service
from labapp.responses.models import Decision, Response
from labapp.sessions import queries as sessions
from labapp.sessions.service import contributions
from labapp.thread.models import Thing
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.sessions import make as rows

FORM = {
    "decision": "partly",
    "reason": "Primero 600 m 💧 <script>alert(1)</script>",
    "office": "Equipo de facilitación",
    "signer": "Facilitador de San Martín",
    "once": "a-mark-of-the-form-1",
}


def answered(lab: Lab, actor: Actor, thing: Thing, days: int = 0) -> Response:
    return service.answer(
        Acting(lab, actor, NOW + timedelta(days=days)),
        thing=thing,
        decision=Decision.PARTLY,
        reason=f"Porque sí, {days}.",
        office="Equipo de facilitación",
        signer="Facilitador",
    )


def test_a_second_answer_stands_and_the_first_is_kept(make: Make) -> None:
    lab = make.lab()
    actor = make.actor(lab, Role.FACILITATOR)
    thing = rows.contribution(make, lab).thing

    answered(lab, actor, thing)
    answered(lab, actor, thing, days=2)
    db.session.commit()

    assert [r.version for r in queries.of(thing.id)] == [2, 1]
    assert queries.standing([thing.id])[thing.id].reason == "Porque sí, 2."


def test_an_answer_meets_what_was_owed_and_later_ones_do_not_move_the_day(make: Make) -> None:
    lab = make.lab()
    actor = make.actor(lab, Role.FACILITATOR)
    meeting = rows.meeting(make, lab)
    (said,) = contributions.note(
        Acting(lab, actor, NOW), meeting=meeting, lines=["Uno"], due_days=30
    )

    answered(lab, actor, said.thing, days=34)
    answered(lab, actor, said.thing, days=40)
    duty = sessions.dues([said.id])[said.id]

    assert duty.met_on
    assert days_late(duty.due_on, NOW.date(), duty.met_on) == 4
    assert sessions.unanswered_count(lab.id) == 0


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ALLY, Role.RESPONSIBLE, Role.COMMITTEE])
def test_others_do_not_answer(make: Make, role: Role) -> None:
    lab = make.lab()
    thing = rows.contribution(make, lab).thing

    with pytest.raises(Denied):
        answered(lab, make.actor(lab, role), thing)


def test_a_thing_of_another_lab_or_of_another_kind_is_not_answered(make: Make) -> None:
    lab, other = make.lab(), make.lab()
    actor = make.actor(lab, Role.FACILITATOR)
    said = rows.contribution(make, other)
    meeting = rows.meeting(make, lab)

    with pytest.raises(Conflict):
        answered(lab, actor, said.thing)
    with pytest.raises(Conflict):
        answered(lab, actor, meeting.thing)


def test_a_contribution_is_answered_once_in_the_browser(make: Make, client: Client) -> None:
    lab = make.lab()
    rows.contribution(make, lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    at = f"/labs/{lab.slug}/contributions/1/"

    for _ in range(2):
        assert client.post(f"{at}answer", data=FORM).location == at
    shown = client.get(at).text
    again = client.get(f"{at}answer").text

    assert db.session.scalar(select(func.count()).select_from(Response)) == 1
    assert "Primero 600 m 💧 &lt;script&gt;" in shown
    assert "Equipo de facilitación" in again


@pytest.mark.parametrize(
    "wrong",
    [{"reason": ""}, {"reason": "x" * 4001}, {"decision": "maybe"}, {"office": "a\0"}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_wrong_answer_comes_back(make: Make, client: Client, wrong: dict[str, str]) -> None:
    lab = make.lab()
    rows.contribution(make, lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    page = client.post(f"/labs/{lab.slug}/contributions/1/answer", data=FORM | wrong)

    assert page.status_code == 422


def test_doors(make: Make, client: Client) -> None:
    lab, cancelled = make.lab(), make.lab(Stage.CANCELLED)
    rows.contribution(make, lab)
    rows.contribution(make, cancelled)
    at = f"/labs/{lab.slug}/contributions/1/answer"

    assert client.get(at).status_code in (302, 401)
    sign_in(client, make.actor(lab, Role.MEMBER))
    assert client.get(at).status_code == 403
    sign_in(client, make.actor(cancelled, Role.FACILITATOR))
    assert client.get(f"/labs/{cancelled.slug}/contributions/1/answer").status_code == 403
    sign_in(client, make.actor(lab, Role.REVIEWER))
    assert client.get(at).status_code == 200
    assert client.get(at.replace("/1/", "/2/")).status_code == 404
    assert client.get(at.replace("contributions", "sessions")).status_code == 404
