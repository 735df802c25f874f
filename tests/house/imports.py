"""Who imports whom: circles at every depth, and the order of the furniture in a room."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypeAlias

import grimp

#: From what knows nothing of the rest of its room to what may know it all; a row's may not meet.
FURNITURE_ORDER = (
    ("models",),
    ("queries",),
    ("service",),
    ("forms", "documents"),
    ("tasks",),
    ("views",),
    ("room",),
)

#: Of each part of a package, the parts that it imports, each with the imports that do it.
Arrows: TypeAlias = Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]]


@cache
def graph() -> grimp.ImportGraph:
    """Return every import of the house, those inside functions too."""
    return grimp.build_graph("labapp", cache_dir=None)


def packages(house: grimp.ImportGraph) -> list[str]:
    """Return the packages at every depth, outermost first."""
    return sorted(each for each in house.modules if house.find_children(each))


def arrows(house: grimp.ImportGraph, package: str) -> Arrows:
    """Return which parts of a package import which.

    A part is a module, a package with all that is in it, or the package's own ``__init__``: one
    that hands on the names of its modules may be imported from outside, not by them.
    """
    part_of = {package: f"{package}.__init__"}
    for child in house.find_children(package):
        part_of |= dict.fromkeys({child} | house.find_descendants(child), child)
    found: dict[str, dict[str, tuple[tuple[str, str], ...]]] = defaultdict(dict)
    for importer, part in sorted(part_of.items()):
        for imported in sorted(house.find_modules_directly_imported_by(importer)):
            other = part_of.get(imported, part)
            if other != part:
                found[part][other] = (*found[part].get(other, ()), (importer, imported))
    return found


def circles(parts: Arrows) -> Iterator[list[str]]:
    """Give circles of parts, a shortest one through each part that stands in any; each once."""
    known = set()
    for start in sorted(parts):
        circle = _way(parts, start)
        if circle and frozenset(circle) not in known:
            known.add(frozenset(circle))
            yield circle


def _way(parts: Arrows, start: str) -> list[str]:
    """Return the shortest way from a part back to itself; empty where there is none."""
    ways, reached = [[start]], {start}
    while ways:
        longer = []
        for way in ways:
            for following in sorted(parts.get(way[-1], {})):
                if following == start:
                    return way
                if following not in reached:
                    reached.add(following)
                    longer.append([*way, following])
        ways = longer
    return []


def circle_faults(house: grimp.ImportGraph) -> Iterator[str]:
    """Name each circle with an import for each of its steps, and the step easiest to undo."""
    for package in packages(house):
        parts = arrows(house, package)
        for circle in circles(parts):
            steps = [parts[a][b] for a, b in zip(circle, [*circle[1:], circle[0]], strict=True)]
            importer, imported = min(steps, key=len)[0]
            yield (
                f"{package}: "
                + "; ".join(_line(house, *step[0]) for step in steps)
                + (f". Move what {importer} needs of {imported} into a module that knows neither")
            )


def order_faults(house: grimp.ImportGraph) -> Iterator[str]:
    """Name each piece of furniture that imports what comes after it in its room, or beside it."""
    rank = {piece: at for at, row in enumerate(FURNITURE_ORDER) for piece in row}
    for room in sorted(house.find_children("labapp")):
        for part, others in sorted(arrows(house, room).items()):
            for other, steps in sorted(others.items()):
                piece, known = (each.rpartition(".")[2] for each in (part, other))
                if piece in rank and known in rank and rank[known] >= rank[piece]:
                    yield (
                        f"{_line(house, *steps[0])}: in a room {known} may know {piece}, never "
                        f"the reverse; move what both need lower, or into a pure module"
                    )


def _line(house: grimp.ImportGraph, importer: str, imported: str) -> str:
    """Return an import as people look for it: who, on which line, whom."""
    details = house.get_import_details(importer=importer, imported=imported)
    return f"{importer}:{details[0]['line_number'] if details else '?'} imports {imported}"
