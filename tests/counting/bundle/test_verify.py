"""What does not agree is named, and what is no bundle is refused in one sentence."""

import io
import tracemalloc
import zipfile
from dataclasses import replace

import pytest

from labapp.counting.bundle.archive import open_bundle
from labapp.counting.bundle.differences import Differs
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.bundle.verify import check
from labapp.counting.bundle.write import publish
from labapp.counting.errors import UnreadableFile
from tests.counting.bundle.votes import HALL, SMALL, WITH_HANDS, again, forged, large, parts, vote


@pytest.mark.parametrize(
    ("held", "sentence"),
    [
        (
            replace(HALL, receipts=HALL.receipts[1:]),
            "receipts.csv has 8 codes, and 9 ballots came by account and card.",
        ),
        (
            replace(HALL, receipts=(*HALL.receipts[1:], HALL.receipts[1])),
            "In receipts.csv the code K7919 is twice.",
        ),
        (
            replace(HALL, turnout={"account": 9, "paper": 21}),
            "Turnout is 30, and there are 28 ballots, 1 spoilt and 0 people who raised their hands",
        ),
        (replace(HALL, roll=replace(HALL.roll, count=28)), "Turnout is 29, and the roll has 28."),
        (
            replace(HALL, reconciled={"paper": replace(HALL.reconciled["paper"], issued=61)}),
            "By paper 61s* were handed out and 60 are accounted for.",
        ),
        (
            replace(HALL, reconciled={"account": replace(HALL.reconciled["paper"])}),
            "By account 20 were used, and turnout says 9.",
        ),
        (replace(HALL, most=2), "In ballots.json the ballot “2 3 4” names 3 options, and 2 is"),
        (
            replace(HALL, ballots={"1": 28, "2": 0}),
            "In ballots.json the ballot “2” stands 0 times.",
        ),
        (
            replace(WITH_HANDS, hands=replace(WITH_HANDS.hands, people=20), spoilt=11),  # type: ignore[type-var]
            "28 hands were raised by 20 people.",
        ),
    ],
)
def test_the_first_sum_that_does_not_hold_is_named(held: PublishedVote, sentence: str) -> None:
    with pytest.raises(Differs, match=sentence):
        check(publish(held))


@pytest.mark.parametrize(
    ("rule", "text", "fault"),
    [
        ("approval", "2 1", "does not name its options in the order of the paper"),
        ("approval", "1 5", "names an option that is not on the paper"),
        ("irv", "2 2", "names an option twice"),
        ("score", "1:10", "gives 10 points, and 9 is the most"),
        ("points", "1:5 2:5", "gives 10 points, and 9 is the most"),
        ("score", "1:x", "gives points that are not a whole number from 1"),
        ("score", "1:0", "gives points that are not a whole number from 1"),
        ("score", "5:1", "names an option that is not on the paper"),
        ("score", "2:1 1:1", "does not name its options once each in the order of the paper"),
    ],
)
def test_a_ballot_that_nobody_could_cast_is_named(rule: str, text: str, fault: str) -> None:
    good = {"score": "1:1", "points": "1:1"}.get(rule, "1")
    found = parts(vote(rule, {good: 20}))
    name = "ballots.json"

    with pytest.raises(Differs, match=fault):
        check(
            forged(vote(rule, {good: 20}), name, found[name].replace(good.encode(), text.encode()))
        )


def test_the_first_number_that_the_recount_does_not_give_is_named() -> None:
    content = parts(HALL)["result.json"].replace(b'"p1": 23', b'"p1": 24')

    with pytest.raises(
        Differs,
        match=r"result\.json differs at rounds, 1, votes, p1: it says 24, and the recount gives 23",
    ):
        check(forged(HALL, "result.json", content))


def test_a_bundle_packed_again_by_another_program_is_right_and_says_so() -> None:
    lines = check(again(parts(HALL)))

    assert "The files are those published, packed again by another program." in lines


def zipped(name: str, content: bytes, kind: int = zipfile.ZIP_STORED, times: int = 1) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", kind) as bundle:
        for n in range(times):
            bundle.writestr(name.format(n=n), content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "cannot be opened as a zip"),
        (b"rubbish" * 1000, "cannot be opened as a zip"),
        (publish(HALL)[:-40], "cannot be opened as a zip"),
        (zipped("../election.json", b"{}"), "a name that no bundle has"),
        (zipped("/etc/passwd", b"{}"), "a name that no bundle has"),
        (zipped("a" * 5 + "{n}.json", b"{}", times=2), "a name that no bundle has"),
        (zipped("bomb.json", bytes(50_000_000), zipfile.ZIP_DEFLATED), "too large"),
        (zipped("a.json", b"{}" * 99, zipfile.ZIP_LZMA), "packed in a way that no bundle is"),
        (zipped("election.json", b"{}"), "receipts.csv is missing"),
    ],
)
def test_what_is_no_bundle_is_refused_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        check(data)


