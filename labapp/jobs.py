"""The queue of the clock: what must happen at its time, run by the one ``labapp work`` process."""

from huey import MemoryHuey

#: Nothing waits in it longer than a minute, and one process both fills and empties it.
huey = MemoryHuey("labapp", utc=True, results=False)
