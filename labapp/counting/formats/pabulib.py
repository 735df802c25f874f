"""Pabulib's ``.pb``: the metadata, the projects and the votes of a participatory budget.

Source: Faliszewski, Flis, Peters, Pierczyński, Skowron, Stolicki, Szufa & Talmon, "Participatory
budgeting: data, tools and analysis", IJCAI 2023; the format is described at pabulib.org/format.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, BinaryIO

from labapp.counting.election import Election, Marks
from labapp.counting.formats.distinct_ballots import Urn
from labapp.counting.formats.fields import BadFile, amount, option_name, quote
from labapp.counting.formats.lines import MOST_OPTIONS, rows
from labapp.counting.formats.pabulib_points import Scale, ballot_points
from labapp.counting.outcome import Amount, Points, Rank, Ranking

SECTIONS = ("META", "PROJECTS", "VOTES")
#: Lines of META; the format knows some sixty.
MOST_LINES = 500
VOTE_TYPES = ("approval", "choose-1", "cumulative", "scoring", "ordinal")


@dataclass(slots=True)
class _Paper:
    """What was read before the votes."""

    said: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    costs: dict[str, Amount] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        """Return the words on the paper, or the ids when the words are missing or repeated."""
        words = [self.titles.get(option, "") for option in self.costs]
        if all(words) and len(set(words)) == len(words):
            return dict(self.titles)
        return {option: option for option in self.costs}


@dataclass(frozen=True, slots=True)
class VoterRow:
    """One row of the votes: its fields by column."""

    line: int
    fields: dict[str, str]


def read(stream: BinaryIO) -> Election:
    """Read a whole file.

    Raises:
        BadFile: with the line.
    """
    paper, voters = open_file(stream)
    election = Election(
        tuple(paper.costs),
        paper.names,
        costs=dict(paper.costs),
        budget=_budget(paper),
        said=paper.said,
        said_at=paper.lines,
    )
    kind = paper.said["vote_type"]
    most = 1 if kind == "choose-1" else _most(paper, "max_length")
    urn: Urn[Any] = Urn()
    written: Callable[[VoterRow, list[str]], Any]
    if kind in ("cumulative", "scoring"):
        election.points = urn.ballots
        written = partial(_pointed, scale=_scale(paper), urn=urn)
    elif kind == "ordinal":
        election.rankings = urn.ballots
        ranks = {option: frozenset((option,)) for option in paper.costs}
        written = partial(_ranked, ranks=ranks)
    else:
        election.marks = marks = Marks(election.options)
        urn = Urn(marks.counts)
        written = partial(_marked, marks=marks)
    for voter in voters:
        election.ballots += 1
        chosen = _chosen(voter, paper, most)
        urn.put(written(voter, chosen), voter.line, len(chosen))
    election.remarks = [
        *_remarks(paper, "num_projects", "projects", len(paper.costs)),
        *_remarks(paper, "num_votes", "votes", election.ballots),
    ]
    return election


def _remarks(paper: _Paper, key: str, what: str, found: int) -> Iterator[str]:
    """Say where META counts the rows of a section otherwise: some may have been lost."""
    stated = paper.said.get(key, "")
    if stated and stated != str(found):
        yield (
            f"Line {paper.lines[key]}: the {key} is {quote(stated)}, and the file has "
            f"{found} {what}."
        )


def open_file(stream: BinaryIO) -> tuple[_Paper, Iterator[VoterRow]]:
    """Read up to the votes; return what was read and the votes, still to be read."""
    paper = _Paper()
    table = rows(stream, delimiter=";")
    line, row = next(table, (1, [""]))
    if not _is_section(row, "META"):
        raise BadFile(line, "the file does not begin with the section META")
    line, row = _meta(table, paper, line)
    if not _is_section(row, "PROJECTS"):
        raise BadFile(line, "the section PROJECTS is missing")
    _whole(paper, line)
    line, row = _projects(table, paper, line)
    if not _is_section(row, "VOTES"):
        raise BadFile(line, "the section VOTES is missing")
    return paper, _voters(table, line)


def _whole(paper: _Paper, end: int) -> None:
    """Refuse a META, which ends at a line, that lacks what every count needs."""
    for key in ("budget", "vote_type"):
        if not paper.said.get(key):
            raise BadFile(paper.lines.get(key, end), f"the section META does not say the {key}")
    kind = paper.said["vote_type"]
    if kind not in VOTE_TYPES:
        raise BadFile(paper.lines["vote_type"], f"the vote_type {quote(kind)} is not known")
    _budget(paper)


def _is_section(row: list[str], name: str | None = None) -> bool:
    word = row[0].strip().upper()
    return word in SECTIONS and not any(row[1:]) and name in (None, word)


def _meta(table: Iterator[tuple[int, list[str]]], paper: _Paper, end: int) -> tuple[int, list[str]]:
    for place, (line, row) in enumerate(table):
        end = line
        if _is_section(row):
            return line, row
        if not place and [field.strip().lower() for field in row] == ["key", "value"]:
            continue
        if place > MOST_LINES:  # its heading besides
            raise BadFile(line, "the section META has too many lines")
        if len(row) < 2:
            raise BadFile(line, "a line of META is not a key and a value")
        paper.said[row[0].strip()] = ";".join(row[1:]).strip()
        paper.lines[row[0].strip()] = line
    return end, [""]


def _projects(
    table: Iterator[tuple[int, list[str]]], paper: _Paper, line: int
) -> tuple[int, list[str]]:
    line, row = next(table, (line, [""]))
    heading = [name.strip() for name in row]
    if "project_id" not in heading or "cost" not in heading:
        raise BadFile(line, "the projects have no columns project_id and cost")
    for line, row in table:
        if _is_section(row):
            return line, row
        if row[0].strip() == "voter_id":
            raise BadFile(line, "the section VOTES is missing")
        if len(row) > len(heading):
            raise BadFile(line, "the project has more fields than there are columns")
        _project(dict(zip(heading, row, strict=False)), paper, line)
    return line, [""]


def _project(said: dict[str, str], paper: _Paper, line: int) -> None:
    option = option_name(said.get("project_id", ""), line)
    if not option:
        raise BadFile(line, "the project has no project_id")
    if option in paper.costs:
        raise BadFile(line, f"the project {quote(option)} is there twice")
    if len(paper.costs) >= MOST_OPTIONS:
        raise BadFile(line, f"there are more than {MOST_OPTIONS} projects")
    paper.costs[option] = amount(
        said.get("cost", ""), line, f"the cost of the project {quote(option)}"
    )
    paper.titles[option] = option_name(said.get("name", ""), line)


def _voters(table: Iterator[tuple[int, list[str]]], line: int) -> Iterator[VoterRow]:
    line, row = next(table, (line, [""]))
    heading = [name.strip() for name in row]
    if "vote" not in heading:
        raise BadFile(line, "the votes have no column vote")
    for line, row in table:
        if len(row) > len(heading):
            raise BadFile(line, "the vote has more fields than there are columns")
        yield VoterRow(line, dict(zip(heading, row, strict=False)))


def _chosen(voter: VoterRow, paper: _Paper, most: int | None) -> list[str]:
    text = voter.fields.get("vote", "")
    chosen = [each.strip() for each in text.split(",")] if text.strip() else []
    for option in chosen:
        if option not in paper.costs:
            raise BadFile(
                voter.line, f"the vote names the project {quote(option)}, which is not in PROJECTS"
            )
    if len(set(chosen)) != len(chosen):
        raise BadFile(voter.line, "the vote names a project twice")
    if most is not None and len(chosen) > most:
        raise BadFile(voter.line, f"the vote names {len(chosen)} projects, and {most} is the most")
    return chosen


def _pointed(voter: VoterRow, chosen: list[str], scale: Scale, urn: Urn[Any]) -> Points[str]:
    return ballot_points(chosen, voter.fields.get("points", ""), voter.line, scale, urn)


def _scale(paper: _Paper) -> Scale:
    """Return what the file says of points; only those of ``scoring`` may be negative."""
    scoring = paper.said["vote_type"] == "scoring"
    default = (_limit(paper, "default_score", signed=True) or 0) if scoring else 0
    return Scale(
        scoring,
        _limit(paper, "min_points", signed=True) if scoring else None,
        _limit(paper, "max_points", signed=scoring),
        _limit(paper, "max_sum_points"),
        {option: (option, default) for option in paper.costs} if default else {},
    )


def _marked(_voter: VoterRow, chosen: list[str], marks: Marks) -> str:
    return marks.text(chosen)


def _ranked(_voter: VoterRow, chosen: list[str], ranks: Mapping[str, Rank[str]]) -> Ranking[str]:
    return tuple(ranks[option] for option in chosen)


def _budget(paper: _Paper) -> Amount:
    text = paper.said["budget"].replace(" ", "")
    return amount(text, paper.lines["budget"], "the budget in META")


def _limit(paper: _Paper, key: str, *, signed: bool = False) -> Amount | None:
    text = paper.said.get(key)
    if not text:
        return None
    return amount(text, paper.lines[key], f"the {key} in META", signed=signed)


def _most(paper: _Paper, key: str) -> int | None:
    limit = _limit(paper, key)
    return None if limit is None else int(limit)
