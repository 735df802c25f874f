"""Who sees a draft, and evidence withheld from the public."""

import pytest

from labapp.domain.roles import VISITOR, Actor, Role
from labapp.followup.disclosure import drafts_for, shows_draft, shows_reserved
from labapp.followup.models import Agreement

OURS, THEIRS = 1, 2
ENTITY = Actor(7, frozenset({Role.RESPONSIBLE}), frozenset({OURS}))


def agreement(organization_id: int) -> Agreement:
    return Agreement(id=1, organization_id=organization_id)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("role", Role)
def test_a_role_alone_shows_drafts_to_facilitators_and_evidence_to_antai_besides(
    role: Role,
) -> None:
    actor = Actor(7, frozenset({role}))

    assert shows_draft(actor, OURS) is (role is Role.FACILITATOR)
    assert shows_reserved(actor, agreement(OURS)) is (role in {Role.FACILITATOR, Role.REVIEWER})


def test_an_entity_sees_what_is_its_own_and_a_visitor_nothing() -> None:
    assert drafts_for(ENTITY) == frozenset({OURS})
    assert [shows_draft(ENTITY, entity) for entity in (OURS, THEIRS)] == [True, False]
    seen = [shows_reserved(ENTITY, agreement(entity)) for entity in (OURS, THEIRS)]
    assert seen == [True, False]
    assert not shows_draft(VISITOR, OURS)
    assert not shows_reserved(VISITOR, agreement(OURS))
