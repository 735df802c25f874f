"""What is said of a checked count: who was chosen, and who ties where nobody drew."""

from collections.abc import Iterable

from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.bundle.read import Fields
from labapp.counting.outcome import Count


def chosen_line(vote: PublishedVote, told: Count) -> str:
    """Say who was chosen, or what is sure where nobody drew."""
    won = labels(vote, told.outcome.winners)
    if told.drawn:
        return f"Chosen: {won or 'nobody'}."
    return f"Whatever a draw had given: {won}." if won else "What was not drawn is undecided."


def undrawn_lines(vote: PublishedVote, result: Fields) -> list[str]:
    """Name who ties where nobody drew: in result.json the lots are those of no seed."""
    if not vote.undrawn:
        return []
    for tie in result.rows("ties"):
        among = tie.texts("among")
        if tie.text("by") == "lot":
            why = "not drawn, because the minimum was not reached"
            return [f"Tied, and {why}: {labels(vote, among)}."]
    return []


def labels(vote: PublishedVote, options: Iterable[str]) -> str:
    """Return the words of some options; of one that is not on the paper, what stands there."""
    words = {option.key: option.label for option in vote.options}
    return "; ".join(words.get(option, option[:40]) for option in options)
