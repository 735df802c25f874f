"""Every form of the house, and where in it a person writes words or sends a file."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import get_type_hints

from wtforms.fields.core import UnboundField

import labapp
from labapp.web.fields import Secret, Text, Upload
from labapp.web.form import Form


def forms() -> list[type[Form]]:
    """Return every form that a room writes, whatever file it stands in."""
    for module in walk_packages(labapp.__path__, "labapp."):
        if "forms" in module.name.split("."):
            import_module(module.name)
    # A class made for one page is not the one written under its name.
    found = {
        one
        for one in _below(Form)
        if getattr(sys.modules[one.__module__], one.__name__, None) is one
        and one.__module__.startswith("labapp.")
    }
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


def words(form: type[Form]) -> list[str]:
    """Return the questions answered in words or by a file, save secrets, which nobody reads."""
    return sorted(name for name, sort in _questions(form) if _is_words(sort))


def unsaid(form: type[Form]) -> list[str]:
    """Return the questions in words of which nothing says who reads the answer."""
    if form.reader is not None:
        return []
    return [
        name
        for name in words(form)
        if name not in form.searches and not _asked(form, name).get("reader")
    ]


def told_forms() -> list[type[Form]]:
    """Return the forms that say who reads what is written in them."""
    return [form for form in forms() if set(words(form)) - set(form.searches)]


def _below(form: type[Form]) -> Iterator[type[Form]]:
    for one in form.__subclasses__():
        yield one
        yield from _below(one)


def _questions(form: type[Form]) -> Iterator[tuple[str, type]]:
    """Yield each question and its sort: written in the class, or promised and made later."""
    for name in dir(form):
        one = getattr(form, name, None)
        if isinstance(one, UnboundField):
            yield name, one.field_class
    for name, sort in get_type_hints(form).items():
        if isinstance(sort, type) and not isinstance(getattr(form, name, None), UnboundField):
            yield name, sort


def _is_words(sort: type) -> bool:
    return issubclass(sort, Text | Upload) and not issubclass(sort, Secret)


def _asked(form: type[Form], name: str) -> dict[str, object]:
    one = getattr(form, name, None)
    return dict(one.kwargs) if isinstance(one, UnboundField) else {}
