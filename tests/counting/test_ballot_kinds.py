"""Ballots as a rule needs them: what is spoilt is nobody's vote."""

from io import BytesIO

import pytest

from labapp.counting.count import count_election
from labapp.counting.election import Election
from labapp.counting.formats import by_extension


def election(text: str) -> Election:
    return by_extension.election(BytesIO(text.encode()), "mesa.csv")


@pytest.mark.parametrize(
    ("text", "votes", "spoilt"),
    [
        ("count,choice1,choice2\n5,Ana,overvote\n3,overvote,Ana\n", {"Ana": 5}, 3),
        ("count,choice1\n5,Ana\n3,overvote\n2,Berta\n1,undervote\n", {"Ana": 5, "Berta": 2}, 3),
    ],
)
def test_a_first_choice_that_nobody_can_read_is_spoilt_however_many_options_there_are(
    text: str, votes: dict[str, int], spoilt: int
) -> None:
    outcome = count_election(election(text), "plurality", {}).outcome

    (told,) = outcome.rounds
    assert (told.votes, told.spoilt) == (votes, spoilt)
    assert outcome.ballots == sum(votes.values()) + spoilt + told.blank
