"""The address of a thing is known without knowing its room, and is what its room answers to."""

from flask import Flask
from werkzeug.routing import MapAdapter

from labapp.domain.kinds import Kind
from labapp.labs import urls as labs
from labapp.thread import urls


def test_every_kind_has_a_page_and_a_list_that_some_room_answers(app: Flask) -> None:
    found: MapAdapter = app.url_map.bind("localhost")

    for kind in Kind:
        assert found.match(urls.page(kind, 7, lab="x"))[1] == {"slug": "x", "number": 7}
        assert urls.page(kind, 7, lab="x") == f"{urls.listing(kind, lab='x')}7/"
    assert found.match(labs.page("x"))[1] == {"slug": "x"}


def test_a_plan_has_meetings_alone_and_what_has_no_number_has_no_page(app: Flask) -> None:
    found = app.url_map.bind("localhost")

    assert found.match(urls.page(Kind.MEETING, 2, lab=None, plan="p"))[1] == {
        "slug": "p",
        "number": 2,
    }
    assert urls.page(Kind.PROBLEM, 2, lab=None, plan="p") == ""
    assert urls.page(Kind.PROBLEM, None, lab="x") == ""
