"""Finding a browser, and serving the site to it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from tests.requirement import lacks

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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
INSTALL = "apt-get install -y --no-install-recommends chromium"


def browser_path() -> str:
    """Return the path of a browser; as root on Debian, install one where there is none."""
    named = os.environ.get("LABAPP_TEST_BROWSER")
    if named:
        return named
    there = next(filter(None, map(shutil.which, NAMES)), None)
    if there is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "-qq", "update"], check=False, stdin=subprocess.DEVNULL)
        subprocess.run(INSTALL.split(), check=False, stdin=subprocess.DEVNULL)
        there = shutil.which("chromium")
    return there or lacks("browser", f"install one with: {INSTALL}")


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
            server.wait(timeout=20)


def _wait(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=30):  # noqa: S310  # loopback
                return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError(f"the site did not start:\n{log.read_text()}")
