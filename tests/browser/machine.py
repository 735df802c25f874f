"""Finding a browser, and serving the site to it."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from tests.requirement import lacks

#: The first draws pages alone, with no windows around them, at half the work.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: Seconds; a machine that does much else is slow.
PATIENCE = 60
INSTALL = "apt-get install -y --no-install-recommends chromium-headless-shell"


def browser_path() -> str:
    """Return the path of a browser; as root on Debian, install one where there is none."""
    named = os.environ.get("LABAPP_TEST_BROWSER")
    if named:
        return named
    return _found() or _installed() or lacks("browser", f"install one with: {INSTALL}")


def _found() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _installed() -> str | None:
    """Install a browser, once for all the processes that look for one."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    with (Path(tempfile.gettempdir()) / "labapp-browser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _found():
            subprocess.run(["apt-get", "-qq", "update"], check=False, stdin=subprocess.DEVNULL)
            subprocess.run(INSTALL.split(), check=False, stdin=subprocess.DEVNULL)
    return _found()


@contextmanager
def served(settings: Mapping[str, str], log: Path) -> Iterator[str]:
    """Serve the application with gunicorn on a free loopback port; give its address.

    Args:
        settings: the ``LABAPP_*`` variables of the site.
        log: the file that keeps what the server says.
    """
    with socket.create_server(("127.0.0.1", 0)) as door, log.open("wb") as said:
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "labapp.factory:create_app()"),
                *("--bind", f"fd://{door.fileno()}", "--threads", "4"),
            ],
            env={**os.environ, **settings},
            pass_fds=[door.fileno()],
            stdout=said,
            stderr=said,
        )
        try:
            _wait(url, server, log)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


def _wait(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=PATIENCE):  # noqa: S310  # loopback
                return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError(f"the site did not start:\n{log.read_text()}")
