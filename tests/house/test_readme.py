"""What the README says of settings is what there is."""

import re

from labapp.config import Defaults
from tests.house.tree import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
#: Read before there are settings, or by the tests alone.
OUTSIDE = {"INSTANCE", "WORKERS", "REQUIRE", "TEST_BROWSER", "TEST_POSTGRES_URL"}


def test_every_setting_named_in_the_readme_exists() -> None:
    named = set(re.findall(r"LABAPP_([A-Z_]*[A-Z])", README)) - OUTSIDE

    assert named
    assert named <= {key for key in dir(Defaults) if key.isupper()}


def test_every_term_of_the_site_stands_in_the_readme() -> None:
    terms = {key for key in dir(Defaults) if key.endswith("_DAYS")}

    assert [term for term in sorted(terms) if f"LABAPP_{term}" not in README] == []