def test_a_bundle_with_more_files_than_any_is_refused() -> None:
    many = {f"{'a' * n}.json": b"{}" for n in range(1, 30)}

    with pytest.raises(UnreadableFile, match="more than 20 files"):
        open_bundle(io.BytesIO(again(many)))


@pytest.mark.parametrize(
    "name",
    ["election.json", "result.json", "act.json", "ballots.json", "ballots.pb", "receipts.csv"],
)
def test_a_missing_file_is_named(name: str) -> None:
    found = parts(HALL)
    del found[name]

    with pytest.raises(UnreadableFile, match=f"{name} is missing"):
        check(again(found))


def test_a_file_that_nobody_published_is_named() -> None:
    with pytest.raises(Differs, match=r"hashes.json says nothing of more.json"):
        check(again({**parts(HALL), "more.json": b"{}"}))


@pytest.mark.parametrize(
    ("held", "name"),
    [
        (HALL, "notes.txt"),
        (HALL, "ballots.soi"),
        (HALL, "totals.csv"),
        (SMALL, "ballots.csv"),
        (vote("irv", {"1 2": 20}), "ballots.pb"),
    ],
)
def test_a_file_that_no_such_vote_has_is_named_though_its_hash_be_there(
    held: PublishedVote, name: str
) -> None:
    with pytest.raises(Differs, match=f"{name} is no part of the bundle of such a vote"):
        check(forged(held, name, b"Vote for p4"))


def test_of_the_printed_act_it_is_said_that_only_its_hash_is_checked() -> None:
    alone = "act.pdf is checked by that hash alone; act.json says what it must say."

    assert alone in check(publish(HALL, b"%PDF"))
    assert alone in check(forged(HALL, "act.pdf", b"%PDF of somebody else"))
    assert alone not in check(publish(HALL))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 100_000,
        b'{"format": 1.0}',
        b'{"format": NaN}',
        b"\xff",
        b"9" * 5000,
    ],
)
def test_json_that_is_not_what_it_must_be_is_refused(content: bytes) -> None:
    for name in ("election.json", "ballots.json"):
        with pytest.raises(UnreadableFile, match=f"{name} cannot be read"):
            check(forged(HALL, name, content))


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (b'"format": 1', b'"format": 2', "another format"),
        (b'"rule": "approval"', b'"rule": "dice"', "rule"),
        (b'"key": "p2"', b'"key": "p1"', "options"),
        (b"2026-08-10", b"2026-88-10", "opened_at"),
        (b"+00:00", b"", "opened_at"),
        (b'"seats": 2', b'"seats": -2', "seats"),
        (b'"seats": 2', b'"seats": 2, "seats": 2', "not proper JSON"),
        (b'"witnesses": [', b'"witnesses": [1, ', "witnesses"),
        (b'"hands": null,', b"", "hands"),
    ],
)
def test_a_field_that_is_not_what_it_must_be_is_named(
    before: bytes, after: bytes, what: str
) -> None:
    content = parts(HALL)["election.json"].replace(before, after)

    with pytest.raises(UnreadableFile, match=what):
        check(forged(HALL, "election.json", content))


def test_more_ballots_than_a_country_are_refused() -> None:
    content = parts(HALL)["ballots.json"].replace(b'"count": 9', b'"count": 999999999')

    with pytest.raises(UnreadableFile, match="more ballots than a country"):
        check(forged(HALL, "ballots.json", content))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a list of codes"),
        (b"codes\nA\n", "not a list of codes"),
        (b"code\nA\n\nB\n", "not a list of codes"),
        (b"code\n" * 5_000_000, "more codes than a country"),
    ],
)
def test_codes_that_are_no_list_are_refused(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        check(forged(HALL, "receipts.csv", content))


def test_json_larger_than_any_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(UnreadableFile, match=r"result\.json cannot be read: it is too large\."):
        check(forged(HALL, "result.json", b"[" + b"[]," * 7_000_000 + b"[]]"))


def test_a_ballot_that_is_not_written_as_published_is_refused_with_its_line() -> None:
    content = parts(HALL)["ballots.json"].replace(b'"1 2"', b'"1\\u0020 2"')

    with pytest.raises(UnreadableFile, match="line 4 is not a ballot and its count"):
        check(forged(HALL, "ballots.json", content))


def test_a_bundle_is_checked_in_little_more_memory_than_it_takes_itself() -> None:
    held = large(20_000)
    data = publish(held)

    tracemalloc.start()
    assert check(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert held.cast == 20_000
    assert most < 4 * len(data)


def test_totals_alone_are_not_enough_where_there_are_ballots() -> None:
    content = parts(SMALL)["election.json"].replace(b'"ballots": 12', b'"ballots": 20')

    with pytest.raises(Differs, match="there are ballots enough"):
        check(forged(SMALL, "election.json", content))
