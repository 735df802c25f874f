"""What is owed and why a thing comes from another: stored words that stay as they are."""

import pytest

from labapp.domain.descents import DescentKind
from labapp.domain.duties import DutyKind

#: Letters of the columns ``duty.what`` and ``descent.why``.
LONGEST = 20


@pytest.mark.parametrize("duty", DutyKind)
def test_a_duty_has_its_words_for_a_list_and_a_thread(duty: DutyKind) -> None:
    assert all([duty.late, duty.owed, duty.ahead])
    assert duty.ahead not in (duty.owed, duty.late)
    assert DutyKind(duty.value) is duty


@pytest.mark.parametrize("word", [*DutyKind, *DescentKind])
def test_a_stored_word_fits_its_column(word: DutyKind | DescentKind) -> None:
    assert len(word) <= LONGEST


def test_only_answers_are_said_to_be_answered() -> None:
    answers = {duty for duty in DutyKind if duty.is_answer}

    assert answers == {
        DutyKind.RESPONSE,
        DutyKind.OBJECTION,
        DutyKind.APPEAL,
        DutyKind.LETTER,
        DutyKind.REPLY,
        DutyKind.ANNULMENT,
    }
