"""What a run of the tests may lack: nothing that ``LABAPP_REQUIRE=browser,postgres`` names."""

import os
from typing import NoReturn

import pytest


def lacks(what: str, sentence: str) -> NoReturn:
    """Skip the test that needs ``what``, or fail it where ``LABAPP_REQUIRE`` names it."""
    required = {name.strip() for name in os.environ.get("LABAPP_REQUIRE", "").split(",")}
    if what in required:
        pytest.fail(f"{what} is required here: {sentence}", pytrace=False)
    pytest.skip(f"no {what}: {sentence}")
