"""Channels: the ways to take part in one vote."""

from enum import StrEnum

from labapp.domain.errors import mark


class Channel(StrEnum):
    """A way to take part. Each takes the person's one line of the roll first."""

    ACCOUNT = "account"
    CARD = "card"
    PAPER = "paper"
    HANDS = "hands"

    @property
    def label(self) -> str:
        """The words for this way, for gettext."""
        return _LABELS[self]

    @property
    def heading(self) -> str:
        """The name of this way by itself, for gettext."""
        return _HEADINGS[self]


_LABELS = {
    Channel.ACCOUNT: mark("with an account"),
    Channel.CARD: mark("with a voting card"),
    Channel.PAPER: mark("on paper"),
    Channel.HANDS: mark("by a show of hands"),
}

_HEADINGS = {
    Channel.ACCOUNT: mark("Accounts"),
    Channel.CARD: mark("Voting cards"),
    Channel.PAPER: mark("Paper ballots"),
    Channel.HANDS: mark("Show of hands"),
}


def read(text: str) -> tuple[Channel, ...]:
    """Return the channels of a vote as stored: their words joined by spaces."""
    return tuple(Channel(word) for word in text.split())
