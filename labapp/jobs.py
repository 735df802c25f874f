"""The queue of the clock: what must happen at its time, run by the one ``labapp work`` process.

huey loads psycopg for a storage that is not used here: 6 MiB of that process on a site that has no
PostgreSQL, and nothing where psycopg is loaded already. It takes its absence for an answer.
"""

import sys

_IS_LOADED = "psycopg" in sys.modules
if not _IS_LOADED:
    sys.modules["psycopg"] = None  # type: ignore[assignment]  # the import is refused
from huey import MemoryHuey, crontab  # noqa: E402

if not _IS_LOADED:
    del sys.modules["psycopg"]

__all__ = ["crontab", "huey"]

#: Nothing waits in it longer than a minute, and one process both fills and empties it.
huey = MemoryHuey("labapp", utc=True, results=False)
