"""Numbers in addresses lead somewhere or nowhere, never to an error."""

import pytest
from flask import Flask

from labapp.web.url_numbers import LARGEST, query_number


@pytest.mark.parametrize(
    ("typed", "read"),
    [("25", 25), ("", None), ("-1", None), ("x", None), ("²", None), ("9" * 5000, LARGEST)],
)
def test_a_number_of_the_query_is_one_a_column_holds(
    app: Flask, typed: str, read: int | None
) -> None:
    with app.test_request_context(query_string={"after": typed}):
        assert query_number("after") == read
