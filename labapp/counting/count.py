"""Counting ballots by a named method, with its options as they are written."""

from collections.abc import Mapping

from labapp.counting import ballot_kinds
from labapp.counting.election import Election
from labapp.counting.errors import Uncountable
from labapp.counting.lot import Lot
from labapp.counting.methods import METHODS
from labapp.counting.outcome import Amount, Count
from labapp.counting.parameters import Options, Progress


def count_election(
    election: Election,
    rule: str,
    given: Mapping[str, str],
    *,
    raised: int = 0,
    progress: Progress | None = None,
) -> Count:
    """Count an election by a rule.

    Args:
        election: what a file holds.
        rule: the name of one of ``METHODS``.
        given: options as written; ``seed`` is the text of the public draw that resolves ties.
        raised: of a completion of equal shares, the raises that an earlier count made.
        progress: told of each step of a completion; see ``equal_shares.completion``.

    Raises:
        Uncountable: an option is not one of the rule's, or the file lacks what the rule needs.
    """
    method = METHODS[rule]
    if election.hands and not method.allows_hands:
        raise Uncountable("A show of hands cannot be counted by %(rule)s.", rule=rule)
    most = method.most_options
    if most is not None and len(election.options) > most:
        raise Uncountable(
            "The rule %(rule)s would take too long: it counts up to %(most)s options, and there "
            "are %(options)s.",
            rule=rule,
            most=str(most),
            options=str(len(election.options)),
        )
    options = Options(rule, given, raised=raised, progress=progress)
    seed = options.word("seed", "") or ""
    outcome = method.count(election, options, Lot(election.names, seed))
    parameters = options.finish()
    if not method.has_budget:
        return Count(rule, parameters, outcome)
    costs, budget = ballot_kinds.projects(election, rule)
    spent = sum(costs[option] for option in outcome.winners)
    return Count(rule, parameters, outcome, spent, budget)


def raises(
    election: Election, rule: str, given: Mapping[str, str], *, raised: int, progress: Progress
) -> int:
    """Return how often the shares are raised until they buy the most: the long part of a count.

    Args:
        election: with costs and a budget.
        rule: the name of a method that raises shares.
        given: its options, as written.
        raised: raises that an earlier search made.
        progress: told of each step; what it raises ends the search.
    """
    found = raised

    def told(many: int, spent: Amount) -> None:
        nonlocal found
        found = many
        progress(many, spent)

    count_election(election, rule, given, raised=raised, progress=told)
    return found
