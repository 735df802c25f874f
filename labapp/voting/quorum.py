"""The ballots that a result needs to stand as a priority."""

from labapp.voting.models import Vote


def ballots_needed(vote: Vote) -> int:
    """Return the ballots needed for the result to stand: the number, or the share of the roll."""
    share = (vote.quorum_share or 0) * (vote.roll_size or 0)
    return max(vote.quorum, -(-share // 100))
