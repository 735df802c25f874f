"""The part of a form that asks for a place: a search box and what it found, without JavaScript.

A form holds a ``Choice`` or ``Choices`` of places. Its view sets ``form.place.options =
forms.options(kept)`` and, when ``forms.is_searching()``, draws the form again as it was typed.
The template calls ``place_search(q)`` of ``territory/_place_search.html`` before the field.
"""

from collections.abc import Iterable

from flask import request
from flask_babel import gettext as _

from labapp.territory import queries
from labapp.territory.models import Level
from labapp.territory.queries import PlaceChain


def query() -> str:
    """Return the name that is looked for, from the address or from the form."""
    return request.values.get("q", "").replace("\0", "").strip()[:80]


def is_searching() -> bool:
    """Tell whether the person pressed the button that searches, not the one that sends."""
    return "look" in request.form


def options(kept: Iterable[str | None] = ()) -> list[tuple[str, str]]:
    """Return code and words of what was chosen before and of what the search finds.

    Args:
        kept: codes marked already; they stay on the list whatever is searched.
    """
    chosen = queries.chains(code for code in kept if code and code.isalnum())
    matches = {chain.code: chain for chain in queries.search(query())}
    return [(code, words(chain)) for code, chain in {**chosen, **matches}.items()]


def words(chain: PlaceChain) -> str:
    """Return the whole name, and what it is unless it is a corregimiento."""
    if chain.level is Level.CORREGIMIENTO:
        return chain.name
    return f"{chain.name} ({_(chain.level.label)})"
