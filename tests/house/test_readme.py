"""What the README says of settings and commands is what there is."""

import re

from click import Command, Context, Group

from labapp.cli import PLACES, cli
from labapp.config import Defaults
from tests.house.tree import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
#: Read before there are settings, or by the tests alone.
OUTSIDE = {"INSTANCE", "WORKERS", "REQUIRE", "TEST_BROWSER", "TEST_LONG", "TEST_POSTGRES_URL"}


def test_every_setting_named_in_the_readme_exists() -> None:
    named = set(re.findall(r"LABAPP_([A-Z_]*[A-Z])", README)) - OUTSIDE

    assert named
    assert named <= {key for key in dir(Defaults) if key.isupper()}


def test_every_term_of_the_site_stands_in_the_readme() -> None:
    terms = {key for key in dir(Defaults) if key.endswith("_DAYS")}

    assert [term for term in sorted(terms) if f"LABAPP_{term}" not in README] == []


def test_every_command_and_option_named_in_the_readme_exists() -> None:
    named = [line for line in README.splitlines() if re.search(r"\blabapp [a-z]", line)]

    faults = [f"labapp {words}" for line in named for words in _unknown(line)]

    assert faults == []


def _unknown(line: str) -> list[str]:
    """Return the commands and options of a line that are not ours."""
    found = [match.split() for match in re.findall(r"(?:bin/|`|^\s+)labapp ([a-z]+ ?[a-z]*)", line)]
    ours = [words for words in found if words[0] in PLACES]
    options = {
        option
        for command in map(_command, ours)
        for each in command.params
        for option in (*each.opts, *each.secondary_opts)
    }
    said = re.findall(r"(?<![\w-])--[a-z-]+", line.split("labapp ", 1)[1]) if ours else []
    return sorted(set(said) - options)


def _command(words: list[str]) -> Command:
    command = cli.get_command(Context(cli), words[0])
    assert command is not None, words
    if isinstance(command, Group):
        below = command.get_command(Context(command), words[1])
        assert below is not None, words
        return below
    return command
