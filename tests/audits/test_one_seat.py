"""One person holds one seat, by whatever number of theirs, and is judged by all of them."""

import pytest

from labapp.accounts.models import GlobalRole, Person
from labapp.audits import queries, service
from labapp.db import db
from labapp.domain.committee import CommitteeState, state
from labapp.domain.errors import Conflict
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.labs.models import Lab, SamePerson
from labapp.labs.service import same_person
from labapp.record.acting import Acting
from tests.audits import make as audits
from tests.audits.make import Watch
from tests.make import NOW, Make


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def _state(of: Watch) -> CommitteeState:
    shown = state(queries.committee_status(of.committee.id))
    assert of.committee.thing.state == shown.value
    return shown


def _join(of: Watch, one: Actor, two: Actor) -> SamePerson:
    host = Acting(of.lab, of.facilitator, NOW)
    return same_person.join(host, one=one.person_id or 0, two=two.person_id or 0)


def test_two_numbers_of_one_person_hold_one_seat(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)

    row = _join(made, made.members[0], made.members[1])
    assert queries.committee_status(made.committee.id).seats == 4
    assert _state(made) is CommitteeState.INACTIVE
    same_person.separate(Acting(lab, made.facilitator, NOW), row)

    assert _state(made) is CommitteeState.CERTIFIED


def test_nobody_is_seated_by_another_number_of_theirs(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab, seats=3, certified=False)
    other, reviewer, twin = (make.actor(lab, Role.MEMBER) for _ in range(3))
    _join(made, made.members[0], other)
    _join(made, twin, reviewer)
    # ANTAI gives the part later: of whoever has it already nobody says who else they are.
    make.keep(GlobalRole(person_id=reviewer.person_id, role=Role.REVIEWER, granted_at=NOW))

    for who, why in ((other, "sits on the committee"), (twin, "reviews for ANTAI")):
        with pytest.raises(Conflict, match=why):
            service.seat(
                Acting(lab, made.facilitator, NOW),
                made.committee,
                person=db.session.get_one(Person, who.person_id),
                consents=True,
                declared_tie="",
            )


def test_whoever_answers_for_the_work_by_another_number_is_not_seated(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab, seats=3, certified=False)
    other = make.actor(lab, Role.MEMBER)
    _join(made, other, made.entity)

    with pytest.raises(Conflict, match="carries out the work"):
        service.seat(
            Acting(lab, made.facilitator, NOW),
            made.committee,
            person=db.session.get_one(Person, other.person_id),
            consents=True,
            declared_tie="",
        )
