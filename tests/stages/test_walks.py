"""No sequence of acts reaches a stage that the table of steps forbids."""

from dataclasses import fields, replace
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labapp.db import db
from labapp.domain.errors import Blocked, Refusal
from labapp.domain.policy import Role
from labapp.domain.stage import LabKind, Stage
from labapp.domain.workflow import CLOSING, STEPS, Facts, Way, advance, unmet_needs
from labapp.record.acting import Acting
from labapp.stages import facts, service
from labapp.stages.service import closing
from tests.make import NOW, Make

TABLE = {(step.source, step.target): step for step in STEPS}
KNOWN = st.builds(
    Facts,
    **{
        field.name: (
            st.sampled_from(LabKind)
            if field.name == "kind"
            else st.one_of(st.none(), st.sampled_from(Stage))
            if field.name == "left_from"
            else st.booleans()
            if isinstance(field.default, bool)
            else st.integers(0, 3)
        )
        for field in fields(Facts)
    },
)
KEYS = st.frozensets(st.sampled_from([need.key for need in CLOSING] + ["approved", "authority"]))


@given(walk=st.lists(st.tuples(st.sampled_from(Stage), KNOWN, KEYS), max_size=20))
def test_on_paper_no_walk_leaves_the_table(walk: list[tuple[Stage, Facts, frozenset[str]]]) -> None:
    here, left_from = Stage.PREPARATION, None
    for target, told, excused in walk:
        known = replace(told, left_from=left_from)
        try:
            step = advance(here, target, known, excused=excused)
        except Blocked:
            continue
        assert TABLE[here, target] is step
        lacking = {need.key for need in unmet_needs(step, known)}
        assert lacking <= excused & {need.key for need in CLOSING}
        assert not (step.way is Way.BACK and known.votes_open)
        left_from = here if target in (Stage.SUSPENDED, Stage.CANCELLED) else None
        here = target


MOVES = st.lists(
    st.tuples(
        st.sampled_from(Stage),
        st.sampled_from(["", "Porque hace falta"]),
        st.booleans(),
        st.sampled_from([Role.FACILITATOR, Role.REVIEWER, Role.MEMBER]),
    ),
    max_size=12,
)


def test_in_the_house_no_walk_leaves_the_table(make: Make) -> None:
    beginnings = count()

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(kind=st.sampled_from(LabKind), begin=st.sampled_from(Stage), walk=MOVES)
    def walked(kind: LabKind, begin: Stage, walk: list[tuple[Stage, str, bool, Role]]) -> None:
        lab = make.lab(begin)
        lab.kind = kind
        lab.left_from = Stage.CALL if begin in (Stage.SUSPENDED, Stage.CANCELLED) else None
        people = {
            role: make.actor(lab, role) for role in (Role.FACILITATOR, Role.REVIEWER, Role.MEMBER)
        }
        for target, reason, owing, role in walk:
            here, known = lab.stage, facts.gather(lab)
            owed = {need.key for need in CLOSING} if owing and target is Stage.CLOSED else set()
            acting = Acting(lab, people[role], NOW)
            try:
                if owed:
                    request = closing.ask(acting, reason="Se va", own={})
                    closing.agree(Acting(lab, people[Role.REVIEWER], NOW), request)
                else:
                    service.move(acting, target=target, reason=reason)
            except Refusal:
                assert lab.stage is here
                continue
            step = TABLE[here, target]
            assert lab.stage is target
            assert role is not Role.MEMBER
            assert reason or not step.reasoned
            assert {need.key for need in unmet_needs(step, known)} <= owed
            assert lab.pending == (target is Stage.CLOSED and bool(unmet_needs(step, known)))
        next(beginnings)
        db.session.rollback()

    walked()

    assert next(beginnings) >= 25
