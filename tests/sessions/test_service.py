"""A meeting is announced, begun, counted, noted and closed, each once and by its facilitator."""

from datetime import timedelta

import pytest

from labapp.cli.checks import faults_of
from labapp.db import db
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.sessions import queries, service
from labapp.sessions.models import Meeting, Modality, Sector
from labapp.sessions.room import room
from labapp.sessions.service import attendance, contributions
from labapp.sessions.service.import_meeting import import_plan_meeting, table_of_2023
from labapp.thread.models import Descent
from tests.make import NOW, Make
from tests.sessions import make as sessions


def announced(lab: Lab, actor: Actor, hours: int = 2) -> Meeting:
    return service.announce(
        Acting(lab, actor, NOW),
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=hours),
        modality=Modality.IN_PERSON,
        venue="Rancho comunal",
        agenda="Agua limpia\nQué hacemos primero",
    )


def test_a_meeting_goes_from_its_announcement_to_its_report(make: Make) -> None:
    lab = make.lab(Stage.IDEATION)
    facilitator = make.actor(lab, Role.FACILITATOR)
    meeting = announced(lab, facilitator)

    service.begin(Acting(lab, facilitator, NOW), meeting=meeting)
    attendance.check_in(Acting(lab, facilitator, NOW), meeting=meeting, sector=Sector.COMMUNITY)
    attendance.check_in(
        Acting(lab, facilitator, NOW), meeting=meeting, sector=Sector.ENTITY, people=6
    )
    attendance.take_back(Acting(lab, facilitator, NOW), meeting=meeting, sector=Sector.ENTITY)
    noted = contributions.note(
        Acting(lab, facilitator, NOW), meeting=meeting, lines=["Uno", "Dos"], due_days=30
    )
    service.close(Acting(lab, facilitator, NOW), meeting=meeting, minutes="Se acordó.")
    db.session.commit()

    assert meeting.thing.title == "Agua limpia"
    assert meeting.thing.state == "closed"
    assert queries.attendance(meeting.id) == {Sector.COMMUNITY: 1, Sector.ENTITY: 5}
    assert not queries.names(lab.id, meeting.id)
    assert [said.thing.number for said in noted] == [1, 2]
    assert queries.dues([noted[0].id])[noted[0].id].due_on == NOW.date() + timedelta(days=30)
    assert db.session.get(Descent, (noted[1].id, meeting.id))
    assert (queries.closed_meeting_count(lab.id), queries.unanswered_count(lab.id)) == (1, 2)
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
    meeting = sessions.meeting(make, lab)

    with pytest.raises(Conflict):
        service.begin(Acting(lab, facilitator, NOW), meeting=meeting)


@pytest.mark.parametrize("closed", [False, True])
def test_outside_its_hours_nobody_is_counted_and_nothing_noted(make: Make, closed: bool) -> None:
    lab = make.lab()
    who = make.actor(lab, Role.FACILITATOR)
    meeting = sessions.meeting(make, lab, begun=False, closed=closed)

    with pytest.raises(Conflict):
        attendance.check_in(Acting(lab, who, NOW), meeting=meeting, sector=Sector.OTHER)
    with pytest.raises(Conflict):
        contributions.note(Acting(lab, who, NOW), meeting=meeting, lines=["Uno"], due_days=30)
    with pytest.raises(Conflict):
        service.close(Acting(lab, who, NOW), meeting=meeting, minutes="Nada.")


def test_nobody_is_taken_back_where_nobody_is_counted(make: Make) -> None:
    lab = make.lab()
    who = make.actor(lab, Role.FACILITATOR)

    with pytest.raises(Conflict):
        attendance.take_back(
            Acting(lab, who, NOW), meeting=sessions.meeting(make, lab), sector=Sector.OTHER
        )


def test_the_table_of_2023_is_brought_in_once_with_no_clock(make: Make) -> None:
    plan, reviewer = make.plan(), Actor(None, frozenset({Role.REVIEWER}))

    meeting = import_plan_meeting(Acting(None, reviewer, NOW), plan, facts=table_of_2023())
    again = import_plan_meeting(Acting(None, reviewer, NOW), plan, facts=table_of_2023())
    said = queries.meeting_contributions(meeting.id).rows

    assert again is meeting
    assert (meeting.attended, meeting.clocked, meeting.thing.number) == (15, False, 1)
    assert [row.thing.number for row in said] == list(range(1, 9))
    assert not queries.dues([row.id for row in said])
    with pytest.raises(Denied):
        import_plan_meeting(Acting(None, Actor(None), NOW), plan, facts=table_of_2023())


def test_a_meeting_that_has_not_begun_is_cancelled_with_its_reason(make: Make) -> None:
    lab = make.lab()
    facilitator = make.actor(lab, Role.FACILITATOR)
    meeting = announced(lab, facilitator)
    assert queries.coming(lab.id, since=NOW) is meeting

    service.cancel(Acting(lab, facilitator, NOW), meeting=meeting, reason="Creció la quebrada.")

    assert (meeting.thing.state, meeting.state) == ("cancelled", "cancelled")
    assert meeting.thing.published_at is not None
    assert queries.coming(lab.id, since=NOW) is None
    assert queries.closed_meeting_count(lab.id) == 0
    db.session.commit()
    assert not list(faults_of(room))
    for act in (service.begin, _cancel_again):
        with pytest.raises(Conflict, match="cancelled"):
            act(Acting(lab, facilitator, NOW), meeting=meeting)


def _cancel_again(acting: Acting[Lab], *, meeting: Meeting) -> None:
    service.cancel(acting, meeting=meeting, reason="Otra vez")


def test_a_meeting_under_way_is_not_cancelled_nor_by_a_neighbour(make: Make) -> None:
    lab = make.lab()
    begun = sessions.meeting(make, lab)

    with pytest.raises(Conflict, match="began"):
        _cancel_again(Acting(lab, make.actor(lab, Role.FACILITATOR), NOW), meeting=begun)
    with pytest.raises(Denied):
        _cancel_again(Acting(lab, make.actor(lab, Role.MEMBER), NOW), meeting=begun)
