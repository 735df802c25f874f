"""What a machine lacks is skipped by name, unless this run requires it."""

import pytest

from tests.requirement import lacks


def test_what_is_lacking_is_skipped_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LABAPP_REQUIRE", "postgres")

    with pytest.raises(pytest.skip.Exception, match="no browser: install one"):
        lacks("browser", "install one")


def test_what_is_required_fails_where_it_is_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABAPP_REQUIRE", "browser, postgres")

    with pytest.raises(pytest.fail.Exception, match="postgres is required here"):
        lacks("postgres", "set LABAPP_TEST_POSTGRES_URL")
