"""Why a PDF is not taken: a number with which a process ends, and the sentence for it."""

from enum import IntEnum

from labapp.domain.errors import mark


class PdfFault(IntEnum):
    """How the process that cleans ends where it makes no copy."""

    LOCKED = 11
    CUT = 12
    NO_PAGES = 13
    BROKEN = 14
    TOO_MUCH = 15

    @property
    def sentence(self) -> str:
        """What is told to whoever sent it, for gettext."""
        return _SENTENCES[self]


_SENTENCES = {
    PdfFault.LOCKED: mark(
        "That PDF asks for a password, so nobody could read it. Send it without one."
    ),
    PdfFault.CUT: mark("That PDF is cut: its end is missing. Send it again, whole."),
    PdfFault.NO_PAGES: mark("That PDF has no pages."),
    PdfFault.BROKEN: mark("That PDF does not open. Make it again, or send a photo."),
    PdfFault.TOO_MUCH: mark(
        "That PDF takes too long to open. Send one with fewer pages, or part it."
    ),
}
