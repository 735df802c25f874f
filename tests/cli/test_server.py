"""The clock runs beside the server: forked from it, begun again when it dies, gone with it."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError

import psutil
import pytest

from tests.bench.site import free_port

#: Seconds; a machine that does much else is slow.
PATIENCE = 60.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[psutil.Process]:
    """``labapp serve`` with one worker, once it answers."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LABAPP_")}
    settings = {
        "LABAPP_INSTANCE": str(tmp_path),
        "LABAPP_SECRET_KEY": "long and random",
        "LABAPP_WORKERS": "1",
    }
    command = [sys.executable, "-m", "labapp"]
    subprocess.run([*command, "db", "upgrade"], env=kept | settings, check=True)  # noqa: S603
    with (
        (tmp_path / "said.log").open("wb") as said,
        subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [*command, "serve", "--port", str(port)],
            env=kept | settings,
            stdout=said,
            stderr=said,
        ) as process,
    ):
        try:
            until(lambda: _answers(port))
            yield psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def until(happens: Callable[[], object]) -> None:
    """Wait for what must happen soon."""
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE) as answer:
            return bool(answer.status == 200)
    except (URLError, TimeoutError):
        return False


def clocks(server: psutil.Process) -> list[psutil.Process]:
    """Return the processes beside the worker: the clock listens to nobody."""
    return [child for child in server.children() if _lives(child) and not _listens(child)]


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _listens(process: psutil.Process) -> bool:
    try:
        found = process.net_connections("inet")
    except psutil.NoSuchProcess:
        return True
    return any(each.status == psutil.CONN_LISTEN for each in found)


def test_one_clock_runs_begins_again_and_ends_with_the_server(server: psutil.Process) -> None:
    until(lambda: len(clocks(server)) == 1)
    first = clocks(server)[0]
    beside = server.children()

    first.kill()
    until(lambda: [each.pid for each in clocks(server)] not in ([], [first.pid]))
    second = clocks(server)

    assert len(second) == 1
    assert set(beside) - {first} <= set(server.children()), "the worker was left alone"
    family = server.children()
    server.terminate()
    until(lambda: not any(map(_lives, family)))


def test_a_site_that_does_not_say_where_it_is_is_told_once_what_it_lacks(
    server: psutil.Process, tmp_path: Path
) -> None:
    until(lambda: len(clocks(server)) == 1)

    said = (tmp_path / "said.log").read_text()

    assert said.count("LABAPP_SITE_URL is not set") == 1
