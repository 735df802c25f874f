"""Turnout by channel, joined where a channel is so small that it would point at people."""

from collections.abc import Mapping

#: A channel with fewer people than this is joined with another before it is published.
SMALL = 5


def joined(turnout: Mapping[str, int]) -> dict[str, int]:
    """Return channels -> ballots received, every small channel joined with the next smallest.

    The total does not change, and since it is published too, no subtraction leaves fewer than
    five people alone. A channel that nobody used stays as it is.

    Args:
        turnout: channel -> ballots received.

    Returns:
        The same by groups of channels, as "card+paper", in the order given.
    """
    place = {channel: n for n, channel in enumerate(turnout)}
    groups: dict[tuple[str, ...], int] = {
        (channel,): count for channel, count in turnout.items() if count
    }
    while len(groups) > 1 and min(groups.values()) < SMALL:
        small, next_ = sorted(groups, key=lambda group: (groups[group], group))[:2]
        count = groups.pop(small) + groups.pop(next_)
        groups[tuple(sorted(small + next_, key=place.__getitem__))] = count
    unused: dict[tuple[str, ...], int] = {
        (channel,): 0 for channel, count in turnout.items() if not count
    }
    both = {**groups, **unused}
    return {"+".join(group): both[group] for group in sorted(both, key=lambda g: place[g[0]])}
