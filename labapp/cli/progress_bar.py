"""The line on the terminal that says how far a long count has come, and goes away after it."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from labapp.counting.as_json import plain
from labapp.counting.outcome import Amount
from labapp.counting.parameters import Progress

#: Seconds before the line is shown, and between two of its states.
PATIENCE = 2.0
PERIOD = 0.1
#: Blocks of the bar.
BLOCKS = 24


class ProgressBar:
    """A line that is written over itself, on a terminal only."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.width = 0
        self.due_at = time.monotonic() + PATIENCE

    def of(self, budget: Amount) -> Progress:
        """Return what a count of a budget tells of its raises and of what is spent."""

        def progress(raises: int, spent: Amount) -> None:
            now = time.monotonic()
            if now >= self.due_at and self.out.isatty():
                self.due_at = now + PERIOD
                self.write(_line(raises, spent, budget))

        return progress

    def write(self, text: str) -> None:
        """Write over the line, no further than its end."""
        text = text[: shutil.get_terminal_size().columns - 1]
        self.out.write("\r" + text.ljust(self.width))
        self.out.flush()
        self.width = len(text)

    def clear(self) -> None:
        """Leave the line as it was before."""
        if self.width:
            self.write("")
            self.out.write("\r")
            self.out.flush()


@contextmanager
def waiting() -> Iterator[ProgressBar]:
    """Show the line while a count goes on."""
    line = ProgressBar(sys.stderr)
    try:
        yield line
    finally:
        line.clear()


def _line(raises: int, spent: Amount, budget: Amount) -> str:
    full = int(BLOCKS * spent // budget) if budget else BLOCKS
    bar = "#" * full + "-" * (BLOCKS - full)
    return f"[{bar}] {plain(spent)} of {plain(budget)} spent; raises: {raises:,}"
