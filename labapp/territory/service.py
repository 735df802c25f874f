"""Write places: read the census table, again whenever it changes."""

import csv
from pathlib import Path

from sqlalchemy import select

from labapp.db import db
from labapp.domain.errors import Conflict, mark
from labapp.domain.folding import fold
from labapp.territory.models import Level, Place

DATA = Path(__file__).parents[1] / "data"
TERRITORIES = DATA / "territories.csv"
CENTROIDS = DATA / "corregimiento_centroids.csv"
#: How the table says that a district is one only on paper: Guna Yala has none.
_PSEUDO = "pseudo-distrito"


def import_places(territories: Path = TERRITORIES, centroids: Path = CENTROIDS) -> int:
    """Add and correct places; doing it again changes nothing, and none is ever removed.

    Args:
        territories: CSV with ``code, level, name, parent_code, source``; INEC's census table.
        centroids: CSV with ``code, lon, lat, population_2023``; INEC's cartography.

    Returns:
        How many places the table names. Flushed, not committed.

    Raises:
        Conflict: the table cannot be read.
    """
    rows = _rows(territories, {"code", "level", "name", "parent_code", "source"})
    dots = {row["code"]: row for row in _rows(centroids, {"code", "lon", "lat"})}
    paper = {row["code"]: row["parent_code"] for row in rows if _PSEUDO in row["source"]}
    known = {place.code: place for place in db.session.scalars(select(Place).order_by(Place.code))}
    real = [row for row in rows if row["code"] not in paper]
    try:
        for row in sorted(real, key=lambda row: len(row["code"])):
            parent = paper.get(row["parent_code"], row["parent_code"])
            _set(known, row, parent or None, dots.get(row["code"], {}))
            if len(row["code"]) < 6:
                db.session.flush()
    except (KeyError, ValueError) as fault:
        raise Conflict(mark("This is not a table of places.")) from fault
    db.session.flush()
    return len(real)


def _set(
    known: dict[str, Place], row: dict[str, str], parent: str | None, dot: dict[str, str]
) -> None:
    place = known.get(row["code"])
    if place is None:
        place = known[row["code"]] = Place(code=row["code"])
        db.session.add(place)
    place.level, place.name, place.parent_code = Level(row["level"]), row["name"], parent
    place.folded = fold(row["name"])
    if dot:
        place.longitude, place.latitude = float(dot["lon"]), float(dot["lat"])
        place.population = int(dot.get("population_2023") or 0) or None


def _rows(path: Path, columns: set[str]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if not columns <= set(reader.fieldnames or ()):
                raise Conflict(mark("This is not a table of places."))
            return list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise Conflict(mark("This is not a table of places.")) from fault
