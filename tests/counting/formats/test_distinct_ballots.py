"""Ballots kept small are the ballots that were put in."""

from collections import Counter
from io import BytesIO
from sys import getsizeof

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labapp.counting.election import Marks
from labapp.counting.errors import UnreadableFile
from labapp.counting.formats import by_extension, distinct_ballots, pabulib_points, roll
from labapp.counting.formats.distinct_ballots import APART, Urn

OPTIONS = [f"p{n}" for n in range(300)]
MARKED = st.frozensets(st.sampled_from(OPTIONS), max_size=6)


@given(ballots=st.lists(MARKED, max_size=20))
def test_marks_kept_as_letters_are_the_marks(ballots: list[frozenset[str]]) -> None:
    kept = Marks(OPTIONS)
    for marks in ballots:
        kept.add(marks, 2)

    told = {marks: 2 * n for marks, n in Counter(ballots).items()}
    assert kept == told
    assert dict(kept.items()) == told
    assert sorted(kept.values()) == sorted(told.values())
    assert len(kept) == len(told)
    assert frozenset({"p1", "elsewhere"}) not in kept


def test_points_that_no_other_ballot_shares_weigh_more() -> None:
    held: Urn[object] = Urn()
    scale = pabulib_points.Scale(signed=False, least=None, top=None, total=None, others={})
    scale.known.update({("x", str(n)): ("x", n) for n in range(pabulib_points.MOST_KNOWN)})

    pabulib_points.ballot_points(["x", "y"], "7,7", 1, scale, held)

    assert held.names == APART


NAMES = "".join(f"# ALTERNATIVE NAME {n}: N{n}\n" for n in range(1, 10))
BUDGET = "META\nbudget;9\nvote_type;{kind}\nPROJECTS\nproject_id;cost\n{projects}VOTES\n"
PROJECTS = "".join(f"{n};1\n" for n in range(10))


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        (NAMES + "1: 1,2\n1: 1,2\n1: 2,1\n", "a.soi", 12),
        (NAMES + "1: 1\n1: {2,3}\n", "a.toi", 11),
        ("count,choice1,choice2\n1,A,B\n1,A,B\n1,B,A\n", "a.csv", 4),
        (BUDGET.format(kind="approval", projects=PROJECTS) + "vote\n1\n1\n2\n", "a.pb", 20),
        (BUDGET.format(kind="ordinal", projects=PROJECTS) + "vote\n1\n1\n2\n", "a.pb", 20),
        (
            BUDGET.format(kind="scoring", projects=PROJECTS) + "vote;points\n1;1\n1;1\n1;2\n",
            "a.pb",
            20,
        ),
    ],
)
def test_every_format_is_refused_where_distinct_ballots_are_too_many(
    monkeypatch: pytest.MonkeyPatch, text: str, name: str, line: int
) -> None:
    assert by_extension.election(BytesIO(text.encode()), name).ballots >= 2

    monkeypatch.setattr(distinct_ballots, "MOST_NAMES", 2 * distinct_ballots.OWN)

    with pytest.raises(
        UnreadableFile, match=f"^Line {line}: the file has more distinct ballots than"
    ):
        by_extension.election(BytesIO(text.encode()), name)


def test_a_roll_of_longer_names_than_a_laptop_holds_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = b"person\nAna\nBerta\nCarlos\n"
    monkeypatch.setattr(roll, "LARGEST_NAMES", getsizeof("Ana") + getsizeof("Berta"))

    with pytest.raises(UnreadableFile, match=r"^Line 4: the roll is too long\.$"):
        by_extension.people(BytesIO(text), "roll.csv", None)
