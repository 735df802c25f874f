"""When a committee stands, what it may do, and when a work may be accepted."""

import pytest

from labapp.domain.committee import (
    QUORUM,
    CommitteeState,
    CommitteeStatus,
    require_certified,
    require_complete,
    require_receivable,
    state,
)
from labapp.domain.errors import Blocked

FOUR, FIVE = QUORUM - 1, QUORUM


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (CommitteeStatus(), CommitteeState.FORMING),
        (CommitteeStatus(FOUR), CommitteeState.FORMING),
        (CommitteeStatus(FIVE, constituted=True), CommitteeState.CONSTITUTED),
        (CommitteeStatus(FIVE, constituted=True, reported=True), CommitteeState.REPORTED),
        (CommitteeStatus(FIVE, True, True, certified=True), CommitteeState.CERTIFIED),
        (CommitteeStatus(FIVE, True, True, True, visited=True), CommitteeState.ACTIVE),
        (CommitteeStatus(FOUR, True, True, True, visited=True), CommitteeState.INACTIVE),
        (CommitteeStatus(FOUR, constituted=True), CommitteeState.INACTIVE),
        (CommitteeStatus(FIVE, True, True, True, True, delivered=True), CommitteeState.DELIVERED),
        (CommitteeStatus(FOUR, True, True, True, True, delivered=True), CommitteeState.DELIVERED),
        (
            CommitteeStatus(FIVE, True, True, True, True, True, accepted=True),
            CommitteeState.CONCLUDED,
        ),
        (CommitteeStatus(FIVE, True, accepted=True), CommitteeState.CONSTITUTED),
    ],
)
def test_a_committee_stands_where_its_dates_and_seats_say(
    known: CommitteeStatus, expected: CommitteeState
) -> None:
    assert state(known) is expected


@pytest.mark.parametrize("word", CommitteeState)
def test_every_state_has_its_words(word: CommitteeState) -> None:
    assert word.label


def test_a_committee_of_four_cannot_be_constituted() -> None:
    with pytest.raises(Blocked, match="five members"):
        require_complete(CommitteeStatus(FOUR))
    require_complete(CommitteeStatus(FIVE))


def test_a_committee_of_four_does_not_act_even_if_certified_before() -> None:
    with pytest.raises(Blocked, match="five members"):
        require_certified(CommitteeStatus(FOUR, True, True, True))
    with pytest.raises(Blocked, match="not certified"):
        require_certified(CommitteeStatus(FIVE, True, True))
    require_certified(CommitteeStatus(FIVE, True, True, True))


def test_a_work_is_not_accepted_in_silence_without_the_final_report() -> None:
    with pytest.raises(Blocked, match="final report"):
        require_receivable(delivered=False, excused=False)
    require_receivable(delivered=False, excused=True)
    require_receivable(delivered=True, excused=False)
