"""What changed between two texts loses no word of either."""

from hypothesis import given
from hypothesis import strategies as st

from labapp.proposals.diff import Piece, changes

TEXT = st.text(alphabet="ab \n", max_size=60)


def test_a_word_changed_is_shown_where_it_stood() -> None:
    assert changes("Reparar la losa hoy", "Reparar el piso hoy") == [
        Piece("same", "Reparar "),
        Piece("gone", "la losa "),
        Piece("new", "el piso "),
        Piece("same", "hoy"),
    ]


@given(TEXT, TEXT)
def test_both_texts_can_be_read_back(old: str, new: str) -> None:
    pieces = changes(old, new)

    assert "".join(p.text for p in pieces if p.kind != "new") == old
    assert "".join(p.text for p in pieces if p.kind != "gone") == new
