"""The pages of paper: their doors, ten papers at a time, the PDF, bad input, forms sent twice."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select

from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.policy import Role
from labapp.labs.models import Lab
from labapp.polling.models import Batch, TypedBallot
from labapp.polling.queries import batches as batch_queries
from labapp.polling.service import batches
from labapp.record.acting import Acting
from labapp.voting.models import Ballot, Vote
from tests.client import Client
from tests.files.make import photo
from tests.make import Make, sign_in
from tests.polling import make as polling
from tests.polling import table
from tests.polling.table import here, opened
from tests.statements import Statements
from tests.voting import make as voting

Counted = Callable[[], AbstractContextManager[Statements]]
WORKERS = (Role.FACILITATOR, Role.TELLER)


def begin(client: Client, lab: Lab, vote: Vote, sheets: int, **more: str) -> str:
    data = {"sheets": str(sheets), "photo": (BytesIO(photo()), "pila.jpg"), **more}
    return str(client.post(here(lab, vote) + "batches/", data=data).location)


PAGES = ("paper", "paper.pdf?papers=2&first=1&each=2", "batches/", "batches/1/", "batches/1/type")


@pytest.mark.parametrize("role", [None, *Role])
def test_the_doors_of_the_papers(make: Make, client: Client, lab: Lab, role: Role | None) -> None:
    vote = opened(make, lab)
    table.pile(lab, vote, table.tellers(make, lab), ["1"], ["2"])
    if role:
        sign_in(client, make.actor(lab, role))

    answers = {page: client.get(here(lab, vote) + page).status_code for page in PAGES}

    prints, works = role is Role.FACILITATOR, role in WORKERS
    shut = 403 if role else 302
    assert answers == {
        page: 200 if (prints if page.startswith("paper") else works) else shut for page in PAGES
    }


def test_two_people_type_a_pile_ten_papers_at_a_time(make: Make, client: Client, lab: Lab) -> None:
    voting.voters(make, lab, 12)
    vote, papers = opened(make, lab), ["1", "2 3", "", "nula", *["1 2"] * 8]
    polling.hand_out(vote, 12, Channel.PAPER)
    by = table.tellers(make, lab)
    sign_in(client, by[0])
    at = begin(client, lab, vote, 12)
    for actor in by:
        sign_in(client, actor)
        page = client.get(at + "type").text
        first = client.post(at + "type?from=1", data=sent(papers, 1, 10))
        assert "sheet-10" in page
        assert "sheet-11" not in page
        assert "1 2" not in page.split("<form")[-1]
        assert first.location == at + "type?from=11"
        assert client.get(at + "type").text.count('name="sheet-') == 2
        client.post(at + "type?from=11", data=sent(papers, 11, 12))
    ready = client.get(at).text

    answer = client.post(at + "urn")

    assert "Echar a la urna" in ready
    assert answer.status_code == 302
    marks = Counter(db.session.scalars(select(Ballot.marks)))
    assert marks == Counter(["1", "2 3", "", *["1 2"] * 8])
    assert "En la urna" in client.get(at).text


def sent(papers: list[str], first: int, last: int) -> dict[str, str]:
    """Fill the page as a person does: a blank paper by its box."""
    form: dict[str, str] = {}
    for place in range(first, last + 1):
        paper = papers[place - 1]
        form |= {f"sheet-{place}": paper} if paper else {f"blank-{place}": "yes"}
    return form


def test_the_second_person_never_sees_what_the_first_typed(
    make: Make, client: Client, lab: Lab
) -> None:
    vote, by = opened(make, lab), table.tellers(make, lab)
    batch = table.begin(lab, by[0], vote, 2, now=utcnow())
    lines = table.lines(["3 4", "nula"])
    batches.type_in(Acting(lab, by[0], utcnow()), vote, number=1, lines=lines)
    sign_in(client, by[1])

    shown = [client.get(here(lab, vote) + f"batches/1/{page}").text for page in ("", "type")]
    client.post(here(lab, vote) + "batches/1/type", data={"sheet-1": "1", "sheet-2": "x"})
    half = client.get(here(lab, vote) + "batches/1/").text

    assert not [page for page in (*shown, half) if "3 4" in page or 'value="nula"' in page]
    assert not batch_queries.is_typed_twice(batch)


def test_a_line_that_cannot_be_read_comes_back_with_all_that_was_typed(
    make: Make, client: Client, lab: Lab
) -> None:
    vote = opened(make, lab)
    sign_in(client, make.actor(lab, Role.TELLER))
    at = begin(client, lab, vote, 3)

    answer = client.post(
        at + "type", data={"sheet-1": "1 3", "sheet-2": "siete <b>", "blank-3": "yes"}
    )

    assert answer.status_code == 422
    assert 'value="1 3"' in answer.text
    assert 'value="siete &lt;b&gt;"' in answer.text
    assert 'name="blank-3" value="yes" checked' in answer.text
    assert answer.text.count("por ejemplo: 1 3") == 2
    assert db.session.scalar(select(func.count()).select_from(TypedBallot)) == 0


def test_differences_are_listed_and_settled_one_by_one(
    make: Make, client: Client, lab: Lab
) -> None:
    vote, by = opened(make, lab), table.tellers(make, lab)
    table.pile(lab, vote, by, ["1", "2"], ["1", "2 3"], now=utcnow())
    sign_in(client, by[1])
    at = here(lab, vote) + "batches/1/"

    listed = client.get(at).text
    early = client.post(at + "urn")
    wrong = client.post(at + "settle?sheet=2", data={"line": "9", "why": "Otra fila."})
    empty = client.post(at + "settle?sheet=2", data={"line": "2", "why": ""})
    client.post(at + "settle?sheet=2", data={"line": "2", "why": "Otra fila."})
    own, mine = client.post(at + "confirm?sheet=2"), client.get(at + "settle?sheet=2").text
    alone = client.post(at + "urn")
    sign_in(client, by[0])
    asked, theirs = client.get(at).text, client.get(at + "settle?sheet=2").text
    confirmed = client.post(at + "confirm?sheet=2")
    done = client.post(at + "urn")

    assert (own.status_code, alone.status_code, confirmed.status_code) == (409, 409, 302)
    assert "Vale cuando la otra persona lo confirme" in mine
    assert "Confirmar</button>" not in mine
    assert "Confirmar la 2" in asked
    assert "Confirmar</button>" in theirs
    assert client.post(at + "confirm?sheet=2").status_code == 409
    assert "<td>2 3</td>" in listed
    assert (early.status_code, wrong.status_code, empty.status_code) == (409, 422, 422)
    assert "Otra fila." in wrong.text
    assert done.status_code == 302
    assert client.get(at + "settle?sheet=2").status_code == 404
    assert "2. Otra fila." in client.get(at).text


def test_a_form_sent_twice_begins_one_pile(make: Make, client: Client, lab: Lab) -> None:
    vote = opened(make, lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    first, again = (begin(client, lab, vote, 3, once="a-mark-of-a-form-sent") for _ in range(2))

    assert first == again
    assert db.session.scalar(select(func.count()).select_from(Batch)) == 1


@pytest.mark.parametrize(
    "wrong", [{"sheets": "0"}, {"sheets": "muchas"}, {"sheets": ""}, {"photo": ""}]
)
def test_a_pile_without_its_number_or_its_photo_is_asked_again(
    make: Make, client: Client, lab: Lab, wrong: dict[str, str]
) -> None:
    vote = opened(make, lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    data = {"sheets": "3", "photo": (BytesIO(photo()), "pila.jpg"), **wrong}

    answer = client.post(here(lab, vote) + "batches/", data=data)

    assert answer.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Batch)) == 0


def test_a_photo_that_does_not_open_is_said_so(make: Make, client: Client, lab: Lab) -> None:
    vote = opened(make, lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    answer = client.post(
        here(lab, vote) + "batches/",
        data={"sheets": "3", "photo": (BytesIO(b"<script>"), "pila.jpg")},
    )

    assert answer.status_code == 422


def test_the_photo_is_for_those_who_type_and_hangs_on_nothing(
    app: Flask, make: Make, client: Client, lab: Lab
) -> None:
    vote = opened(make, lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    at = begin(client, lab, vote, 3)

    seen = client.get(at + "photo", buffered=True)
    client.sign_out()
    hidden = client.get(at + "photo")
    sign_in(client, make.actor(lab, Role.MEMBER))
    refused = client.get(at + "photo")

    assert (seen.status_code, seen.mimetype) == (200, "image/jpeg")
    assert (hidden.status_code, refused.status_code) == (302, 403)
    kept = batch_queries.photo(db.session.scalars(select(Batch)).one())
    assert kept is not None
    assert kept.thing_id is None


@pytest.mark.parametrize(
    "page",
    ["paper", "paper.pdf?papers=1&first=1&each=2", "batches/", "batches/9/", "batches/9/type"],
)
def test_a_vote_not_held_on_paper_and_a_pile_not_there(
    make: Make, client: Client, lab: Lab, page: str
) -> None:
    without, other = opened(make, lab, channels="account"), opened(make, lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    assert client.get(here(lab, without) + page).status_code == 409
    if "9" in page:
        assert client.get(here(lab, other) + page).status_code == 404


def test_pages_run_a_known_number_of_statements(
    make: Make, client: Client, lab: Lab, statements: Counted
) -> None:
    vote, by = opened(make, lab), table.tellers(make, lab)
    sign_in(client, by[0])
    counts = []
    for _ in range(2):
        table.pile(lab, vote, by, ["1"] * 30, ["2"] * 30, now=utcnow())
        run = {}
        for page in ("batches/", "batches/1/", "batches/1/type", "hands", "reconcile"):
            at = here(lab, vote) + page
            with statements() as seen:
                client.get(at)
            run[page] = seen.count
        counts.append(run)

    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 11
