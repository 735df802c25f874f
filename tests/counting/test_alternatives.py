"""What another method would have given: only those that the ballots allow, with the same lot."""

import io
from dataclasses import replace

from hypothesis import given, settings

from labapp.counting.alternatives import alternatives
from labapp.counting.bundle.contents import election
from labapp.counting.bundle.published_vote import PublishedVote, RaisedHands
from labapp.counting.bundle.write import count_vote, files
from labapp.counting.count import count_election
from labapp.counting.formats import by_extension
from labapp.counting.methods.approval import PLACES, SHARED
from tests.counting.bundle.votes import ANY, vote


def asked(held: PublishedVote) -> dict[str, tuple[str, ...]]:
    found = alternatives(election(held), count_vote(held), seats=held.seats)
    return {other.rule: other.winners for other in found}


@settings(max_examples=150, deadline=None)
@given(held=ANY)
def test_the_method_of_the_vote_is_never_another(held: PublishedVote) -> None:
    found = alternatives(election(held), count_vote(held), seats=held.seats)

    assert held.rule not in [other.rule for other in found]
    assert found, "without raised hands there is always another"


def test_rankings_are_counted_by_every_method_of_rankings() -> None:
    # The middle of three: first of few, and nobody's last.
    ballots = {"1 2 3": 9, "3 2 1": 8, "2 1 3": 4}

    one = asked(vote("irv", ballots, seats=1))
    two = asked(vote("schulze", ballots, seats=2))

    assert one == {"plurality": ("p1",), "borda": ("p2",), "schulze": ("p2",)}
    assert set(two) == {"plurality", "borda", "stv"}


def test_a_budget_is_shared_by_the_other_methods_of_budgets() -> None:
    held = vote("greedy", {"1 2": 12, "2 3": 9, "3": 9})

    found = alternatives(election(held), count_vote(held), seats=1)

    assert [other.rule for other in found] == ["greedy-stop", "equal-shares"]
    assert found[1].parameters == {"seed": "4821", "fill": "votes"}
    assert [(other.winners, other.same) for other in found] == [
        (("p2", "p3"), True),
        (("p2", "p3"), True),
    ]


def test_marks_alone_say_nothing_to_plurality_when_somebody_marks_two() -> None:
    assert "plurality" not in asked(vote("approval", {"1 2": 20}, seats=1))
    assert asked(vote("approval", {"1": 20})) == {"plurality": ("p1",)}
    assert asked(vote("score", {"1:5": 20})) == {"approval": ("p1",)}


def test_marks_for_one_place_are_shared_out_as_one_vote_a_person() -> None:
    # Approval counts 11, 12 and 9; a third, a half and a whole of a vote count 3 2/3, 6 and 9.
    held = vote("approval", {"1 2 4": 11, "2": 1, "3": 9}, seats=1)

    [shared] = alternatives(election(held), count_vote(held), seats=1)

    assert count_vote(held).outcome.winners == ("p2",)
    assert (shared.label, shared.winners, shared.same) == (SHARED, ("p3",), False)


def test_marks_for_several_places_are_shared_out_among_groups_by_their_size() -> None:
    # Two thirds want 1, 2 and 3; a third wants 4: one place of three is theirs.
    held = vote("approval", {"1 2 3": 20, "4": 10}, seats=3)

    found = {
        other.label: other.winners
        for other in alternatives(election(held), count_vote(held), seats=3)
    }

    assert count_vote(held).outcome.winners != ("p4",)
    assert "p4" not in count_vote(held).outcome.winners
    assert "p4" in found[PLACES]
    assert len(found[PLACES]) == 3


def test_the_file_of_ballots_gives_the_same_shares_of_places() -> None:
    held = vote("approval", {"1 2 3": 20, "4": 10, "": 3}, seats=3)
    told = next(
        o for o in alternatives(election(held), count_vote(held), seats=3) if o.label == PLACES
    )

    file = by_extension.election(io.BytesIO(files(held)["ballots.pb"]), "ballots.pb")

    assert count_election(file, told.rule, told.parameters).outcome.winners == told.winners


def test_a_tie_of_another_method_is_told_and_not_drawn_where_there_was_no_draw() -> None:
    # Approval gives 14 and 12; in shared votes both have 7.
    held = replace(vote("approval", {"1 2": 10, "1 3": 4, "2": 2}, seats=1), seed="")

    [shared] = alternatives(election(held), count_vote(held), seats=1)

    assert count_vote(held).outcome.winners == ("p1",)
    assert (shared.winners, shared.tied, shared.same) == ((), ("p1", "p2"), False)


def test_raised_hands_are_added_under_the_other_method_too() -> None:
    held = replace(vote("plurality", {"1": 20}, seats=1), hands=RaisedHands(30, {"p2": 30}))

    assert asked(held) == {"approval": ("p2",)}


def test_of_hands_raised_for_several_nobody_knows_whose_they_were() -> None:
    stood = replace(vote("approval", {"1 2": 20}, seats=1), hands=RaisedHands(30, {"p2": 30}))
    nobody = replace(
        vote("approval", {"1 2": 20, "1": 1}, seats=1), hands=RaisedHands(0, {"p2": 0})
    )

    assert asked(stood) == {}
    assert asked(nobody) == {"points": ("p1",)}
