"""What one ballot holds: marks ``1 3``, a ranking ``3 1 2``, points ``1:5 3:2``."""

from collections.abc import Mapping
from functools import cache

from labapp.counting.bundle.published_vote import POINTED, RANKED, Vote
from labapp.counting.election import Election
from labapp.counting.formats.distinct_ballots import Marks
from labapp.counting.methods.additive import Points
from labapp.counting.outcome import Ranking


def key(position: int | str) -> str:
    """Return the name of an option in published files: p1, p2 and so on."""
    return f"p{position}"


def positions(text: str) -> list[str]:
    """Return the positions that a ballot marks or ranks, in the order written."""
    return text.split()


def points(text: str) -> list[tuple[str, int]]:
    """Return the positions that a ballot gives points, with the points."""
    pairs = (word.partition(":") for word in text.split())
    return [(option, int(worth)) for option, _, worth in pairs]


def election(vote: Vote) -> Election:
    """Return the vote as a file of ballots would hold it."""
    options = tuple(option.key for option in vote.options)
    held = Election(options, {o.key: o.label for o in vote.options}, ballots=vote.cast)
    if vote.rule in RANKED:
        held.rankings = _rankings(vote.ballots, len(options))
    elif vote.rule in POINTED:
        held.points = _points(vote.ballots)
    else:
        held.marks = marks = Marks(options)
        keys = {str(n): key(n) for n in range(1, len(options) + 1)}
        for text, n in vote.ballots.items():
            marks.add(map(keys.__getitem__, positions(text)), n)
    if vote.budget is not None:
        held.costs = {option.key: option.cost or 0 for option in vote.options}
        held.budget = vote.budget
    if vote.hands:
        held.hands = dict(vote.hands.votes)
        held.people = vote.hands.people
    return held


def _rankings(ballots: Mapping[str, int], options: int) -> dict[Ranking[str], int]:
    ranks = {str(n): frozenset((key(n),)) for n in range(1, options + 1)}
    return {tuple(ranks[p] for p in positions(text)): n for text, n in ballots.items()}


def _points(ballots: Mapping[str, int]) -> dict[Points[str], int]:
    return {tuple((key(p), worth) for p, worth in points(text)): n for text, n in ballots.items()}


def leaves(ballots: Mapping[str, int]) -> list[bytes]:
    """Return one leaf for each ballot, sorted, so that their order tells nothing."""
    return [text.encode() for text in sorted(ballots) for _ in range(ballots[text])]


def fault(text: str, vote: Vote) -> str | None:
    """Say what is wrong with a ballot of this vote, or nothing."""
    rule, most = vote.rule, vote.most
    if rule in POINTED:
        return _pointed_fault(text, vote)
    place = _places(len(vote.options))
    chosen = text.split(" ") if text else []
    places = [place[option] for option in chosen if option in place]
    if len(places) != len(chosen):
        return "names an option that is not on the paper"
    if len(set(chosen)) != len(chosen):
        return "names an option twice"
    if rule not in RANKED and places != sorted(places):
        return "does not name its options in the order of the paper"
    if len(chosen) > most:
        return f"names {len(chosen)} options, and {most} is the most"
    return None


@cache
def _places(options: int) -> dict[str, int]:
    """Return position as written -> place on a paper of so many options."""
    return {str(n): n for n in range(1, options + 1)}


def _pointed_fault(text: str, vote: Vote) -> str | None:
    place = _places(len(vote.options))
    chosen, worths = [], []
    for word in text.split(" ") if text else []:
        option, _, worth = word.partition(":")
        if not (worth.isascii() and worth.isdigit() and len(worth) < 10 and worth[0] != "0"):
            return "gives points that are not a whole number from 1"
        chosen.append(option)
        worths.append(int(worth))
    if any(option not in place for option in chosen):
        return "names an option that is not on the paper"
    if chosen != sorted(set(chosen), key=place.__getitem__):
        return "does not name its options once each in the order of the paper"
    given = sum(worths) if vote.rule == "points" else max(worths, default=0)
    if vote.scale is not None and given > vote.scale:
        return f"gives {given} points, and {vote.scale} is the most"
    return None
