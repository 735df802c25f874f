"""The ballots of a published vote: as an election, as leaves of a tree, and what is wrong."""

from collections.abc import Mapping
from functools import cache

from labapp.counting import ballot_text
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.election import Election


def election(vote: PublishedVote) -> Election:
    """Return the vote as a file of ballots would hold it."""
    options = tuple(option.key for option in vote.options)
    urn = Election(options, {o.key: o.label for o in vote.options}, ballots=vote.cast)
    ballot_text.put(urn, vote.method, vote.ballots)
    if vote.budget is not None:
        urn.costs = {option.key: option.cost or 0 for option in vote.options}
        urn.budget = vote.budget
    if vote.hands:
        urn.hands = dict(vote.hands.votes)
        urn.people = vote.hands.people
    return urn


def leaves(ballots: Mapping[str, int]) -> list[bytes]:
    """Return one leaf for each ballot, sorted, so that their order tells nothing."""
    return [text.encode() for text in sorted(ballots) for _ in range(ballots[text])]


def fault(text: str, vote: PublishedVote) -> str | None:
    """Say what is wrong with a ballot of this vote, or nothing."""
    most = vote.most
    if vote.method.gives_points:
        return _pointed_fault(text, vote)
    place = _places(len(vote.options))
    chosen = text.split(" ") if text else []
    places = [place[option] for option in chosen if option in place]
    if len(places) != len(chosen):
        return "names an option that is not on the paper"
    if len(set(chosen)) != len(chosen):
        return "names an option twice"
    if not vote.method.ranks and places != sorted(places):
        return "does not name its options in the order of the paper"
    if len(chosen) > most:
        return f"names {len(chosen)} options, and {most} is the most"
    return None


@cache
def _places(options: int) -> dict[str, int]:
    """Return position as written -> place on a paper of so many options."""
    return {str(n): n for n in range(1, options + 1)}


def _pointed_fault(text: str, vote: PublishedVote) -> str | None:
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
    given = vote.method.points_of(worths)
    if vote.scale is not None and given > vote.scale:
        return f"gives {given} points, and {vote.scale} is the most"
    return None
