"""``labapp verify``: 0 when all agrees, 1 with the first difference, 2 for what cannot be read."""

from pathlib import Path

import pytest

from labapp.cli import files
from labapp.counting.bundle.write import publish
from labapp.counting.errors import UnreadableFile
from tests.cli.test_commands import labapp
from tests.counting.bundle.votes import HALL, again, parts


def test_a_bundle_as_published_is_right_on_a_machine_that_has_nothing(tmp_path: Path) -> None:
    (tmp_path / "agua.zip").write_bytes(publish(HALL, b"%PDF"))

    answer = labapp(tmp_path, "verify", str(tmp_path / "agua.zip"), LABAPP_SECRET_KEY="")

    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines()[-1] == "All agrees."
    assert "Chosen: Reparar el tanque; Cercar la toma." in answer.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["agua.zip"]


def test_the_first_difference_is_named_with_status_1(tmp_path: Path) -> None:
    found = parts(HALL)
    found["result.json"] = found["result.json"].replace(b'"ballots": 28', b'"ballots": 29')
    (tmp_path / "agua.zip").write_bytes(again(found))

    answer = labapp(tmp_path, "verify", str(tmp_path / "agua.zip"))

    assert answer.returncode == 1
    assert answer.stdout.startswith("DIFFERENT. result.json is not the file that was published")
    assert len(answer.stdout.splitlines()) == 1


@pytest.mark.parametrize("content", [b"", b"PK" * 3000, again({"../x.json": b"{}"})])
def test_what_cannot_be_read_is_one_sentence_with_status_2(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "agua.zip").write_bytes(content)

    answer = labapp(tmp_path, "verify", str(tmp_path / "agua.zip"))

    assert answer.returncode == 2
    assert len(answer.stderr.strip().splitlines()) == 1
    assert not answer.stdout


def test_a_bundle_that_is_not_there_is_one_sentence_with_status_2(tmp_path: Path) -> None:
    answer = labapp(tmp_path, "verify", str(tmp_path / "agua.zip"))

    assert answer.returncode == 2
    assert len(answer.stderr.strip().splitlines()) == 1


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "agua.zip").open("wb") as file:
        file.truncate(200 * 1024 * 1024)

    answer = labapp(tmp_path, "verify", str(tmp_path / "agua.zip"))

    assert answer.returncode == 2
    assert "too large to be a bundle" in answer.stderr


def test_a_file_that_grows_without_end_is_read_no_further_than_a_bundle(tmp_path: Path) -> None:
    path = tmp_path / "agua.zip"
    path.write_bytes(b"PK" * 100)

    with pytest.raises(UnreadableFile, match=r"agua\.zip is too large"):
        files.content(path, 199, "%(name)s is too large.")
    # It says that it has no bytes, and has some.
    with pytest.raises(UnreadableFile, match="maps is too large"):
        files.content(Path("/proc/self/maps"), 10, "%(name)s is too large.")


def test_a_file_that_the_machine_cannot_read_is_one_sentence(tmp_path: Path) -> None:
    answer = labapp(tmp_path, "verify", "/proc/self/mem")

    assert answer.returncode == 2
    assert answer.stderr == "Reading or writing failed: Input/output error.\n"
