"""What the record brings: its tables; every other room writes to it."""

from labapp.record import models as _tables  # noqa: F401
from labapp.room import Room

room = Room()
