"""The sums of a bundle: turnout, what was handed out, and raised hands."""

from collections.abc import Mapping

from labapp.counting.bundle.differences import Differs
from labapp.counting.bundle.published_vote import PublishedVote

#: Channels whose ballots leave a receipt.
RECEIPTED = frozenset({"account", "card"})
HANDS = "hands"


def receipts(turnout: Mapping[str, int]) -> tuple[int, int]:
    """Return the fewest and the most receipts that this turnout can have.

    They differ only where a small channel is joined with one of another kind.
    """
    least = most = 0
    for group, count in turnout.items():
        channels = set(group.split("+"))
        least += count if channels <= RECEIPTED else 0
        most += count if channels & RECEIPTED else 0
    return least, most


def withholds_receipts(vote: PublishedVote) -> bool:
    """Tell whether the codes are left out, since how many they are would point at a few people.

    Only then does turnout join a channel that leaves receipts with one that leaves none.
    """
    joined = (set(group.split("+")) for group in vote.turnout)
    return not vote.receipts and any(each & RECEIPTED and each - RECEIPTED for each in joined)


def check(vote: PublishedVote, ballots: int) -> int:
    """Check that turnout adds up in every way, and return it.

    Raises:
        Differs: with the first sum that does not.
    """
    voters = sum(vote.turnout.values())
    people = vote.hands.people if vote.hands else 0
    spoilt = vote.spoilt or 0
    if voters != ballots + spoilt + people:
        raise Differs(
            "Turnout is %(voters)s, and there are %(ballots)s ballots, %(spoilt)s spoilt and "
            "%(people)s people who raised their hands.",
            voters=str(voters),
            ballots=str(ballots),
            spoilt=str(spoilt),
            people=str(people),
        )
    if voters > vote.roll.count:
        raise Differs(
            "Turnout is %(voters)s, and the roll has %(roll)s.",
            voters=str(voters),
            roll=str(vote.roll.count),
        )
    _require_possible_hands(vote)
    for channel, each in vote.reconciled.items():
        given = each.used + each.returned + each.voided
        if each.issued != given and not each.explained:
            raise Differs(
                "By %(channel)s %(issued)s were handed out and %(given)s are accounted for.",
                channel=channel[:40],
                issued=str(each.issued),
                given=str(given),
            )
        if vote.turnout.get(channel, each.used) != each.used and not each.explained:
            raise Differs(
                "By %(channel)s %(used)s were used, and turnout says %(turnout)s.",
                channel=channel[:40],
                used=str(each.used),
                turnout=str(vote.turnout[channel]),
            )
    return voters


def _require_possible_hands(vote: PublishedVote) -> None:
    if vote.hands is None:
        return
    people, votes = vote.hands.people, vote.hands.votes
    raised = vote.method.least_people(list(votes.values()))
    if raised > people:
        raise Differs(
            "%(raised)s hands were raised by %(people)s people.",
            raised=str(raised),
            people=str(people),
        )
    if vote.turnout.get(HANDS, people) != people:
        raise Differs(
            "%(people)s people raised their hands, and turnout says %(turnout)s.",
            people=str(people),
            turnout=str(vote.turnout[HANDS]),
        )
