"""Where nobody drew, a count goes as far as the votes take it and claims no order of equals."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from labapp.counting.bundle.contents import election
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.bundle.verify import check
from labapp.counting.bundle.write import count_vote, decide_vote, publish
from labapp.counting.explanation import chart, reasons
from tests.counting.bundle.votes import ANY, vote


def below(held: PublishedVote, **changed: object) -> PublishedVote:
    """Return the vote short of its minimum, and so without a draw."""
    return replace(held, quorum=held.voters + 1, seed="", **changed)  # type: ignore[arg-type]


def said(held: PublishedVote) -> list[str]:
    return [each.text for each in reasons(election(held), decide_vote(held), few=held.few)]


@settings(max_examples=300, deadline=None)
@given(held=ANY.map(below))
def test_no_sentence_tells_of_a_draw_that_did_not_take_place(held: PublishedVote) -> None:
    count, found = decide_vote(held), reasons(election(held), decide_vote(held))

    assert [each.option for each in found] == [option.key for option in held.options]
    assert set(count.outcome.winners) <= set(count_vote(held).outcome.winners)
    assert all(tie.order == () for tie in count.outcome.ties if tie.by == "lot")
    assert chart(election(held), count).table.rows
    for each in found:
        assert "public draw" not in each.text
        assert set(re.findall(r"%\((\w+)\)s", each.sentence)) <= set(each.values)
        assert "“”" not in each.text
        if each.option not in count.outcome.winners:
            assert not re.match("(Chosen|Funded)", each.text)
    assert check(publish(held))[-3:]


@settings(max_examples=100, deadline=None)
@given(held=ANY)
def test_whoever_has_a_place_has_it_whatever_the_draw_gives(held: PublishedVote) -> None:
    sure = set(decide_vote(below(held)).outcome.winners)

    for seed in ("1", "2", "3", "4"):
        assert sure <= set(count_vote(replace(held, seed=seed)).outcome.winners)


def test_a_count_without_ties_is_told_whole() -> None:
    held = below(vote("approval", {"1 2": 11, "2": 9}))

    assert decide_vote(held) == count_vote(held)


def test_who_ties_for_the_only_place_has_none() -> None:
    held = below(vote("approval", {"1": 9, "2": 9, "3": 4}, seats=1))

    assert decide_vote(held).outcome.winners == ()
    assert said(held) == [
        (
            "Tied: 9 of 22 in favour, as many as: Cercar la toma. There is no place for all, and "
            "it was not drawn, because the minimum was not reached."
        ),
        (
            "Tied: 9 of 22 in favour, as many as: Reparar el tanque. There is no place for all, "
            "and it was not drawn, because the minimum was not reached."
        ),
        "Not chosen: 4 of 22 in favour; those who tie for the last place have 9: 5 more.",
        "Not chosen: nobody voted for it.",
    ]


def test_who_has_more_than_those_who_tie_is_chosen_by_the_votes_alone() -> None:
    held = below(vote("approval", {"1": 12, "2": 5, "3": 5}, seats=2))

    assert decide_vote(held).outcome.winners == ("p1",)
    assert said(held)[0] == (
        "Chosen: 12 of 22 in favour, 7 more than those who tie for the last place."
    )


def test_equals_who_all_enter_are_in_no_order() -> None:
    held = below(vote("approval", {"1 3": 12, "2": 9}, seats=2))

    assert decide_vote(held).outcome.winners == ("p1", "p3")
    assert said(held)[0].endswith(
        "All of them enter; which comes first was not drawn, because the minimum was not reached."
    )
    assert said(held)[1].startswith("Not chosen: 9 of 21 in favour; those who tie")


def test_a_runoff_stops_where_the_last_tie() -> None:
    held = below(vote("irv", {"1": 9, "2 1": 6, "3 1": 6}, seats=1))

    first, second, _third, fourth = said(held)

    assert first.startswith("Not decided: in round 2 it still stood, with 9.")
    assert second.startswith("Not decided: in round 2 it had 6, as few as: =Cloro")
    assert fourth == "Not chosen: it fell in round 1, when no ballot stood for it."


def test_a_budget_stops_at_the_projects_that_tie() -> None:
    held = below(vote("greedy", {"3": 12, "1 2 4": 9}))

    texts = said(held)

    assert decide_vote(held).spent == 1200
    assert texts[2].startswith("Funded: it came in place 1")
    assert texts[0].startswith("Not decided: it ties with: Cercar la toma; Tubería")
    assert all(text.endswith("the count stops there.") for text in (*texts[:2], texts[3]))


@pytest.mark.parametrize(
    ("rule", "ballots"),
    [
        ("equal-shares", {"1 2": 24}),
        ("stv", {"1 2": 9, "2 1": 9, "3 4": 3, "4 3": 3}),
        ("schulze", {"1 2": 9, "2 1": 9}),
    ],
)
def test_other_counts_stop_too(rule: str, ballots: dict[str, int]) -> None:
    held = below(vote(rule, ballots, seats=1))

    count = decide_vote(held)

    assert not count.drawn
    assert not count.outcome.winners
    assert any("not drawn" in text for text in said(held))


def test_an_order_that_nobody_drew_stops_nothing_and_is_not_told() -> None:
    # Both places are filled at once: the lot would only say who comes first.
    held = below(vote("stv", {"2": 10, "1": 10, "3": 3}, seats=2))

    count, texts = decide_vote(held), said(held)

    assert [tie.over for tie in count_vote(held).outcome.ties] == ["order"]
    assert (count.outcome.winners, count.drawn) == (("p1", "p2"), False)
    assert count.outcome.rounds[0].elected == ("p1", "p2")
    assert texts[:2] == ["Chosen in round 1 with 10; the quota was 8."] * 2
    assert texts[2].startswith("Not chosen: at the end it had 3")


def test_equals_whose_surplus_moves_first_by_lot_are_in_the_order_of_the_paper() -> None:
    held = below(vote("stv", {"2 4": 10, "1 3": 10, "3": 3}, seats=3))

    for seed in "123":
        drawn = replace(held, seed=seed, quorum=0)
        assert set(count_vote(drawn).outcome.winners[:2]) == {"p1", "p2"}
    assert decide_vote(held).outcome.winners == ("p1", "p2")


def test_who_checks_the_bundle_is_told_that_nobody_drew() -> None:
    many = check(publish(below(vote("approval", {"1": 12, "2": 12}, seats=1))))
    few = check(publish(below(vote("approval", {"1": 6, "2": 6}, seats=1))))

    tied = "Tied, and not drawn, because the minimum was not reached: Reparar el tanque; Cercar"
    assert sum(line.startswith(tied) for line in many) == 1
    assert sum(line.startswith(tied) for line in few) == 1
    assert not any("Chosen" in line for line in many)
