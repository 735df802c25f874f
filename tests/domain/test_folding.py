"""Names without their marks, and the addresses made of them."""

import pytest

from labapp.domain.folding import LONGEST, fold, slug

PLAN = "5.º Plan de Acción Nacional de Gobierno Abierto 2023-2025"


@pytest.mark.parametrize(
    ("name", "folded"), [("Ñürüm", "nurum"), ("SAN MARTÍN", "san martin"), ("Tjër Di", "tjer di")]
)
def test_a_search_needs_no_marks(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_a_printed_address_is_not_cut_inside_a_word() -> None:
    assert slug(PLAN) == "5-o-plan-de-accion-nacional-de-gobierno-abierto-2023-2025"
    assert slug(f"{PLAN} y más").endswith("-2023-2025")


def test_a_name_taken_is_numbered_and_fits_its_column() -> None:
    first = slug("x" * 80)

    assert len(first) == LONGEST
    assert slug("x" * 80, {first}) == f"{first}-2"
    assert slug(PLAN, longest=20) == "5-o-plan-de-accion"
