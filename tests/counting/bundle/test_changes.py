"""Whatever byte, row, number or value is changed in a bundle, it is found."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.bundle.verify import check
from labapp.counting.bundle.write import publish
from labapp.counting.errors import Uncountable
from labapp.counting.methods import METHODS
from tests.counting.bundle.votes import (
    ANY,
    HALL,
    SMALL,
    WITH_HANDS,
    again,
    few,
    forged,
    parts,
    vote,
)

RANKED = vote("stv", {"3 1": 12, "1 2": 9, "2 4 1 3": 5, "": 1})
SPENT = vote("equal-shares", {"1 2": 12, "2 3": 9, "4": 5})
COUNTED = ("act.json", "ballots.json", "election.json", "result.json")
FEW = st.sampled_from(sorted(METHODS)).flatmap(few)
KINDS = st.sampled_from([HALL, WITH_HANDS, SMALL, RANKED, SPENT])


@settings(max_examples=300, deadline=None)
@given(held=KINDS, data=st.data())
def test_a_byte_changed_in_a_file_is_found(held: PublishedVote, data: st.DataObject) -> None:
    found = parts(held)
    name = data.draw(st.sampled_from(sorted(found)))
    at = data.draw(st.integers(0, len(found[name]) - 1))
    content = bytearray(found[name])
    content[at] ^= data.draw(st.integers(1, 255))

    with pytest.raises(Uncountable):
        check(again(found | {name: bytes(content)}))


@settings(max_examples=300, deadline=None)
@given(held=KINDS, data=st.data())
def test_a_byte_changed_in_the_zip_is_found(held: PublishedVote, data: st.DataObject) -> None:
    whole = bytearray(publish(held, b"%PDF"))
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))

    with pytest.raises(Uncountable):
        check(bytes(whole))


@settings(max_examples=300, deadline=None)
@given(held=KINDS, data=st.data())
def test_a_row_left_out_or_written_twice_is_found_though_the_hashes_be_made_again(
    held: PublishedVote, data: st.DataObject
) -> None:
    found = parts(held)
    name = data.draw(st.sampled_from(sorted(set(found) - {"act.pdf", "hashes.json"})))
    rows = found[name].splitlines(keepends=True)
    at = data.draw(st.integers(0, len(rows) - 1))
    times = data.draw(st.sampled_from([0, 2]))
    rows[at : at + 1] = [rows[at]] * times

    with pytest.raises(Uncountable):
        check(forged(held, name, b"".join(rows)))


def numbers(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [found for key in value for found in numbers(value[key], (*path, key))]
    if isinstance(value, list):
        return [found for n, each in enumerate(value) for found in numbers(each, (*path, n))]
    return [path] if isinstance(value, int) and not isinstance(value, bool) else []


@settings(max_examples=200, deadline=None)
@given(held=ANY | FEW, data=st.data(), by=st.sampled_from([-1, 1, 1000]))
def test_a_number_changed_is_found_though_the_hashes_be_made_again(
    held: PublishedVote, data: st.DataObject, by: int
) -> None:
    found = parts(held)
    name = data.draw(st.sampled_from(sorted(n for n in found if n in COUNTED)))
    value = json.loads(found[name])
    path = data.draw(st.sampled_from(numbers(value)))
    place = value
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] += by
    content = (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()

    with pytest.raises(Uncountable):
        check(forged(held, name, content))


ANYTHING: st.SearchStrategy[Any] = st.sampled_from(
    [None, [], {}, "", "p9", "\\ud800", -1, 10**14, True, [{}], {"p1": {}}]
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [p for k, each in inner for p in [(*path, k), *places(each, (*path, k))]]


@settings(max_examples=500, deadline=None)
@given(held=ANY | KINDS | FEW, data=st.data(), other=ANYTHING)
def test_whatever_stands_in_the_place_of_a_value_is_answered_in_one_sentence(
    held: PublishedVote, data: st.DataObject, other: Any
) -> None:
    found = parts(held)
    name = data.draw(st.sampled_from(sorted(n for n in found if n.endswith("json"))))
    value = json.loads(found[name])
    path = data.draw(st.sampled_from(places(value)))
    place = value
    for step in path[:-1]:
        place = place[step]
    if place[path[-1]] == other:
        return
    place[path[-1]] = other
    content = json.dumps(value, ensure_ascii=False).replace("\\\\ud", "\\ud").encode()

    with pytest.raises(Uncountable):
        check(
            forged(held, name, content)
            if name != "hashes.json"
            else again({**found, name: content})
        )
