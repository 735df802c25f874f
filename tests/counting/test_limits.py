"""What would take minutes or gigabytes is refused in one sentence."""

import re

import pytest

from labapp.counting.count import count_election
from labapp.counting.election import Election
from labapp.counting.errors import Uncountable, UnreadableFile
from labapp.counting.formats.distinct_ballots import MOST_NAMES, OWN, Urn
from labapp.counting.methods import METHODS

#: A ballot of the largest files there are: 100,000 of them rank 100 projects, no two alike.
VOTERS, PROJECTS = 100_000, 100


MOST_OPTIONS = {m.name: m.most_options for m in METHODS.values() if m.most_options}


def election(options: int) -> Election:
    names = [f"p{n}" for n in range(options)]
    one = tuple(frozenset((name,)) for name in names[:3])
    costs: dict[str, int] = dict.fromkeys(names, 1)
    return Election(
        tuple(names),
        {name: name for name in names},
        rankings={one: 1},
        costs={**costs},
        budget=2,
    )


@pytest.mark.parametrize("rule", sorted(MOST_OPTIONS))
def test_more_options_than_a_rule_can_count_are_refused(rule: str) -> None:
    most = MOST_OPTIONS[rule]
    sentence = (
        f"The rule {rule} would take too long: it counts up to {most} options, and there are "
        f"{most + 1}."
    )

    with pytest.raises(Uncountable, match=f"^{re.escape(sentence)}$"):
        count_election(election(most + 1), rule, {})
    assert count_election(election(min(most, 500)), rule, {}).outcome.winners


@pytest.mark.parametrize("rule", ["plurality", "borda", "greedy", "greedy-stop", "equal-shares"])
def test_the_longest_paper_is_counted_by_every_other_rule(rule: str) -> None:
    assert count_election(election(10_000), rule, {}).outcome.winners


def test_more_distinct_ballots_than_a_laptop_holds_are_refused_with_their_line() -> None:
    urn: Urn[str] = Urn()
    urn.weigh(1, MOST_NAMES - OWN - 3)

    urn.put("abc", 7, names=3)
    urn.put("abc", 8, names=3)
    with pytest.raises(
        UnreadableFile, match="Line 9: the file has more distinct ballots than can be"
    ):
        urn.put("abd", 9, names=3)
    assert urn.ballots == {"abc": 2}


def test_the_largest_files_are_far_below() -> None:
    assert 3 * VOTERS * (OWN + PROJECTS) < MOST_NAMES
