"""The ballots as other programs read them: CSV, Pabulib and PrefLib."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from labapp.domain.bundle.contents import key, points, positions
from labapp.domain.bundle.vote import POINTED, RANKED, Choice

#: What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@")
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


def tables(paper: Paper, ballots: Mapping[str, int]) -> dict[str, bytes]:
    """Return the files, by name."""
    if paper.rule in RANKED:
        return {
            "ballots.csv": _ranked_csv(paper, ballots).encode(),
            "ballots.soi": _preflib(paper, ballots).encode(),
        }
    return {
        "ballots.csv": _wide_csv(paper, ballots).encode(),
        "ballots.pb": _pabulib(paper, ballots).encode(),
    }


def receipts_csv(codes: Iterable[str]) -> bytes:
    """Return the codes, sorted, one a line."""
    return _written([["code"], *([code] for code in sorted(codes))]).encode()


def totals_csv(options: Sequence[Choice], totals: Mapping[str, int | str]) -> bytes:
    """Return the total of each option."""
    rows = [[o.key, _safe(o.label), totals[o.key]] for o in options]
    return _written([["option", "label", "total"], *rows]).encode()


def _written(rows: Iterable[Iterable[object]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _safe(label: str) -> str:
    """Return a label in one line that no spreadsheet takes for a formula."""
    line = _line(label)
    return f"'{line}" if line.startswith(FORMULA) else line


def _line(text: str) -> str:
    return " ".join(text.split())


def _wide_csv(paper: Paper, ballots: Mapping[str, int]) -> str:
    """Write a column for each option: 1 where it is marked, or its points."""
    rows: list[list[object]] = [["count", *(_safe(option.label) for option in paper.options)]]
    for text in sorted(ballots):
        worth = _worth(paper.rule, text)
        rows.append([ballots[text], *(worth.get(str(n), 0) for n in range(1, len(rows[0])))])
    return _written(rows)


def _worth(rule: str, text: str) -> dict[str, int]:
    return dict(points(text)) if rule in POINTED else dict.fromkeys(positions(text), 1)


def _ranked_csv(paper: Paper, ballots: Mapping[str, int]) -> str:
    """Write a column for each rank, as ``labapp count`` reads them."""
    labels = {str(n): _safe(option.label) for n, option in enumerate(paper.options, 1)}
    ranks = max([1, *(len(positions(text)) for text in ballots)])
    rows: list[list[object]] = [["count", *(f"choice{n}" for n in range(1, ranks + 1))]]
    for text in sorted(ballots):
        named = [labels[option] for option in positions(text)]
        rows.append([ballots[text], *named, *["undervote"] * (ranks - len(named))])
    return _written(rows)


def _preflib(paper: Paper, ballots: Mapping[str, int]) -> str:
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
    orders = sorted(ranked, key=lambda text: (-ranked[text], text))
    lines = [f"# {key}: {value}" for key, value in head]
    lines += [f"{ranked[text]}: {', '.join(positions(text))}" for text in orders]
    return "\n".join(lines) + "\n"


def _pabulib(paper: Paper, ballots: Mapping[str, int]) -> str:
    """Write the marks or points; where there is no budget each option costs 1 of ``seats``."""
    told: list[list[object]] = [["key", "value"]]
    told.extend([key, _line(value)] for key, value in _meta(paper, ballots))
    projects: list[list[object]] = [["project_id", "cost", "name"]]
    for option in paper.options:
        cost = 1 if paper.budget is None else option.cost or 0
        projects.append([option.key, cost, _line(option.label)])
    pointed = paper.rule in POINTED
    votes: list[list[object]] = [["voter_id", "vote", *(["points"] if pointed else [])]]
    for text in sorted(ballots):
        given = points(text) if pointed else [(position, 1) for position in positions(text)]
        row = [",".join(key(position) for position, _ in given)]
        if pointed:
            row.append(",".join(str(worth) for _, worth in given))
        last = len(votes)
        votes.extend([last + n, *row] for n in range(ballots[text]))
    sections: list[list[object]] = [["META"], *told, ["PROJECTS"], *projects, ["VOTES"], *votes]
    return _written(sections, ";")


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
