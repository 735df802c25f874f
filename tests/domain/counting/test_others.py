"""What another method would have given: only those that the ballots allow, with the same lot."""

from dataclasses import replace

from hypothesis import given, settings

from labapp.domain.bundle.contents import election
from labapp.domain.bundle.publishing import counted
from labapp.domain.bundle.vote import Hands, Vote
from labapp.domain.counting.others import others
from tests.domain.bundle.votes import ANY, vote


def asked(held: Vote) -> dict[str, tuple[str, ...]]:
    found = others(election(held), counted(held), seats=held.seats)
    return {other.rule: other.winners for other in found}


@settings(max_examples=150, deadline=None)
@given(held=ANY)
def test_the_method_of_the_vote_is_never_another(held: Vote) -> None:
    assert held.rule not in asked(held)


def test_rankings_are_counted_by_every_method_of_rankings() -> None:
    # The middle of three: first of few, and nobody's last.
    ballots = {"1 2 3": 9, "3 2 1": 8, "2 1 3": 4}

    one = asked(vote("irv", ballots, seats=1))
    two = asked(vote("schulze", ballots, seats=2))

    assert one == {"plurality": ("p1",), "borda": ("p2",), "schulze": ("p2",)}
    assert set(two) == {"plurality", "borda", "stv"}


def test_a_budget_is_shared_by_the_other_methods_of_budgets() -> None:
    held = vote("greedy", {"1 2": 12, "2 3": 9, "3": 9})

    found = others(election(held), counted(held), seats=1)

    assert [other.rule for other in found] == ["greedy-stop", "equal-shares"]
    assert found[1].parameters == {"seed": "4821", "fill": "votes"}
    assert [(other.winners, other.same) for other in found] == [
        (("p2", "p3"), True),
        (("p2", "p3"), True),
    ]


def test_marks_alone_say_nothing_to_plurality_when_somebody_marks_two() -> None:
    assert asked(vote("approval", {"1 2": 20})) == {}
    assert asked(vote("approval", {"1": 20})) == {"plurality": ("p1",)}
    assert asked(vote("score", {"1:5": 20})) == {"approval": ("p1",)}


def test_raised_hands_are_added_under_the_other_method_too() -> None:
    held = replace(vote("plurality", {"1": 20}, seats=1), hands=Hands(30, {"p2": 30}))

    assert asked(held) == {"approval": ("p2",)}
