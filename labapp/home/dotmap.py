"""Draw the country as dots: one a corregimiento, filled where a lab is, a ring where it may be."""

from collections.abc import Collection, Iterable

from markupsafe import Markup

WIDTH, HEIGHT = 620, 270
#: Degrees: the country with a margin.
_WEST, _EAST, _SOUTH, _NORTH = -83.1, -77.1, 7.15, 9.7

Dot = tuple[str, str, float | None, float | None]


def draw_dots(dots: Iterable[Dot], *, known: Collection[str], maybe: Collection[str]) -> Markup:
    """Return the circles of a map: code, name, longitude and latitude of each place given.

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
        else:
            plain.append(f'<circle cx="{x}" cy="{y}" r="1.7"/>')
    return Markup("").join([Markup("".join(plain)), *marked])  # noqa: S704  (numbers alone)


_CALLED = Markup('<circle cx="{}" cy="{}" r="5" class="{}"><title>{}</title></circle>')
