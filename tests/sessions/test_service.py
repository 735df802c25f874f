"""A meeting is announced, begun, counted, noted and closed, each once and by its facilitator."""

from datetime import datetime, timedelta

import pytest

from labapp.cli.checks import faults_of
from labapp.db import db
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.sessions import queries, service
from labapp.sessions.models import Meeting, Modality, Sector
from labapp.sessions.past import import_plan_meeting, table_of_2023
from labapp.sessions.room import room
from labapp.thread.models import Descent
from tests.make import NOW, Make
from tests.sessions import make as rows


def announced(lab: Lab, actor: Actor, hours: int = 2) -> Meeting:
    return service.announce(
        lab,
        actor,
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=hours),
        modality=Modality.IN_PERSON,
        venue="Rancho comunal",
        agenda="Agua limpia\nQué hacemos primero",
        now=NOW,
    )


def test_a_meeting_goes_from_its_announcement_to_its_report(make: Make) -> None:
    lab = make.lab(Stage.IDEATION)
    facilitator = make.actor(lab, Role.FACILITATOR)
    meeting = announced(lab, facilitator)

    service.begin(lab, facilitator, meeting=meeting, now=NOW)
    service.check_in(lab, facilitator, meeting=meeting, sector=Sector.COMMUNITY, now=NOW)
    service.check_in(
        lab, facilitator, meeting=meeting, sector=Sector.ENTITY, name="no se", people=6, now=NOW
    )
    service.take_back(lab, facilitator, meeting=meeting, sector=Sector.ENTITY, now=NOW)
    noted = service.note(
        lab, facilitator, meeting=meeting, lines=["Uno", "Dos"], due_days=30, now=NOW
    )
    service.close(lab, facilitator, meeting=meeting, minutes="Se acordó.", now=NOW)
    db.session.commit()

    assert meeting.thing.title == "Agua limpia"
    assert meeting.thing.state == "closed"
    assert queries.attendance(meeting.id) == {Sector.COMMUNITY: 1, Sector.ENTITY: 5}
    assert not queries.names(meeting.id)
    assert [said.thing.number for said in noted] == [1, 2]
    assert queries.dues([noted[0].id])[noted[0].id].due_on == NOW.date() + timedelta(days=30)
    assert db.session.get(Descent, (noted[1].id, meeting.id))
    assert (queries.held(lab.id), queries.unanswered(lab.id)) == (1, 2)
    assert not list(faults_of(room))


def test_only_a_facilitator_announces_and_only_while_the_lab_lives(make: Make) -> None:
    lab, closed = make.lab(), make.lab(Stage.CLOSED)

    with pytest.raises(Denied):
        announced(lab, make.actor(lab, Role.MEMBER))
    with pytest.raises(Denied):
        announced(closed, make.actor(closed, Role.FACILITATOR))


def test_a_meeting_that_ends_before_it_starts_is_refused(make: Make) -> None:
    lab = make.lab()

    with pytest.raises(Conflict):
        announced(lab, make.actor(lab, Role.FACILITATOR), hours=-1)


def test_a_meeting_begins_once(make: Make) -> None:
    lab = make.lab()
    facilitator = make.actor(lab, Role.FACILITATOR)
    meeting = rows.meeting(make, lab)

    with pytest.raises(Conflict):
        service.begin(lab, facilitator, meeting=meeting, now=NOW)


@pytest.mark.parametrize("closed", [False, True])
def test_outside_its_hours_nobody_is_counted_and_nothing_noted(make: Make, closed: bool) -> None:
    lab = make.lab()
    who = make.actor(lab, Role.FACILITATOR)
    meeting = rows.meeting(make, lab, begun=False, closed=closed)

    with pytest.raises(Conflict):
        service.check_in(lab, who, meeting=meeting, sector=Sector.OTHER, now=NOW)
    with pytest.raises(Conflict):
        service.note(lab, who, meeting=meeting, lines=["Uno"], due_days=30, now=NOW)
    with pytest.raises(Conflict):
        service.close(lab, who, meeting=meeting, minutes="Nada.", now=NOW)


def test_nobody_is_taken_back_where_nobody_is_counted(make: Make) -> None:
    lab = make.lab()
    who = make.actor(lab, Role.FACILITATOR)

    with pytest.raises(Conflict):
        service.take_back(lab, who, meeting=rows.meeting(make, lab), sector=Sector.OTHER, now=NOW)


def test_the_table_of_2023_is_brought_in_once_with_no_clock(make: Make) -> None:
    plan, reviewer = make.plan(), Actor(None, frozenset({Role.REVIEWER}))

    meeting = import_plan_meeting(plan, reviewer, facts=table_of_2023(), now=NOW)
    again = import_plan_meeting(plan, reviewer, facts=table_of_2023(), now=NOW)
    said = queries.said_in(meeting.id).rows

    assert again is meeting
    assert (meeting.attended, meeting.clocked, meeting.thing.number) == (15, False, 1)
    assert [row.thing.number for row in said] == list(range(1, 9))
    assert not queries.dues([row.id for row in said])
    with pytest.raises(Denied):
        import_plan_meeting(plan, Actor(None), facts=table_of_2023(), now=NOW)


def test_a_meeting_that_has_not_begun_is_cancelled_with_its_reason(make: Make) -> None:
    lab = make.lab()
    facilitator = make.actor(lab, Role.FACILITATOR)
    meeting = announced(lab, facilitator)
    assert queries.coming(lab.id, since=NOW) is meeting

    service.cancel(lab, facilitator, meeting=meeting, reason="Creció la quebrada.", now=NOW)

    assert (meeting.thing.state, meeting.state) == ("cancelled", "cancelled")
    assert meeting.thing.published_at is not None
    assert queries.coming(lab.id, since=NOW) is None
    assert queries.held(lab.id) == 0
    db.session.commit()
    assert not list(faults_of(room))
    for act in (service.begin, _cancel_again):
        with pytest.raises(Conflict, match="cancelled"):
            act(lab, facilitator, meeting=meeting, now=NOW)


def _cancel_again(lab: Lab, actor: Actor, *, meeting: Meeting, now: datetime) -> None:
    service.cancel(lab, actor, meeting=meeting, reason="Otra vez", now=now)


def test_a_meeting_under_way_is_not_cancelled_nor_by_a_neighbour(make: Make) -> None:
    lab = make.lab()
    begun = rows.meeting(make, lab)

    with pytest.raises(Conflict, match="began"):
        _cancel_again(lab, make.actor(lab, Role.FACILITATOR), meeting=begun, now=NOW)
    with pytest.raises(Denied):
        _cancel_again(lab, make.actor(lab, Role.MEMBER), meeting=begun, now=NOW)
