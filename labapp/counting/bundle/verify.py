"""Checking a bundle: everything that can be counted again is, and the first difference is named."""

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice, pairwise, takewhile
from typing import Any, TypeAlias

from labapp.counting.bundle import (
    contents,
    json_files,
    read,
    report,
    totals_only,
    turnout_check,
    write,
)
from labapp.counting.bundle.archive import Torn, open_bundle, pack
from labapp.counting.bundle.differences import Differs, compare
from labapp.counting.bundle.published_vote import FEW, PublishedVote
from labapp.counting.bundle.tables import ballots_json, receipts_csv, table_names, tables
from labapp.counting.errors import UnreadableFile
from labapp.counting.merkle import root
from labapp.counting.outcome import Amount
from labapp.counting.parameters import Progress

ALWAYS = ("election.json", "receipts.csv", "result.json", "act.json", "hashes.json")
#: The act as it was printed, of which only the hash can be checked.
PRINTED = "act.pdf"
#: A zip of the same size that differs in fewer places was changed where it lies.
FEW_BYTES = 16
Watch: TypeAlias = Callable[[Amount], Progress]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as read.

    Attributes:
        files: name -> bytes.
        election: what ``election.json`` holds.
        vote: the same, with the ballots and the codes; of few, the ballots are not there.
        hashes: name -> hash, as ``hashes.json`` states and the files have.
        merkle: the Merkle roots that it states.
        cast: how many ballots it says there are.
        few: whether only totals are there.
        watch: given the budget, returns what is told of a long count.
    """

    files: Mapping[str, bytes]
    election: Mapping[str, Any]
    vote: PublishedVote
    hashes: Mapping[str, str]
    merkle: Mapping[str, Any]
    cast: int
    few: bool
    watch: Watch | None = None


def check(data: bytes, watch: Watch | None = None) -> list[str]:
    """Check a bundle and return what was found right, in plain sentences.

    Args:
        data: the zip.
        watch: given the budget, returns what is told of each step of a completion.

    Raises:
        Differs: with the first difference.
        UnreadableFile: it is no bundle, or not a whole one.
    """
    files = open_bundle(io.BytesIO(data))
    try:
        hashes = _hashes(files)
    except Torn as torn:
        raise Differs("The zip was damaged or changed: %(what)s.", what=str(torn)) from None
    bundle = replace(_read(files, hashes), watch=watch)
    _require_known_files(bundle)
    lines = [
        f"{bundle.vote.question}",
        f"Files: {len(files)}; each has the hash that hashes.json states.",
    ]
    if PRINTED in files:
        lines.append(f"{PRINTED} is checked by that hash alone; act.json says what it must say.")
    for step in STEPS:
        lines.extend(step(bundle))
    lines.extend(_packed(data, files))
    return [*lines, f"The hash of the bundle is {sha256(data).hexdigest()}."]


def _hashes(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Check the hash of each file, and return ``hashes.json``."""
    for name in ALWAYS:
        _require_file(files, name)
    fields = read.Fields(read.parse_json(files["hashes.json"], "hashes.json"), "hashes.json")
    stated = fields.within("files")
    for name in sorted(stated.value):
        _require_file(files, name)
        digest = sha256(files[name]).hexdigest()
        if stated.text(name) != digest:
            raise Differs(
                "%(file)s is not the file that was published: its hash is %(found)s, and "
                "hashes.json says %(stated)s.",
                file=name,
                found=digest,
                stated=stated.text(name)[:80],
            )
    for name in sorted(files):
        if name != "hashes.json" and name not in stated.value:
            raise Differs("hashes.json says nothing of %(file)s.", file=name)
    fields.within("merkle")
    return fields.value


def _require_file(files: Mapping[str, bytes], name: str) -> None:
    if name not in files:
        raise UnreadableFile("This is not a whole bundle: %(name)s is missing.", name=name[:60])


def _read(files: Mapping[str, bytes], hashes: Mapping[str, Any]) -> Bundle:
    election = read.parse_json(files["election.json"], "election.json")
    fields = read.Fields(election, "election.json")
    few = fields.text("published") == "totals"
    _require_file(files, "totals.csv" if few else "ballots.json")
    ballots = {} if few else read.ballots(files["ballots.json"])
    vote = read.vote(election, ballots, read.codes(files["receipts.csv"]))
    return Bundle(
        files,
        election,
        vote,
        hashes["files"],
        hashes["merkle"],
        fields.number("ballots"),
        few,
    )


def _require_known_files(bundle: Bundle) -> None:
    """Refuse a file that is never published with such a vote."""
    own = ["totals.csv"] if bundle.few else ["ballots.json", *table_names(bundle.vote.method)]
    for name in sorted(set(bundle.files) - {*ALWAYS, PRINTED, *own}):
        raise Differs("%(file)s is no part of the bundle of such a vote.", file=name)


def _election(bundle: Bundle) -> list[str]:
    expected = json_files.election_json(bundle.vote)
    if bundle.few:
        expected |= {"ballots": bundle.cast, "published": "totals"}
    compare("election.json", bundle.election, expected)
    if bundle.few and bundle.cast >= FEW and not bundle.vote.joins_hands:
        raise Differs("election.json publishes totals only, and there are ballots enough.")
    return []


