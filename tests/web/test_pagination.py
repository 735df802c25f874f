"""A list is read a page at a time, by the key where the last page ended."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import select

from labapp.db import db
from labapp.labs.models import Lab
from labapp.pagination import PAGE, Page, newest_first, oldest_first, page_of
from tests.make import Make
from tests.statements import Statements


def key(lab: Lab) -> int:
    return lab.id


def test_the_pages_of_a_list_hold_each_row_once_in_its_order(make: Make) -> None:
    ids = sorted(make.lab().id for _ in range(2 * PAGE + 1))

    for narrow, order in ((oldest_first, ids), (newest_first, ids[::-1])):
        found, last = [], None
        for _ in range(3):
            rows = db.session.scalars(narrow(select(Lab), Lab.id, last)).all()
            page = page_of(rows, key)
            found += [lab.id for lab in page.rows]
            last = page.next

        assert found == order
        assert last is None


def test_a_page_that_is_full_and_last_leads_nowhere(make: Make) -> None:
    rows = [make.lab() for _ in range(PAGE)]

    page = page_of(rows, key)

    assert len(page.rows) == PAGE
    assert page.next_url is None
    assert page_of([*rows, make.lab()], key).next_url == f"?after={rows[-1].id}"


def test_a_page_costs_one_statement_and_never_reads_the_whole_list(
    make: Make, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    make.lab()

    with statements() as run:
        page: Page[Lab, int] = page_of(
            db.session.scalars(newest_first(select(Lab), Lab.id, 10**6)).all(), key
        )

    assert len(run.texts) == 1
    assert "LIMIT" in run.texts[0]
    assert len(page.rows) == 1
