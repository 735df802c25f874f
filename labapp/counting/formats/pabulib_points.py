"""The points of one ballot, as a ``.pb`` file writes them beside the projects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from labapp.counting.formats.distinct_ballots import APART, Urn
from labapp.counting.formats.fields import BadFile, amount
from labapp.counting.formats.lines import MOST_OPTIONS
from labapp.counting.outcome import Amount, Points

#: A project and its points.
Worth: TypeAlias = tuple[str, Amount]
#: How many of these are read once for all ballots: eleven of each project on the longest paper.
MOST_KNOWN = 11 * MOST_OPTIONS


@dataclass(frozen=True, slots=True)
class Scale:
    """What points a ballot may give.

    Attributes:
        signed: whether they may be negative.
        least: the fewest of one project, if it is said.
        top: the most of one project, if it is said.
        total: the most of all together, if it is said.
        others: what a project that the ballot does not name gets, where it is not 0.
        known: project and points as written -> the same as read, which many ballots share.
    """

    signed: bool
    least: Amount | None
    top: Amount | None
    total: Amount | None
    others: Mapping[str, Worth]
    known: dict[tuple[str, str], Worth] = field(default_factory=dict)


def ballot_points(
    chosen: list[str], text: str, line: int, scale: Scale, urn: Urn[Any]
) -> Points[str]:
    """Return what one ballot gives to each project, in the order of their names.

    Args:
        chosen: the projects that it names.
        text: their points, parted by commas.
        line: where.
        scale: what points there may be.
        urn: told of what this ballot does not share with others.

    Raises:
        BadFile: the points are not one for each project, or not such as there may be.
    """
    worth = text.split(",") if text.strip() else []
    if len(worth) != len(chosen):
        raise BadFile(line, f"the vote names {len(chosen)} projects and gives {len(worth)} points")
    points_given = [
        scale.known.get(each) or _read(*each, line, scale, urn)
        for each in zip(chosen, worth, strict=True)
    ]
    if (
        scale.total is not None
        and (total := sum(points for _, points in points_given)) > scale.total
    ):
        raise BadFile(line, f"the points add up to {total}, and {scale.total} is the most")
    if scale.others:
        named = set(chosen)
        points_given += [each for option, each in scale.others.items() if option not in named]
        urn.weigh(line, len(points_given) - len(chosen))
    return tuple(sorted(points_given))


def _read(option: str, text: str, line: int, scale: Scale, urn: Urn[Any]) -> Worth:
    points = amount(text, line, "the points", signed=scale.signed)
    if scale.top is not None and points > scale.top:
        raise BadFile(line, f"a project is given more than {scale.top} points")
    if scale.least is not None and points < scale.least:
        raise BadFile(line, f"a project is given fewer than {scale.least} points")
    if len(scale.known) < MOST_KNOWN:
        return scale.known.setdefault((option, text), (option, points))
    urn.weigh(line, APART)
    return option, points
