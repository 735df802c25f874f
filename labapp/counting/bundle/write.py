"""Publishing a vote: its count, its Merkle roots, its files, and the zip that holds them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from labapp.counting.bundle import contents, json_files, turnout_check
from labapp.counting.bundle.archive import pack
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.bundle.tables import TableHead, ballots_json, receipts_csv, tables, totals_csv
from labapp.counting.count import count_election
from labapp.counting.merkle import root
from labapp.counting.outcome import Count
from labapp.counting.parameters import Progress
from labapp.counting.without_lot import stop_undrawn


@dataclass(frozen=True, slots=True)
class Roots:
    """Merkle roots in hexadecimal.

    Of few ballots there is none: whoever knows the totals would find, by trying, which ballots
    give the root. Of codes left out there is none either: whoever holds the only one, or all of
    them, would know the root, and with it that nobody else came that way.
    """

    ballots: str | None
    receipts: str | None


def count_vote(vote: PublishedVote, progress: Progress | None = None) -> Count:
    """Count the vote, raised hands included.

    Args:
        vote: the vote.
        progress: told of each step of a completion; see ``equal_shares.completion``.

    Raises:
        Uncountable: a parameter is not one of the rule's.
    """
    return count_election(
        contents.election(vote),
        vote.rule,
        json_files.count_options(vote),
        raised=vote.raised,
        progress=progress,
    )


def decide_vote(vote: PublishedVote, count: Count | None = None) -> Count:
    """Return the count as it is told: a draw is held only where the minimum was reached.

    Below it nothing waits for a draw, and the lots of an empty seed decide nothing.

    Args:
        vote: the vote.
        count: its count, where it is known.
    """
    count = count or count_vote(vote)
    return stop_undrawn(count) if vote.undrawn else count


def roots(vote: PublishedVote) -> Roots:
    """Return the Merkle roots of the ballots and of the receipts, each sorted."""
    ballots = None if vote.few else root(contents.leaves(vote.ballots))
    receipts = (
        None if turnout_check.withholds_receipts(vote) else root(receipt_leaves(vote.receipts))
    )
    return Roots(ballots, receipts)


def receipt_leaves(codes: tuple[str, ...]) -> list[bytes]:
    """Return one leaf for each code, sorted."""
    return [code.encode() for code in sorted(codes)]


def act(vote: PublishedVote) -> dict[str, Any]:
    """Return the act of the count as plain values, as ``act.json`` has it."""
    result = json_files.result_json(count_vote(vote), few=vote.few)
    return json_files.act_json(json_files.election_json(vote), result, asdict(roots(vote)))


def files(vote: PublishedVote, pdf: bytes | None = None) -> dict[str, bytes]:
    """Return the files of the bundle, by name; ``pdf`` is the act as it was printed."""
    count = count_vote(vote)
    result = json_files.result_json(count, few=vote.few)
    election = json_files.election_json(vote)
    merkle = asdict(roots(vote))
    made = {
        "election.json": json_files.json_bytes(election),
        "receipts.csv": _whole(receipts_csv(vote.receipts)),
        "result.json": json_files.json_bytes(result),
        "act.json": json_files.json_bytes(json_files.act_json(election, result, merkle)),
    }
    if vote.few:
        totals = json_files.totals(count, contents.election(vote))
        made["totals.csv"] = totals_csv(vote.options, totals)
    else:
        made["ballots.json"] = _whole(ballots_json(vote.ballots))
        made |= {n: _whole(rows) for n, rows in tables(table_head(vote), vote.ballots).items()}
    if pdf is not None:
        made["act.pdf"] = pdf
    return {**made, "hashes.json": hashes(made, merkle)}


def table_head(vote: PublishedVote) -> TableHead:
    """Return what the tables say of a vote."""
    return TableHead(
        vote.lab,
        vote.question,
        vote.method,
        json_files.count_options(vote),
        vote.options,
        vote.seats,
        vote.most,
        vote.scale,
        vote.budget,
        vote.opened_at.date().isoformat(),
        vote.closed_at.date().isoformat(),
    )


def _whole(rows: Iterable[str]) -> bytes:
    return "".join(rows).encode()


def hashes(found: Mapping[str, bytes], merkle: Mapping[str, Any]) -> bytes:
    """Return ``hashes.json``: the SHA-256 of each other file, and the Merkle roots."""
    stated = {name: sha256(found[name]).hexdigest() for name in sorted(found)}
    return json_files.json_bytes({"files": stated, "merkle": dict(merkle)})


def publish(vote: PublishedVote, pdf: bytes | None = None) -> bytes:
    """Return the bundle of a vote, the same bytes each time."""
    return pack(files(vote, pdf))
