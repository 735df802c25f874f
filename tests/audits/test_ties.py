"""A tie is of one step or of the whole work, dated, and is not switched off around an act."""

from datetime import timedelta

import pytest

from labapp.accounts.models import Person
from labapp.audits import queries, service
from labapp.audits.queries import independence
from labapp.db import db
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.followup.service import MilestoneDraft
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from tests.audits import make as audits
from tests.audits.make import TODAY, Watch
from tests.audits.seating import seat, unseat
from tests.make import NOW, Make

DAY = timedelta(days=1)
OF_AN_ENTITY = (Role.RESPONSIBLE, Role.ALLY)


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def _tied(of: Watch, who: Actor, *, step: bool = False) -> None:
    service.declare_tie(
        Acting(of.lab, who, NOW), of.committee, step=of.step if step else None, words="Su primo"
    )


def _untied(of: Watch, who: Actor) -> None:
    tie = independence.ties(of.committee.id, who.person_id, of.lab.id)[-1]
    service.end_tie(Acting(of.lab, who, NOW), of.committee, tie)


def test_a_tie_with_one_step_leaves_the_others(make: Make, lab: Lab) -> None:
    steps = [MilestoneDraft(t, TODAY, ("¿Está?",)) for t in ("Losa", "Pared")]
    made = audits.watch(make, lab, *steps)
    member = made.members[0]
    _tied(made, member, step=True)
    first, second = queries.steps(made.work)

    for step, day in ((first, NOW), (second, NOW)):
        draft = service.VisitDraft(
            visited_on=TODAY, present=5, answers={q.id: (True, "") for q in step.questions}
        )
        acting = Acting(lab, member, day)
        if step is first:
            with pytest.raises(Denied, match="declared a tie"):
                service.record_visit(
                    acting, made.committee, milestone=step, look=draft, folder=audits.NOWHERE
                )
        else:
            service.record_visit(
                acting, made.committee, milestone=step, look=draft, folder=audits.NOWHERE
            )
    with pytest.raises(Denied, match="declared a tie"):
        audits.finding(made)


def test_a_tie_is_not_switched_off_to_close_a_finding(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    found = audits.finding(made)
    member = made.members[1]
    _tied(made, member)
    _untied(made, member)

    for later in (NOW, NOW + DAY, NOW + 300 * DAY):
        with pytest.raises(Denied, match="declared a tie"):
            service.close_finding(Acting(lab, member, later), found)
        with pytest.raises(Denied, match="declared a tie"):
            service.look_again(Acting(lab, member, later), found, text="Ya está")


def test_a_tie_that_ended_leaves_free_what_is_found_after_it(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    member = made.members[0]
    _tied(made, member)
    _untied(made, member)
    with pytest.raises(Denied, match="declared a tie"):
        audits.finding(made)

    later = service.raise_finding(
        Acting(lab, member, NOW + DAY), made.committee, found=audits.found()
    )

    assert later.raised_on == TODAY + DAY


def test_who_agreed_to_close_and_was_tied_since_does_not_count(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    found = audits.finding(made)
    assert not service.close_finding(Acting(lab, made.members[0], NOW), found)
    _tied(made, made.members[0])

    assert not service.close_finding(Acting(lab, made.members[1], NOW), found)
    assert service.close_finding(Acting(lab, made.members[2], NOW), found)


def test_a_tie_is_kept_when_the_seat_ends_and_begins_again(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    member = made.members[0]
    _tied(made, member)
    unseat(made, member)
    seat(made, db.session.get_one(Person, member.person_id))

    with pytest.raises(Denied, match="declared a tie"):
        audits.finding(made)


def test_nobody_ends_the_tie_of_another(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab)
    _tied(made, made.members[0])
    tie = independence.ties(made.committee.id, made.members[0].person_id, lab.id)[0]

    with pytest.raises(Conflict, match="not yours"):
        service.end_tie(Acting(lab, made.members[1], NOW), made.committee, tie)
    with pytest.raises(Denied):
        service.end_tie(Acting(lab, made.facilitator, NOW), made.committee, tie)
