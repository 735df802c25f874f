"""Pabulib's files: what is read, and the one sentence said of each fault."""

from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO, RawIOBase

import pytest

from labapp.counting import ballot_kinds
from labapp.counting.election import Election
from labapp.counting.errors import UnreadableFile
from labapp.counting.formats import pabulib
from labapp.counting.outcome import Amount

GOOD = """META
key;value
budget;100
vote_type;approval
max_length;2
PROJECTS
project_id;cost;name
p1;60;Agua
p2;40,50;Vereda
VOTES
voter_id;vote;age
1;p1,p2;30
2;p2;41
3;;19
"""
POINTS = GOOD.replace("approval", "cumulative\nmax_sum_points;10\nmax_points;9").replace(
    "voter_id;vote;age\n1;p1,p2;30\n2;p2;41\n3;;19", "voter_id;vote;points\n1;p1,p2;6,4\n2;p2;9"
)


def read(text: str) -> Election:
    return pabulib.read(BytesIO(text.encode()))


def test_approvals_are_read_with_costs_and_words() -> None:
    election = read(GOOD)

    assert election.options == ("p1", "p2")
    assert election.names == {"p1": "Agua", "p2": "Vereda"}
    assert election.costs == {"p1": 60, "p2": Fraction(81, 2)}
    assert election.budget == 100
    assert election.ballots == 3
    assert election.marks == {frozenset({"p1", "p2"}): 1, frozenset({"p2"}): 1, frozenset(): 1}


def test_points_and_orders_are_read_as_such() -> None:
    assert read(POINTS).points == {(("p1", 6), ("p2", 4)): 1, (("p2", 9),): 1}
    assert read(GOOD.replace("approval", "ordinal")).rankings == {
        (frozenset({"p1"}), frozenset({"p2"})): 1,
        (frozenset({"p2"}),): 1,
        (): 1,
    }


SCORES = POINTS.replace("cumulative\nmax_sum_points;10\nmax_points;9", "scoring").replace(
    "6,4", "6,-4"
)


def test_scores_may_be_negative_where_the_format_allows_it() -> None:
    assert read(SCORES).points == {(("p1", 6), ("p2", -4)): 1, (("p2", 9),): 1}
    assert read(SCORES.replace("scoring", "scoring\nmin_points;-4")).points
    with pytest.raises(UnreadableFile, match="Line 13: a project is given fewer than -3 points"):
        read(SCORES.replace("scoring", "scoring\nmin_points;-3"))


def test_a_project_that_a_score_does_not_name_gets_the_default() -> None:
    election = read(SCORES.replace("scoring", "scoring\ndefault_score;-1,5") + "3;;\n")

    assert election.points == {
        (("p1", 6), ("p2", -4)): 1,
        (("p1", Fraction(-3, 2)), ("p2", 9)): 1,
        (("p1", Fraction(-3, 2)), ("p2", Fraction(-3, 2))): 1,
    }
    assert (
        read(POINTS.replace("max_points", "default_score;5\nmax_points")).points
        == read(POINTS).points
    )


def test_who_gives_a_project_fewer_points_than_none_does_not_support_it() -> None:
    assert ballot_kinds.approvals(read(SCORES), "equal-shares") == {
        frozenset({"p1"}): 1,
        frozenset({"p2"}): 1,
    }


def test_metadata_without_a_heading_lose_no_line() -> None:
    election = read(GOOD.replace("key;value\n", ""))

    assert election.budget == 100
    assert election.said_at["budget"] == 2
    assert read(GOOD.replace("key;value", "Key; Value")).said == read(GOOD).said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("33333.333333333336", Fraction(33333333333333336, 10**12)),
        ("0,1", Fraction(1, 10)),
        ("60.00", 60),
        ("60.", 60),
        (".5", Fraction(1, 2)),
        ("+7", 7),
        ("1" * 40, int("1" * 40)),
    ],
)
def test_any_decimal_is_read_exactly(text: str, value: Amount) -> None:
    costs = read(GOOD.replace("p1;60", f"p1;{text}")).costs or {}

    assert costs["p1"] == value
    assert isinstance(costs["p1"], type(value))


def test_a_file_that_counts_its_own_rows_wrongly_is_read_and_the_line_is_told() -> None:
    right = GOOD.replace("budget", "num_votes;3\nnum_projects;2\nbudget")
    wrong = GOOD.replace("budget", "num_votes;4\nnum_projects;two\nbudget")

    assert read(GOOD).remarks == read(right).remarks == []
    assert read(wrong).remarks == [
        "Line 4: the num_projects is “two”, and the file has 2 projects.",
        "Line 3: the num_votes is “4”, and the file has 3 votes.",
    ]


def test_a_mark_at_the_beginning_and_other_line_ends_do_no_harm() -> None:
    assert read("\ufeff" + GOOD.replace("\n", "\r\n")).ballots == 3


