"""Codes are read aloud and copied by hand: no letter is taken for another."""

import re

from labapp.domain.code_alphabet import LETTER, LETTERS, in_groups, new_code


def test_no_letter_is_taken_for_another_and_none_ever_changes() -> None:
    """Codes printed years ago must still be read."""
    assert not set("01OIL") & set(LETTERS)
    assert LETTERS == "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def test_a_code_has_its_length_and_is_printed_in_groups_of_four() -> None:
    codes = {new_code(10) for _ in range(100)}

    assert len(codes) == 100
    assert all(re.fullmatch(f"{LETTER}{{10}}", code) for code in codes)
    assert in_groups("ABCDEFGHJK") == "ABCD-EFGH-JK"
