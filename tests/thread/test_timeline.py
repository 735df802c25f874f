"""The line: what happened in its order, now, what is late, what is still to come."""

from datetime import date, datetime, timedelta

from labapp.domain.acts import Act
from labapp.domain.duties import DutyKind
from labapp.domain.kinds import Kind
from labapp.domain.roles import Role
from labapp.thread.timeline import (
    Knot,
    Mark,
    Timeline,
    TimelineAct,
    TimelineDuty,
    TimelineThing,
    knots,
)
from tests.make import NOW

TODAY = NOW.date()


def at(days: int) -> datetime:
    return NOW + timedelta(days=days)


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def seen(key: int, kind: Kind = Kind.PROBLEM, since: int = -100) -> TimelineThing:
    return TimelineThing(key, kind, key, f"{kind} {key}", f"/{key}/", at(since))


def done(key: int, act: Act, days: int) -> TimelineAct:
    return TimelineAct(key, at(days), act, Role.FACILITATOR, "")


def owed(
    key: int, due: int, met: int | None = None, what: DutyKind = DutyKind.LETTER
) -> TimelineDuty:
    return TimelineDuty(key, what, "Alcaldía", "", on(due), None if met is None else on(met))


def marks(found: list[Knot]) -> list[Mark]:
    return [knot.mark for knot in found]


def test_what_happened_stands_in_its_order_and_then_now() -> None:
    line = Timeline(
        seen(1),
        [seen(2, Kind.PROPOSAL, -50)],
        [done(1, Act.PROBLEM_TELL, -101), done(1, Act.PROBLEM_PUBLISH, -100)],
        [],
    )

    found = knots(line, TODAY)

    assert marks(found) == [Mark.PAST, Mark.PAST, Mark.PAST, Mark.NOW]
    assert [knot.done and knot.done.act for knot in found] == [
        Act.PROBLEM_TELL,
        Act.PROBLEM_PUBLISH,
        None,
        None,
    ]


def test_an_answer_that_came_late_is_a_knot_where_it_came() -> None:
    letter = seen(2, Kind.LETTER, -75)
    line = Timeline(seen(1), [letter], [done(2, Act.LETTER_ANSWER, -34)], [owed(2, -45, -34)])

    found = knots(line, TODAY)

    assert marks(found) == [Mark.PAST, Mark.LATE, Mark.NOW]
    assert found[1].days == 11
    assert found[1].done == line.done[0]


def test_an_answer_in_time_is_no_knot() -> None:
    line = Timeline(
        seen(1), [], [done(1, Act.PROBLEM_PUBLISH, -99)], [owed(1, -97, -99, DutyKind.MODERATION)]
    )

    assert marks(knots(line, TODAY)) == [Mark.PAST, Mark.NOW]


def test_what_is_owed_stands_after_now_and_what_is_due_stands_last() -> None:
    line = Timeline(
        seen(1),
        [],
        [],
        [owed(1, 5, what=DutyKind.REVIEW), owed(1, -2), owed(1, -30, what=DutyKind.STEP)],
    )

    found = knots(line, TODAY)

    assert marks(found) == [Mark.NOW, Mark.OWED, Mark.OWED, Mark.FUTURE]
    assert [knot.days for knot in found] == [0, 30, 2, 0]


def test_what_is_due_today_is_not_late() -> None:
    assert marks(knots(Timeline(seen(1), [], [], [owed(1, 0)]), TODAY)) == [Mark.NOW, Mark.FUTURE]


def test_the_same_on_one_day_is_one_knot_that_names_each() -> None:
    steps = [seen(n, Kind.MILESTONE, -60) for n in (2, 3, 4)]
    other = seen(5, Kind.PROPOSAL, -60)

    found = knots(Timeline(seen(1, Kind.AGREEMENT), [*steps, other], [], []), TODAY)

    assert sorted(len(knot.seen) for knot in found) == [0, 1, 3]


def test_the_line_of_a_problem_leaves_the_small_things_to_its_agreement() -> None:
    small = [seen(2, Kind.MILESTONE), seen(3, Kind.EVIDENCE), seen(4, Kind.VISIT)]
    looked = [done(2, Act.MILESTONE_CONFIRM, -9), done(2, Act.MILESTONE_VERIFY, -8)]

    found = knots(Timeline(seen(1), small, looked, []), TODAY)

    assert [knot.done and knot.done.act for knot in found] == [Act.MILESTONE_VERIFY, None]


def test_what_began_and_turned_on_one_day_is_said_once() -> None:
    deals = [seen(2, Kind.AGREEMENT, -84), seen(3, Kind.AGREEMENT, -84)]
    turns = [done(2, Act.AGREEMENT_ACCEPT, -84), done(3, Act.AGREEMENT_ACCEPT, -84)]

    found = knots(Timeline(seen(1), deals, turns, []), TODAY)

    assert [knot.done and knot.done.act for knot in found] == [Act.AGREEMENT_ACCEPT, None]


def test_one_answered_late_leaves_the_others_of_its_day_in_time() -> None:
    asked = [seen(n, Kind.CONTRIBUTION, -60) for n in (2, 3)]
    answers = [done(n, Act.RESPONSE_GIVE, -20) for n in (2, 3)]
    line = Timeline(seen(1), asked, answers, [owed(2, -30, -20), owed(3, -15, -20)])

    found = knots(line, TODAY)

    late = [knot for knot in found if knot.mark is Mark.LATE]
    assert [knot.seen for knot in late] == [(asked[0],)]
    assert [k.seen for k in found if k.mark is Mark.PAST and k.done] == [(asked[1],)]


def test_of_another_thing_only_its_beginning_and_its_turns_show() -> None:
    vote = seen(2, Kind.VOTE, -97)
    acts = [
        done(2, Act.VOTE_OPEN, -97),
        done(2, Act.VOTE_CLOSE, -90),
        done(2, Act.VOTE_PUBLISH, -90),
    ]

    found = knots(Timeline(seen(1), [vote], acts, []), TODAY)

    assert [knot.done and knot.done.act for knot in found] == [None, Act.VOTE_PUBLISH, None]
