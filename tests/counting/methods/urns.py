"""Random elections, and the real ones beside this file."""

import json
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from labapp.counting.election import Election
from labapp.counting.formats import by_extension
from labapp.counting.lot import Lot
from labapp.counting.outcome import Ranking
from tests.amounts import amount

DATA = Path(__file__).with_name("data")
OPTIONS = tuple("ABCDE")
#: What is counted twice, by us and otherwise: the same instances each time, a quarter of the
#: thousand in an ordinary run.
THOUSAND = settings(max_examples=amount(ordinary=250, whole=1000), deadline=None, derandomize=True)
LOT = Lot({option: option for option in OPTIONS}, "4821")

#: Strict rankings, cut anywhere.
RANKING: st.SearchStrategy[Ranking[str]] = st.permutations(OPTIONS).flatmap(
    lambda order: st.integers(0, len(order)).map(
        lambda cut: tuple(frozenset((option,)) for option in order[:cut])
    )
)
#: Ranks skipped or shared, and options named again.
LOOSE: st.SearchStrategy[Ranking[str]] = st.lists(
    st.frozensets(st.sampled_from(OPTIONS), max_size=3), max_size=5
).map(tuple)
URN = st.dictionaries(RANKING, st.integers(1, 40), min_size=1, max_size=14)

COSTS = st.fixed_dictionaries({option: st.integers(1, 12) for option in OPTIONS})
BALLOTS = st.dictionaries(
    st.frozensets(st.sampled_from(OPTIONS), max_size=4), st.integers(1, 3), min_size=1, max_size=8
)
BUDGET = st.integers(1, 40)


def held(name: str) -> Election:
    """Read a real election."""
    with (DATA / name).open("rb") as stream:
        return by_extension.election(stream, name)


def published(name: str) -> Any:
    """Read what was published of it."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def ranked(text: str) -> Ranking[str]:
    """Read ``A>B=C`` for a case."""
    return tuple(frozenset(rank.split("=")) if rank else frozenset() for rank in text.split(">"))
