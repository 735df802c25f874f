"""Votes of every rule, invented and random, fit to be published."""

import io
import json
import random
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from labapp.counting.bundle.archive import pack
from labapp.counting.bundle.published_vote import (
    PublishedOption,
    PublishedReconciliation,
    PublishedVote,
    RaisedHands,
    Roll,
)
from labapp.counting.bundle.write import files, hashes
from labapp.counting.methods import METHODS

LABELS = ("Reparar el tanque", "Cercar la toma", "=Cloro; «dos» veces", 'Tubería "alta", 600 m')
COSTS = (4800, 1950, 1200, 9400)
OPENED = datetime(2026, 8, 10, 12, tzinfo=UTC)
CLOSED = datetime(2026, 8, 17, 23, tzinfo=UTC)


def vote(
    rule: str, ballots: dict[str, int], *, seats: int = 2, hands: RaisedHands | None = None
) -> PublishedVote:
    """Return a vote in which nine came by account and the others on paper."""
    cast = sum(ballots.values())
    by_account = min(9, cast)
    people = hands.people if hands else 0
    return PublishedVote(
        lab="San Martín",
        question="¿Qué hacemos primero por el agua?",
        rule=rule,
        parameters={},
        options=tuple(
            PublishedOption(f"p{n}", label, cost if METHODS[rule].has_budget else None)
            for n, (label, cost) in enumerate(zip(LABELS, COSTS, strict=True), 1)
        ),
        seats=seats,
        most=1 if rule == "plurality" else 4,
        scale=9 if METHODS[rule].gives_points else None,
        budget=7000 if METHODS[rule].has_budget else None,
        roll=Roll(cast + people + 10, "ab" * 32),
        turnout={"account": by_account, "paper": cast - by_account + 1, "hands": people},
        ballots=ballots,
        spoilt=1,
        hands=hands,
        receipts=tuple(f"K{n * 7919 % 10000:04}" for n in range(by_account)),
        reconciled={
            "paper": PublishedReconciliation(60, cast - by_account + 1, 59 - cast + by_account, 0)
        },
        tie_rule="La lotería nacional del miércoles",
        seed="4821",
        quorum=20,
        opened_at=OPENED,
        closed_at=CLOSED,
        witnesses=("la presidenta del acueducto", "un vecino"),
        differences=("Una papeleta se escribió dos veces y se corrigió.",),
    )


def large(cast: int, options: int = 40) -> PublishedVote:
    """Return an approval vote by account, of up to eight marks, in which most ballots differ."""
    chance = random.Random(4821)  # noqa: S311  # a draw for a test
    marks = Counter(
        " ".join(map(str, sorted(chance.sample(range(1, options + 1), chance.randint(0, 8)))))
        for _ in range(cast)
    )
    return replace(
        vote("approval", dict(marks)),
        options=tuple(
            PublishedOption(f"p{n}", f"Option number {n}") for n in range(1, options + 1)
        ),
        most=8,
        receipts=tuple(f"{n * 7_919_777:012X}" for n in range(cast)),
        turnout={"account": cast, "paper": 1},
        reconciled={},
    )


def ballot(rule: str) -> st.SearchStrategy[str]:
    """Draw what one ballot holds."""
    keys = ("1", "2", "3", "4")
    if METHODS[rule].ranks:
        return st.permutations(keys).flatmap(
            lambda order: st.integers(0, 4).map(lambda cut: " ".join(order[:cut]))
        )
    if METHODS[rule].gives_points:
        top = 2 if rule == "points" else 9
        return st.fixed_dictionaries(dict.fromkeys(keys, st.integers(0, top))).map(
            lambda given: " ".join(f"{key}:{n}" for key, n in sorted(given.items()) if n)
        )
    return st.sets(st.sampled_from(keys), max_size=1 if rule == "plurality" else 4).map(
        lambda marks: " ".join(sorted(marks))
    )


def votes(rule: str) -> st.SearchStrategy[PublishedVote]:
    """Draw a vote with twenty ballots or more."""
    few = st.dictionaries(ballot(rule), st.integers(1, 12), min_size=1, max_size=6)
    return few.map(lambda ballots: vote(rule, _enough(ballots)))


def few(rule: str) -> st.SearchStrategy[PublishedVote]:
    """Draw a vote with fewer than twenty ballots, perhaps none."""
    ballots = st.dictionaries(ballot(rule), st.integers(1, 4), max_size=4)
    return ballots.map(lambda held: vote(rule, held))


def _enough(ballots: dict[str, int]) -> dict[str, int]:
    lacking = 20 - sum(ballots.values())
    first = next(iter(ballots))
    return {**ballots, first: ballots[first] + max(lacking, 0)}


ANY = st.sampled_from(sorted(METHODS)).flatmap(votes)
HALL = vote("approval", {"1": 9, "1 2": 8, "1 3": 6, "2 3 4": 4, "": 1})
WITH_HANDS = vote(
    "approval", dict(HALL.ballots), hands=RaisedHands(30, {"p1": 3, "p4": 28}, ("A", "B"))
)
SMALL = replace(HALL, ballots={"1": 6, "2 3": 5, "": 1}, turnout={"account": 9, "paper": 4})


def again(parts: dict[str, bytes]) -> bytes:
    """Pack files as any program would."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)
    return packed.getvalue()


def parts(of: PublishedVote) -> dict[str, bytes]:
    """Return the files of a vote, with an act that somebody printed."""
    return files(of, b"%PDF-1.7 act")


def forged(held: PublishedVote, name: str, content: bytes) -> bytes:
    """Change a file and the hash of it, as one would who knows how bundles are made."""
    found = parts(held) | {name: content}
    merkle = json.loads(found.pop("hashes.json"))["merkle"]
    return pack({**found, "hashes.json": hashes(found, merkle)})
