"""Why a project was funded or not by equal shares: who paid, and what they lacked."""

from typing import Any

from labapp.counting import ballot_kinds
from labapp.counting.errors import mark
from labapp.counting.explain.sentence import Sentence, Teller, format_amount
from labapp.counting.methods.equal_shares.rounds import BoughtProject, UnpaidProject
from labapp.counting.methods.greedy import ConsideredProject

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


def why_paid(teller: Teller, option: str, each: Any, unpaid: UnpaidProject[str] | None) -> Sentence:
    """Say of a project what its supporters paid, or lacked; ``each`` is its round, if any."""
    if isinstance(each, BoughtProject):
        return _bought(teller, each)
    if isinstance(each, ConsideredProject):
        if not each.funded and not each.votes:
            return teller.say(option, _UNWANTED)
        # Of few ballots it is not told how many ran out of money: that says what they marked.
        if unpaid is None or not each.votes or (teller.few and _paid_before(teller, option)):
            return _left_over(teller, each)
        return _unpaid(teller, unpaid, each)
    if unpaid and unpaid.supporters:
        return _unpaid(teller, unpaid, None)
    return teller.say(option, _UNWANTED)


def _left_over(teller: Teller, each: ConsideredProject[str]) -> Sentence:
    """Say what the money left over did for a project, by votes."""
    return teller.say(
        each.option,
        _FILLED if each.funded else _UNFILLED,
        votes=format_amount(each.votes),
        left=format_amount(each.left),
        cost=format_amount(each.cost),
        spent=_paid_before(teller, each.option) or "0",
    )


def _unpaid(
    teller: Teller, each: UnpaidProject[str], filled: ConsideredProject[str] | None
) -> Sentence:
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
        cost=format_amount(each.cost),
        supporters=format_amount(each.supporters),
        money=format_amount(each.money),
        lacking=format_amount(each.cost - each.money),
        broke=format_amount(each.broke),
        spent=paid,
        left=format_amount(filled.left) if filled else "",
    )


def _bought(teller: Teller, each: BoughtProject[str]) -> Sentence:
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
        supporters=format_amount(each.supporters),
        in_full=format_amount(each.in_full),
        price=format_amount(each.price),
        others=teller.beside(each.option, tie) if tie else "",
    )


def _paid_before(teller: Teller, option: str) -> str:
    """Return the projects bought that the supporters of this one chose too, with how many."""
    bought = {
        e.option for e in teller.counted.outcome.rounds if isinstance(e, BoughtProject) and e.cost
    }
    shared: dict[str, int] = {}
    for marks, count in ballot_kinds.approvals(teller.election, teller.counted.rule).items():
        if option in marks:
            for other in marks & bought:
                shared[other] = shared.get(other, 0) + count
    if teller.few:
        return teller.labels(sorted(shared, key=lambda other: (-shared[other], other)))
    return teller.pairs(dict(sorted(shared.items())))
