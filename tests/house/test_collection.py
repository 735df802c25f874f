"""The tests are collected alike in every process, or no two could share them."""

import os
import subprocess
import sys
from difflib import unified_diff

from tests.house.tree import ROOT

COLLECT = ("-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "-p", "no:xdist")


def _collecting(seed: str, *places: str) -> "subprocess.Popen[str]":
    """Begin to collect where sets and hashes are in another order."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, *COLLECT, *places],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_tests_are_collected_in_one_order_whatever_the_order_of_sets() -> None:
    with _collecting("1") as one, _collecting("2") as other:
        first, second = (
            [line for line in each.communicate()[0].splitlines() if "::" in line]
            for each in (one, other)
        )

    assert first
    assert list(unified_diff(first, second, n=0, lineterm="")) == [], "sort what comes from a set"
