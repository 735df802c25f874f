"""Why a project was funded or not where a budget decides."""

from typing import Any

from labapp.counting import ballot_kinds
from labapp.counting.errors import mark
from labapp.counting.explain.sentence import Said, Teller, shown
from labapp.counting.methods.equal_shares.completion import Shares
from labapp.counting.methods.equal_shares.rounds import Bought, Unpaid
from labapp.counting.methods.greedy import Considered

_FITS = mark(
    "Funded: it came in place %(place)s with %(votes)s votes; it costs B/. %(cost)s, and "
    "B/. %(before)s were left."
)
_FITS_DRAWN = mark(
    "Funded: it tied on %(votes)s votes with: %(others)s. The public draw put it before, and "
    "B/. %(before)s were left of the B/. %(cost)s that it costs."
)
_TOO_DEAR = mark(
    "Not funded: it came in place %(place)s with %(votes)s votes; it costs B/. %(cost)s, and "
    "B/. %(left)s were left: B/. %(lacking)s too little."
)
_TOO_DEAR_DRAWN = mark(
    "Not funded: it tied on %(votes)s votes with: %(others)s. The public draw put it after, and "
    "then B/. %(left)s were left of the B/. %(cost)s that it costs."
)
_AFTER_STOP = mark(
    "Not funded: the rule stops at the first project that does not fit, “%(first)s”, and this one "
    "has fewer votes or a later lot."
)
_UNDER_THRESHOLD = mark(
    "Not funded: it has %(votes)s votes, and %(threshold)s at least were asked for."
)
_PAID = mark("Funded: each of its %(supporters)s supporters paid B/. %(price)s.")
_PAID_UNEVENLY = mark(
    "Funded: of its %(supporters)s supporters, %(in_full)s paid B/. %(price)s each, and the others "
    "all that they had left."
)
_PAID_DRAWN = mark(
    "Funded: it had as strong a support as: %(others)s, and the public draw put it before. The "
    "most that one supporter paid is B/. %(price)s."
)
_FREE = mark("Funded: it costs nothing, and somebody chose it.")
_UNPAID = mark(
    "Not funded: it costs B/. %(cost)s, and its %(supporters)s supporters had B/. %(money)s left "
    "together: B/. %(lacking)s too little. With nothing left: %(broke)s. They had paid for: "
    "%(spent)s."
)
_NEVER_ENOUGH = mark(
    "Not funded: it costs B/. %(cost)s, and the shares of its %(supporters)s supporters together "
    "are B/. %(money)s: B/. %(lacking)s too little."
)
_UNWANTED = mark("Not funded: nobody chose it.")
_UNPAID_FEW = mark(
    "Not funded: it costs B/. %(cost)s, and what its %(supporters)s supporters had left together "
    "does not pay it. They had paid for: %(spent)s."
)
_UNPAID_UNFILLED = mark(
    "Not funded: it costs B/. %(cost)s, and its %(supporters)s supporters had B/. %(money)s left "
    "together: B/. %(lacking)s too little. With nothing left: %(broke)s. They had paid for: "
    "%(spent)s. Nor is what was left over enough: B/. %(left)s."
)
_NEVER_ENOUGH_UNFILLED = mark(
    "Not funded: it costs B/. %(cost)s, and the shares of its %(supporters)s supporters together "
    "are B/. %(money)s: B/. %(lacking)s too little. Nor is what was left over enough: "
    "B/. %(left)s."
)
_UNPAID_FILLED = mark(
    "Funded with what was left over: it came next by votes, with %(supporters)s, and it fits. Of "
    "the B/. %(cost)s that it costs its supporters had B/. %(money)s left together, "
    "B/. %(lacking)s too little. With nothing left: %(broke)s."
)
_FILLED = mark(
    "Funded with what was left over: it came next by votes, with %(votes)s, and it fits."
)
_UNFILLED = mark(
    "Not funded: its %(votes)s supporters could not pay it, and what was left over, "
    "B/. %(left)s, is less than the B/. %(cost)s that it costs. They had paid for: %(spent)s."
)
_TIED = mark(
    "Not decided: it ties with: %(others)s. Which of them comes first was not drawn, because the "
    "minimum was not reached: the count stops there."
)
_STOPPED = mark(
    "Not decided: before its turn these tie: %(tied)s. It was not drawn which comes first, because "
    "the minimum was not reached: the count stops there."
)


def greedy(teller: Teller, rounds: tuple[Considered[str], ...]) -> list[Said]:
    """Say why each project was funded or not, by votes."""
    seen = {each.option: (place, each) for place, each in enumerate(rounds, 1)}
    said = []
    votes = ballot_kinds.worth(teller.election)
    threshold = teller.counted.parameters.get("threshold") or 0
    for option in teller.options:
        if option in seen:
            said.append(_considered(teller, *seen[option]))
        elif votes[option] < int(threshold):
            values = {"votes": shown(votes[option]), "threshold": str(threshold)}
            said.append(teller.say(option, _UNDER_THRESHOLD, **values))
        elif teller.tied:
            said.append(_undrawn(teller, option))
        else:
            first = teller.label(rounds[-1].option) if rounds else ""
            said.append(teller.say(option, _AFTER_STOP, first=first))
    return said


