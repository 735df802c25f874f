"""Who came: counted by sector, or as somebody on the lab's list of people, once each."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from labapp.db import db
from labapp.domain.errors import Conflict
from labapp.domain.policy import Actor, Role
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.queries import lines
from labapp.labs.queries.recognition import Newcomer
from labapp.labs.service import registering, same_person
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.sessions import queries
from labapp.sessions.models import CheckIn, Meeting, Sector
from labapp.sessions.service import attendance
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.sessions import make as sessions


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab()


@pytest.fixture
def host(make: Make, lab: Lab) -> Actor:
    return make.actor(lab, Role.FACILITATOR)


@pytest.fixture
def meeting(make: Make, lab: Lab) -> Meeting:
    return sessions.meeting(make, lab)


def came(lab: Lab, host: Actor, meeting: Meeting, who: Newcomer, people: int = 1) -> None:
    attendance.check_in(
        Acting(lab, host, NOW), meeting=meeting, sector=Sector.COMMUNITY, who=who, people=people
    )


def test_a_name_with_others_counts_as_one_of_them_and_is_kept(
    lab: Lab, host: Actor, meeting: Meeting
) -> None:
    came(lab, host, meeting, Newcomer("María Pérez"), people=3)

    assert queries.attendance(meeting.id) == {Sector.COMMUNITY: 3}
    assert [row.name for row in queries.names(lab.id, meeting.id)] == ["María Pérez"]
    assert [row.name for row in lines.page(lab.id, words="perez").rows] == ["María Pérez"]
    assert not labs.member_ids(lab.id)


def test_the_same_person_is_counted_once_whatever_was_typed(
    lab: Lab, host: Actor, meeting: Meeting
) -> None:
    maria = registering.register(Acting(lab, host, NOW), [Newcomer("María Pérez")]).added[0]
    with pytest.raises(Conflict, match="sounds like"):
        came(lab, host, meeting, Newcomer("Mari Per"))
    came(lab, host, meeting, Newcomer("Mari Per", same_as=maria))

    with pytest.raises(Conflict, match="already"):
        came(lab, host, meeting, Newcomer("María Pérez", same_as=maria), people=4)

    assert queries.attendance(meeting.id) == {Sector.COMMUNITY: 1}


def test_the_database_counts_nobody_twice_at_a_meeting(
    lab: Lab, host: Actor, meeting: Meeting
) -> None:
    came(lab, host, meeting, Newcomer("María Pérez"))
    row = db.session.query(CheckIn).one()
    again = {"meeting_id": meeting.id, "sector": Sector.OTHER, "person_id": row.person_id}

    with pytest.raises(IntegrityError):
        db.session.execute(insert(CheckIn), [again])


def test_two_lines_joined_are_counted_once_and_twice_when_parted_again(
    lab: Lab, host: Actor, meeting: Meeting
) -> None:
    came(lab, host, meeting, Newcomer("María Pérez"))
    came(lab, host, meeting, Newcomer("Mari Pérez", is_other=True))
    one, two = (row.person_id for row in db.session.query(CheckIn).order_by(CheckIn.id))
    assert one
    assert two

    row = same_person.join(Acting(lab, host, NOW), one=one, two=two)
    assert queries.attendance(meeting.id) == {Sector.COMMUNITY: 1}
    with pytest.raises(Conflict, match="already"):
        came(lab, host, meeting, Newcomer("Mari Pérez", same_as=two))
    same_person.separate(Acting(lab, host, NOW), row)

    assert queries.attendance(meeting.id) == {Sector.COMMUNITY: 2}


def test_that_person_is_taken_back_and_not_the_last_of_a_sector(
    make: Make, lab: Lab, host: Actor, meeting: Meeting
) -> None:
    came(lab, host, meeting, Newcomer("María Pérez"))
    came(lab, host, meeting, Newcomer("Juan Ábrego"), people=2)
    maria = queries.names(lab.id, meeting.id)[-1]
    acting = Acting(lab, host, NOW)

    attendance.take_back_person(acting, meeting=meeting, check_in_id=maria.id)
    attendance.take_back(acting, meeting=meeting, sector=Sector.COMMUNITY)

    assert [row.name for row in queries.names(lab.id, meeting.id)] == ["Juan Ábrego"]
    with pytest.raises(Conflict, match="without a name"):
        attendance.take_back(acting, meeting=meeting, sector=Sector.COMMUNITY)
    other = sessions.meeting(make, lab)
    for there, key in ((meeting, maria.id), (other, queries.names(lab.id, meeting.id)[0].id)):
        with pytest.raises(Conflict, match="any more"):
            attendance.take_back_person(acting, meeting=there, check_in_id=key)


def test_the_record_says_how_many_came_and_never_who_to_which_meeting(
    lab: Lab, host: Actor, meeting: Meeting
) -> None:
    came(lab, host, meeting, Newcomer("María Pérez"), people=2)
    db.session.commit()

    noted = db.session.query(Entry).filter(Entry.act == "attendance:note").one()
    assert noted.after == '{"meeting":1,"people":2,"sector":"community"}'


def test_a_name_that_sounds_like_somebody_is_asked_about_in_the_browser(
    lab: Lab, host: Actor, meeting: Meeting, client: Client
) -> None:
    maria = registering.register(Acting(lab, host, NOW), [Newcomer("María Pérez")]).added[0]
    sign_in(client, host)
    at = f"/labs/{lab.slug}/sessions/1/check-in"
    sent = {"sector": "community", "name": "maria perez", "people": "4"}

    asked = client.post(at, data=sent)
    unmarked = client.post(at, data={**sent, "who": "other"})
    stranger = client.post(at, data={**sent, "who": "99999"})
    other = client.post(at, data={**sent, "who": "other", "known_as": "La Loma"})
    same = client.post(at, data={**sent, "who": str(maria)})
    again = client.post(at, data={**sent, "who": str(maria)})

    codes = [each.status_code for each in (asked, unmarked, stranger, other, same, again)]
    assert codes == [422, 422, 422, 302, 302, 422]
    assert 'value="maria perez"' in asked.text
    assert 'value="4"' in asked.text
    assert "ya está anotada" in again.text
    assert queries.attendance(meeting.id) == {Sector.COMMUNITY: 8}
    inside = client.get(f"/labs/{lab.slug}/sessions/1/run").text
    assert "La Loma" in inside
    key = queries.names(lab.id, meeting.id)[0].id
    assert client.post(f"/labs/{lab.slug}/sessions/1/take-back/{key}").status_code == 302
    assert queries.attendance(meeting.id) == {Sector.COMMUNITY: 7}
    public = client.get(f"/labs/{lab.slug}/sessions/1/").text
    assert "Pérez" not in public
    assert "La Loma" not in public
