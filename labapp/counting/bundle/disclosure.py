"""What is told of turnout by channel, so that no subtraction leaves a few people alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from labapp.counting.bundle.turnout_check import HANDS, RECEIPTED

#: A channel with fewer people than this is joined with another before it is published.
SMALL = 5
PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What may be published of the channels of one vote.

    Attributes:
        groups: channels -> ballots received; joined ones as "card+paper".
        codes: whether the list of receipts may be published: how many codes there are says how
            many voted by account and card together.
    """

    groups: dict[str, int]
    codes: bool


def disclose(turnout: Mapping[str, int]) -> Disclosure:
    """Return the channels, small ones joined, and whether the codes may be listed.

    The total is published, the codes say what came by account and card, and a show of hands says
    itself how many stood: it is held before everybody. From all this, and the groups, no other
    channel nor set of channels with fewer than five people can be worked out, unless it is all
    that there was. Where fewer than five voted in secret beside a show of hands, all are joined.

    Args:
        turnout: channel -> ballots received; one that nobody used stays as it is.
    """
    used = {channel: count for channel, count in turnout.items() if count}
    if beside_hands(turnout):
        unused = {channel: 0 for channel in turnout if channel not in used}
        return Disclosure({"+".join(used): sum(used.values())} | unused, codes=False)
    coded = [channel for channel in used if channel in RECEIPTED]
    uncoded = [channel for channel in used if channel not in {*RECEIPTED, HANDS}]
    if any(used[channel] < SMALL for channel in coded):
        joined = [coded, uncoded]
    else:
        joined = [*([channel] for channel in coded), uncoded]
    sides = [sum(used[channel] for channel in side) for side in (coded, uncoded)]
    codes = not all(sides) or min(sides) >= SMALL
    if not codes:
        joined = [coded + uncoded]
    groups = [group for group in joined if group]
    groups += [[channel] for channel in turnout if channel == HANDS or channel not in used]
    place = {channel: n for n, channel in enumerate(turnout)}
    for group in groups:
        group.sort(key=place.__getitem__)
    return Disclosure(
        {
            "+".join(group): sum(turnout[channel] for channel in group)
            for group in sorted(groups, key=lambda group: place[group[0]])
        },
        codes,
    )


def beside_hands(turnout: Mapping[str, int]) -> bool:
    """Tell whether so few voted in secret that a show of hands beside them would tell how.

    Who knows the hands raised for each option, and the totals, knows what the others voted.
    """
    hands = turnout.get(HANDS, 0)
    return bool(hands) and 0 < sum(turnout.values()) - hands < SMALL


def with_hands(ballots: Mapping[str, int], people: int, votes: Mapping[int, int]) -> dict[str, int]:
    """Return ballots and raised hands as one heap, of which only the totals may be published.

    Args:
        ballots: what a ballot marks -> how many hold exactly this.
        people: who stood to raise a hand.
        votes: position -> hands raised for it, no more than people stood.
    """
    papers: list[list[int]] = [[] for _ in range(people)]
    place = 0
    for position in sorted(votes):
        for _ in range(votes[position]):
            papers[place % people].append(position)
            place += 1
    heap = dict(ballots)
    for paper in papers:
        content = " ".join(map(str, paper))
        heap[content] = heap.get(content, 0) + 1
    return heap


def spoilt_to_tell(turnout: Mapping[str, int], spoilt: int, *, needed: int) -> int | None:
    """Return how many spoilt papers are told; None where they stand in no number at all.

    Where paper is joined with another channel they would tell the fewest that voted on paper: so
    they are left out of turnout too, for else it would exceed the ballots by just as many.

    Args:
        turnout: channel -> ballots received, spoilt ones included.
        spoilt: papers that nobody can read.
        needed: the minimum of voters. Where it was reached only by spoilt papers they are told:
            without them nobody could see that it was.
    """
    if not turnout.get(PAPER) or PAPER in disclose(turnout).groups:
        return spoilt
    voters = sum(turnout.values())
    return spoilt if voters >= needed > voters - spoilt else None


def less_spoilt(groups: Mapping[str, int], spoilt: int) -> dict[str, int]:
    """Return turnout less the spoilt papers that are not told."""
    return {
        group: count - spoilt if PAPER in group.split("+") else count
        for group, count in groups.items()
    }
