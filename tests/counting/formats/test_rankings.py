"""Rankings in files: PrefLib's four kinds, ranked CSV, rolls, and the sentence for each fault."""

from io import BytesIO

import pytest

from labapp.counting.election import Election
from labapp.counting.errors import UnreadableFile
from labapp.counting.formats.by_extension import election as election_of
from labapp.counting.formats.by_extension import people
from labapp.counting.formats.lines import LONGEST_LINE
from labapp.counting.outcome import SpoiltRank

PREFLIB = """# FILE NAME: casa.toi
# NUMBER ALTERNATIVES: 3
# ALTERNATIVE NAME 1: Ana
# ALTERNATIVE NAME 2: Berta
# ALTERNATIVE NAME 3: Carlos
4: 1,2,3
2: {2,3},1
1: 3
"""
#: The same as it was written before 2022.
OLD = """3
1,Ana
2,Berta
3,Carlos
7,7,3
4,1,2,3
2,{2,3},1
1,3
"""
STRICT = PREFLIB.replace("2: {2,3},1\n", "")
WHOLE = STRICT.replace("1: 3\n", "1: 3,2,1\n")
CSV = "count,choice1,choice2\n3,Ana,undervote\n2,overvote,Berta\n1,Ana,Ana\n"


def read(text: str, name: str) -> Election:
    return election_of(BytesIO(text.encode()), name)


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
        (SpoiltRank.OVERVOTE, frozenset({"Berta"})): 2,
        (frozenset({"Ana"}), frozenset({"Ana"})): 1,
    }


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize(("text", "name"), [(CSV, "a.csv"), (PREFLIB, "a.toi"), (OLD, "a.toi")])
def test_other_line_ends_and_a_mark_at_the_beginning_do_no_harm(
    text: str, name: str, end: str
) -> None:
    assert read("\ufeff" + text.replace("\n", end), name) == read(text, name)


def test_the_line_is_told_where_lines_end_otherwise() -> None:
    with pytest.raises(UnreadableFile, match="Line 3: the count of ballots is “two”"):
        read(CSV.replace("2,over", "two,over").replace("\n", "\r"), "a.csv")


def test_a_long_file_with_other_line_ends_is_read_whole() -> None:
    # Longer than the longest line, its pieces ending anywhere, also between CR and LF.
    for end in ("\r", "\r\n"):
        text = "count,choice1" + end + ("1,Ana" + end) * (LONGEST_LINE // 3)
        assert read(text, "a.csv").ballots == LONGEST_LINE // 3


def test_undervote_and_overvote_are_words_however_they_are_written() -> None:
    written = CSV.replace("undervote", "UnderVote").replace("overvote", "OVERVOTE")

    assert read(written, "mesa.csv") == read(CSV, "mesa.csv")


@pytest.mark.parametrize("name", ["a.toi", "a.toc"])
def test_a_file_from_before_2022_is_read_like_one_of_now(name: str) -> None:
    text, old = PREFLIB, OLD
    if name == "a.toc":
        text, old = text.replace("1: 3\n", ""), old.replace("1,3\n", "").replace("7,7,3", "6,6,2")

    now, before = read(text, name), read(old, name)

    assert before.rankings == now.rankings
    assert (before.options, before.ballots) == (now.options, now.ballots)
    assert not before.remarks


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("3\n1,Ana", "2\n1,Ana", "Line 4: the line is not the voters, the sum of votes and the"),
        ("3\n1,Ana", "0\n1,Ana", "Line 1: there are “0” alternatives, and 10000 is the most"),
        ("3\n1,Ana", "99999999999\n1,Ana", "Line 1: there are “99999999999” alternatives"),
        ("2,Berta", "3,Berta", "Line 3: the line is not the alternative 2, a comma and its name"),
        ("7,7,3", "7;7;3", "Line 5: the line is not the voters"),
        ("4,1,2,3", "4", "Line 6: the line is not a count, a comma and a ranking"),
        ("4,1,2,3", "4,1,2,9", "Line 6: the ranking has “9”, which is not an alternative"),
        (OLD[2:], "", "Line 1: the line is not the alternative 1"),
    ],
)
def test_a_fault_in_a_file_from_before_2022_has_its_line(old: str, new: str, said: str) -> None:
    assert old in OLD
    with pytest.raises(UnreadableFile) as refusal:
        read(OLD.replace(old, new, 1), "a.toi")

    assert said in str(refusal.value)


