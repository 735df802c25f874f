"""The table of steps between stages."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labapp.domain.errors import Blocked
from labapp.domain.stage import PATH, LabKind, Stage
from labapp.domain.workflow import (
    CLOSING,
    STEPS,
    Facts,
    Need,
    Way,
    advance,
    steps_from,
    unmet_needs,
)

READY = Facts(approved=True, facilitators=1)

#: What lets each forward step of the line pass, and nothing more.
ENOUGH: dict[tuple[Stage, Stage], Facts] = {
    (Stage.PREPARATION, Stage.CALL): READY,
    (Stage.PREPARATION, Stage.DEFINITION): replace(
        READY, kind=LabKind.FOLLOW_UP, earlier_lab=True, earlier_problem=True
    ),
    (Stage.PREPARATION, Stage.PROTOTYPE): replace(READY, kind=LabKind.UNDER_WAY),
    (Stage.CALL, Stage.DEFINITION): replace(READY, problems_received=1),
    (Stage.DEFINITION, Stage.IDEATION): replace(READY, problems_published=1, meetings_held=1),
    (Stage.IDEATION, Stage.PRIORITIZATION): replace(READY, proposals_admitted=2),
    (Stage.PRIORITIZATION, Stage.PROTOTYPE): replace(READY, votes_published=1),
    (Stage.PROTOTYPE, Stage.FOLLOWUP): replace(READY, agreements_in_force=1),
    (Stage.FOLLOWUP, Stage.CLOSED): replace(READY, review_validated=True),
}

facts = st.builds(
    Facts,
    kind=st.sampled_from(LabKind),
    left_from=st.none() | st.sampled_from(PATH),
    **{
        name: st.booleans() if kind == "bool" else st.integers(0, 2)
        for name, kind in Facts.__annotations__.items()
        if kind in ("bool", "int", bool, int)
        for kind in ("bool" if kind in ("bool", bool) else "int",)
    },
)


def test_every_forward_step_has_its_case_here() -> None:
    assert set(ENOUGH) == {(s.source, s.target) for s in STEPS if s.way is Way.FORWARD}


@pytest.mark.parametrize(("here", "there"), ENOUGH, ids=lambda stage: stage.value)
def test_a_step_passes_with_just_what_it_needs(here: Stage, there: Stage) -> None:
    assert advance(here, there, ENOUGH[here, there]).target is there


@pytest.mark.parametrize(("here", "there"), ENOUGH, ids=lambda stage: stage.value)
def test_an_unmet_need_blocks_with_its_sentence(here: Stage, there: Stage) -> None:
    [step] = [s for s in steps_from(here) if s.target is there]
    bare = Facts(contributions_unanswered=1)

    with pytest.raises(Blocked) as refusal:
        advance(here, there, bare)

    assert str(refusal.value) == unmet_needs(step, bare)[0].sentence


def test_a_lab_in_a_comarca_waits_for_the_traditional_authority() -> None:
    lab = replace(READY, in_comarca=True)

    with pytest.raises(Blocked, match="traditional authority"):
        advance(Stage.PREPARATION, Stage.CALL, lab)
    advance(Stage.PREPARATION, Stage.CALL, replace(lab, authority_recorded=True))


def test_a_follow_up_lab_without_its_earlier_lab_is_refused() -> None:
    with pytest.raises(Blocked, match="earlier lab"):
        advance(Stage.PREPARATION, Stage.CALL, replace(READY, kind=LabKind.FOLLOW_UP))


@pytest.mark.parametrize("need", CLOSING, ids=lambda need: need.key)
def test_a_lab_closes_with_something_owed_only_if_it_is_named(need: Need) -> None:
    owing = {
        "review": replace(READY),
        "verdict": replace(READY, review_validated=True, kind=LabKind.FOLLOW_UP),
    }
    done = {"approved": True, "facilitators": 1, "review_validated": True}
    lab = owing.get(need.key) or Facts(**done | {need.key: 1})  # type: ignore[arg-type]  # by name

    with pytest.raises(Blocked):
        advance(Stage.FOLLOWUP, Stage.CLOSED, lab)
    step = advance(Stage.FOLLOWUP, Stage.CLOSED, lab, excused=frozenset({need.key}))
    assert step.target is Stage.CLOSED


def test_only_what_is_owed_at_the_close_can_be_excused() -> None:
    with pytest.raises(Blocked, match="ANTAI approves"):
        advance(Stage.PREPARATION, Stage.CALL, Facts(), excused=frozenset({"approved"}))


@pytest.mark.parametrize("here", [s.source for s in STEPS if s.way is Way.BACK])
def test_nothing_goes_back_while_a_vote_is_open(here: Stage) -> None:
    back = next(s for s in steps_from(here) if s.way is Way.BACK)

    with pytest.raises(Blocked, match="open vote"):
        advance(here, back.target, replace(READY, votes_open=1))


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_a_way_out_and_a_way_in(stage: Stage) -> None:
    assert steps_from(stage)
    assert any(step.target is stage for step in STEPS)


@given(st.lists(st.tuples(st.sampled_from(Stage), facts), max_size=12))
def test_no_sequence_of_moves_leaves_the_table(moves: list[tuple[Stage, Facts]]) -> None:
    here = Stage.PREPARATION
    for target, now in moves:
        try:
            step = advance(here, target, now)
        except Blocked:
            continue
        assert step in STEPS
        assert (step.source, step.target) == (here, target)
        assert not unmet_needs(step, now)
        here = target
