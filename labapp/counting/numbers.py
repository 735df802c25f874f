"""Exact numbers as people write them: whole, or with decimals, and never a float."""

import re
from fractions import Fraction

from labapp.counting.outcome import Amount

#: A whole number or a decimal, as 33333.333333333336. Exponents and NaN are nobody's vote or cost.
NUMBER = re.compile(r"([+-]?)(\d*)(?:[.,](\d*))?", re.ASCII)
LONGEST_NUMBER = 40
#: 1,000 is one with decimals to some, and a thousand to others.
THOUSANDS = re.compile(r"[+-]?\d*,\d{3}", re.ASCII)


def exact(text: str) -> Amount | None:
    """Return the number that a text writes, or None where it writes none, or may write two."""
    stripped = text.strip()
    match = NUMBER.fullmatch(stripped)
    if not match or len(stripped) > LONGEST_NUMBER or THOUSANDS.fullmatch(stripped):
        return None
    sign, whole, decimals = match.groups(default="")
    if not (whole or decimals):
        return None
    if not (sign or decimals):
        return int(whole)
    value = Fraction(int(sign + whole + decimals), 10 ** len(decimals))
    return value.numerator if value.denominator == 1 else value
