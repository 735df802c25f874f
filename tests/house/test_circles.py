"""No circle at any depth, and the furniture of a room in one order."""

from collections.abc import Iterable
from copy import deepcopy

import grimp
import pytest

from tests.house.furniture import FURNITURE
from tests.house.imports import FURNITURE_ORDER, circle_faults, graph, order_faults, packages


def test_no_circle_at_any_depth() -> None:
    found = list(circle_faults(graph()))

    assert not found, "\n".join(found)


def test_in_a_room_furniture_knows_only_what_comes_before_it() -> None:
    found = list(order_faults(graph()))

    assert {piece for row in FURNITURE_ORDER for piece in row} == FURNITURE
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "added",
    [
        [("labapp.polling.queries.batches", "labapp.polling.service.batches")],
        [("labapp.counting.methods.schulze.beatpaths", "labapp.counting.methods.schulze")],
        [("labapp.results.queries", "labapp.results.queries.winners")],
        [
            ("labapp.polling.card_code", "labapp.polling.transcription"),
            ("labapp.polling.transcription", "labapp.polling.views.desk"),
        ],
    ],
    ids=["two folders", "its own package", "a package's own module", "three parts"],
)
def test_a_circle_is_named_with_the_import_that_closes_it(added: list[tuple[str, str]]) -> None:
    told = list(circle_faults(_with(added)))

    assert all(any(f"{a}:7 imports {b}" in each for each in told) for a, b in added)
    assert all("Move what" in each for each in told)


def test_furniture_that_knows_what_comes_after_it_is_named() -> None:
    upward = ("labapp.review.forms", "labapp.review.views.desk")

    assert [each.partition(" ")[0] for each in order_faults(_with([upward]))] == [f"{upward[0]}:7"]


def test_every_depth_is_walked() -> None:
    depths = {each.count(".") for each in packages(graph())}

    assert depths == {0, 1, 2, 3}


def _with(added: Iterable[tuple[str, str]]) -> grimp.ImportGraph:
    """Return the imports of the house and these, each on line 7."""
    house = deepcopy(graph())
    for importer, imported in added:
        house.add_import(importer=importer, imported=imported, line_number=7, line_contents="")
    return house
