"""The ballots that a result needs to stand as a priority."""

from labapp.voting.models import Vote


def ballots_needed(consultation: Vote) -> int:
    """Return the ballots needed for the result to stand: the number, or the share of the roll."""
    share = (consultation.quorum_share or 0) * (consultation.roll_size or 0)
    return max(consultation.quorum, -(-share // 100))
