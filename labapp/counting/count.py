"""The rules by name, and which of them a file's own metadata means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from labapp.counting import ballot_kinds
from labapp.counting.election import Election, amount
from labapp.counting.errors import Uncountable
from labapp.counting.methods.additive import Sum, borda, first, plurality, points
from labapp.counting.methods.approval import approval
from labapp.counting.methods.equal_shares.completion import Completion, Fill, Progress, equal_shares
from labapp.counting.methods.greedy import greedy
from labapp.counting.methods.irv import Elimination, instant_runoff
from labapp.counting.methods.ranked_ballot import Overvote
from labapp.counting.methods.schulze import schulze
from labapp.counting.methods.sortition import sortition
from labapp.counting.methods.stv import transferable_vote
from labapp.counting.outcome import Amount, Lot, Outcome
from labapp.counting.parameters import Options


@dataclass(frozen=True, slots=True)
class Counted:
    """A count with what it was asked: rule, parameters, and the money if there was any.

    ``drawn`` is False where nobody drew the lots of its ties: it stops there, see ``stopping``.
    """

    rule: str
    parameters: dict[str, int | str | None]
    outcome: Outcome[str, Any]
    spent: Amount | None = None
    budget: Amount | None = None
    drawn: bool = True


def _seats(options: Options) -> int:
    return options.number("seats", 1, least=1) or 1


def _plurality(election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Any]:
    marks = ballot_kinds.single(election, options.rule)
    seats = _seats(options)
    spoilt = ballot_kinds.spoilt(election)
    outcome = plurality(election.options, marks, lot, seats=seats, spoilt=spoilt)
    return _with_hands(election, outcome.rounds[0], lot, seats, outcome.ballots)


def _approval(election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Any]:
    tally = approval(election.options, ballot_kinds.chosen(election, options.rule))
    votes: dict[str, Amount] = {**tally.votes}
    alone = Sum(votes, tally.blank)
    return _with_hands(election, alone, lot, _seats(options), tally.ballots)


def _with_hands(
    election: Election, alone: Sum[str], lot: Lot[str], seats: int, ballots: int
) -> Outcome[str, Any]:
    """Add the hands raised in a hall to the votes of the ballots."""
    votes = {option: n + election.hands.get(option, 0) for option, n in alone.votes.items()}
    winners, ties = first(votes, lot, seats=seats)
    return Outcome(winners, (replace(alone, votes=votes),), ties, ballots)


def _points(election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Any]:
    given = ballot_kinds.points(election, options.rule)
    return points(election.options, given, lot, seats=_seats(options))


def _borda(election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Any]:
    ballots = ballot_kinds.rankings(election, options.rule)
    return borda(election.options, ballots, lot, seats=_seats(options))


def _schulze(election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Any]:
    ballots = ballot_kinds.rankings(election, options.rule)
    return schulze(election.options, ballots, lot, seats=_seats(options))


def _irv(election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Any]:
    ballots = ballot_kinds.rankings(election, options.rule)
    leaving = options.word("leaving", None)
    if leaving is not None and leaving not in election.options:
        raise Uncountable("There is no option “%(name)s” to leave first.", name=leaving)
    return instant_runoff(
        election.options,
        ballots,
        lot,
        overvote=options.choice("overvote", Overvote.EXHAUST),
        skipped=options.number("skipped", None, least=0),
        elimination=options.choice("elimination", Elimination.SINGLE),
        leaving=() if leaving is None else (leaving,),
    )


def _stv(election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Any]:
    return transferable_vote(
        election.options,
        ballot_kinds.rankings(election, options.rule),
        lot,
        seats=_seats(options),
        overvote=options.choice("overvote", Overvote.SKIP),
        skipped=options.number("skipped", None, least=0),
    )


def _greedy(election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Any]:
    costs, budget = ballot_kinds.projects(election, options.rule)
    return greedy(
        costs,
        ballot_kinds.worth(election),
        budget,
        lot,
        ballots=election.ballots,
        stop=options.rule == "greedy-stop",
        threshold=options.amount("threshold"),
    )


def _equal_shares(election: Election, options: Options, lot: Lot[str]) -> Outcome[str, Any]:
    costs, budget = ballot_kinds.projects(election, options.rule)
    return equal_shares(
        costs,
        ballot_kinds.chosen(election, options.rule),
        budget,
        lot,
        completion=options.choice("completion", Completion.NONE),
        fill=options.choice("fill", Fill.NONE),
        increment=options.number("increment", 1, least=1) or 1,
        # Told only where it is asked for: the first published counts know nothing of it.
        threshold=options.amount("threshold") if "threshold" in options.given else 0,
        raised=options.raised,
        progress=options.progress,
    )


RULES: dict[str, Callable[[Election, Options, Lot[str]], Outcome[str, Any]]] = {
    "plurality": _plurality,
    "approval": _approval,
    "score": _points,
    "points": _points,
    "borda": _borda,
    "irv": _irv,
    "stv": _stv,
    "schulze": _schulze,
    "greedy": _greedy,
    "greedy-stop": _greedy,
    "equal-shares": _equal_shares,
}
#: The most options with which a rule counts in some ten seconds, and in memory, on a laptop: each
#: is compared with each, or has a figure in each round.
MOST_OPTIONS = {"schulze": 500, "irv": 1_000, "stv": 1_000}
SORTITION = "sortition"
NAMES = (*RULES, SORTITION)

#: What Pabulib's own names of rules mean here; its add1 ends by votes (pabulib.org/format).
OWN: dict[str, tuple[str, dict[str, str]]] = {
    "greedy": ("greedy", {}),
    "greedy-no-skip": ("greedy-stop", {}),
    "greedy-threshold": ("greedy", {}),
    "equalshares": ("equal-shares", {}),
    "equalshares/add1": ("equal-shares", {"completion": "exhaustive", "fill": "votes"}),
    **{name: (name, {}) for name in RULES},
}
_THRESHOLD = "min_project_score_threshold"
#: In META, "option_seats" is the option "seats" of the rule; not Pabulib's, and ignored by it.
OPTION = "option_"


def own_rule(election: Election) -> tuple[str, dict[str, str]]:
    """Return the rule and the options that the file's metadata states.

    Raises:
        Uncountable: it states none, or one that is not known here.
    """
    name = election.said.get("rule", "")
    if election.costs is None or not name:
        raise Uncountable(
            "The file does not say its rule; choose one with --rule: %(names)s.",
            names=", ".join(NAMES),
        )
    if name not in OWN:
        raise Uncountable(
            "The file says its rule is “%(rule)s”, which is not one of these: %(names)s. "
            "Choose one with --rule.",
            rule=name[:60],
            names=", ".join(NAMES),
        )
    rule, options = OWN[name]
    stated = {
        key.removeprefix(OPTION): value
        for key, value in election.said.items()
        if key.startswith(OPTION)
    }
    options = options | stated
    threshold = election.said.get(_THRESHOLD)
    if threshold and rule.startswith("greedy"):
        amount(threshold, election.said_at[_THRESHOLD], f"the {_THRESHOLD} in META")
        options = options | {"threshold": threshold}
    return rule, options


def count_election(
    election: Election,
    rule: str,
    given: Mapping[str, str],
    *,
    raised: int = 0,
    progress: Progress | None = None,
) -> Counted:
    """Count an election by a rule.

    Args:
        election: what a file holds.
        rule: one of ``RULES``.
        given: options as written; ``seed`` is the text of the public draw that resolves ties.
        raised: of a completion of equal shares, the raises that an earlier count made.
        progress: told of each step of a completion; see ``tally.completion``.

    Raises:
        Uncountable: an option is not one of the rule's, or the file lacks what the rule needs.
    """
    if election.hands and rule not in ("plurality", "approval"):
        raise Uncountable("A show of hands cannot be counted by %(rule)s.", rule=rule)
    if len(election.options) > MOST_OPTIONS.get(rule, len(election.options)):
        raise Uncountable(
            "The rule %(rule)s would take too long: it counts up to %(most)s options, and there "
            "are %(options)s.",
            rule=rule,
            most=str(MOST_OPTIONS[rule]),
            options=str(len(election.options)),
        )
    options = Options(rule, given, raised=raised, progress=progress)
    seed = options.word("seed", "") or ""
    outcome = RULES[rule](election, options, Lot(election.names, seed))
    parameters = options.finish()
    if rule not in ("greedy", "greedy-stop", "equal-shares"):
        return Counted(rule, parameters, outcome)
    costs, budget = ballot_kinds.projects(election, rule)
    spent = sum(costs[option] for option in outcome.winners)
    return Counted(rule, parameters, outcome, spent, budget)


def raises(election: Election, given: Mapping[str, str], *, raised: int, progress: Progress) -> int:
    """Return how often the shares are raised until they buy the most: the long part of a count.

    Args:
        election: with costs and a budget.
        given: options of equal shares, as written.
        raised: raises that an earlier search made.
        progress: told of each step; what it raises ends the search.
    """
    found = raised

    def told(many: int, spent: Amount) -> None:
        nonlocal found
        found = many
        progress(many, spent)

    count_election(election, "equal-shares", given, raised=raised, progress=told)
    return found


def drawn(people: Mapping[str, str], given: Mapping[str, str]) -> Counted:
    """Draw people of a roll: ``seats``, ``seed`` and ``strata`` as written.

    Raises:
        Uncountable: no seed is given, or there are more seats than people.
    """
    options = Options(SORTITION, given)
    seats = _seats(options)
    seed = options.word("seed", None)
    options.word("strata", None)
    parameters = options.finish()
    if not seed:
        raise Uncountable("A draw of lots needs the seed of a public draw: --option seed=TEXT.")
    if seats > len(people):
        raise Uncountable(
            "%(seats)s cannot be drawn from a roll of %(people)s.",
            seats=str(seats),
            people=str(len(people)),
        )
    lot = Lot({person: person for person in people}, seed)
    return Counted(SORTITION, parameters, sortition(people, lot, seats=seats))
