"""A sentence for every option of every rule, true to the figures."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from labapp.counting.bundle.contents import election
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.bundle.write import count_vote
from labapp.counting.explain.sentence import format_amount
from labapp.counting.explanation import reasons
from tests.counting.bundle.votes import ANY, SMALL, WITH_HANDS, vote


def said(held: PublishedVote) -> list[str]:
    return [each.text for each in reasons(election(held), count_vote(held), few=held.few)]


@settings(max_examples=400, deadline=None)
@given(held=ANY)
def test_every_option_has_one_whole_sentence(held: PublishedVote) -> None:
    count = count_vote(held)

    found = reasons(election(held), count)

    assert [each.option for each in found] == [option.key for option in held.options]
    for each in found:
        assert each.won == (each.option in count.outcome.winners)
        assert re.match("(Chosen|Funded)" if each.won else "Not (chosen|funded)", each.text)
        assert each.text.endswith(".")
        assert set(re.findall(r"%\((\w+)\)s", each.sentence)) <= set(each.values)
        assert "“”" not in each.text


def test_marks_say_how_far_each_was() -> None:
    assert said(vote("approval", {"1 2": 11, "1 3": 7, "2": 3, "": 4})) == [
        "Chosen: 18 of 25 in favour, 11 more than “=Cloro; «dos» veces”, the first left out.",
        "Chosen: 14 of 25 in favour, 7 more than “=Cloro; «dos» veces”, the first left out.",
        "Not chosen: 7 of 25 in favour; “Cercar la toma”, the last chosen, had 14: 7 more.",
        "Not chosen: nobody voted for it.",
    ]


def test_raised_hands_are_among_the_voters() -> None:
    assert said(WITH_HANDS)[3].startswith("Chosen: 32 of 58 in favour")


def test_a_tie_for_the_last_place_is_told_on_both_sides_and_one_inside_is_only_an_order() -> None:
    drawn = said(vote("plurality", {"1": 12, "2": 12}, seats=1))
    order = said(vote("plurality", {"1": 12, "2": 12}, seats=2))

    assert {text.split(":")[0] for text in drawn[:2]} == {"Chosen by the public draw", "Not chosen"}
    assert all("the public draw decided only the order" in text for text in order[:2])


def test_points_are_called_points() -> None:
    assert said(vote("borda", {"1 2": 20}, seats=1))[:2] == [
        "Chosen: its points were 60, 20 more than those of “Cercar la toma”, the first left out.",
        "Not chosen: its points were 40; “Reparar el tanque”, the last chosen, had 60: 20 more.",
    ]


def test_a_runoff_says_where_the_ballots_went() -> None:
    assert said(vote("irv", {"1": 9, "2": 8, "3 2": 4, "3": 1, "": 2}, seats=1)) == [
        (
            "Not chosen: it came as far as the last round, with 9; "
            "“Cercar la toma” had 12, and 11 were needed."
        ),
        "Chosen in round 3: 12 ballots stood for it, and 11, more than half, were needed.",
        (
            "Not chosen: it fell in round 2 with 5, the fewest. "
            "Its ballots went to: Cercar la toma: 4. With no other choice: 1."
        ),
        "Not chosen: it fell in round 1, when no ballot stood for it.",
    ]


def test_of_few_ballots_it_is_not_told_where_they_went() -> None:
    texts = said(vote("irv", {"1": 4, "2": 3, "3 2": 2, "4": 1}, seats=1))

    assert texts[2] == "Not chosen: it fell in round 2 with 2, the fewest."
    assert not any("went to" in text for text in texts)


def test_transferable_votes_say_the_quota_and_what_was_over() -> None:
    assert said(vote("stv", {"1 2": 16, "3": 5, "4": 1, "4 3": 1})) == [
        "Chosen in round 1 with 16; the quota was 8, and what was over went to: Cercar la toma: 8.",
        "Chosen in round 2 with 8; the quota was 8.",
        "Not chosen: at the end it had 5 and the quota was 8: 3 more.",
        "Not chosen: at the end it had 2 and the quota was 8: 6 more.",
    ]


def test_duels_name_who_won_and_by_how_much() -> None:
    assert said(vote("schulze", {"1 2 3": 12, "2 1 3": 9}, seats=1)) == [
        "Chosen: compared two by two, more ballots put it before each of the others.",
        "Not chosen: 12 ballots put “Reparar el tanque” before it, and 9 the other way round.",
        "Not chosen: 21 ballots put “Reparar el tanque” before it, and 0 the other way round.",
        "Not chosen: 21 ballots put “Reparar el tanque” before it, and 0 the other way round.",
    ]


def test_a_cycle_is_told_by_way_of_others() -> None:
    # p1 before p2 by 14 to 6, p2 before p3 by 13 to 7, p3 before p1 by 13 to 7 … the weakest goes.
    texts = said(vote("schulze", {"1 2 3": 8, "2 3 1": 7, "3 1 2": 6}, seats=1))

    assert texts[0].startswith("Chosen: compared with each option left out it is the stronger")
    assert texts[2].startswith("Not chosen: by way of others “Reparar el tanque” beats it")


def test_a_budget_by_votes_says_what_did_not_fit() -> None:
    assert said(vote("greedy", {"1": 13, "2": 12, "4": 11, "3": 9})) == [
        "Funded: it came in place 1 with 13 votes; it costs B/. 4,800, and B/. 7,000 were left.",
        "Funded: it came in place 2 with 12 votes; it costs B/. 1,950, and B/. 2,200 were left.",
        (
            "Not funded: it came in place 4 with 9 votes; it costs B/. 1,200, "
            "and B/. 250 were left: B/. 950 too little."
        ),
        (
            "Not funded: it came in place 3 with 11 votes; it costs B/. 9,400, "
            "and B/. 250 were left: B/. 9,150 too little."
        ),
    ]


def test_a_budget_by_votes_tells_what_the_lot_decided() -> None:
    first, second = said(vote("greedy", {"1 4": 20}))[0], said(vote("greedy", {"1 2 3": 20}))

    assert first.startswith("Funded: it tied on 20 votes with: Tubería")
    assert sum("The public draw put it after" in text for text in second) == 1


def test_a_rule_that_stops_says_where_it_stopped_and_a_threshold_says_itself() -> None:
    stopped = said(vote("greedy-stop", {"1 2": 12, "4": 11, "3": 9}))
    asked = replace(vote("greedy", {"1": 12, "2": 9}), parameters={"threshold": "10"})

    assert stopped[2].startswith(
        "Not funded: the rule stops at the first project that does not fit"
    )
    assert said(asked)[1] == "Not funded: it has 9 votes, and 10 at least were asked for."


def test_shares_say_who_ran_out_of_money() -> None:
    # 20 voters, B/. 350 each.
    assert said(vote("equal-shares", {"1 3": 14, "2 3": 2, "2": 4})) == [
        (
            "Not funded: it costs B/. 4,800, and its 14 supporters had B/. 3,850 left together: "
            "B/. 950 too little. With nothing left: 0. They had paid for: =Cloro; «dos» veces: 14."
        ),
        "Funded: of its 6 supporters, 4 paid B/. 350 each, and the others all that they had left.",
        "Funded: each of its 16 supporters paid B/. 75.",
        "Not funded: nobody chose it.",
    ]


def test_shares_too_small_from_the_beginning_are_told_so() -> None:
    texts = said(vote("equal-shares", {"1": 10, "4": 10}))

    assert texts[0] == (
        "Not funded: it costs B/. 4,800, and the shares of its 10 supporters together are "
        "B/. 3,500: B/. 1,300 too little."
    )


@pytest.mark.parametrize(
    ("completion", "share", "money", "lacking"),
    [("none", 350, "3,850", "2,650"), ("budget", 539, "6,496", "4")],
)
def test_who_ran_out_of_money_is_told_though_the_rest_goes_by_votes(
    completion: str, share: int, money: str, lacking: str
) -> None:
    # 20 voters, B/. 350 each at first, and the first project costs more than its 14 ever have.
    held = vote("equal-shares", {"1 3": 14, "2 3": 2, "2 4": 4})
    dear = replace(held.options[0], cost=6_500)
    given = {"completion": completion, "fill": "votes"}
    held = replace(held, options=(dear, *held.options[1:]), parameters=given)

    first, _second, _third, fourth = said(held)

    payments = held.method.payments(count_vote(held))
    assert payments
    assert payments.last == share
    assert first == (
        f"Not funded: it costs B/. 6,500, and its 14 supporters had B/. {money} left together: "
        f"B/. {lacking} too little. With nothing left: 0. They had paid for: =Cloro; «dos» veces: "
        "14. Nor is what was left over enough: B/. 3,850."
    )
    if completion == "none":
        assert fourth.startswith("Not funded: it costs B/. 9,400, and its 4 supporters had B/. 0")
        assert "With nothing left: 4." in fourth


def test_shares_too_small_are_told_so_though_the_rest_goes_by_votes() -> None:
    held = replace(vote("equal-shares", {"1": 11, "4": 9}), parameters={"fill": "votes"})

    assert said(held)[3] == (
        "Not funded: it costs B/. 9,400, and the shares of its 9 supporters together are "
        "B/. 3,150: B/. 6,250 too little. Nor is what was left over enough: B/. 2,200."
    )


def test_what_is_left_over_is_told_as_such() -> None:
    held = replace(vote("equal-shares", {"1": 10, "2": 5, "": 5}), parameters={"fill": "votes"})

    texts = said(held)

    assert texts[0] == (
        "Funded with what was left over: it came next by votes, with 10, and it fits. Of the "
        "B/. 4,800 that it costs its supporters had B/. 3,500 left together, B/. 1,300 too little. "
        "With nothing left: 0."
    )
    assert texts[3] == "Not funded: nobody chose it."


@pytest.mark.parametrize("fill", ["none", "votes"])
def test_of_few_ballots_it_is_not_told_how_many_ran_out_of_money(fill: str) -> None:
    held = replace(vote("equal-shares", {"1 3": 7, "2 3": 1, "2": 2}), parameters={"fill": fill})

    texts = said(replace(held, budget=3_500))

    assert texts[0].startswith("Not funded")
    assert "=Cloro" in texts[0]
    assert not any("With nothing left" in text for text in texts)


@pytest.mark.parametrize("rule", ["irv", "stv", "schulze"])
def test_blank_ballots_alone_choose_nobody(rule: str) -> None:
    assert set(said(vote(rule, {"": 20}))) <= {
        "Not chosen: no ballot stood for anybody.",
        "Not chosen: no ballot put anything in order.",
    }


def test_a_small_vote_is_explained_by_its_totals() -> None:
    assert said(SMALL)[0].startswith("Chosen: 6 of 12 in favour")


def test_numbers_are_written_to_be_read() -> None:
    assert [format_amount(n) for n in (0, 1234567, -5)] == ["0", "1,234,567", "-5"]
