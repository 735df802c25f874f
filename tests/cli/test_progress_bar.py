"""The line of a long count: on a terminal, after a while, and gone when the count ends."""

import io
import json
from contextlib import redirect_stderr
from dataclasses import replace
from pathlib import Path

import click
import pytest

from labapp.cli import progress_bar
from labapp.cli.count import count
from labapp.cli.verify import verify
from labapp.counting.bundle.write import publish
from tests.counting.bundle.votes import vote

LONG = """META
key;value
budget;1000
vote_type;approval
PROJECTS
project_id;cost
p1;990
p2;700
p3;20
VOTES
voter_id;vote
1;p1
2;p2,p3
3;p2
"""
WORDS = ["--rule", "equal-shares", "--option", "completion=exhaustive", "--json"]


class Terminal(io.StringIO):
    """What a person sees beside the answer."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_bar, "PATIENCE", 0)
    monkeypatch.setattr(progress_bar, "PERIOD", 0)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "barrio.pb"
    path.write_text(LONG, encoding="utf-8")
    return path


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    held = vote("equal-shares", {"1": 12, "2 3": 9, "3": 9})
    path = tmp_path / "agua.zip"
    path.write_bytes(publish(replace(held, parameters={"completion": "exhaustive"})))
    return path


def states(screen: io.StringIO) -> list[str]:
    return [state.strip() for state in screen.getvalue().split("\r") if state.strip()]


def run(screen: io.StringIO, command: click.Command, *words: str) -> None:
    with redirect_stderr(screen):
        command.main([*words], standalone_mode=False)


@pytest.mark.usefixtures("at_once")
def test_a_count_says_how_far_it_has_come_and_leaves_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal()

    run(terminal, count, str(file), *WORDS)

    assert json.loads(capsys.readouterr().out)["winners"] == ["p2", "p3"]
    told = states(terminal)
    assert len(told) > 1
    assert told[-1].startswith("[#################-------] 720 of 1000 spent; raises: ")
    assert terminal.getvalue().endswith("\r" + " " * len(told[-1]) + "\r")
    assert "\n" not in terminal.getvalue()


@pytest.mark.usefixtures("at_once")
def test_a_bundle_that_is_checked_says_it_too(
    bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal()

    run(terminal, verify, str(bundle))

    assert capsys.readouterr().out.splitlines()[-1] == "All agrees."
    assert " of 7000 spent; raises: " in states(terminal)[-1]


@pytest.mark.usefixtures("at_once")
def test_the_line_is_no_longer_than_the_terminal(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setenv("COLUMNS", "40")

    run(terminal, count, str(file), *WORDS)

    assert 30 < max(len(state) for state in states(terminal)) < 40


def test_a_count_that_is_soon_over_says_nothing(file: Path, bundle: Path) -> None:
    terminal = Terminal()

    run(terminal, count, str(file), *WORDS)
    run(terminal, verify, str(bundle))

    assert terminal.getvalue() == ""


@pytest.mark.usefixtures("at_once")
def test_nothing_is_said_where_nobody_looks(file: Path, bundle: Path) -> None:
    kept = io.StringIO()

    run(kept, count, str(file), *WORDS)
    run(kept, verify, str(bundle))

    assert kept.getvalue() == ""


@pytest.mark.usefixtures("at_once")
def test_the_line_goes_away_when_the_count_is_stopped() -> None:
    terminal = Terminal()

    def stopped() -> None:
        with redirect_stderr(terminal), progress_bar.waiting() as line:
            line.of(10)(1, 5)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()

    assert states(terminal) == ["[############------------] 5 of 10 spent; raises: 1"]
    assert terminal.getvalue().endswith(" \r")
