"""Bundles published by earlier versions, byte for byte, are still found right."""

from pathlib import Path

import pytest

from labapp.domain.bundle.checking import check

#: Each was made by the program as it was, and never again since.
EARLIER = sorted((Path(__file__).parent / "earlier").glob("*.zip"))


@pytest.mark.parametrize("path", EARLIER, ids=lambda path: path.stem)
def test_a_bundle_of_an_earlier_version_agrees(path: Path) -> None:
    lines = check(path.read_bytes())

    assert any("the result is the same" in line or "only totals" in line for line in lines)
