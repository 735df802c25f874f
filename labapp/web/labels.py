"""The labels of what a refused form sent: the questions as asked, never a field's name."""

from collections.abc import Iterable, Iterator
from inspect import getmodule
from typing import Any

from flask import current_app, g, request
from flask_babel import gettext as _
from wtforms.fields.core import UnboundField
from wtforms.widgets import HiddenInput

from labapp.web.form import Form


def of(names: Iterable[str]) -> dict[str, str]:
    """Return the label of each answer sent, in its order, without those that travel unseen.

    A gate or a seal refuses before the form is made: then it is told by what it sent, among the
    forms of the page's room. What two of them ask in different words is labelled plainly.
    """
    sent = [*names]
    labels = _declared({*sent}) | _made()
    return {name: labels.get(name, _("What you wrote")) for name in sent if labels.get(name) != ""}


def _made() -> dict[str, str]:
    """Return the labels of every form that this request made; of a hidden field, an empty one."""
    return {
        field.name: "" if isinstance(field.widget, HiddenInput) else str(field.label.text)
        for form in g.get("forms", ())
        for field in form
    }


def _declared(sent: set[str]) -> dict[str, str]:
    """Return the labels on which the forms agree that ask most of what was sent, and least else."""
    asked = [labels for form in _of_room() if sent & (labels := _labels(form)).keys()]
    fits = [(len(sent & labels.keys()), -len(labels)) for labels in asked]
    best = [labels for labels, fit in zip(asked, fits, strict=True) if fit == max(fits)]
    return {
        name: label
        for labels in best
        for name, label in labels.items()
        if all(others.get(name) == label for others in best)
    }


def _of_room() -> Iterator[type[Form]]:
    """Yield the forms of the room whose page was asked, save those made for one request."""
    view = current_app.view_functions.get(request.endpoint or "")
    room = getattr(view, "__module__", "").split(".")[:2]
    waiting = [Form]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        standing = getattr(getmodule(form), form.__name__, None) is form
        if standing and form.__module__.split(".")[:2] == room:
            yield form


def _labels(form: type[Form]) -> dict[str, str]:
    """Return the label of each field of a form, by its name; of a hidden one, an empty one."""
    fields = {name: getattr(form, name) for name in dir(form)}
    return {
        name: "" if _is_hidden(field) else str([*field.args, field.kwargs.get("label", "")][0])
        for name, field in fields.items()
        if isinstance(field, UnboundField)
    }


def _is_hidden(field: "UnboundField[Any]") -> bool:
    widget = field.kwargs.get("widget", field.field_class.widget)
    return isinstance(widget, HiddenInput)