def test_words_that_are_repeated_give_way_to_the_ids() -> None:
    assert read(GOOD.replace("Vereda", "Agua")).names == {"p1": "p1", "p2": "p2"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("META\n", "", "Line 1: the file does not begin with the section META"),
        ("PROJECTS\n", "", "Line 9: the section PROJECTS is missing"),
        ("VOTES\n", "", "Line 10: the section VOTES is missing"),
        ("budget;100\n", "", "Line 5: the section META does not say the budget"),
        ("budget;100", "budget;", "Line 3: the section META does not say the budget"),
        ("vote_type;approval\n", "", "Line 5: the section META does not say the vote_type"),
        ("approval", "shouting", "Line 4: the vote_type “shouting” is not known"),
        ("budget;100", "budget;-100", "Line 3: the budget in META is “-100”, which is negative"),
        ("budget;100", "budget;1e99", "Line 3: the budget in META is “1e99”, which is not a"),
        ("max_length;2", "max_length;two", "Line 5: the max_length in META is “two”"),
        ("p1;60", "p1;-60", "Line 8: the cost of the project “p1” is “-60”, which is negative"),
        ("p1;60", "p1;1,000", "Line 8: the cost of the project “p1” is “1,000”, which may be thou"),
        ("p1;60", "p1;.", "Line 8: the cost of the project “p1” is “.”, which is not a number"),
        ("p1;60", f"p1;{'1' * 41}", "which is not a number"),
        ("p1;60", "p1;1.5.2", "which is not a number"),
        ("p1;60", "p1;nan", "Line 8: the cost of the project “p1” is “nan”"),
        ("p2;40,50", "p1;40", "Line 9: the project “p1” is there twice"),
        ("project_id;cost", "id;cost", "Line 7: the projects have no columns"),
        ("voter_id;vote", "voter_id;votes", "Line 11: the votes have no column vote"),
        ("2;p2", "2;p9", "Line 13: the vote names the project “p9”, which is not in PROJECTS"),
        ("2;p2", "2;p2,p2", "Line 13: the vote names a project twice"),
        ("max_length;2", "max_length;1", "Line 12: the vote names 2 projects, and 1 is the most"),
        ("2;p2;41", "2;p2;41;x", "Line 13: the vote has more fields"),
        ("Agua", '"Agua', "Line 8: a quotation mark is not closed"),
        ("Agua\n", '"Agua\nPlaza"\np2;10;X\n', "Line 11: the project “p2” is there twice"),
        ("Agua", "Ag\0ua", "Line 8: the file is not text"),
    ],
)
def test_each_fault_is_one_sentence_with_its_line(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(UnreadableFile) as refusal:
        read(GOOD.replace(old, new, 1))

    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("6,4", "6", "Line 14: the vote names 2 projects and gives 1 points"),
        ("6,4", "8,4", "Line 14: the points add up to 12, and 10 is the most"),
        ("p2;9", "p2;10", "Line 15: a project is given more than 9 points"),
        ("p2;9", "p2;-1", "Line 15: the points is “-1”, which is negative"),
        ("sum_points;10", "sum_points;-10", "Line 5: the max_sum_points in META is “-10”, which"),
        ("max_points;9", "max_points;nine", "Line 6: the max_points in META is “nine”, which"),
    ],
)
def test_points_are_held_to_what_the_file_says(old: str, new: str, said: str) -> None:
    assert old in POINTS
    with pytest.raises(UnreadableFile, match=said):
        read(POINTS.replace(old, new, 1))


@pytest.mark.parametrize(
    "votes",
    [
        '1;p1;"North\n2;p2;South\n3;p2;West',
        '1;p1;"North\n2;p2;"South"\n3;p2;West',
        '1;p1;"North\n2;p2;South"\n3;p2;West',
        '1;"p1;North\n2;p2;"South\n3;p2;West',
    ],
)
def test_a_quotation_mark_that_is_not_closed_swallows_no_ballot(votes: str) -> None:
    text = GOOD.split("voter_id", maxsplit=1)[0] + "voter_id;vote;neighborhood\n" + votes + "\n"

    with pytest.raises(UnreadableFile, match="Line 12: a quotation mark is not closed"):
        read(text)


def test_marks_that_close_before_their_field_ends_are_taken_as_other_programs_do() -> None:
    votes = 'voter_id;vote;neighborhood\n1;p1;"North" side\n2;p2;"South"\n'

    assert read(GOOD.split("voter_id", maxsplit=1)[0] + votes).ballots == 2
    assert "El Agua azul" in read(GOOD.replace("Agua", '"El" Agua azul')).names.values()


def test_a_quotation_mark_swallows_no_project_either() -> None:
    with pytest.raises(UnreadableFile, match="Line 8: a quotation mark is not closed"):
        read(GOOD.replace("Agua", '"Agua').replace("Vereda", 'Vereda"'))


def test_marks_lines_and_separators_inside_quotation_marks_are_text() -> None:
    election = read(GOOD.replace("Agua", '"El ""Agua""; el\ntanque"'))

    assert election.names["p1"] == 'El "Agua"; el\ntanque'
    assert election.ballots == 3


def test_another_encoding_is_said_with_its_line() -> None:
    with pytest.raises(UnreadableFile, match="Line 8: the text is not UTF-8"):
        pabulib.read(BytesIO(GOOD.replace("Agua", "Ñürüm").encode("latin-1")))


class Endless(RawIOBase):
    """A gigabyte that is never all in memory."""

    def __init__(self, piece: bytes) -> None:
        self.pieces: Iterator[bytes] = (piece for _ in range(1024))
        self.asked = 0

    def readline(self, size: int | None = -1) -> bytes:
        self.asked += 1
        return next(self.pieces, b"")[:size]


@pytest.mark.parametrize("piece", [b"\0" * 2**20, b"x" * 2**20, b"rubbish\n"])
def test_a_gigabyte_of_rubbish_is_refused_at_its_first_line(piece: bytes) -> None:
    stream = Endless(piece)

    with pytest.raises(UnreadableFile, match="Line 1"):
        pabulib.read(stream)  # type: ignore[arg-type]  # only readline is asked for

    assert stream.asked == 1
