"""Bundles published by earlier versions, byte for byte, are still found right."""

from pathlib import Path

import pytest

from labapp.counting.bundle.verify import check

#: Each was made by the program as it was, and never again since.
EARLIER = sorted((Path(__file__).parent / "earlier").glob("*.zip"))


@pytest.mark.parametrize("path", EARLIER, ids=lambda path: path.stem)
def test_a_bundle_of_an_earlier_version_agrees(path: Path) -> None:
    lines = check(path.read_bytes())

    assert any("the result is the same" in line or "only totals" in line for line in lines)


def test_receipts_left_out_by_an_earlier_version_are_said_to_be() -> None:
    withheld = next(path for path in EARLIER if path.stem == "withheld")

    lines = check(withheld.read_bytes())

    assert any(line.startswith("Receipts: not listed, because") for line in lines)
    assert not any("root of the receipts" in line for line in lines)
