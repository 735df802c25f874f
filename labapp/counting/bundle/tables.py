"""The ballots as they are published: JSON, CSV, Pabulib and PrefLib, a line at a time."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from labapp.counting.bundle.contents import key, points, positions
from labapp.counting.bundle.published_vote import POINTED, RANKED, Choice

#: What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@")
#: What stands before, between and behind the ballots in JSON.
FIRST, BETWEEN, LAST = '{"ballots": [\n', ",\n", "\n]}\n"
#: Rule and options -> Pabulib's own name for them (pabulib.org/format).
PABULIB = {
    ("greedy", ()): "greedy",
    ("greedy-stop", ()): "greedy-no-skip",
    ("equal-shares", ()): "equalshares",
    ("equal-shares", (("completion", "exhaustive"), ("fill", "votes"))): "equalshares/add1",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """What the tables need of a vote besides its ballots; ``given`` has every option of the rule.

    The other attributes are those of ``Vote``.
    """

    lab: str
    question: str
    rule: str
    given: Mapping[str, str]
    options: Sequence[Choice]
    seats: int
    most: int
    scale: int | None
    budget: int | None
    opened_on: str
    closed_on: str


def table_names(rule: str) -> tuple[str, str]:
    """Return the names of the files that ``tables`` gives of a vote by this rule."""
    return "ballots.csv", "ballots.soi" if rule in RANKED else "ballots.pb"


def tables(paper: Paper, ballots: Mapping[str, int]) -> dict[str, Iterator[str]]:
    """Return the files, by name, each a line at a time."""
    if paper.rule in RANKED:
        return {"ballots.csv": _ranked_csv(paper, ballots), "ballots.soi": _preflib(paper, ballots)}
    return {"ballots.csv": _wide_csv(paper, ballots), "ballots.pb": _pabulib(paper, ballots)}


def ballots_json(ballots: Mapping[str, int]) -> Iterator[str]:
    """Yield the ballots, equal ones together, a line each in the order of what they hold."""
    before = FIRST
    for text in sorted(ballots):
        yield f'{before}{{"ballot": "{text}", "count": {ballots[text]}}}'
        before = BETWEEN
    yield LAST if ballots else FIRST + LAST


def receipts_csv(codes: Iterable[str]) -> Iterator[str]:
    """Yield the codes, sorted, one a line."""
    return _written([["code"], *([code] for code in sorted(codes))])


def totals_csv(options: Sequence[Choice], totals: Mapping[str, int | str]) -> bytes:
    """Return the total of each option."""
    rows = [[o.key, _safe(o.label), totals[o.key]] for o in options]
    return "".join(_written([["option", "label", "total"], *rows])).encode()


class _Echo:
    """Hand back each row that is written, so that no table is held whole."""

    def write(self, text: str) -> str:
        return text


def _written(rows: Iterable[Iterable[object]], delimiter: str = ",") -> Iterator[str]:
    return map(csv.writer(_Echo(), delimiter=delimiter, lineterminator="\n").writerow, rows)


def _safe(label: str) -> str:
    """Return a label in one line that no spreadsheet takes for a formula."""
    line = _line(label)
    return f"'{line}" if line.startswith(FORMULA) else line


def _line(text: str) -> str:
    return " ".join(text.split())


def _wide_csv(paper: Paper, ballots: Mapping[str, int]) -> Iterator[str]:
    """Write a column for each option: 1 where it is marked, or its points."""
    yield from _written([["count", *(_safe(option.label) for option in paper.options)]])
    none = ["0"] * len(paper.options)
    for text in sorted(ballots):
        cells = none.copy()
        for position, worth in _worth(paper.rule, text):
            cells[int(position) - 1] = str(worth)
        yield f"{ballots[text]},{','.join(cells)}\n"


def _worth(rule: str, text: str) -> list[tuple[str, int]]:
    return points(text) if rule in POINTED else [(position, 1) for position in positions(text)]


def _ranked_csv(paper: Paper, ballots: Mapping[str, int]) -> Iterator[str]:
    """Write a column for each rank, as ``labapp count`` reads them."""
    labels = {str(n): _safe(option.label) for n, option in enumerate(paper.options, 1)}
    ranks = max([1, *(len(positions(text)) for text in ballots)])
    yield from _written([["count", *(f"choice{n}" for n in range(1, ranks + 1))]])
    yield from _written(_ranked(ballots, labels, ranks))


def _ranked(
    ballots: Mapping[str, int], labels: Mapping[str, str], ranks: int
) -> Iterator[list[object]]:
    for text in sorted(ballots):
        named = [labels[option] for option in positions(text)]
        yield [ballots[text], *named, *["undervote"] * (ranks - len(named))]


def _preflib(paper: Paper, ballots: Mapping[str, int]) -> Iterator[str]:
    """Write the rankings; the format has no blank ballots, so their number is in a comment."""
    ranked = {text: n for text, n in ballots.items() if text}
    head = [
        ("FILE NAME", "ballots.soi"),
        ("TITLE", _line(paper.question)),
        ("DESCRIPTION", _line(paper.lab)),
        ("DATA TYPE", "soi"),
        ("PUBLICATION DATE", paper.closed_on),
        ("NUMBER ALTERNATIVES", str(len(paper.options))),
        ("NUMBER VOTERS", str(sum(ranked.values()))),
        ("NUMBER UNIQUE ORDERS", str(len(ranked))),
        ("NUMBER BLANK", str(ballots.get("", 0))),
        *((f"ALTERNATIVE NAME {n}", _line(o.label)) for n, o in enumerate(paper.options, 1)),
    ]
    for name, value in head:
        yield f"# {name}: {value}\n"
    for text in sorted(ranked, key=lambda text: (-ranked[text], text)):
        yield f"{ranked[text]}: {', '.join(positions(text))}\n"


def _pabulib(paper: Paper, ballots: Mapping[str, int]) -> Iterator[str]:
    """Write the marks or points; where there is no budget each option costs 1 of ``seats``."""
    rows: list[list[object]] = [["META"], ["key", "value"]]
    rows.extend([name, _line(value)] for name, value in _meta(paper, ballots))
    rows += [["PROJECTS"], ["project_id", "cost", "name"]]
    for option in paper.options:
        cost = 1 if paper.budget is None else option.cost or 0
        rows.append([option.key, cost, _line(option.label)])
    pointed = paper.rule in POINTED
    rows += [["VOTES"], ["voter_id", "vote", *(["points"] if pointed else [])]]
    yield from _written(rows, ";")
    keys = {str(n): key(n) for n in range(1, len(paper.options) + 1)}
    voter = 1
    for text in sorted(ballots):
        given = _worth(paper.rule, text)
        rest = ";" + ",".join([keys[position] for position, _ in given])
        if pointed:
            rest += ";" + ",".join([str(worth) for _, worth in given])
        for number in range(voter, voter + ballots[text]):
            yield f"{number}{rest}\n"
        voter += ballots[text]


def _meta(paper: Paper, ballots: Mapping[str, int]) -> list[tuple[str, str]]:
    own = tuple(sorted((k, v) for k, v in paper.given.items() if k != "seed"))
    name = PABULIB.get((paper.rule, own), paper.rule)
    stated = own if name == paper.rule else ()
    budget = paper.seats if paper.budget is None else paper.budget
    seed = paper.given.get("seed", "")
    pairs = [
        ("description", paper.question),
        ("country", "Panama"),
        ("unit", paper.lab),
        ("instance", paper.closed_on[:4]),
        ("num_projects", str(len(paper.options))),
        ("num_votes", str(sum(ballots.values()))),
        ("budget", str(budget)),
        ("vote_type", _vote_type(paper)),
        ("rule", name),
        ("date_begin", _dotted(paper.opened_on)),
        ("date_end", _dotted(paper.closed_on)),
        ("language", "es"),
        *((f"option_{key}", value) for key, value in stated),
    ]
    if seed:
        pairs.append(("option_seed", seed))
    if paper.budget is None:
        pairs.append(("comment", "#1: There is no money here: each option costs 1 seat."))
    return [*pairs, *_limits(paper)]


def _vote_type(paper: Paper) -> str:
    if paper.rule in POINTED:
        return "cumulative" if paper.rule == "points" else "scoring"
    return "choose-1" if paper.rule == "plurality" else "approval"


def _limits(paper: Paper) -> list[tuple[str, str]]:
    if paper.rule not in POINTED:
        return [("max_length", str(paper.most))]
    if paper.scale is None:
        return []
    return [("max_sum_points" if paper.rule == "points" else "max_points", str(paper.scale))]


def _dotted(day: str) -> str:
    """Return 2026-11-22 as Pabulib writes it, 22.11.2026."""
    return ".".join(reversed(day.split("-")))
