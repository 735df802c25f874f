"""What the places of the country bring: their table; other rooms ask for a place."""

from labapp.room import Room
from labapp.territory import models as _tables  # noqa: F401

room = Room()
