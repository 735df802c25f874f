"""Numbers in addresses: what no database can hold is not found, or not said."""

from flask import Flask, request
from werkzeug.routing import IntegerConverter

#: The largest number of a column.
LARGEST = 2**31 - 1


class Number(IntegerConverter):
    """A number in a path: one too large leads nowhere, instead of to an error."""

    regex = r"\d{1,10}"

    def to_python(self, value: str) -> int:
        """Read the number, at most the largest a column holds."""
        return min(int(value), LARGEST)


def init_app(app: Flask) -> None:
    """Read every number of a path with care."""
    app.url_map.converters["int"] = Number


def query_number(name: str) -> int | None:
    """Return a whole number of the query (``?after=50``), or None if there is none that serves."""
    value = request.args.get(name, "")[:12]
    return min(int(value), LARGEST) if value.isascii() and value.isdigit() else None
