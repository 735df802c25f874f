"""Every act that only somebody apart from a lab does asks the same of whoever does it."""

import pytest

from labapp.domain.acts import ACTS, Act
from labapp.domain.errors import Denied
from labapp.domain.interests import OF_A_BODY
from labapp.domain.policy import Relation, Role
from labapp.domain.roles import IN_LAB
from labapp.domain.stage import Stage
from labapp.labs import queries as labs
from labapp.labs.service import end_grants, grant
from labapp.record.acting import Acting
from tests.followup import make as followup
from tests.make import NOW, Make, declared

JUDGING = tuple(act for act in ACTS if act.row.relation is Relation.NOT_OWN_LAB)


def _stage(act: Act) -> Stage:
    return min(act.row.stages or {Stage.FOLLOWUP})


@pytest.mark.parametrize("act", JUDGING)
def test_nobody_with_a_part_in_the_lab_or_in_its_debtor_does_it(make: Make, act: Act) -> None:
    """Each of them is done with ANTAI's role: what refuses is what they are besides."""
    lab = make.lab(Stage.FOLLOWUP)
    town = followup.agreement(make, lab).organization
    lab.stage, site = _stage(act), frozenset({Role.REVIEWER})
    apart = make.person(Role.REVIEWER)
    Acting(lab, labs.actor(lab, apart.id, site), NOW).require(act)

    parts = [(lab, role, town.id if role is Role.RESPONSIBLE else None) for role in IN_LAB]
    parts += [(make.lab(), role, town.id) for role in OF_A_BODY]
    for where, role, body in parts:
        person = make.person(Role.REVIEWER)
        declared(where.id, person.id)
        grant(where.id, person.id, role, source="x", now=NOW, organization_id=body)
        for over in (False, True):
            if over:
                end_grants(where.id, person.id, "x", now=NOW)
            with pytest.raises(Denied, match="take part"):
                Acting(lab, labs.actor(lab, person.id, site), NOW).require(act)
