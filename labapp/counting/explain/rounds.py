"""Why an option won or lost where ballots move from who falls to the next on each."""

from labapp.counting.errors import mark
from labapp.counting.explain.sentence import Said, Teller, shown
from labapp.counting.methods.irv import Runoff
from labapp.counting.methods.stv import Stage
from labapp.counting.outcome import Amount, Tie

_NOBODY = mark("Not chosen: no ballot stood for anybody.")
_RUNOFF_WON = mark(
    "Chosen in round %(round)s: %(votes)s ballots stood for it, and %(threshold)s, more than half, "
    "were needed."
)
_RUNOFF_LAST = mark(
    "Not chosen: it came as far as the last round, with %(votes)s; “%(winner)s” had %(most)s, and "
    "%(threshold)s were needed."
)
_FELL = mark("Not chosen: it fell in round %(round)s with %(votes)s, the fewest.")
_FELL_MOVED = mark(
    "Not chosen: it fell in round %(round)s with %(votes)s, the fewest. Its ballots went to: "
    "%(moves)s. With no other choice: %(silent)s."
)
_FELL_NONE = mark("Not chosen: it fell in round %(round)s, when no ballot stood for it.")
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
_SEAT_QUOTA = mark("Chosen in round %(round)s with %(votes)s; the quota was %(quota)s.")
_SEAT_SURPLUS = mark(
    "Chosen in round %(round)s with %(votes)s; the quota was %(quota)s, and what was over went to: "
    "%(moves)s."
)
_SEAT_LEFT = mark(
    "Chosen in round %(round)s with %(votes)s: there were no more options left than places."
)
_SEAT_SHORT = mark(
    "Not chosen: at the end it had %(votes)s and the quota was %(quota)s: %(lacking)s more."
)
_TIED = mark(
    "Not decided: in round %(round)s it had %(votes)s, as few as: %(others)s. Which of them falls "
    "was not drawn, because the minimum was not reached: the count stops there."
)
_STOPPED = mark(
    "Not decided: in round %(round)s it still stood, with %(votes)s. To go on, a tie had to be "
    "drawn, and it was not, because the minimum was not reached: the count stops there."
)


def runoff(teller: Teller, rounds: tuple[Runoff[str], ...]) -> list[Said]:
    """Say why each option won or lost an instant runoff."""
    return [_runoff(teller, rounds, option) for option in teller.options]


def _runoff(teller: Teller, rounds: tuple[Runoff[str], ...], option: str) -> Said:
    for number, each in enumerate(rounds, 1):
        if option in each.elected:
            return teller.say(
                option,
                _RUNOFF_WON,
                round=str(number),
                votes=shown(each.votes[option]),
                threshold=shown(each.threshold),
            )
        if option in each.eliminated:
            moves = each.transfers.get(option, {})
            return teller.say(
                option,
                _fell(teller, option, number, together=len(each.eliminated) > 1)
                if each.votes[option]
                else _FELL_NONE,
                round=str(number),
                votes=shown(each.votes[option]),
                others=_level(teller, option, number),
                moves=teller.pairs(moves) or "0",
                silent=shown(each.exhausting.get(option, 0)),
            )
    if teller.stopped:
        return _undrawn(teller, option, len(rounds), rounds[-1].votes[option])
    if not rounds or not teller.winners:
        return teller.say(option, _NOBODY)
    last, winner = rounds[-1], teller.winners[0]
    return teller.say(
        option,
        _RUNOFF_LAST,
        votes=shown(last.votes.get(option, 0)),
        winner=teller.label(winner),
        most=shown(last.votes[winner]),
        threshold=shown(last.threshold),
    )


def _undrawn(teller: Teller, option: str, number: int, votes: Amount) -> Said:
    """Say of an option that still stood where the count stopped that nothing was decided."""
    tie = teller.tie(option, "eliminated", teller.counted.outcome.ties[-1].round)
    return teller.say(
        option,
        _TIED if tie else _STOPPED,
        round=str(number),
        votes=shown(votes),
        others=teller.beside(option, tie) if tie else "",
    )


def _fell(teller: Teller, option: str, number: int, *, together: bool = False) -> str:
    tie = _tie(teller, option, number)
    if tie:
        return _FELL_DRAWN if tie.by == "lot" else _FELL_EARLIER
    if together:
        return _FELL_TOGETHER
    return _FELL if teller.few else _FELL_MOVED


def _tie(teller: Teller, option: str, number: int) -> Tie[str] | None:
    return teller.tie(option, "eliminated", number)


def _level(teller: Teller, option: str, number: int) -> str:
    tie = _tie(teller, option, number)
    return teller.beside(option, tie) if tie else ""


def transfer(teller: Teller, stages: tuple[Stage[str], ...]) -> list[Said]:
    """Say why each option won or lost a seat by transferable votes."""
    return [_transfer(teller, stages, option) for option in teller.options]


def _transfer(teller: Teller, stages: tuple[Stage[str], ...], option: str) -> Said:
    over = next((s for s in stages if s.act == "surplus" and s.of == option), None)
    before: Stage[str] | None = None
    for number, stage in enumerate(stages, 1):
        if option in stage.elected:
            return _seated(teller, option, number, stage, over)
        if stage.act == "exclusion" and stage.of == option and before:
            votes = before.votes[option]
            moved = sum(stage.transfers.values())
            return teller.say(
                option,
                _fell(teller, option, number) if votes else _FELL_NONE,
                round=str(number),
                votes=shown(votes),
                others=_level(teller, option, number),
                moves=teller.pairs(stage.transfers) or "0",
                silent=shown(votes - moved),
            )
        before = stage
    if before is None:
        return teller.say(option, _NOBODY)
    votes = before.votes[option]
    if teller.stopped:
        return _undrawn(teller, option, len(stages), votes)
    return teller.say(
        option,
        _SEAT_SHORT,
        votes=shown(votes),
        quota=shown(before.quota),
        lacking=shown(before.quota - votes),
    )


def _seated(
    teller: Teller, option: str, number: int, stage: Stage[str], over: Stage[str] | None
) -> Said:
    sentence = _SEAT_LEFT
    if stage.votes[option] >= stage.quota:
        sentence = _SEAT_SURPLUS if over and over.transfers and not teller.few else _SEAT_QUOTA
    return teller.say(
        option,
        sentence,
        round=str(number),
        votes=shown(stage.votes[option]),
        quota=shown(stage.quota),
        moves=teller.pairs(over.transfers) if over else "",
    )
