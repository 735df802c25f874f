"""Every page that can be asked for hangs in the gallery, or says why it does not."""

import re

from flask import Flask

from labapp.factory import create_app
from tests.browser.gallery.exhibits import LATER, LOADED, NO_PAGE


def _endpoint(app: Flask, address: str) -> str:
    path = re.sub(r"\{\w+\}", "1", address.partition("?")[0])
    endpoint, _values = app.url_map.bind("localhost").match(path)
    return str(endpoint)


def test_every_page_hangs_in_the_gallery(tmp_path: object) -> None:
    app = create_app({"INSTANCE": str(tmp_path), "SECRET_KEY": "x"})
    asked = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}

    hung = {_endpoint(app, address) for _who, address in (*LOADED, *LATER)}

    assert asked - hung - set(NO_PAGE) == set(), "name them in exhibits.py"
    assert set(NO_PAGE) <= asked