def _ballots(bundle: Bundle) -> list[str]:
    if bundle.few:
        return []
    vote = bundle.vote
    for text, count in vote.ballots.items():
        if not count:
            raise Differs("In ballots.json the ballot “%(text)s” stands 0 times.", text=text[:80])
        fault = contents.fault(text, vote)
        if fault:
            raise Differs(
                "In ballots.json the ballot “%(text)s” %(fault)s.", text=text[:80], fault=fault
            )
    _same(bundle, "ballots.json", ballots_json(vote.ballots))
    for name, rows in tables(write.table_head(vote), vote.ballots).items():
        _require_file(bundle.files, name)
        _same(bundle, name, rows)
    return [f"Ballots: {vote.cast}, the same in each of the files that hold them."]


def _same(bundle: Bundle, name: str, rows: Iterable[str]) -> None:
    """Compare a file with what the others give, row by row."""
    theirs, at = bundle.files[name], 0
    for row in rows:
        ours = row.encode()
        if not theirs.startswith(ours, at):
            pairs = zip(theirs[at : at + len(ours)], ours, strict=False)
            raise _differs(name, theirs, at + sum(1 for _ in takewhile(_alike, pairs)))
        at += len(ours)
    if at != len(theirs):
        raise _differs(name, theirs, at)


def _alike(pair: tuple[int, int]) -> bool:
    return pair[0] == pair[1]


def _differs(name: str, theirs: bytes, at: int) -> Differs:
    return Differs(
        "%(file)s is not what the other files give: line %(line)s differs.",
        file=name,
        line=str(theirs.count(b"\n", 0, at) + 1),
    )


def _receipts(bundle: Bundle) -> list[str]:
    codes = bundle.vote.receipts
    if turnout_check.withholds_receipts(bundle.vote):
        _same(bundle, "receipts.csv", receipts_csv(()))
        why = "their number would tell how many voted in a way that very few used"
        return [f"Receipts: not listed, because {why}."]
    for before, after in pairwise(codes):
        if before == after:
            raise Differs("In receipts.csv the code %(code)s is twice.", code=before[:40])
    _same(bundle, "receipts.csv", receipts_csv(codes))
    least, most = turnout_check.receipts(bundle.vote.turnout)
    if not least <= len(codes) <= most:
        raise Differs(
            "receipts.csv has %(codes)s codes, and %(least)s ballots came by account and card.",
            codes=str(len(codes)),
            least=str(least) if least == most else f"{least} to {most}",
        )
    return [f"Receipts: {len(codes)}, no code twice, as many as ballots by account and card."]


def _merkle(bundle: Bundle) -> list[str]:
    vote = bundle.vote
    left_out = turnout_check.withholds_receipts(vote)
    # Earlier versions stated the root of an empty list where the codes are left out.
    unstated = left_out and bundle.merkle.get("receipts") is None
    roots = {
        "ballots": None if bundle.few else root(contents.leaves(vote.ballots)),
        "receipts": None if unstated else root(write.receipt_leaves(vote.receipts)),
    }
    compare("hashes.json", bundle.merkle, roots, "merkle")
    kept = {"files": {name: bundle.hashes[name] for name in sorted(bundle.hashes)}, "merkle": roots}
    _same(bundle, "hashes.json", _json(kept))
    told = roots | ({"receipts": None} if left_out else {})
    return [f"Merkle root of the {name}: {each}" for name, each in told.items() if each]


def _json(value: Any) -> list[str]:
    return [json_files.json_bytes(value).decode()]


def _turnout(bundle: Bundle) -> list[str]:
    voters = turnout_check.check(bundle.vote, bundle.cast)
    lines = [f"Turnout: {voters} of {bundle.vote.roll.count}, and it adds up."]
    if bundle.vote.spoilt is None:
        lines.append("Papers that nobody can read are in no number: very few voted on paper.")
    return lines


def _result(bundle: Bundle) -> list[str]:
    content = read.parse_json(bundle.files["result.json"], "result.json")
    if bundle.few:
        return totals_only.check(bundle.vote, bundle.cast, content, bundle.files["totals.csv"])
    progress = bundle.watch(bundle.vote.budget or 0) if bundle.watch else None
    count = write.count_vote(bundle.vote, progress)
    compare("result.json", content, json_files.result_json(count, few=False))
    _same(bundle, "result.json", _json(content))
    sentence = report.chosen_line(bundle.vote, write.decide_vote(bundle.vote, count))
    return [f"Counted again by {count.rule}: the result is the same. {sentence}"]


def _ties(bundle: Bundle) -> list[str]:
    content = read.parse_json(bundle.files["result.json"], "result.json")
    return report.undrawn_lines(bundle.vote, read.Fields(content, "result.json"))


def _act(bundle: Bundle) -> list[str]:
    content = read.parse_json(bundle.files["act.json"], "act.json")
    result = read.parse_json(bundle.files["result.json"], "result.json")
    compare("act.json", content, json_files.act_json(bundle.election, result, bundle.merkle))
    _same(bundle, "act.json", _json(content))
    _same(bundle, "election.json", _json(bundle.election))
    return ["The act says what the other files say."]


def _packed(data: bytes, files: Mapping[str, bytes]) -> list[str]:
    """Check the zip itself: packed as published, or packed again whole by another program."""
    ours = pack(files)
    if data == ours:
        return []
    if len(data) == len(ours):
        differing = (n for n, pair in enumerate(zip(data, ours, strict=True)) if pair[0] != pair[1])
        places = list(islice(differing, FEW_BYTES))
        if len(places) < FEW_BYTES:
            raise Differs(
                "The zip is not the one published, though its files are: byte %(at)s differs.",
                at=str(places[0]),
            )
    return ["The files are those published, packed again by another program."]


STEPS: tuple[Callable[[Bundle], list[str]], ...] = (
    _election,
    _ballots,
    _receipts,
    _turnout,
    _merkle,
    _result,
    _ties,
    _act,
)
