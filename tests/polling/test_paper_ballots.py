"""Paper ballots as a PDF: every method, every size, and what does not fit."""

import pytest

from labapp.counting.method import Method
from labapp.counting.methods import METHODS
from labapp.domain.policy import Role
from labapp.labs.models import Lab
from tests.client import Client
from tests.make import Make, sign_in
from tests.polling.table import here, opened


def test_the_papers_are_printed_with_their_stubs_as_a_tagged_pdf(
    make: Make, client: Client, lab: Lab
) -> None:
    vote = opened(make, lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    asked = client.post(here(lab, vote) + "paper", data={"papers": "5", "first": "61", "each": "4"})
    answer = client.get(asked.location)

    assert asked.location.endswith("paper.pdf?papers=5&first=61&each=4")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in answer.data
    assert answer.data.count(b"/Type /Page\n") == 2 or b"/Count 2" in answer.data


@pytest.mark.parametrize("method", METHODS.values(), ids=str)
def test_a_paper_of_every_method_is_printed(
    make: Make, client: Client, lab: Lab, method: Method
) -> None:
    vote = opened(make, lab, method=method, scale=5)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    answer = client.get(here(lab, vote) + "paper.pdf?papers=1&first=1&each=1")

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "",
        "papers=0&first=1&each=2",
        "papers=401&first=1&each=2",
        "papers=2&first=1&each=3",
        "each=x",
    ],
)
def test_what_is_not_printed_is_not_found(make: Make, client: Client, lab: Lab, query: str) -> None:
    vote = opened(make, lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    assert client.get(here(lab, vote) + f"paper.pdf?{query}").status_code == 404


def test_many_long_options_do_not_fit_four_on_a_sheet(make: Make, client: Client, lab: Lab) -> None:
    lines = tuple(f"{n} " + "palabra " * 17 for n in range(40))
    vote = opened(make, lab, lines=lines)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    form = {"papers": "5", "first": "1"}

    small = client.post(here(lab, vote) + "paper", data={**form, "each": "4"})
    large = client.post(here(lab, vote) + "paper", data={**form, "each": "1"})

    assert (small.status_code, large.status_code) == (422, 302)
    assert client.get(large.location).status_code == 200
