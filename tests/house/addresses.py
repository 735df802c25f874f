"""Every address of the site, read from its map, so that the next page is covered by itself."""

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule


def rules(app: Flask, method: str) -> list[Rule]:
    """Return the rules that answer to a method, files of the site left out."""
    return sorted(
        (
            rule
            for rule in app.url_map.iter_rules()
            if method in (rule.methods or ()) and rule.endpoint != "static"
        ),
        key=lambda rule: rule.rule,
    )


def paths(app: Flask, method: str, *, slug: str) -> Iterator[tuple[str, str]]:
    """Give (endpoint, path) of each rule, in one lab, with nothing under any number.

    Args:
        app: the application.
        method: GET or POST.
        slug: the lab's, wherever an address has one.
    """
    adapter = app.url_map.bind("localhost")
    for rule in rules(app, method):
        for values in _values(rule, slug):
            yield rule.endpoint, adapter.build(rule.endpoint, values, method=method)


def _values(rule: Rule, slug: str) -> Iterator[dict[str, object]]:
    """Give a value for each part; a part of few choices takes each of them in turn."""
    filled: dict[str, object] = {}
    choices: dict[str, list[str]] = {}
    for part, converter in rule._converters.items():  # the map offers no other way
        if isinstance(converter, AnyConverter):
            choices[part] = sorted(converter.items)
        elif isinstance(converter, IntegerConverter):
            filled[part] = 987654
        else:
            filled[part] = slug if part == "slug" else "no-such-thing"
    for part, words in choices.items():
        for word in words:
            yield {**filled, **{each: given[0] for each, given in choices.items()}, part: word}
    if not choices:
        yield filled
