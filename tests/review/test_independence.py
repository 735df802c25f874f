"""Nobody reviews what they once facilitated, sat for or carried out, in any lab."""

from datetime import timedelta
from functools import partial

import pytest

from labapp.audits import service
from labapp.domain.errors import Denied
from labapp.domain.ogp_completion import OgpCompletion
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.labs.service import end_grants, grant
from labapp.record.acting import Acting
from labapp.review import service as review
from labapp.review.models import Review
from tests.audits import make as audits
from tests.audits.seating import end_for, give_for
from tests.make import NOW, Make, declared
from tests.review import make as reviews

DAY = timedelta(days=1)
OF_AN_ENTITY = (Role.RESPONSIBLE, Role.ALLY)


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


@pytest.mark.parametrize(
    "role", [Role.FACILITATOR, Role.ALLY, Role.TELLER, Role.COMMITTEE, Role.MEMBER]
)
def test_nobody_reviews_where_they_once_had_a_part(make: Make, lab: Lab, role: Role) -> None:
    sent = reviews.review(make, lab)
    once = make.person(Role.REVIEWER)
    declared(lab.id, once.id)
    grant(lab.id, once.id, role, source="test", now=NOW)
    end_grants(lab.id, once.id, "test", now=NOW)
    actor = labs.actor(lab, once.id, frozenset({Role.REVIEWER}))

    with pytest.raises(Denied, match="take part"):
        _validate(lab, actor, sent)


def test_nobody_reviews_what_their_entity_carries_out(make: Make, lab: Lab) -> None:
    made = audits.watch(make, lab, certified=False)
    sent = reviews.review(make, lab)
    once = make.person(Role.REVIEWER)
    elsewhere = make.lab()
    give_for(elsewhere, once.id, Role.RESPONSIBLE, made.work.entity)
    end_for(elsewhere, once.id, made.work.entity)
    actor = labs.actor(lab, once.id, frozenset({Role.REVIEWER}))
    service.report_committee(
        Acting(lab, made.facilitator, NOW), made.committee, certificate_days=15
    )

    acting = Acting(lab, actor, NOW)
    for act in (
        partial(_validate, lab, actor, sent),
        partial(service.certify, acting, made.committee, certificate="EJ-1"),
        partial(service.excuse_report, acting, made.work, reason="Se necesita"),
    ):
        with pytest.raises(Denied, match="take part"):
            act()


def _validate(lab: Lab, actor: Actor, sent: Review) -> None:
    review.validate_review(
        Acting(lab, actor, NOW), sent, completion=OgpCompletion.NOT_STARTED, reason="Nada aún"
    )
