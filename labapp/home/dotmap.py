"""Draw the country as dots: one a corregimiento, filled where a lab is, a ring where it may be."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from markupsafe import Markup

WIDTH, HEIGHT = 620, 270
#: Degrees: the country with a margin.
_WEST, _EAST, _SOUTH, _NORTH = -83.1, -77.1, 7.15, 9.7

#: How many figures the code of a corregimiento has (PPDDCC), or of a comarca that ranks as one.
_SMALLEST = 6

Dot = tuple[str, str, float | None, float | None]


def locate(places: Iterable[Dot]) -> list[Dot]:
    """Return the places, a larger one in the middle of the corregimientos that lie in it.

    Code, name, longitude and latitude of each; a code begins with those of the places around it.
    One in which no corregimiento lies stays without longitude and latitude.
    """
    known, within = list(places), defaultdict[str, list[tuple[float, float]]](list)
    for code, _name, longitude, latitude in known:
        if longitude is not None and latitude is not None:
            for size in (2, 4, _SMALLEST):
                within[code[:size]].append((longitude, latitude))
    return [(code, name, *_middle(within.get(code, ()))) for code, name, *_point in known]


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, float] | tuple[None, None]:
    if not points:
        return None, None
    return sum(east for east, _ in points) / len(points), sum(up for _, up in points) / len(points)


def without_dot(places: Iterable[Dot], codes: Collection[str]) -> list[str]:
    """Return the names of those among ``codes`` that have no dot."""
    return [name for code, name, longitude, _latitude in places if code in codes and not longitude]


def draw_dots(dots: Iterable[Dot], *, known: Collection[str], maybe: Collection[str]) -> Markup:
    """Return the circles of a map: every corregimiento, and the larger places where a lab is.

    Those with a lab come last, so that no other dot covers them.
    """
    plain, marked = [], []
    for code, name, longitude, latitude in dots:
        if longitude is None or latitude is None:
            continue
        x = round((longitude - _WEST) / (_EAST - _WEST) * WIDTH)
        y = round((_NORTH - latitude) / (_NORTH - _SOUTH) * HEIGHT)
        if code in known:
            marked.append(_CALLED.format(x, y, "lab", name))
        elif code in maybe:
            marked.append(_CALLED.format(x, y, "maybe", name))
        elif len(code) == _SMALLEST:
            plain.append(f'<circle cx="{x}" cy="{y}" r="1.7"/>')
    return Markup("").join([Markup("".join(plain)), *marked])  # noqa: S704  (numbers alone)


_CALLED = Markup('<circle cx="{}" cy="{}" r="5" class="{}"><title>{}</title></circle>')
