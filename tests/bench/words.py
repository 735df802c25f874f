"""Texts of proposals: from a file, or made of plain Spanish."""

import csv
import random
from pathlib import Path

_DOING = ("Reparar", "Limpiar", "Construir", "Techar", "Alumbrar", "Cercar", "Pintar", "Sembrar")
_WHAT = ("el tanque", "la vereda", "el parque", "la escuela", "el puente", "la parada", "el pozo")
_WHERE = ("de la parte alta", "junto a la iglesia", "detrás de la escuela", "a orillas del río")
_WHY = (
    "El agua llega solo de noche y sale color chocolate cuando llueve.",
    "Los niños cruzan por ahí todos los días y ya hubo dos caídas.",
    "Cuando crece la quebrada nadie puede pasar hasta el día siguiente.",
    "La comunidad pone la mano de obra si alguien pone los materiales.",
    "Hace dos años se prometió y todavía estamos esperando.",
    "Somos unas sesenta casas y la más cercana queda a diez minutos.",
)


def texts(file: Path | None, *, seed: int = 7, most: int = 10_000) -> list[tuple[str, str]]:
    """Return pairs of title and description, the same for the same seed.

    Args:
        file: a CSV with columns ``title`` and ``description``; None to make the texts up.
        seed: of the texts made up.
        most: how many at most.
    """
    if file is not None:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = [(row["title"][:140], row["description"]) for row in csv.DictReader(lines)]
        return rows[:most]
    chance = random.Random(seed)  # noqa: S311  # texts, not secrets
    return [
        (
            " ".join(chance.choice(part) for part in (_DOING, _WHAT, _WHERE)),
            " ".join(chance.choice(_WHY) for _ in range(chance.randint(2, 9))),
        )
        for _ in range(2000)
    ]
