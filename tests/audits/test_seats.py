"""A seat ends with the account, the term or a reason, and four are four."""

from datetime import timedelta

import pytest

from labapp import hooks
from labapp.accounts.models import Person
from labapp.audits import queries, service, tasks
from labapp.db import db
from labapp.domain.committee import CommitteeState
from labapp.domain.errors import Blocked, Conflict
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from tests.audits import make as audits
from tests.audits.make import TODAY
from tests.audits.seating import seat_of
from tests.make import NOW, Make

DAY = timedelta(days=1)
OF_AN_ENTITY = (Role.RESPONSIBLE, Role.ALLY)


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def test_a_committee_of_others_is_certified_anew(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    found = audits.finding(made)
    for member in made.members[:3]:
        service.unseat(
            Acting(lab, made.facilitator, NOW + DAY),
            made.committee,
            seat_of(made, member),
            reason="Se mudó",
        )
    for _ in range(3):
        service.seat(
            Acting(lab, made.facilitator, NOW + DAY),
            made.committee,
            person=make.person(),
            consents=False,
            declared_tie="",
        )

    assert made.committee.certified_on is None
    with pytest.raises(Blocked, match="not certified"):
        service.close_finding(Acting(lab, made.members[3], NOW + DAY), found)


def test_a_seat_ends_with_its_account_and_four_are_four(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    member = made.members[4]

    left = db.session.get_one(Person, member.person_id)
    left.username, left.deleted_at = None, NOW
    hooks.on_leaving.call(left.id, NOW)

    assert queries.committee_status(made.committee.id).seats == 4
    assert made.committee.thing.state == CommitteeState.INACTIVE
    assert queries.seat(made.committee.id, member.person_id) is None
    with pytest.raises(Blocked, match="five members"):
        audits.visit(made)


def test_seats_end_with_the_term_and_not_with_the_lab(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    host = Acting(lab, made.facilitator, NOW)
    service.set_term(host, made.committee, ends_on=TODAY + DAY)
    lab.stage = Stage.CLOSED
    db.session.commit()
    tasks.end_terms(NOW + DAY)
    assert queries.committee_status(made.committee.id).seats == 5

    tasks.end_terms(NOW + 2 * DAY)
    tasks.end_terms(NOW + 2 * DAY)

    assert queries.committee_status(made.committee.id).seats == 0
    assert made.committee.thing.state == CommitteeState.INACTIVE
    assert not labs.people(lab.id, Role.COMMITTEE)
    lab.stage = Stage.FOLLOWUP
    with pytest.raises(Conflict, match="term"):
        service.seat(
            Acting(lab, made.facilitator, NOW + 2 * DAY),
            made.committee,
            person=make.person(),
            consents=False,
            declared_tie="",
        )


def test_a_seat_ends_with_a_reason_or_by_whoever_holds_it(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    row = queries.seat(made.committee.id, made.members[0].person_id)
    assert row is not None
    with pytest.raises(Conflict, match="Say why"):
        service.unseat(Acting(lab, made.facilitator, NOW), made.committee, row, reason="")

    service.leave_seat(Acting(lab, made.members[0], NOW), made.committee)

    assert queries.committee_status(made.committee.id).seats == 4
