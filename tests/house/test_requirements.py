"""The locks hold what the project asks for, each with its hash."""

import re
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement

from tests.house.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN: list[str] = PROJECT["project"]["dependencies"]
TEST: list[str] = PROJECT["dependency-groups"]["dev"]
MEND = "lock again as CONTRIBUTING.md says"


def named(requirement: str) -> str:
    """Return a package's name as an index writes it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]).lower()


@pytest.mark.parametrize(
    ("lock", "asked"), [("requirements.txt", RUN), ("requirements-dev.txt", RUN + TEST)]
)
def test_a_lock_holds_all_that_is_asked_for_with_hashes(lock: str, asked: list[str]) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = [line for line in text.splitlines() if line[:1].isalpha()]

    assert {named(each) for each in asked} <= {named(line) for line in pinned}, MEND
    assert all("==" in line and line.endswith("\\") for line in pinned), MEND


def test_what_tests_run_on_is_what_runs() -> None:
    locks = [
        (ROOT / lock).read_text("utf-8") for lock in ("requirements.txt", "requirements-dev.txt")
    ]
    run, test = (set(re.findall(r"^([a-z][^ ]*==[^ ]+)", text, re.MULTILINE)) for text in locks)

    assert run - test == set(), MEND


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_what_a_package_asks_with_an_extra_is_locked_with_that_extra(lock: str) -> None:
    """pip takes the newest of `x[extra]`, which has no hash here, where only `x` is pinned."""
    pinned = {
        each.name: each
        for line in (ROOT / lock).read_text(encoding="utf-8").splitlines()
        if line[:1].isalpha()
        for each in [Requirement(line.removesuffix("\\").strip())]
    }
    installed = {named(each.name): each for each in metadata.distributions()}

    for name in pinned.keys() & installed.keys():
        for asked in map(Requirement, installed[name].requires or []):
            if asked.extras and (asked.marker is None or asked.marker.evaluate({"extra": ""})):
                assert asked.extras <= pinned[named(asked.name)].extras, f"{name}: {asked}: {MEND}"
