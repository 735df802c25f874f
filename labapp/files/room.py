"""What the store of files brings: its table; the pages of a file are those of its thing's room."""

from labapp.files import models as _tables  # noqa: F401
from labapp.room import Room

room = Room()
