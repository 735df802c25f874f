"""The commands as somebody types them: bad arguments are one sentence and not zero."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def labapp(tmp_path: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LABAPP_")}
    environment |= {"LABAPP_INSTANCE": str(tmp_path), "LABAPP_SECRET_KEY": "long and random"}
    return subprocess.run(  # noqa: S603  # our own interpreter and module
        [sys.executable, "-m", "labapp", *words],
        env=environment | settings,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("serve", "--port", "99999"),
        ("serve", "--port", "here"),
        ("backup",),
        ("restore", "/no/such/file.zip"),
        ("places", "import", "/no/such/file.csv"),
        ("record", "forget"),
    ],
    ids=" ".join,
)
def test_bad_arguments_are_one_sentence_and_not_zero(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    answer = labapp(tmp_path, *words)

    assert answer.returncode != 0
    assert len(answer.stderr.strip().splitlines()) == 1
    assert "Traceback" not in answer.stderr


def test_production_refuses_the_default_secret_and_says_what_to_do(tmp_path: Path) -> None:
    answer = labapp(tmp_path, "serve", LABAPP_SECRET_KEY="dev")

    assert answer.returncode == 2
    assert "LABAPP_SECRET_KEY" in answer.stderr


@pytest.mark.parametrize(
    "words",
    [("serve",), ("record", "verify"), ("counters", "check"), ("backup", "a.zip")],
    ids=" ".join,
)
def test_an_empty_database_is_said_to_be_empty(tmp_path: Path, words: tuple[str, ...]) -> None:
    answer = labapp(tmp_path, *words)

    assert answer.returncode == 2
    assert answer.stderr == "The database is empty. To make it, run: labapp init\n"


@pytest.mark.parametrize("url", ["nonsense", "postgresql://nobody@127.0.0.1:1/nothing"])
def test_a_database_that_cannot_be_used_is_one_sentence(tmp_path: Path, url: str) -> None:
    answer = labapp(tmp_path, "record", "verify", LABAPP_DATABASE_URL=url)

    assert answer.returncode == 2
    assert answer.stderr.startswith("The database cannot be used: ")
    assert answer.stderr.count("\n") == 1


def test_production_refuses_debug(tmp_path: Path) -> None:
    answer = labapp(tmp_path, "serve", FLASK_DEBUG="1")

    assert answer.returncode == 2
    assert "debug" in answer.stderr


def test_production_refuses_a_database_behind_its_migrations(tmp_path: Path) -> None:
    labapp(tmp_path, "db", "upgrade", "0001")

    answer = labapp(tmp_path, "serve")

    assert answer.returncode == 2
    assert "labapp db upgrade" in answer.stderr


def test_a_new_instance_has_its_places_an_administrator_and_a_whole_record(
    tmp_path: Path,
) -> None:
    first = labapp(tmp_path, "init", "--username", "admin", "--name", "Admin")
    again = labapp(tmp_path, "init", "--username", "admin", "--name", "Admin")

    assert first.returncode == 0, first.stderr
    assert "password" in first.stdout
    assert again.returncode == 1
    assert labapp(tmp_path, "record", "verify").returncode == 0
    assert labapp(tmp_path, "counters", "check").returncode == 0
