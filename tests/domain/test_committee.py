"""When a committee stands, what it may do, and when a work may be accepted."""

import pytest

from labapp.domain.committee import (
    QUORUM,
    CommitteeState,
    Standing,
    acts,
    complete,
    receivable,
    state,
)
from labapp.domain.errors import Blocked

FOUR, FIVE = QUORUM - 1, QUORUM


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (Standing(), CommitteeState.FORMING),
        (Standing(FOUR), CommitteeState.FORMING),
        (Standing(FIVE, constituted=True), CommitteeState.CONSTITUTED),
        (Standing(FIVE, constituted=True, reported=True), CommitteeState.REPORTED),
        (Standing(FIVE, True, True, certified=True), CommitteeState.CERTIFIED),
        (Standing(FIVE, True, True, True, visited=True), CommitteeState.ACTIVE),
        (Standing(FOUR, True, True, True, visited=True), CommitteeState.INACTIVE),
        (Standing(FOUR, constituted=True), CommitteeState.INACTIVE),
        (Standing(FIVE, True, True, True, True, delivered=True), CommitteeState.DELIVERED),
        (Standing(FOUR, True, True, True, True, delivered=True), CommitteeState.DELIVERED),
        (Standing(FIVE, True, True, True, True, True, accepted=True), CommitteeState.CONCLUDED),
        (Standing(FIVE, True, accepted=True), CommitteeState.CONSTITUTED),
    ],
)
def test_a_committee_stands_where_its_dates_and_seats_say(
    known: Standing, expected: CommitteeState
) -> None:
    assert state(known) is expected


@pytest.mark.parametrize("word", CommitteeState)
def test_every_state_has_its_words(word: CommitteeState) -> None:
    assert word.label


def test_a_committee_of_four_cannot_be_constituted() -> None:
    with pytest.raises(Blocked, match="five members"):
        complete(Standing(FOUR))
    complete(Standing(FIVE))


def test_a_committee_of_four_does_not_act_even_if_certified_before() -> None:
    with pytest.raises(Blocked, match="five members"):
        acts(Standing(FOUR, True, True, True))
    with pytest.raises(Blocked, match="not certified"):
        acts(Standing(FIVE, True, True))
    acts(Standing(FIVE, True, True, True))


def test_a_work_is_not_accepted_in_silence_without_the_final_report() -> None:
    with pytest.raises(Blocked, match="final report"):
        receivable(delivered=False, override="")
    receivable(delivered=False, override="Se necesita el agua.")
    receivable(delivered=True, override="")
