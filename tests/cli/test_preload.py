"""What a server loads before it forks, and what it does without."""

import subprocess
import sys

from flask import Flask, request

from labapp.cli import preload

#: Libraries that only changing tables, the tests or a new password need: 25 MiB in each process.
_HEAVY = {"alembic", "flask_migrate", "holidays", "xlsxwriter", "zxcvbn"}


def test_a_server_loads_no_library_that_it_never_uses() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, labapp.cli.server; print(*sys.modules)"],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    ).stdout.split()

    assert _HEAVY.isdisjoint(loaded)
    assert "labapp.factory" in loaded


def test_one_page_of_each_kind_is_asked_for_before_the_server_forks(
    app: Flask, world: None
) -> None:
    asked: list[str | None] = []
    app.before_request_funcs.setdefault(None, []).append(lambda: asked.append(request.endpoint))

    preload.visit(app)
    app.before_request_funcs[None].pop()

    assert len(asked) == len(set(asked)) > 5
