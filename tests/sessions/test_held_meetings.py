"""A meeting that was not held proves nothing: when it begins, and how one is noted afterwards."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from labapp.cli.checks import faults_of
from labapp.db import db, utcnow
from labapp.domain.errors import Conflict, Denied
from labapp.domain.panama_time import local
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.plans.models import Plan
from labapp.record.acting import Acting
from labapp.sessions import queries, service
from labapp.sessions.models import Meeting, Modality, Sector
from labapp.sessions.queries import held_meetings
from labapp.sessions.room import room
from labapp.sessions.service import attendance, contributions
from labapp.sessions.service.import_meeting import import_plan_meeting, table_of_2023
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.sessions.test_pages import FORM

HOUR = timedelta(hours=1)


class Hall:
    """A lab, its facilitator, and what they do with a meeting of two hours from ``NOW`` on."""

    def __init__(self, make: Make) -> None:
        self.lab = make.lab(Stage.IDEATION)
        self.actor = make.actor(self.lab, Role.FACILITATOR)

    def acting(self, after: timedelta = timedelta()) -> Acting[Lab]:
        """The facilitator, so long after the hour announced."""
        return Acting(self.lab, self.actor, NOW + after)

    def announce(
        self, write: Callable[..., Meeting] = service.announce, **when: timedelta
    ) -> Meeting:
        """Announce it, or note it as held, a week before unless said otherwise."""
        return write(
            self.acting(when.get("after", -7 * 24 * HOUR)),
            starts_at=NOW,
            ends_at=NOW + 2 * HOUR,
            modality=Modality.IN_PERSON,
            venue="Rancho comunal",
            agenda="Agua limpia",
        )

    def typed_in(self) -> Meeting:
        """A meeting never announced, noted as held three days later."""
        return self.announce(service.type_in, after=72 * HOUR)


@pytest.fixture
def hall(make: Make) -> Hall:
    return Hall(make)


@pytest.mark.parametrize(
    ("after", "begins"),
    [
        (-7 * 24 * HOUR, False),
        (-HOUR - timedelta(seconds=1), False),
        (-HOUR, True),
        (2 * HOUR, True),
        # 10 a. m. in Panama: its day ends fourteen hours later.
        (14 * HOUR - timedelta(seconds=1), True),
        (14 * HOUR, False),
        (30 * 24 * HOUR, False),
    ],
    ids=str,
)
def test_a_meeting_is_begun_from_an_hour_before_until_the_end_of_its_day(
    hall: Hall, after: timedelta, begins: bool
) -> None:
    meeting = hall.announce()

    if begins:
        service.begin(hall.acting(after), meeting=meeting)
    else:
        with pytest.raises(Conflict, match="hour before" if after < HOUR else "noted?"):
            service.begin(hall.acting(after), meeting=meeting)

    assert meeting.was_held is begins
    assert meeting.began_at == (NOW + after if begins else None)


@pytest.mark.parametrize("after", [2 * HOUR, 300 * 24 * HOUR], ids=str)
def test_a_meeting_of_a_time_past_is_not_announced(hall: Hall, after: timedelta) -> None:
    with pytest.raises(Conflict, match="held then"):
        hall.announce(after=after)


def test_a_meeting_typed_in_was_held_at_its_own_hours(hall: Hall) -> None:
    meeting = hall.typed_in()
    later = 73 * HOUR

    attendance.check_in(hall.acting(later), meeting=meeting, sector=Sector.COMMUNITY, people=9)
    (said,) = contributions.note(hall.acting(later), meeting=meeting, lines=["Uno"], due_days=30)
    with pytest.raises(Conflict, match="report"):
        service.close(hall.acting(later), meeting=meeting, minutes=" \n")
    service.close(hall.acting(later), meeting=meeting, minutes="Se acordó.")
    db.session.commit()

    assert (meeting.began_at, meeting.closed_at) == (NOW, NOW + 2 * HOUR)
    assert meeting.typed_at == NOW + 72 * HOUR
    assert meeting.was_on(NOW.date())
    assert not meeting.was_on(NOW.date() + timedelta(days=3))
    assert queries.closed_meeting_count(hall.lab.id) == 1
    # Whoever owes the answer has the whole term from the day on which the words could be read.
    assert queries.dues([said.id])[said.id].due_on == NOW.date() + timedelta(days=33)
    assert not list(faults_of(room))


def test_a_meeting_announced_and_never_begun_is_noted_as_held(hall: Hall) -> None:
    meeting = hall.announce()
    with pytest.raises(Conflict, match="not ended"):
        service.note_held(hall.acting(2 * HOUR - timedelta(seconds=1)), meeting=meeting)

    service.note_held(hall.acting(48 * HOUR), meeting=meeting)

    assert (meeting.began_at, meeting.typed_at) == (NOW, NOW + 48 * HOUR)
    assert meeting.thing.state == "open"
    assert queries.coming(hall.lab.id, since=NOW - HOUR) is None


def test_what_has_not_ended_is_not_noted_as_held(hall: Hall) -> None:
    with pytest.raises(Conflict, match="not ended"):
        hall.announce(service.type_in, after=HOUR)


def _cancel(acting: Acting[Lab], *, meeting: Meeting) -> None:
    service.cancel(acting, meeting=meeting, reason="Creció la quebrada.")


def _close(acting: Acting[Lab], *, meeting: Meeting) -> None:
    service.close(acting, meeting=meeting, minutes="Se acordó.")


_ACTS = (_cancel, service.begin, service.note_held, _close)


@pytest.mark.parametrize("second", _ACTS)
@pytest.mark.parametrize("first", _ACTS)
def test_of_two_acts_on_a_meeting_in_any_order_only_begun_then_closed_pass(
    hall: Hall, first: Callable[..., None], second: Callable[..., None]
) -> None:
    meeting, over = hall.announce(), hall.acting(3 * HOUR)
    if first is _close:
        with pytest.raises(Conflict, match="not begun"):
            first(over, meeting=meeting)
        return

    first(over, meeting=meeting)

    if second is _close and first is not _cancel:
        second(over, meeting=meeting)
        assert queries.closed_meeting_count(hall.lab.id) == 1
    else:
        with pytest.raises(Conflict):
            second(over, meeting=meeting)
        assert meeting.was_held is (first is not _cancel)


@pytest.mark.parametrize("state", ["announced", "cancelled"])
def test_in_a_meeting_not_held_nobody_is_counted_nothing_noted_and_none_is_offered(
    hall: Hall, state: str
) -> None:
    meeting, later = hall.announce(), hall.acting(3 * HOUR)
    if state == "cancelled":
        _cancel(hall.acting(), meeting=meeting)

    with pytest.raises(Conflict):
        attendance.check_in(later, meeting=meeting, sector=Sector.OTHER)
    with pytest.raises(Conflict):
        contributions.note(later, meeting=meeting, lines=["Uno"], due_days=30)
    with pytest.raises(Conflict):
        _close(later, meeting=meeting)
    assert not held_meetings.in_lab(hall.lab.id)
    assert held_meetings.by_thing(meeting.id) is None


def test_only_a_facilitator_notes_that_a_meeting_was_held(make: Make, hall: Hall) -> None:
    meeting = hall.announce()
    neighbour = Acting(hall.lab, make.actor(hall.lab, Role.MEMBER), NOW + 9 * HOUR)

    with pytest.raises(Denied):
        service.note_held(neighbour, meeting=meeting)


@pytest.mark.parametrize(
    "wrong",
    [
        {"typed_at": NOW + 9 * HOUR},
        {"typed_at": NOW + HOUR, "began_at": NOW},
        {"typed_at": NOW + 9 * HOUR, "began_at": NOW, "closed_at": NOW + 9 * HOUR},
    ],
    ids=["never begun", "before it ended", "closed when typed"],
)
def test_the_database_keeps_no_meeting_typed_in_at_other_hours(
    hall: Hall, wrong: dict[str, object]
) -> None:
    meeting = hall.announce()

    with pytest.raises(IntegrityError):
        db.session.execute(update(Meeting).where(Meeting.id == meeting.id).values(**wrong))


def test_a_meeting_of_a_plan_is_brought_in_once_it_was_held(make: Make) -> None:
    plan: Plan = make.plan()
    facts = table_of_2023() | {"date": "2027-07-25"}

    with pytest.raises(Conflict, match="held"):
        import_plan_meeting(
            Acting(None, Actor(None, frozenset({Role.REVIEWER})), NOW), plan, facts=facts
        )


def test_a_meeting_of_yesterday_is_noted_as_held_in_the_browser(make: Make, client: Client) -> None:
    lab = make.lab(Stage.IDEATION)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    at = f"/labs/{lab.slug}/sessions/"
    yesterday = (local(utcnow()) - timedelta(days=1)).date().isoformat()
    past = FORM | {"day": yesterday, "starts": "17:30", "ends": "19:30"}

    asked = client.post(f"{at}new", data=past)
    done = client.post(f"{at}new", data=past | {"held": "yes"})
    client.post(f"{at}1/note", data={"said": "Limpiar el tanque"})
    client.post(f"{at}1/close", data={"minutes": "Se acordó limpiar."})

    assert asked.status_code == 422
    assert "Esa hora ya pasó" in asked.text
    assert "Rancho comunal" in asked.text
    assert done.location == f"{at}1/run"
    for page in (at, f"{at}1/"):
        assert "Se anotó después" in client.get(page).text
    assert "5:30" in client.get(f"{at}1/").text


def test_the_page_of_the_hall_offers_only_what_may_be_done(make: Make, client: Client) -> None:
    lab = make.lab(Stage.IDEATION)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    at = f"/labs/{lab.slug}/sessions/"
    later = (local(utcnow()) + timedelta(days=9)).date().isoformat()
    client.post(f"{at}new", data=FORM | {"day": later})

    page = client.get(f"{at}1/run").text
    answer = client.post(f"{at}1/begin")

    assert f"{at}1/begin" not in page
    assert f"{at}1/held" not in page
    assert answer.status_code == 409
    assert "una hora antes" in answer.text

    db.session.execute(
        update(Meeting).values(starts_at=utcnow() - 50 * HOUR, ends_at=utcnow() - 48 * HOUR)
    )
    db.session.commit()
    page = client.get(f"{at}1/run").text

    assert f"{at}1/begin" not in page
    assert client.post(f"{at}1/begin").status_code == 409
    assert f"{at}1/held" in page
    assert client.post(f"{at}1/held").location == f"{at}1/run"
    assert client.post(f"{at}1/held").status_code == 409
