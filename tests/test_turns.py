"""Who writes to SQLite waits its turn, and is woken as soon as it comes."""

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from labapp.db import Turns

ROUNDS = 60
#: Seconds; looking again every tenth of a second would take longer than this for each.
SOON = 0.02
#: Seconds; a machine that does much else is slow.
PATIENCE = 60


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Make a database with one number in it."""
    path = tmp_path / "turns.sqlite3"
    with sqlite3.connect(path) as link:
        link.execute("PRAGMA journal_mode=WAL")
        link.execute("CREATE TABLE total (n INTEGER)")
        link.execute("INSERT INTO total VALUES (0)")
    link.close()
    return path


def _open(path: Path) -> Turns:
    link = sqlite3.connect(path, factory=Turns, isolation_level=None, check_same_thread=False)
    link.execute("PRAGMA busy_timeout=200")
    return link


def _add(path: Path) -> None:
    link = _open(path)
    for _ in range(ROUNDS):
        link.take_turn()
        link.execute("BEGIN IMMEDIATE")
        link.execute("UPDATE total SET n = n + 1")
        link.commit()
    link.close()


def test_many_writers_lose_nothing_and_none_finds_it_locked(file: Path) -> None:
    with ThreadPoolExecutor(8) as writers:
        for done in [writers.submit(_add, file) for _ in range(8)]:
            done.result()

    with sqlite3.connect(file) as link:
        assert link.execute("SELECT n FROM total").fetchone() == (8 * ROUNDS,)
    link.close()


@pytest.mark.parametrize("end", [Turns.commit, Turns.rollback, Turns.close])
def test_the_next_writes_when_the_turn_ends_however_it_ends(file: Path, end: object) -> None:
    first, second = _open(file), _open(file)
    first.take_turn()
    first.execute("BEGIN IMMEDIATE")
    written = threading.Event()

    def write() -> None:
        second.take_turn()
        second.execute("BEGIN IMMEDIATE")
        second.commit()
        written.set()

    waiting = threading.Thread(target=write)
    waiting.start()
    time.sleep(SOON)
    assert not written.is_set()
    end(first)  # type: ignore[operator]  # one of three methods

    assert written.wait(PATIENCE)
    waiting.join()
    second.close()
    first.close()


def test_a_program_that_knows_no_turns_is_still_waited_for(file: Path) -> None:
    stranger, ours = sqlite3.connect(file, isolation_level=None), _open(file)
    stranger.execute("BEGIN IMMEDIATE")
    ours.take_turn()

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        ours.execute("BEGIN IMMEDIATE")

    stranger.close()
    ours.close()