def test_a_ranking_may_have_spaces_around_its_commas() -> None:
    spaced = PREFLIB.replace(",", " , ").replace("{", " { ").replace("}", " } ")

    assert read(spaced, "a.toi").rankings == read(PREFLIB, "a.toi").rankings


def test_what_a_file_counts_of_itself_and_is_not_so_is_told() -> None:
    wrong = PREFLIB.replace("ALTERNATIVES: 3", "ALTERNATIVES: 4\n# NUMBER VOTERS: 70")

    assert not read(PREFLIB, "a.toi").remarks
    assert read(wrong, "a.toi").remarks == [
        "Line 2: the NUMBER ALTERNATIVES is “4”, and the file has 3 alternatives.",
        "Line 3: the NUMBER VOTERS is “70”, and the file has 7 ballots.",
    ]
    assert read(OLD.replace("7,7,3", "7,8,3"), "a.toi").remarks == [
        "Line 5: the NUMBER VOTERS is “8”, and the file has 7 ballots."
    ]


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
        (STRICT.replace("1,2,3", "1 2,3"), "a.soi", "Line 6: the ranking has “1 2”, which is not"),
        (STRICT.replace("1,2,3", "1,,3"), "a.soi", "Line 6: the ranking “1,,3” has a brace or a"),
        (PREFLIB.replace("{2,3},1", "{2,3}1"), "a.toi", "Line 7: the ranking “{2,3}1” has a brace"),
        (STRICT.replace("4: ", "0: "), "a.soi", "Line 6: the count of ballots is 0, and a line"),
        (STRICT + "# TITLE: Casa\n", "a.soi", "Line 8: a line of metadata stands below"),
        ("4: 1,2\n", "a.soi", "Line 1: there is no line “# ALTERNATIVE NAME"),
        ("# NUMBER ALTERNATIVES: 3\n", "a.soi", "Line 1: the file has no ballots"),
        ("Ana,Berta\n", "a.csv", "Line 1: the file does not begin with count,choice1"),
        (CSV.replace("3,Ana", "three,Ana"), "a.csv", "Line 2: the count of ballots is “three”"),
        (
            CSV.replace("3,Ana", "3"),
            "a.csv",
            "Line 2: there are 2 fields, and 3 columns: a count and",
        ),
        (CSV.replace("3,Ana", "3,Ana,Ana"), "a.csv", "Line 2: there are 4 fields, and 3 columns"),
        (CSV.replace("3,Ana", "0,Ana"), "a.csv", "Line 2: the count of ballots is 0, and a line"),
        (CSV.replace("3,Ana", "3,"), "a.csv", "Line 2: a choice is empty"),
        ("count,choice1\n", "a.csv", "Line 1: the file has no ballots"),
        ("", "a.csv", "Line 1:"),
        ("", "a.pb", "Line 1:"),
        ("", "a.soc", "Line 1:"),
        (CSV, "a.xlsx", "a.xlsx cannot be read"),
    ],
)
def test_each_fault_is_one_sentence_with_its_line(text: str, name: str, said: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read(text, name)

    assert said in str(refusal.value)


def test_a_roll_is_read_by_its_column() -> None:
    roll = "person,district\nAna,Norte\nBerta,Sur\n"

    assert people(BytesIO(roll.encode()), "roll.csv", "district") == {
        "Ana": "Norte",
        "Berta": "Sur",
    }
    assert people(BytesIO(roll.encode()), "roll.csv", None) == {"Ana": "", "Berta": ""}


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
    with pytest.raises(UnreadableFile) as refusal:
        people(BytesIO(text.encode()), "roll.csv", strata)

    assert said in str(refusal.value)
