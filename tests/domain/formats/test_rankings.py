"""Rankings in files: PrefLib's four kinds, ranked CSV, rolls, and the sentence for each fault."""

from io import BytesIO

import pytest

from labapp.domain.errors import Unreadable
from labapp.domain.formats import reading
from labapp.domain.formats.election import Election
from labapp.domain.tally.ballots import Spoilt

PREFLIB = """# FILE NAME: casa.toi
# NUMBER ALTERNATIVES: 3
# ALTERNATIVE NAME 1: Ana
# ALTERNATIVE NAME 2: Berta
# ALTERNATIVE NAME 3: Carlos
4: 1,2,3
2: {2,3},1
1: 3
"""
STRICT = PREFLIB.replace("2: {2,3},1\n", "")
WHOLE = STRICT.replace("1: 3\n", "1: 3,2,1\n")
CSV = "count,choice1,choice2\n3,Ana,undervote\n2,overvote,Berta\n1,Ana,Ana\n"


def read(text: str, name: str) -> Election:
    return reading.election(BytesIO(text.encode()), name)


def test_ties_and_what_is_left_out_are_kept() -> None:
    election = read(PREFLIB, "casa.toi")

    assert election.options == ("Ana", "Berta", "Carlos")
    assert election.ballots == 7
    assert election.rankings == {
        (frozenset({"Ana"}), frozenset({"Berta"}), frozenset({"Carlos"})): 4,
        (frozenset({"Berta", "Carlos"}), frozenset({"Ana"})): 2,
        (frozenset({"Carlos"}),): 1,
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (STRICT, "a.soi"),
        (WHOLE, "a.soc"),
        (WHOLE, "a.SOC"),
        (PREFLIB.replace("1: 3\n", ""), "a.toc"),
    ],
)
def test_each_kind_is_read(text: str, name: str) -> None:
    assert read(text, name).ballots >= 5


def test_undervote_and_overvote_are_words() -> None:
    election = read(CSV, "mesa.csv")

    assert election.options == ("Ana", "Berta")
    assert election.ballots == 6
    assert election.rankings == {
        (frozenset({"Ana"}), frozenset()): 3,
        (Spoilt.OVERVOTE, frozenset({"Berta"})): 2,
        (frozenset({"Ana"}), frozenset({"Ana"})): 1,
    }


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (PREFLIB, "a.soi", "Line 7: the ranking “{2,3},1” has a tie, and a .soi file has none"),
        (STRICT, "a.soc", "Line 7: 1 of 3 alternatives are ranked; a .soc file ranks all"),
        (STRICT.replace("1,2,3", "1,2,9"), "a.soi", "Line 6: the ranking has “9”"),
        (STRICT.replace("1,2,3", "1,2,1"), "a.soi", "Line 6: the alternative 1 is ranked twice"),
        (STRICT.replace("4: ", "-4: "), "a.soi", "Line 6: the count of ballots is “-4”"),
        (STRICT.replace("4: ", "4 "), "a.soi", "Line 6: the line is not a count, a colon"),
        (STRICT.replace("1,2,3", "{1,2"), "a.toi", "Line 6: the ranking “{1,2” has a brace"),
        (STRICT.replace("1,2,3", ""), "a.soi", "Line 6: the ranking is empty"),
        (STRICT.replace("NAME 2", "NAME 1"), "a.soi", "Line 4: the alternative 1 is there twice"),
        ("4: 1,2\n", "a.soi", "Line 1: there is no line “# ALTERNATIVE NAME"),
        ("# NUMBER ALTERNATIVES: 3\n", "a.soi", "Line 1: the file has no ballots"),
        ("Ana,Berta\n", "a.csv", "Line 1: the file does not begin with count,choice1"),
        (CSV.replace("3,Ana", "three,Ana"), "a.csv", "Line 2: the count of ballots is “three”"),
        (CSV.replace("3,Ana", "3"), "a.csv", "Line 2: there are 2 fields and 3 columns"),
        (CSV.replace("3,Ana", "3,"), "a.csv", "Line 2: a choice is empty"),
        ("count,choice1\n", "a.csv", "Line 1: the file has no ballots"),
        ("", "a.csv", "Line 1:"),
        ("", "a.pb", "Line 1:"),
        ("", "a.soc", "Line 1:"),
        (CSV, "a.xlsx", "a.xlsx cannot be read"),
    ],
)
def test_each_fault_is_one_sentence_with_its_line(text: str, name: str, said: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(text, name)

    assert said in str(refusal.value)


def test_a_roll_is_read_by_its_column() -> None:
    roll = "person,district\nAna,Norte\nBerta,Sur\n"

    assert reading.people(BytesIO(roll.encode()), "roll.csv", "district") == {
        "Ana": "Norte",
        "Berta": "Sur",
    }
    assert reading.people(BytesIO(roll.encode()), "roll.csv", None) == {"Ana": "", "Berta": ""}


@pytest.mark.parametrize(
    ("text", "strata", "said"),
    [
        ("person,district\nAna,Norte\nAna,Sur\n", None, "Line 3: “Ana” is on the roll twice"),
        ("person,district\nAna,Norte\n", "age", "Line 1: there is no column “age”"),
        ("person,district\n,Norte\n", None, "Line 2: the person has no name"),
        ("person,district\nAna\n", None, "Line 2: there are 1 fields and 2 columns"),
    ],
)
def test_a_faulty_roll_is_refused(text: str, strata: str | None, said: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        reading.people(BytesIO(text.encode()), "roll.csv", strata)

    assert said in str(refusal.value)
