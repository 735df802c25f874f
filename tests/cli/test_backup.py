"""Backup and restore: whatever one saved the other brings back, on either database."""

import json
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from labapp.accounts.models import Person
from labapp.cli.backup import backup, restore
from labapp.db import db
from labapp.domain.policy import Act, Role
from labapp.labs.models import Lab
from labapp.record import queries as record
from labapp.record.acting import Acting
from labapp.territory import service as territory
from tests.make import NOW, Make


@pytest.fixture
def runner(app: Flask, make: Make) -> FlaskCliRunner:
    """A site with places, two labs that know one another, a file and a record."""
    territory.import_places()
    earlier, lab = make.lab(), make.lab()
    lab.earlier_lab_id = earlier.id
    actor = make.actor(lab, Role.FACILITATOR)
    Acting(lab, actor, NOW).record(Act.LAB_MOVE, reason="Ñürüm, «sí»")
    db.session.commit()
    kept = Path(app.config["INSTANCE"]) / "files" / "ab" / "abc"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(b"a photo")
    return app.test_cli_runner()


def content(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in sorted(archive.namelist())}


def test_what_was_saved_comes_back_whole(
    app: Flask, runner: FlaskCliRunner, tmp_path: Path
) -> None:
    first, second = tmp_path / "one.zip", tmp_path / "two.zip"
    assert runner.invoke(backup, [str(first)]).exit_code == 0
    (Path(app.config["INSTANCE"]) / "files" / "ab" / "abc").unlink()

    answer = runner.invoke(restore, ["--force", str(first)])

    assert answer.exit_code == 0, answer.output
    assert runner.invoke(backup, [str(second)]).exit_code == 0
    assert content(first) == content(second)
    assert list(record.faults()) == []
    with pytest.raises(DBAPIError, match="only grows"):
        db.session.execute(text("DELETE FROM entry"))
    db.session.rollback()
    db.session.add(Person(name="After", created_at=NOW))
    db.session.commit()


def test_a_restore_overwrites_nothing_unless_told(runner: FlaskCliRunner, tmp_path: Path) -> None:
    file = tmp_path / "one.zip"
    runner.invoke(backup, [str(file)])

    answer = runner.invoke(restore, [str(file)])

    assert answer.exit_code == 1
    assert "--force" in answer.output
    assert db.session.scalar(select(func.count()).select_from(Lab)) == 2


@pytest.mark.parametrize("harm", ["cut", "row lost", "table lost", "not a zip"])
def test_a_damaged_backup_changes_nothing(
    runner: FlaskCliRunner, tmp_path: Path, harm: str
) -> None:
    file = tmp_path / "one.zip"
    runner.invoke(backup, [str(file)])
    whole = content(file)
    if harm == "cut":
        file.write_bytes(file.read_bytes()[:2000])
    elif harm == "not a zip":
        file.write_text("hello")
    else:
        whole["tables/lab.jsonl"] = b"\n".join(whole["tables/lab.jsonl"].splitlines()[:1])
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in whole.items():
                if harm != "table lost" or name != "tables/place.jsonl":
                    archive.writestr(name, data)

    answer = runner.invoke(restore, ["--force", str(file)])

    assert answer.exit_code == 1
    assert "not a whole backup" in answer.output
    assert db.session.scalar(select(func.count()).select_from(Lab)) == 2


def test_a_backup_of_another_version_is_refused(runner: FlaskCliRunner, tmp_path: Path) -> None:
    file = tmp_path / "one.zip"
    runner.invoke(backup, [str(file)])
    whole = content(file)
    manifest = json.loads(whole["manifest.json"]) | {"revision": "0000"}
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in whole.items():
            archive.writestr(name, data if name != "manifest.json" else json.dumps(manifest))

    answer = runner.invoke(restore, ["--force", str(file)])

    assert answer.exit_code == 1
    assert "the version that made it" in answer.output


def test_a_backup_never_overwrites_a_file(runner: FlaskCliRunner, tmp_path: Path) -> None:
    file = tmp_path / "one.zip"
    file.write_text("mine")

    answer = runner.invoke(backup, [str(file)])

    assert answer.exit_code == 1
    assert file.read_text() == "mine"
