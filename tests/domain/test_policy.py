"""The table of who may do what."""

import pytest

from labapp.domain.acts import ACTS, IN_THREAD
from labapp.domain.errors import Denied
from labapp.domain.policy import Act, Actor, Relation, Role, may, require
from labapp.domain.roles import LABELS, LACKING
from labapp.domain.stage import OPEN, Stage

EVERYTHING = Actor(1, frozenset(Role) - {Role.REVIEWER})
WATCHED = [act for act in ACTS if act.row.relation is not None]


def test_every_act_has_its_row_and_every_act_of_a_thread_exists() -> None:
    assert len(set(ACTS)) == len(ACTS)
    assert all(Act(act.row.value) is act for act in ACTS)
    assert set(IN_THREAD) <= set(ACTS)


def test_every_role_and_relation_has_its_words() -> None:
    assert set(LABELS) == set(Role)
    assert set(LACKING) == set(Relation)


@pytest.mark.parametrize("stage", [s for s in Stage if s not in OPEN])
def test_no_role_votes_where_a_lab_is_not_open(stage: Stage) -> None:
    verdict = may(EVERYTHING, Act.BALLOT_CAST, stage, frozenset({Relation.ON_ROLL}))

    assert not verdict
    assert "stage" in verdict.reason


@pytest.mark.parametrize("act", [a for a in ACTS if a.row.roles is not None])
def test_a_visitor_does_nothing_that_names_a_role(act: Act) -> None:
    assert not any(may(Actor(None), act, stage) for stage in (None, *Stage))


@pytest.mark.parametrize("act", WATCHED)
def test_a_relation_that_is_not_held_refuses(act: Act) -> None:
    stages = act.row.stages
    stage = min(stages) if stages else None
    everyone = Actor(1, frozenset(Role))

    assert not may(everyone, act, stage, frozenset())


@pytest.mark.parametrize("act", [a for a in WATCHED if a.row.relation is not Relation.NOT_OWN_LAB])
def test_a_service_must_say_which_relations_are_held(act: Act) -> None:
    with pytest.raises(ValueError, match="relations"):
        require(EVERYTHING, act, Stage.IDEATION)


def test_a_facilitator_cannot_review_the_follow_up_of_their_own_lab() -> None:
    both = Actor(1, frozenset({Role.REVIEWER, Role.FACILITATOR}))

    with pytest.raises(Denied, match="take part"):
        require(both, Act.REVIEW_VALIDATE, Stage.FOLLOWUP)
    require(Actor(2, frozenset({Role.REVIEWER})), Act.REVIEW_VALIDATE, Stage.FOLLOWUP)


def test_antai_cannot_touch_a_committees_finding() -> None:
    antai = Actor(1, frozenset({Role.REVIEWER, Role.ACCOUNT}))

    for act in (Act.FINDING_RAISE, Act.FINDING_CLOSE, Act.MILESTONE_VERIFY, Act.VISIT_RECORD):
        assert not may(antai, act, Stage.FOLLOWUP, frozenset(Relation))
