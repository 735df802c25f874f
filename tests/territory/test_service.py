"""Places are found without their marks, told apart, and read again from the table."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from labapp.db import db
from labapp.domain.errors import Conflict
from labapp.territory import queries, service
from labapp.territory.models import Level, Place
from tests.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def panama(world: None) -> None:
    service.import_places()


def count() -> int:
    return db.session.scalars(select(func.count()).select_from(Place)).one()


def test_reading_the_table_again_changes_nothing(panama: None) -> None:
    before = count()

    service.import_places()

    assert count() == before == 794


def test_nurum_finds_its_place_with_its_marks(panama: None) -> None:
    assert "Ñürüm, Ngäbe-Buglé" in [found.name for found in queries.search("nurum")]


def test_san_martin_finds_san_martin(panama: None) -> None:
    first, *others = queries.search("san martin")

    assert first.name == "San Martín, Panamá, Panamá"
    assert len([found for found in others if "Porres" in found.name]) == 2


def test_two_san_miguel_are_told_apart(panama: None) -> None:
    names = [found.name for found in queries.search("SAN  MIGUEL") if found.name.startswith("San ")]

    assert len(names) >= 3
    assert len(set(names)) == len(names)
    assert queries.search("san miguel penonome")[0].code == "020616"


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "xyzzy", "'; DROP TABLE place;--", "😀"])
def test_what_is_no_name_finds_nothing(panama: None, typed: str) -> None:
    assert queries.search(typed) == []


def test_a_search_runs_one_statement(panama: None, statements: Count) -> None:
    with statements() as run:
        [found.name for found in queries.search("san")]

    assert run.count == 1


def test_the_places_around_many_places_are_read_in_one_statement(
    panama: None, statements: Count
) -> None:
    with statements() as run:
        found = queries.chains(["080818", "020616", "070220", "080201", "999999"])

    assert run.count == 1
    assert [len(chain.places) for chain in found.values()] == [3, 3, 3, 3]


def test_every_place_lies_in_places_whose_code_begins_its_own(panama: None) -> None:
    for place in db.session.scalars(select(Place)):
        assert place.parent_code is None or place.code.startswith(place.parent_code)


def test_guna_yala_has_no_district(panama: None) -> None:
    chain = queries.chain("100101")

    assert chain
    assert chain.name == "Narganá, Guna Yala"
    assert [place.level for place in chain.places] == [Level.CORREGIMIENTO, Level.COMARCA]


@pytest.mark.parametrize(
    ("codes", "inside"),
    [
        (["080818"], False),
        (["080818", "120101"], True),
        (["080507"], True),
        (["0105"], True),
        (["050201"], False),
        ([], False),
    ],
)
def test_a_place_in_a_comarca_is_known(panama: None, codes: list[str], inside: bool) -> None:
    assert queries.is_in_comarca(codes) is inside


def test_the_map_has_a_dot_for_each_corregimiento(panama: None) -> None:
    drawn = [code for code, _name, east, _north in queries.dots() if east is not None]

    assert len(drawn) == 699


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", "code,level,name,parent_code,source\n1,x,y,,z\n"]
)
def test_another_table_is_refused(world: None, tmp_path: Path, text: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text)

    with pytest.raises(Conflict):
        service.import_places(path)


def test_a_table_that_is_not_there_is_refused(world: None, tmp_path: Path) -> None:
    with pytest.raises(Conflict):
        service.import_places(tmp_path / "none.csv")
