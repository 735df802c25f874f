"""Read places: by code, by name, with the places they lie in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, case, func, select
from sqlalchemy.orm import aliased

from labapp.db import db
from labapp.domain.folding import fold
from labapp.territory.models import Level, Place


@dataclass(frozen=True, slots=True)
class PlaceChain:
    """A place and the places it lies in, smallest first."""

    places: tuple[Place, ...]

    @property
    def code(self) -> str:
        """The code of the place itself."""
        return self.places[0].code

    @property
    def level(self) -> Level:
        """The level of the place itself."""
        return self.places[0].level

    @property
    def name(self) -> str:
        """The whole name: corregimiento, district, province, so that two are told apart."""
        return ", ".join(place.name for place in self.places)

    @property
    def in_comarca(self) -> bool:
        """Whether it is, or lies in, a comarca."""
        return any(place.level is Level.COMARCA for place in self.places)


def by_code(code: str) -> Place | None:
    """Return the place with this census code."""
    return db.session.get(Place, code)


def chains(codes: Iterable[str]) -> dict[str, PlaceChain]:
    """Return each place known among ``codes`` with what it lies in. One statement.

    A code begins with the codes of the places around it (PP, PPDD, PPDDCC).
    """
    asked = list(dict.fromkeys(codes))
    prefixes = {code[:size] for code in asked for size in (2, 4, 6, 8)}
    places = db.session.scalars(select(Place).where(Place.code.in_(prefixes)).order_by(Place.code))
    known = {place.code: place for place in places}
    return {code: PlaceChain(tuple(_upwards(code, known))) for code in asked if code in known}


def chain(code: str) -> PlaceChain | None:
    """Return a place with what it lies in. One statement."""
    return chains([code]).get(code)


def is_in_comarca(codes: Iterable[str]) -> bool:
    """Tell whether any of these places is, or lies in, a comarca. One statement."""
    return any(chain.in_comarca for chain in chains(codes).values())


def search(text: str, *, limit: int = 20) -> list[PlaceChain]:
    """Return the places that a name may mean, best first: "nurum" finds Ñürüm. One statement.

    Args:
        text: one name, or a name and what it lies in ("san miguel penonome").
        limit: how many at most.
    """
    words = fold(text).replace(",", " ").split()[:6]
    if not words:
        return []
    parent, above = aliased(Place), aliased(Place)
    around = Place.folded + " " + func.coalesce(parent.folded, "")
    around = around + " " + func.coalesce(above.folded, "")
    whole = " ".join(words)
    rank = case(
        (Place.folded == whole, 0),
        (Place.folded.startswith(whole, autoescape=True), 1),
        (Place.folded.contains(whole, autoescape=True), 2),
        else_=3,
    )
    rows = db.session.execute(
        select(Place, parent, above)
        .outerjoin(parent, parent.code == Place.parent_code)
        .outerjoin(above, above.code == parent.parent_code)
        .where(
            Place.folded.contains(words[0], autoescape=True),
            *(around.contains(word, autoescape=True) for word in words[1:]),
        )
        .order_by(rank, Place.folded, Place.code)
        .limit(limit)
    )
    return [PlaceChain(tuple(place for place in row if place is not None)) for row in rows]


def dots() -> Sequence[Row[str, str, float | None, float | None]]:
    """Return code, name, longitude and latitude of every place; larger ones have no own point."""
    return db.session.execute(
        select(Place.code, Place.name, Place.longitude, Place.latitude).order_by(Place.code)
    ).all()


def _upwards(code: str | None, known: dict[str, Place]) -> Iterable[Place]:
    while code is not None and code in known:
        yield known[code]
        code = known[code].parent_code
