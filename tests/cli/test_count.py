"""``labapp count``: the JSON of the published results, and one sentence when it cannot count."""

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from labapp import cli
from labapp.cli.count import count
from labapp.cli.verify import verify
from labapp.counting.errors import Uncountable
from labapp.counting.formats.lines import LARGEST_FILE
from labapp.counting.methods import NAMES
from tests.cli.test_commands import labapp
from tests.counting.formats.test_pabulib import GOOD, POINTS
from tests.counting.formats.test_rankings import CSV, PREFLIB

BUDGET = GOOD.replace("budget;100", "budget;61\nrule;greedy-no-skip")

THRESHOLD = BUDGET.replace("-no-skip", "-threshold\nmin_project_score_threshold;few")

BOTH = {"count": count, "verify": verify}


def counted(tmp_path: Path, text: str, name: str, *words: str) -> Any:
    (tmp_path / name).write_text(text, encoding="utf-8")
    answer = CliRunner().invoke(
        count, [str(tmp_path / name), "--json", *words], catch_exceptions=False
    )
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def test_a_budget_is_counted_by_its_own_rule(tmp_path: Path) -> None:
    told = counted(tmp_path, BUDGET, "barrio.pb")

    assert told == {
        "rule": "greedy-stop",
        "parameters": {"seed": "", "threshold": 0},
        "ballots": 3,
        "winners": ["p2"],
        "spent": "40.5",
        "budget": 61,
        "rounds": [
            {
                "round": 1,
                "option": "p2",
                "votes": 2,
                "cost": "40.5",
                "left": "20.5",
                "funded": True,
            },
            {
                "round": 2,
                "option": "p1",
                "votes": 1,
                "cost": 60,
                "left": "20.5",
                "funded": False,
            },
        ],
        "ties": [],
    }


def test_a_threshold_with_decimals_is_kept_exactly(tmp_path: Path) -> None:
    stated = counted(tmp_path, THRESHOLD.replace("few", "1,5"), "barrio.pb")
    words = ("--rule", "greedy", "--option", "threshold=1.5")

    assert stated["winners"] == ["p2"]
    assert stated["parameters"]["threshold"] == "1.5"
    assert stated == counted(tmp_path, BUDGET, "barrio.pb", *words)


def test_rows_that_were_lost_are_told_beside_the_count(tmp_path: Path) -> None:
    (tmp_path / "a.pb").write_text(BUDGET.replace("budget", "num_votes;4\nbudget", 1), "utf-8")

    answer = CliRunner().invoke(count, [str(tmp_path / "a.pb"), "--json"])

    assert answer.exit_code == 0
    assert answer.stderr == "Line 3: the num_votes is “4”, and the file has 3 votes.\n"
    assert json.loads(answer.stdout)["ballots"] == 3


@pytest.mark.parametrize("rule", NAMES)
def test_every_rule_counts_some_file_and_says_its_parameters(tmp_path: Path, rule: str) -> None:
    text, name = (POINTS, "a.pb") if rule in ("score", "points") else (GOOD, "a.pb")
    if rule in ("borda", "irv", "stv", "schulze"):
        text, name = PREFLIB, "a.toi"
    words = ("--option", "seed=4821")

    told = counted(tmp_path, text, name, "--rule", rule, *words)

    assert told["rule"] == rule
    assert told["parameters"]["seed"] == "4821"
    assert told["winners"]
    assert list(told) == [
        "rule",
        "parameters",
        "ballots",
        "winners",
        "spent",
        "budget",
        "rounds",
        "ties",
    ]


def test_ranked_csv_is_counted_with_options(tmp_path: Path) -> None:
    words = ("--rule", "irv", "--option", "overvote=skip", "--option", "skipped=1")

    told = counted(tmp_path, CSV, "mesa.csv", *words, "--option", "elimination=batch")

    assert told["winners"] == ["Ana"]
    assert told["rounds"][0]["votes"] == {"Ana": 4, "Berta": 2}
    assert told["parameters"] == {
        "seed": "",
        "leaving": None,
        "overvote": "skip",
        "skipped": 1,
        "elimination": "batch",
    }


def test_people_are_drawn_by_strata(tmp_path: Path) -> None:
    roll = "person,district\n" + "".join(f"p{n},{'NS'[n % 2]}\n" for n in range(10))
    words = ("--rule", "sortition", "--option", "seats=4", "--option", "seed=4821")

    told = counted(tmp_path, roll, "roll.csv", *words, "--option", "strata=district")

    assert len(told["winners"]) == 4
    assert [each["seats"] for each in told["rounds"]] == [2, 2]


def test_without_json_the_same_is_read_as_text(tmp_path: Path) -> None:
    (tmp_path / "a.toi").write_text(PREFLIB, encoding="utf-8")

    answer = CliRunner().invoke(count, [str(tmp_path / "a.toi"), "--rule", "stv"])

    assert answer.stdout.splitlines()[-1] == "winners: Ana"
    assert "quota: 4" in answer.stdout


