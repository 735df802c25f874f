"""Words are found however they are written, and what stands in their place tells nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labapp.domain.blackout import BLOCK, black_out, holds
from labapp.domain.folding import skeleton


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Juan Pérez robó.", ["juan perez"], f"{BLOCK} robó."),
        ("JUAN  PÉREZ y Juan\nPerez", ["Juan Pérez"], f"{BLOCK} y {BLOCK}"),
        (unicodedata.normalize("NFD", "El Núñez ese"), ["núñez"], f"El {BLOCK} ese"),
        ("La calle Straße", ["strasse"], f"La calle {BLOCK}"),
        ("ladrón, ladrona", ["ladron"], f"{BLOCK}, {BLOCK}a"),
        ("Nada de eso", ["otra cosa", "  "], "Nada de eso"),
        ("uno dos tres", ["uno dos", "dos tres"], BLOCK),
        ("la\u00addr\u200b\u00f3n, l\u0430dr\u034fon", ["ladrón"], f"{BLOCK}, {BLOCK}"),
    ],
)
def test_words_are_blacked_out_however_they_are_written(
    text: str, words: list[str], left: str
) -> None:
    assert black_out(text, words) == left


@given(st.text(alphabet="aáAñnN ç\n.", max_size=40), st.text(alphabet="aáñ n", max_size=6))
def test_what_was_blacked_out_is_found_no_more(text: str, words: str) -> None:
    left = black_out(text, [words])

    assert holds(text, words) == (left != text)
    sought = " ".join(skeleton(words).split())
    assert not sought or sought not in " ".join(skeleton(left.replace(BLOCK, "\0")).split())
