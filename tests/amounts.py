"""How much a run tries: a part of it, or the whole where ``LABAPP_TEST_LONG=1`` asks for it."""

import os

LONG = os.environ.get("LABAPP_TEST_LONG", "") not in ("", "0")


def amount(*, ordinary: int, whole: int) -> int:
    """Return how many to try in this run."""
    return whole if LONG else ordinary
