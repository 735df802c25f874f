"""A committee is chosen in a meeting that was held or a vote that was published, or in words."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from labapp.audits import queries, service
from labapp.audits.models import Committee
from labapp.db import db
from labapp.domain.descents import DescentKind
from labapp.domain.errors import Conflict
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.thread.models import Descent, Thing
from tests.audits import make as audits
from tests.audits.test_elected import counted
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.sessions import make as meetings
from tests.voting import make as voting


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def form(make: Make, lab: Lab, chosen_in: Thing | None, chosen_how: str = "") -> Committee:
    return service.form_committee(
        Acting(lab, make.actor(lab, Role.FACILITATOR), NOW),
        audits.work(make, lab),
        name="Ojos del Agua",
        chosen_how=chosen_how,
        report_days=30,
        chosen_in=chosen_in,
    )


def test_a_meeting_that_was_not_held_chooses_no_committee(make: Make, lab: Lab) -> None:
    announced = meetings.meeting(make, lab, begun=False)
    elsewhere = meetings.meeting(make, make.lab())

    for wrong in (announced.thing, elsewhere.thing, voting.vote(make, lab).thing):
        assert wrong not in queries.elections(lab.id)
        with pytest.raises(Conflict, match="held"):
            form(make, lab, wrong)


def test_a_committee_descends_from_the_meeting_that_chose_it(make: Make, lab: Lab) -> None:
    held = meetings.meeting(make, lab).thing

    committee = form(make, lab, held)

    descent = db.session.get_one(Descent, (committee.id, held.id))
    assert (descent.why, committee.chosen_in) == (DescentKind.CHOSEN_IN, held)


def test_a_vote_chooses_once_its_result_is_published(make: Make, lab: Lab) -> None:
    watch = audits.watch(make, lab, seats=0, certified=False)
    vote = counted(make, watch)
    assert vote.thing in queries.elections(lab.id)

    assert form(make, lab, vote.thing).chosen_in_id == vote.id


def test_what_was_chosen_in_another_way_says_so_in_words(make: Make, lab: Lab) -> None:
    with pytest.raises(Conflict, match="Say in which"):
        form(make, lab, None, " ")
    committee = form(make, lab, None, "En la asamblea de 2019, a mano alzada")

    assert committee.chosen_in_id is None
    with pytest.raises(IntegrityError):
        db.session.execute(
            update(Committee).where(Committee.id == committee.id).values(chosen_how="")
        )


def test_the_form_offers_where_it_may_have_been_and_its_page_leads_there(
    make: Make, client: Client, lab: Lab
) -> None:
    audits.work(make, lab)
    meetings.meeting(make, lab, begun=False)
    meetings.meeting(make, lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    page = f"/labs/{lab.slug}/committees/new?work=1"

    asked = client.get(page).text
    crafted = client.post(page, data={"name": "Ojos del Agua", "chosen_in": "meeting-2"})
    wordless = client.post(page, data={"name": "Ojos del Agua", "chosen_in": "otherwise"})
    done = client.post(page, data={"name": "Ojos del Agua", "chosen_in": "meeting-3"})

    assert "meeting-3" in asked
    assert "meeting-2" not in asked
    assert "De otra manera" in asked
    assert (crafted.status_code, wordless.status_code) == (422, 422)
    assert "Diga cómo se escogieron" in wordless.text
    assert "Ojos del Agua" in wordless.text
    shown = client.get(done.location).text
    assert f"/labs/{lab.slug}/sessions/3/" in shown
    assert "Se escogió en:" in shown
    assert "se escogieron así" not in shown
    assert db.session.scalars(select(Committee.chosen_how)).one() == ""
