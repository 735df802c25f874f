"""What may be said in public of who attended: counts in which nobody can be found."""

from collections.abc import Mapping

from labapp.sessions.models import Sector

#: Fewer than this of a sector are counted with the others: three of an entity have names.
SMALLEST = 5


def public(counts: Mapping[Sector, int]) -> dict[Sector, int]:
    """Return the counts by sector fit to be published; their sum stays the same.

    The community always stands apart. Of the rest, a sector of fewer than five people is counted
    with the others; and if the others are still fewer than five, so is the smallest of the rest.
    """
    rest: dict[Sector, int] = {
        s: n for s, n in counts.items() if n and s not in (Sector.COMMUNITY, Sector.OTHER)
    }
    others = counts.get(Sector.OTHER, 0)
    for sector in sorted(rest, key=lambda s: (rest[s], s)):
        if rest[sector] < SMALLEST or 0 < others < SMALLEST:
            others += rest.pop(sector)
    shown = {Sector.COMMUNITY: counts.get(Sector.COMMUNITY, 0), **rest, Sector.OTHER: others}
    return {sector: shown[sector] for sector in Sector if shown.get(sector)}
