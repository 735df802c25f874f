"""From when on people see whether they are on the list of a vote, and may object to it."""

from datetime import datetime, timedelta


def begin(*, announced_at: datetime, opens_at: datetime, days: int) -> datetime:
    """Return the instant: so many days before the opening, or the announcement if it came later."""
    return max(announced_at, opens_at - timedelta(days=days))
