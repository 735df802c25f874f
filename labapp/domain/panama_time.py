"""The hour of Panama, in which people write and read."""

from datetime import UTC, date, datetime, timedelta, timezone

#: UTC-5 all year: Panama keeps no summer time, so no database of zones is needed.
PANAMA = timezone(timedelta(hours=-5), "America/Panama")


def local(instant: datetime) -> datetime:
    """Return an aware instant as the clock on the wall in Panama shows it."""
    return instant.astimezone(PANAMA)


def local_day(when: date | datetime) -> date:
    """Return the day in Panama of an instant, or the day itself."""
    return local(when).date() if isinstance(when, datetime) else when


def instant(wall: datetime) -> datetime:
    """Return the UTC instant at which the clocks of Panama show ``wall`` (naive)."""
    return wall.replace(tzinfo=PANAMA).astimezone(UTC)
