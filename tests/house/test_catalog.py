"""Everything said to people has its Spanish, and the compiled catalog is the written one."""

from tests.house import catalog

MEND = "; run: python -m tests.house.catalog"


def test_every_sentence_has_its_spanish() -> None:
    lacking = [m.id for m in catalog.missing(catalog.said(), catalog.spanish())]

    assert not lacking, f"no Spanish for {lacking}{MEND}"


def test_the_written_catalog_holds_only_what_is_said_in_order() -> None:
    expected = catalog.po_text(catalog.updated(catalog.said(), catalog.spanish()))

    assert catalog.PO.read_bytes() == expected, f"messages.po is out of date{MEND}"


def test_the_compiled_catalog_is_the_written_one() -> None:
    expected = catalog.mo_bytes(catalog.PO.read_bytes())

    assert catalog.MO.read_bytes() == expected, f"messages.mo is out of date{MEND}"
