"""A paper in one short line: what can be typed, and the sentence for what cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labapp.counting.ballot_text import Terms
from labapp.counting.methods import METHODS
from labapp.domain.errors import Conflict
from labapp.polling.transcription import TypedPaper, read

APPROVAL = Terms(METHODS["approval"], options=6, most=3)
PLURALITY = Terms(METHODS["plurality"], options=6, most=1)
RANKS = Terms(METHODS["irv"], options=6, most=6)
POINTS = Terms(METHODS["points"], options=6, most=6, scale=10)
SCORE = Terms(METHODS["score"], options=6, most=6, scale=5)


@pytest.mark.parametrize(
    ("terms", "text", "content"),
    [
        (APPROVAL, "1 3", "1 3"),
        (APPROVAL, " 3,1 ", "1 3"),
        (APPROVAL, "blanco", ""),
        (APPROVAL, "BLANCA", ""),
        (PLURALITY, "4", "4"),
        (RANKS, "3 1 2", "3 1 2"),
        (POINTS, "1:5 3:2", "1:5 3:2"),
        (POINTS, "3 : 2, 1:5", "1:5 3:2"),
        (SCORE, "2:5 1:0", "2:5"),
    ],
)
def test_a_line_is_read(terms: Terms, text: str, content: str) -> None:
    assert read(terms, text) == TypedPaper(content)


@pytest.mark.parametrize("word", ["nula", "Nulo", " NULA "])
@pytest.mark.parametrize("terms", [APPROVAL, PLURALITY, RANKS, POINTS])
def test_a_spoilt_paper_is_said_so(terms: Terms, word: str) -> None:
    assert read(terms, word) == TypedPaper(spoilt=True)


@pytest.mark.parametrize("text", ["", "blanco"])
def test_the_ticked_box_is_a_blank_paper(text: str) -> None:
    assert read(APPROVAL, text, blank=True) == TypedPaper()


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        (APPROVAL, ""),
        (APPROVAL, "7"),
        (APPROVAL, "0"),
        (APPROVAL, "1 1"),
        (APPROVAL, "1 2 3 4"),
        (APPROVAL, "uno"),
        (APPROVAL, "1:5"),
        (APPROVAL, "-1"),
        (PLURALITY, "1 2"),
        (RANKS, "1 1"),
        (POINTS, "1:5 1:2"),
        (POINTS, "1:11"),
        (POINTS, "1"),
        (SCORE, "1:6"),
        (APPROVAL, "9" * 190),
        (APPROVAL, "<script>"),
    ],
)
def test_what_cannot_be_read_has_its_sentence(terms: Terms, text: str) -> None:
    with pytest.raises(Conflict) as refused:
        read(terms, text)

    assert str(refused.value)


def test_a_line_and_a_ticked_box_contradict_each_other() -> None:
    with pytest.raises(Conflict):
        read(APPROVAL, "1", blank=True)


@given(st.text(max_size=40), st.booleans(), st.sampled_from([APPROVAL, RANKS, POINTS, SCORE]))
def test_any_text_is_a_line_or_a_sentence(text: str, blank: bool, terms: Terms) -> None:
    try:
        line = read(terms, text, blank=blank)
    except Conflict:
        return
    assert read(terms, line.content or line.word) == line
