"""The ballots as they are published: JSON, CSV, Pabulib and PrefLib, a line at a time."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from labapp.counting.ballot_text import key
from labapp.counting.bundle.published_vote import PublishedOption
from labapp.counting.method import Method

#: What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@")
#: What stands before, between and behind the ballots in JSON.
FIRST, BETWEEN, LAST = '{"ballots": [\n', ",\n", "\n]}\n"


@dataclass(frozen=True, slots=True)
class TableHead:
    """What the tables need of a vote besides its ballots; ``given`` has every option of the rule.

    The other attributes are those of ``PublishedVote``.
    """

    lab: str
    question: str
    method: Method
    given: Mapping[str, str]
    options: Sequence[PublishedOption]
    seats: int
    most: int
    scale: int | None
    budget: int | None
    opened_on: str
    closed_on: str


def table_names(method: Method) -> tuple[str, str]:
    """Return the names of the files that ``tables`` gives of a vote by this method."""
    return "ballots.csv", "ballots.soi" if method.ranks else "ballots.pb"


def tables(head: TableHead, ballots: Mapping[str, int]) -> dict[str, Iterator[str]]:
    """Return the files, by name, each a line at a time."""
    if head.method.ranks:
        return {"ballots.csv": _ranked_csv(head, ballots), "ballots.soi": _preflib(head, ballots)}
    return {"ballots.csv": _wide_csv(head, ballots), "ballots.pb": _pabulib(head, ballots)}


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


def totals_csv(options: Sequence[PublishedOption], totals: Mapping[str, int | str]) -> bytes:
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


def _wide_csv(head: TableHead, ballots: Mapping[str, int]) -> Iterator[str]:
    """Write a column for each option: 1 where it is marked, or its points."""
    yield from _written([["count", *(_safe(option.label) for option in head.options)]])
    none = ["0"] * len(head.options)
    for text in sorted(ballots):
        cells = none.copy()
        for position, worth in _worth(head.method, text):
            cells[int(position) - 1] = worth
        yield f"{ballots[text]},{','.join(cells)}\n"


def _worth(method: Method, text: str) -> list[tuple[str, str]]:
    """Return the positions that a ballot names with what each is given, as they are written."""
    if not method.gives_points:
        return [(position, "1") for position in text.split()]
    pairs = (word.partition(":") for word in text.split())
    return [(position, worth) for position, _, worth in pairs]


def _ranked_csv(head: TableHead, ballots: Mapping[str, int]) -> Iterator[str]:
    """Write a column for each rank, as ``labapp count`` reads them."""
    labels = {str(n): _safe(option.label) for n, option in enumerate(head.options, 1)}
    ranks = max([1, *(len(text.split()) for text in ballots)])
    yield from _written([["count", *(f"choice{n}" for n in range(1, ranks + 1))]])
    yield from _written(_ranked(ballots, labels, ranks))


def _ranked(
    ballots: Mapping[str, int], labels: Mapping[str, str], ranks: int
) -> Iterator[list[object]]:
    for text in sorted(ballots):
        named = [labels[option] for option in text.split()]
        yield [ballots[text], *named, *["undervote"] * (ranks - len(named))]


def _preflib(head: TableHead, ballots: Mapping[str, int]) -> Iterator[str]:
    """Write the rankings; the format has no blank ballots, so their number is in a comment."""
    ranked = {text: n for text, n in ballots.items() if text}
    lines = [
        ("FILE NAME", "ballots.soi"),
        ("TITLE", _line(head.question)),
        ("DESCRIPTION", _line(head.lab)),
        ("DATA TYPE", "soi"),
        ("PUBLICATION DATE", head.closed_on),
        ("NUMBER ALTERNATIVES", str(len(head.options))),
        ("NUMBER VOTERS", str(sum(ranked.values()))),
        ("NUMBER UNIQUE ORDERS", str(len(ranked))),
        ("NUMBER BLANK", str(ballots.get("", 0))),
        *((f"ALTERNATIVE NAME {n}", _line(o.label)) for n, o in enumerate(head.options, 1)),
    ]
    for name, value in lines:
        yield f"# {name}: {value}\n"
    for text in sorted(ranked, key=lambda text: (-ranked[text], text)):
        yield f"{ranked[text]}: {', '.join(text.split())}\n"


def _pabulib(head: TableHead, ballots: Mapping[str, int]) -> Iterator[str]:
    """Write the marks or points; where there is no budget each option costs 1 of ``seats``."""
    rows: list[list[object]] = [["META"], ["key", "value"]]
    rows.extend([name, _line(value)] for name, value in _meta(head, ballots))
    rows += [["PROJECTS"], ["project_id", "cost", "name"]]
    for option in head.options:
        cost = 1 if head.budget is None else option.cost or 0
        rows.append([option.key, cost, _line(option.label)])
    pointed = head.method.gives_points
    rows += [["VOTES"], ["voter_id", "vote", *(["points"] if pointed else [])]]
    yield from _written(rows, ";")
    keys = {str(n): key(n) for n in range(1, len(head.options) + 1)}
    voter = 1
    for text in sorted(ballots):
        given = _worth(head.method, text)
        rest = ";" + ",".join([keys[position] for position, _ in given])
        if pointed:
            rest += ";" + ",".join([worth for _, worth in given])
        for number in range(voter, voter + ballots[text]):
            yield f"{number}{rest}\n"
        voter += ballots[text]


def _meta(head: TableHead, ballots: Mapping[str, int]) -> list[tuple[str, str]]:
    own = {name: value for name, value in sorted(head.given.items()) if name != "seed"}
    known = (name for name, given in head.method.pabulib.items() if given == own)
    name = next(known, head.method.name)
    stated = own if name == head.method.name else {}
    budget = head.seats if head.budget is None else head.budget
    seed = head.given.get("seed", "")
    pairs = [
        ("description", head.question),
        ("country", "Panama"),
        ("unit", head.lab),
        ("instance", head.closed_on[:4]),
        ("num_projects", str(len(head.options))),
        ("num_votes", str(sum(ballots.values()))),
        ("budget", str(budget)),
        ("vote_type", head.method.vote_type),
        ("rule", name),
        ("date_begin", _dotted(head.opened_on)),
        ("date_end", _dotted(head.closed_on)),
        ("language", "es"),
        *((f"option_{key}", value) for key, value in stated.items()),
    ]
    if seed:
        pairs.append(("option_seed", seed))
    if head.budget is None:
        pairs.append(("comment", "#1: There is no money here: each option costs 1 seat."))
    return [*pairs, *_limits(head)]


def _limits(head: TableHead) -> list[tuple[str, str]]:
    most = head.scale if head.method.gives_points else head.most
    return [] if most is None else [(head.method.limit, str(most))]


def _dotted(day: str) -> str:
    """Return 2026-11-22 as Pabulib writes it, 22.11.2026."""
    return ".".join(reversed(day.split("-")))
