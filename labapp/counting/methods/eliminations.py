"""Why an option fell where ballots move from who falls to the next on each."""

from labapp.counting.errors import mark
from labapp.counting.explain.sentence import Sentence, Teller, format_amount
from labapp.counting.outcome import Amount, Tie

NOBODY = mark("Not chosen: no ballot stood for anybody.")
_FELL = mark("Not chosen: it fell in round %(round)s with %(votes)s, the fewest.")
_FELL_MOVED = mark(
    "Not chosen: it fell in round %(round)s with %(votes)s, the fewest. Its ballots went to: "
    "%(moves)s. With no other choice: %(silent)s."
)
FELL_NONE = mark("Not chosen: it fell in round %(round)s, when no ballot stood for it.")
_FELL_TOGETHER = mark(
    "Not chosen: it fell in round %(round)s with %(votes)s, together with others that even all "
    "together could not reach the next."
)
_FELL_DRAWN = mark(
    "Not chosen: it fell in round %(round)s with %(votes)s, as few as: %(others)s. The public draw "
    "decided."
)
_FELL_EARLIER = mark(
    "Not chosen: it fell in round %(round)s with %(votes)s, as few as: %(others)s. In an earlier "
    "round it had fewer."
)
_TIED = mark(
    "Not decided: in round %(round)s it had %(votes)s, as few as: %(others)s. Which of them falls "
    "was not drawn, because the minimum was not reached: the count stops there."
)
_STOPPED = mark(
    "Not decided: in round %(round)s it still stood, with %(votes)s. To go on, a tie had to be "
    "drawn, and it was not, because the minimum was not reached: the count stops there."
)


def why_undecided(teller: Teller, option: str, number: int, votes: Amount) -> Sentence:
    """Say of an option that still stood where the count stopped that nothing was decided."""
    tie = teller.tie(option, "eliminated", teller.counted.outcome.ties[-1].round)
    return teller.say(
        option,
        _TIED if tie else _STOPPED,
        round=str(number),
        votes=format_amount(votes),
        others=teller.beside(option, tie) if tie else "",
    )


def why_fallen(teller: Teller, option: str, number: int, *, together: bool = False) -> str:
    """Return the sentence of an option that fell in a round."""
    tie = _tie(teller, option, number)
    if tie:
        return _FELL_DRAWN if tie.by == "lot" else _FELL_EARLIER
    if together:
        return _FELL_TOGETHER
    return _FELL if teller.few else _FELL_MOVED


def _tie(teller: Teller, option: str, number: int) -> Tie[str] | None:
    return teller.tie(option, "eliminated", number)


def equals(teller: Teller, option: str, number: int) -> str:
    """Return the words of those as few as an option that fell in a round."""
    tie = _tie(teller, option, number)
    return teller.beside(option, tie) if tie else ""