@pytest.mark.parametrize(
    ("text", "name", "words", "said"),
    [
        (GOOD, "a.pb", (), "does not say its rule"),
        (GOOD.replace("PROJECTS", "META2"), "a.pb", (), "Line"),
        (BUDGET.replace("no-skip", "custom"), "a.pb", (), "“greedy-custom”, which is not one of"),
        (THRESHOLD, "a.pb", (), "Line 5: the min_project_score_threshold in META is “few”"),
        (GOOD, "a.pb", ("--rule", "greedy", "--option", "threshold=-1"), "a number from 0, as 3"),
        (GOOD, "a.pb", ("--rule", "greedy", "--option", "threshold=1,000"), "a number from 0"),
        (CSV, "a.csv", (), "does not say its rule"),
        (CSV, "a.csv", ("--rule", "greedy"), "needs costs and a budget"),
        (GOOD, "a.pb", ("--rule", "irv"), "needs rankings"),
        (CSV, "a.csv", ("--rule", "score"), "needs points"),
        (CSV, "a.csv", ("--rule", "stv", "--option", "seats=0"), "a whole number from 1"),
        (CSV, "a.csv", ("--rule", "irv", "--option", "overvote=no"), "one of: exhaust, skip"),
        (CSV, "a.csv", ("--rule", "irv", "--option", "seats=2"), "has no option seats"),
        (CSV, "a.csv", ("--rule", "irv", "--option", "leaving=X"), "no option “X”"),
        (CSV, "a.csv", ("--rule", "sortition"), "needs the seed"),
        (GOOD, "a.pb", ("--rule", "sortition", "--option", "seed=x", "--option", "seats=9"), "9"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_one_sentence(
    tmp_path: Path, text: str, name: str, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")

    with pytest.raises(Uncountable) as refusal:
        CliRunner().invoke(count, [str(tmp_path / name), *words], catch_exceptions=False)

    assert said in str(refusal.value)


@pytest.mark.parametrize("word", ["seats", "=3"])
def test_an_option_is_key_and_value(tmp_path: Path, word: str) -> None:
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")

    answer = CliRunner().invoke(count, [str(tmp_path / "a.csv"), "--option", word])

    assert answer.exit_code == 2


def test_an_option_that_is_not_text_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")

    answer = labapp(tmp_path, "count", str(tmp_path / "a.csv"), "--option", "seed=\udcff")

    assert answer.returncode == 2
    assert answer.stderr == "“seed=?” is not UTF-8 text.\n"


@pytest.mark.parametrize("words", [("count", "a.csv", "--rule", "irv"), ("--help",)])
def test_a_full_disk_is_told_in_one_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")

    with Path("/dev/full").open("w") as full:
        answer = subprocess.run(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-m", "labapp", *words],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert answer.returncode == 2
    said = "Reading or writing failed: No space left on device.\n"
    assert answer.stderr == said


def test_who_stops_reading_is_told_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)

    with os.fdopen(writing, "w") as closed:
        answer = subprocess.run(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-m", "labapp", "count", str(tmp_path / "a.csv"), "--rule", "irv"],
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert answer.stderr == ""


def test_a_bad_file_ends_with_status_2_and_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.pb").write_bytes(GOOD.replace("Agua", "Ñürüm").encode("latin-1"))

    answer = labapp(tmp_path, "count", str(tmp_path / "a.pb"))

    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.strip() == (
        "Line 8: the text is not UTF-8; save the file in that encoding."
    )


@pytest.mark.parametrize("command", ["count", "verify"])
def test_a_file_larger_than_any_is_refused_before_it_is_read(tmp_path: Path, command: str) -> None:
    path = tmp_path / "a.pb"
    with path.open("wb") as file:
        file.truncate(2 * LARGEST_FILE)

    with pytest.raises(Uncountable, match="is too large to be a"):
        CliRunner().invoke(BOTH[command], [str(path)], catch_exceptions=False)


@pytest.mark.parametrize("command", ["count", "verify"])
def test_a_pipe_or_a_device_is_refused_in_one_sentence(tmp_path: Path, command: str) -> None:
    os.mkfifo(tmp_path / "a.pb")
    (tmp_path / "b.pb").symlink_to("/dev/zero")

    for name in ("a.pb", "b.pb"):
        with pytest.raises(Uncountable, match=f"{name} is a pipe or a device, and not a file."):
            CliRunner().invoke(BOTH[command], [str(tmp_path / name)], catch_exceptions=False)


def test_what_is_no_file_ends_with_status_2(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pb")
    (tmp_path / "c.pb").mkdir()

    for name, said in (("a.pb", "a pipe or a device"), ("c.pb", "is a directory")):
        answer = labapp(tmp_path, "count", str(tmp_path / name))
        assert answer.returncode == 2
        assert answer.stdout == ""
        assert said in answer.stderr
        assert len(answer.stderr.strip().splitlines()) == 1


def test_every_command_has_its_place() -> None:
    parts = {place: import_module(f"labapp.cli.{place}") for place in cli.PLACES.values()}

    assert sorted(cli.PLACES) == sorted(
        command.name for part in parts.values() for command in part.COMMANDS
    )
