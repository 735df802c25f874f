"""An agreement is accepted where it was: in a meeting that was held, on its day, or by letter."""

from datetime import date, timedelta

import pytest

from labapp.db import db, utcnow
from labapp.domain.errors import Conflict
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.followup import queries, service
from labapp.followup.models import Agreement, LetterAnswer
from labapp.followup.states import AgreementState
from labapp.labs.models import Lab
from labapp.proposals.models import Proposal
from labapp.record.acting import Acting
from labapp.sessions.models import Meeting
from labapp.sessions.service import cancel
from labapp.thread.models import Thing
from tests.client import Client
from tests.followup.make import TODAY, agreement, letter
from tests.make import NOW, Make, sign_in
from tests.proposals.make import proposal
from tests.sessions import make as meetings

DAY = timedelta(days=1)
LATER = NOW + 30 * DAY


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def accept(make: Make, draft: Agreement, by: Thing, accepted_on: date = TODAY) -> None:
    """Accept it a month after ``TODAY``."""
    lab = db.session.get_one(Lab, draft.thing.lab_id)
    facilitator = make.actor(lab, Role.FACILITATOR)
    service.accept_agreement(Acting(lab, facilitator, LATER), draft, by=by, accepted_on=accepted_on)


@pytest.mark.parametrize("state", ["announced", "cancelled", "of another lab"])
def test_nothing_is_accepted_in_a_meeting_that_was_not_held_here(
    make: Make, lab: Lab, state: str
) -> None:
    draft = agreement(make, lab, accepted=False)
    there = make.lab() if state == "of another lab" else lab
    meeting = meetings.meeting(make, there, begun=state == "of another lab")
    if state == "cancelled":
        facilitator = make.actor(lab, Role.FACILITATOR)
        cancel(Acting(lab, facilitator, NOW), meeting=meeting, reason="Creció la quebrada.")

    with pytest.raises(Conflict, match=r"not held|Choose"):
        accept(make, draft, meeting.thing)

    assert draft.state is AgreementState.DRAFT
    if there is lab:
        assert meeting.thing not in queries.sources(lab.id, (Kind.MEETING,))
        assert queries.source(lab.id, "session-1", (Kind.MEETING,)) is None
        with pytest.raises(Conflict, match="published"):
            agreement(make, lab, accepted=False, came_from=meeting.thing)


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("days", [-1, 0, 1, 30, 31])
def test_what_was_accepted_in_a_meeting_was_so_on_its_day(
    make: Make, lab: Lab, days: int, closed: bool
) -> None:
    draft = agreement(make, lab, accepted=False)
    meeting = meetings.meeting(make, lab, closed=closed)

    if days == 0:
        accept(make, draft, meeting.thing)
        assert draft.accepted_on == TODAY
    else:
        with pytest.raises(Conflict, match="02/03/2026" if days < 31 else "not come"):
            accept(make, draft, meeting.thing, TODAY + days * DAY)
        assert draft.accepted_on is None


@pytest.mark.parametrize("days", [2, 3, 29, 31])
def test_a_letter_accepts_from_the_day_of_its_answer_to_today(
    make: Make, lab: Lab, days: int
) -> None:
    body = make.organization()
    sent = letter(make, lab, organization=body)
    draft = agreement(make, lab, organization=body, accepted=False)
    service.answer_letter(
        Acting(lab, make.actor(lab, Role.FACILITATOR), LATER),
        sent,
        answer=LetterAnswer.ACCEPTED,
        text="Sí.",
        reference="",
        answered_on=TODAY + 3 * DAY,
    )

    if days in (3, 29):
        accept(make, draft, sent.thing, TODAY + days * DAY)
        assert draft.state is AgreementState.ACCEPTED
    else:
        with pytest.raises(Conflict, match="05/03/2026" if days == 2 else "not come"):
            accept(make, draft, sent.thing, TODAY + days * DAY)


def test_nothing_is_accepted_before_what_it_comes_from_existed(make: Make, lab: Lab) -> None:
    """Each kind by its own day: when written, handed in, or said in its meeting."""
    early = meetings.meeting(make, lab, closed=True)
    late = _held_on(make, lab, 9)
    paper: Proposal = proposal(make, lab)
    paper.written_at = NOW + 9 * DAY
    written = letter(make, lab, presented_on=TODAY + 9 * DAY)
    said = meetings.contribution(make, lab)
    said.meeting_id = late.id
    db.session.flush()

    for source in (paper.thing, written.thing, said.thing, late.thing):
        draft = agreement(make, lab, accepted=False, came_from=source)
        with pytest.raises(Conflict, match="11/03/2026"):
            accept(make, draft, early.thing)
        accept(make, draft, late.thing, TODAY + 9 * DAY)


def _held_on(make: Make, lab: Lab, days: int) -> Meeting:
    meeting = meetings.meeting(make, lab, closed=True)
    meeting.starts_at = meeting.began_at = NOW + days * DAY
    meeting.ends_at = meeting.closed_at = NOW + days * DAY + timedelta(hours=2)
    db.session.flush()
    return meeting


def test_the_page_offers_meetings_held_and_says_the_day_beside_the_question(
    make: Make, client: Client, lab: Lab
) -> None:
    draft = agreement(make, lab, accepted=False)
    meetings.meeting(make, lab, begun=False)
    meetings.meeting(make, lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    page = f"/labs/{lab.slug}/agreements/{draft.thing.number}/accept"
    today = local_day(utcnow()).isoformat()

    shown = client.get(page).text
    crafted = client.post(page, data={"by": "session-1", "accepted_on": TODAY.isoformat()})
    other = client.post(page, data={"by": "session-2", "accepted_on": today})
    done = client.post(page, data={"by": "session-2", "accepted_on": TODAY.isoformat()})

    assert "session-2" in shown
    assert "session-1" not in shown
    assert (crafted.status_code, other.status_code) == (422, 422)
    assert "Esa reunión se hizo el 02/03/2026" in other.text
    assert today in other.text
    assert done.status_code == 302
