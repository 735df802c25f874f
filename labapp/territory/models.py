"""Place: a province, comarca, district or corregimiento, by its census code."""

from enum import StrEnum

from sqlalchemy import Float, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from labapp.db import Base, Line
from labapp.domain.errors import mark


class Level(StrEnum):
    """Levels of the census table."""

    PROVINCE = "province"
    COMARCA = "comarca"
    DISTRICT = "district"
    CORREGIMIENTO = "corregimiento"

    @property
    def label(self) -> str:
        """The words for this level, for gettext."""
        return LABELS[self]


LABELS: dict[Level, str] = {
    Level.PROVINCE: mark("province"),
    Level.COMARCA: mark("comarca"),
    Level.DISTRICT: mark("district"),
    Level.CORREGIMIENTO: mark("corregimiento"),
}


class Place(Base):
    """One place of Panama."""

    __tablename__ = "place"

    #: INEC 2023: PP, PPDD or PPDDCC, always text.
    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    level: Mapped[Level]
    name: Mapped[Line]
    #: The name without marks, in lower case: what a search compares.
    folded: Mapped[str] = mapped_column(String(200), index=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"), index=True)
    #: Degrees, three decimals, for the dot map alone: the one use of a float here.
    longitude: Mapped[float | None] = mapped_column(Float)
    latitude: Mapped[float | None] = mapped_column(Float)
    population: Mapped[int | None]
