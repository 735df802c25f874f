"""The settings, as somebody writes them."""

from pathlib import Path

import pytest

from labapp import config


def test_a_secret_of_figures_alone_stays_a_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LABAPP_SECRET_KEY", "20260729")
    monkeypatch.setenv("LABAPP_MODERATION_DAYS", "5")
    monkeypatch.setenv("LABAPP_SECURE_COOKIES", "false")

    found = config.load({"INSTANCE": str(tmp_path)})

    assert (found["SECRET_KEY"], found["MODERATION_DAYS"]) == ("20260729", 5)
    assert found["SECURE_COOKIES"] is False
