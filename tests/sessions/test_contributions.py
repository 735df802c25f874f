"""What was said is corrected, divided, joined and withdrawn, and nobody does so unseen."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from labapp.db import db
from labapp.domain.contribution import ContributionState
from labapp.domain.descents import DescentKind
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Act, Actor, Role
from labapp.domain.stage import ALIVE, Stage
from labapp.labs.models import Lab
from labapp.record import queries as record
from labapp.record.acting import Acting
from labapp.sessions import queries
from labapp.sessions.models import Contribution, Sector
from labapp.sessions.service import contributions, joining
from labapp.sessions.service.import_meeting import import_plan_meeting, table_of_2023
from labapp.thread.models import Descent
from tests.make import NOW, Make
from tests.sessions import make as sessions

LATER = NOW + timedelta(days=3)
DUE = NOW.date() + timedelta(days=30)
NOTICE = "Retirado a pedido de quien lo dijo, 3 mar 2026"


def noted(make: Make, lab: Lab, *lines: str) -> tuple[Acting[Lab], list[Contribution]]:
    """Note these lines in a meeting; return who facilitates, three days later, and the lines."""
    actor = make.actor(lab, Role.FACILITATOR)
    meeting = sessions.meeting(make, lab)
    said = contributions.note(Acting(lab, actor, NOW), meeting=meeting, lines=lines, due_days=30)
    return Acting(lab, actor, LATER), said


def acts(said: Contribution) -> list[Act]:
    db.session.commit()
    return [entry.act for entry in record.about([said.id])]


def whole() -> None:
    """Commit, and find every copy and counter as it should be."""
    db.session.commit()
    assert not sessions.faults()


def test_words_are_corrected_and_the_former_ones_stay(make: Make) -> None:
    acting, (said,) = noted(make, make.lab(), "Sercar la toma")
    said.meeting.closed_at = NOW

    for base, text in enumerate(("Secar la toma", "Cercar la toma"), start=1):
        contributions.edit(acting, contribution=said, base=base, text=text, why="Se escribió mal")

    assert (said.text, said.thing.title, said.version) == ("Cercar la toma",) * 2 + (3,)
    former = queries.former_words(said.id)
    assert [(row.text, row.number) for row in former] == [
        ("Secar la toma", 2),
        ("Sercar la toma", 1),
    ]
    assert {(row.why, row.role, row.replaced_at) for row in former} == {
        ("Se escribió mal", Role.FACILITATOR, LATER)
    }
    assert queries.dues([said.id])[said.id].due_on == DUE
    whole()


def test_of_two_corrections_at_once_the_second_is_told(make: Make) -> None:
    acting, (said,) = noted(make, make.lab(), "Uno")
    contributions.edit(acting, contribution=said, base=1, text="Dos", why="Mal")

    with pytest.raises(Conflict, match="meanwhile") as refused:
        contributions.edit(acting, contribution=said, base=1, text="Tres", why="Mal")
    with pytest.raises(Conflict, match="meanwhile"):
        contributions.divide(acting, contribution=said, base=1, lines=["a", "b"])
    with pytest.raises(Conflict, match="already"):
        contributions.edit(acting, contribution=said, base=2, text="Dos", why="Mal")

    assert refused.value.values == {"version": "2"}
    assert said.text == "Dos"


def test_each_part_has_its_number_its_clock_and_where_it_was_said(make: Make) -> None:
    lab = make.lab()
    acting, (said, other) = noted(make, lab, "Limpiar y cercar y sembrar", "Otra")
    said.sector = Sector.ENTITY

    lines = ["Limpiar", "Cercar", "Sembrar"]
    parts = contributions.divide(acting, contribution=said, base=1, lines=lines)

    assert [said.text, *(part.text for part in parts)] == lines
    assert [row.thing.number for row in (said, other, *parts)] == [1, 2, 3, 4]
    assert queries.former_words(said.id)[0].text == "Limpiar y cercar y sembrar"
    for part in parts:
        assert (part.meeting_id, part.sector, part.noted_at) == (said.meeting_id, said.sector, NOW)
        assert queries.dues([part.id])[part.id].due_on == DUE
        descent = db.session.get(Descent, (part.id, said.id))
        assert descent is not None
        assert descent.why is DescentKind.DIVIDED_FROM
        assert queries.parts(part.id) == [said]
    assert queries.parts(said.id) == parts
    assert queries.unanswered_count(lab.id) == 4
    whole()


def test_what_is_not_divided_is_not_divided(make: Make) -> None:
    acting, (said,) = noted(make, make.lab(), "Uno y dos")

    for lines in (["Uno y dos", "Dos"], ["Uno"], []):
        with pytest.raises(Conflict, match="line of its own"):
            contributions.divide(acting, contribution=said, base=1, lines=lines)


def test_those_that_say_the_same_wait_for_one_answer_and_come_apart_again(make: Make) -> None:
    lab = make.lab()
    acting, (stays, near) = noted(make, lab, "Cercar la toma", "Una cerca")
    _acting, (far,) = noted(make, lab, "La toma sin cerca")

    joining.join(acting, joined=[near, far], into=stays, why="Piden lo mismo")

    assert (near.state, far.thing.state) == (ContributionState.JOINED,) * 2
    assert queries.alike(stays.id) == [near, far]
    assert queries.contributions(lab.id, None, waiting=True).rows == [stays]
    assert [*queries.dues([stays.id, near.id, far.id])] == [stays.id]
    assert db.session.get(Descent, (stays.id, far.id))
    whole()
    joining.separate(acting, contribution=far)
    assert (far.state, far.thing.state) == (ContributionState.NOTED,) * 2
    assert queries.dues([far.id])[far.id].due_on == DUE
    assert db.session.get(Descent, (stays.id, far.id)) is None
    assert queries.unanswered_count(lab.id) == 2
    assert acts(far) == [
        Act.CONTRIBUTION_NOTE,
        Act.CONTRIBUTION_JOIN,
        Act.CONTRIBUTION_SEPARATE,
    ]
    with pytest.raises(Conflict, match="not joined"):
        joining.separate(acting, contribution=far)
    whole()


def test_in_a_chain_all_are_joined_with_the_one_that_stays(make: Make) -> None:
    lab = make.lab()
    acting, (first, second, third) = noted(make, lab, "Uno", "Dos", "Tres")

    joining.join(acting, joined=[first], into=second, why="Lo mismo")
    with pytest.raises(Conflict, match="go to that one"):
        joining.join(acting, joined=[third], into=first, why="Lo mismo")
    with pytest.raises(Conflict, match="go to that one"):
        joining.join(acting, joined=[first], into=third, why="Lo mismo")
    joining.join(acting, joined=[second], into=third, why="Lo mismo")

    assert queries.alike(third.id) == [first, second]
    assert acts(first).count(Act.CONTRIBUTION_JOIN) == 2
    whole()
    joining.separate(acting, contribution=second)
    joining.separate(acting, contribution=first)
    assert queries.unanswered_count(lab.id) == 3
    assert {due.due_on for due in queries.dues([first.id, second.id, third.id]).values()} == {DUE}
    whole()


def test_a_chain_written_behind_the_house_is_told(make: Make) -> None:
    acting, (first, second, third) = noted(make, make.lab(), "Uno", "Dos", "Tres")
    joining.join(acting, joined=[first], into=second, why="Lo mismo")

    second.joined_into_id, second.joined_at = third.id, NOW
    second.thing.state = second.state
    db.session.commit()

    assert sessions.faults() == [
        f"contribution {first.id}: joined with {second.id}, which is joined itself"
    ]


def test_one_is_not_joined_with_itself_nor_with_one_of_another_place(make: Make) -> None:
    lab, other, plan = make.lab(), make.lab(), make.plan()
    acting, (said,) = noted(make, lab, "Uno")
    _acting, (strange,) = noted(make, other, "Uno")
    antai = Actor(None, frozenset({Role.REVIEWER}))
    held = import_plan_meeting(Acting(None, antai, NOW), plan, facts=table_of_2023())
    of_plan = queries.meeting_contributions(held.id).rows[0]

    with pytest.raises(Conflict, match="itself"):
        joining.join(acting, joined=[said], into=said, why="Lo mismo")
    for one in (strange, of_plan):
        with pytest.raises(Conflict, match="another lab"):
            joining.join(acting, joined=[one], into=said, why="Lo mismo")
        with pytest.raises(Conflict, match="another lab"):
            joining.join(acting, joined=[said], into=one, why="Lo mismo")
        with pytest.raises(Conflict, match="another lab"):
            contributions.edit(acting, contribution=one, base=1, text="Dos", why="Mal")
        with pytest.raises(Conflict, match="another lab"):
            contributions.withdraw(acting, contribution=one, notice=NOTICE)


@pytest.mark.parametrize(
    "wrong",
    [
        {"joined_at": NOW},
        {"owed_on": DUE},
        {"version": 0},
        {"joined_at": NOW, "joined_into_id": "another", "withdrawn_at": NOW},
        {"joined_at": NOW, "joined_into_id": "itself"},
    ],
    ids=str,
)
def test_the_database_itself_refuses_what_cannot_be(make: Make, wrong: dict[str, object]) -> None:
    _acting, (another, said) = noted(make, make.lab(), "Uno", "Dos")
    db.session.commit()
    ids = {"another": another.id, "itself": said.id}
    values = {name: ids.get(str(value), value) for name, value in wrong.items()}

    with pytest.raises(IntegrityError):
        db.session.execute(update(Contribution).where(Contribution.id == said.id).values(values))


def test_what_is_withdrawn_leaves_its_number_and_a_public_trace(make: Make) -> None:
    lab = make.lab()
    acting, (said, other) = noted(make, lab, "Fue Fulano", "Otra")
    contributions.edit(acting, contribution=said, base=1, text="Fue Fulano de Tal", why="Mal")

    contributions.withdraw(acting, contribution=said, notice=NOTICE)

    db.session.refresh(said)
    assert (said.text, said.thing.title) == (NOTICE, NOTICE)
    assert queries.meeting_contributions(said.meeting_id).rows == [said, other]
    assert queries.contributions(lab.id, None, waiting=True).rows == [other]
    assert not queries.dues([said.id])
    whole()
    trace = record.about([said.id])[-1]
    assert (trace.act, trace.role, trace.at) == (
        Act.CONTRIBUTION_WITHDRAW,
        Role.FACILITATOR,
        LATER,
    )
    assert not [e for e in record.about([said.id]) if "Fulano" in f"{e.before}{e.after}{e.reason}"]
    for act in (
        lambda: contributions.withdraw(acting, contribution=said, notice=NOTICE),
        lambda: contributions.edit(acting, contribution=said, base=2, text="No", why="Mal"),
        lambda: contributions.divide(acting, contribution=said, base=2, lines=["a", "b"]),
        lambda: joining.join(acting, joined=[other], into=said, why="Lo mismo"),
        lambda: joining.join(acting, joined=[said], into=other, why="Lo mismo"),
        lambda: joining.separate(acting, contribution=said),
    ):
        with pytest.raises(Conflict, match="withdrawn"):
            act()
    whole()


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.MEMBER, Role.ALLY, Role.REVIEWER])
def test_a_facilitator_alone_puts_right_what_was_said_while_the_lab_lives(
    make: Make, stage: Stage, role: Role
) -> None:
    lab = make.lab(stage)
    acting = Acting(lab, make.actor(lab, role), NOW)
    said, other = sessions.contribution(make, lab), sessions.contribution(make, lab)
    does = (
        lambda: contributions.edit(acting, contribution=said, base=1, text="a y b", why="Mal"),
        lambda: contributions.divide(acting, contribution=said, base=2, lines=["a", "b"]),
        lambda: joining.join(acting, joined=[other], into=said, why="Lo mismo"),
        lambda: joining.separate(acting, contribution=other),
        lambda: contributions.withdraw(acting, contribution=said, notice=NOTICE),
    )

    for do in does:
        if role is Role.FACILITATOR and stage in ALIVE:
            do()
        else:
            with pytest.raises(Denied):
                do()