def _undrawn(teller: Teller, option: str) -> Said:
    """Say of a project that the count did not reach that nothing was decided."""
    others = teller.labels(each for each in teller.tied if each != option)
    sentence = _TIED if option in teller.tied else _STOPPED
    return teller.say(option, sentence, others=others, tied=teller.labels(teller.tied))


def _considered(teller: Teller, place: int, each: Considered[str]) -> Said:
    tie = teller.tie(each.option, "funded")
    if each.funded:
        sentence = _FITS_DRAWN if tie else _FITS
    else:
        sentence = _TOO_DEAR_DRAWN if tie else _TOO_DEAR
    return teller.say(
        each.option,
        sentence,
        place=str(place),
        votes=shown(each.votes),
        cost=shown(each.cost),
        before=shown(each.left + each.cost),
        left=shown(each.left),
        lacking=shown(each.cost - each.left),
        others=teller.beside(each.option, tie) if tie else "",
    )


def shares(teller: Teller, rounds: tuple[Any, ...]) -> list[Said]:
    """Say why each project was funded or not, by equal shares."""
    by_option = {each.option: each for each in rounds}
    aside: Shares[str] | None = teller.counted.outcome.beside
    unpaid = {each.option: each for each in aside.unpaid} if aside else {}
    return [
        _undrawn(teller, option)
        if teller.tied and option not in by_option
        else _share(teller, option, by_option.get(option), unpaid.get(option))
        for option in teller.options
    ]


def _share(teller: Teller, option: str, each: Any, unpaid: Unpaid[str] | None) -> Said:
    if isinstance(each, Bought):
        return _bought(teller, each)
    if isinstance(each, Considered):
        if not each.funded and not each.votes:
            return teller.say(option, _UNWANTED)
        # Of few ballots it is not told how many ran out of money: that says what they marked.
        if unpaid is None or not each.votes or (teller.few and _paid_before(teller, option)):
            return _left_over(teller, each)
        return _unpaid(teller, unpaid, each)
    if unpaid and unpaid.supporters:
        return _unpaid(teller, unpaid, None)
    return teller.say(option, _UNWANTED)


def _left_over(teller: Teller, each: Considered[str]) -> Said:
    """Say what the money left over did for a project, by votes."""
    return teller.say(
        each.option,
        _FILLED if each.funded else _UNFILLED,
        votes=shown(each.votes),
        left=shown(each.left),
        cost=shown(each.cost),
        spent=_paid_before(teller, each.option) or "0",
    )


def _unpaid(teller: Teller, each: Unpaid[str], filled: Considered[str] | None) -> Said:
    """Say what the supporters of a project lacked, and what the money left over did for it."""
    paid = _paid_before(teller, each.option)
    if filled and filled.funded:
        sentence = _UNPAID_FILLED
    elif filled:
        sentence = _UNPAID_UNFILLED if paid else _NEVER_ENOUGH_UNFILLED
    elif paid:
        sentence = _UNPAID_FEW if teller.few else _UNPAID
    else:
        sentence = _NEVER_ENOUGH
    return teller.say(
        each.option,
        sentence,
        cost=shown(each.cost),
        supporters=shown(each.supporters),
        money=shown(each.money),
        lacking=shown(each.cost - each.money),
        broke=shown(each.broke),
        spent=paid,
        left=shown(filled.left) if filled else "",
    )


def _bought(teller: Teller, each: Bought[str]) -> Said:
    tie = teller.tie(each.option, "funded")
    drawn = tie is not None and tie.order[0] == each.option
    sentence = _PAID if each.in_full == each.supporters else _PAID_UNEVENLY
    if not each.cost:
        sentence = _FREE
    elif drawn:
        sentence = _PAID_DRAWN
    return teller.say(
        each.option,
        sentence,
        supporters=shown(each.supporters),
        in_full=shown(each.in_full),
        price=shown(each.price),
        others=teller.beside(each.option, tie) if tie else "",
    )


def _paid_before(teller: Teller, option: str) -> str:
    """Return the projects bought that the supporters of this one chose too, with how many."""
    bought = {e.option for e in teller.counted.outcome.rounds if isinstance(e, Bought) and e.cost}
    shared: dict[str, int] = {}
    for marks, count in ballot_kinds.chosen(teller.election, teller.counted.rule).items():
        if option in marks:
            for other in marks & bought:
                shared[other] = shared.get(other, 0) + count
    if teller.few:
        return teller.labels(sorted(shared, key=lambda other: (-shared[other], other)))
    return teller.pairs(dict(sorted(shared.items())))
