"""What is read later by more people, or never: told before it is sent, and true afterwards."""

import re
from io import BytesIO

import pytest
from sqlalchemy import select

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.followup.models import Agreement
from labapp.labs.models import Lab
from labapp.web.readers import Reader
from tests.accounts.make import PASSWORD
from tests.client import Client
from tests.files.make import photo
from tests.followup import make as followup
from tests.labs.make import places
from tests.make import Make, sign_in
from tests.problems.make import problem
from tests.proposals import make as proposals

WORD = "zqpalabraqz"
#: Beside the header, on the page where a neighbour tells a problem.
MOST_WORDS = 60


def public(client: Client, lab: Lab, *pages: str) -> str:
    """Return what a visitor reads on the page of a lab and on these."""
    visitor = client.application.test_client()
    return "".join(visitor.get(f"/labs/{lab.slug}/{page}").text for page in ("", *pages))


def says(client: Client, path: str, reader: Reader) -> bool:
    """Tell whether a page says who reads what is written there."""
    with client.application.test_request_context():
        sentence = reader.sentence()
    return sentence in " ".join(client.get(path).text.split())


def test_telling_a_problem_says_it_in_few_words(make: Make, client: Client) -> None:
    lab = make.lab()

    page = client.get(f"/labs/{lab.slug}/problems/new").text
    words = _main(page).split()

    assert says(client, f"/labs/{lab.slug}/problems/new", Reader.AFTER_REVIEW)
    assert len(words) <= MOST_WORDS, " ".join(words)


def test_a_problem_told_and_what_is_added_are_read_once_published(
    make: Make, client: Client
) -> None:
    lab = make.lab()
    pages = ("problems/", "problems/1/", "problems/1/thread")
    sent = client.post(
        f"/labs/{lab.slug}/problems/new", data={"what": f"{WORD}a", "where": f"{WORD}b"}
    )
    assert says(client, sent.location, Reader.AFTER_REVIEW)
    client.post(f"{sent.location}/details", data={"since": f"{WORD}c", "affects": f"{WORD}d"})
    before = public(client, lab, *pages)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    desk = client.get(f"/labs/{lab.slug}/problems/received/1/").text
    client.post(f"/labs/{lab.slug}/problems/received/1/publish")
    after = public(client, lab, *pages)

    assert WORD not in before
    for each in "abcd":
        assert f"{WORD}{each}" in desk
        assert f"{WORD}{each}" in after


def test_why_a_problem_was_returned_is_read_by_its_teller_alone_even_once_published(
    make: Make, client: Client
) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    at = f"/labs/{lab.slug}/problems/received/{row.id}/"
    assert says(client, f"{at}return", Reader.AUTHOR_AND_DESK)
    client.post(f"{at}return", data={"words": WORD})
    teller = client.application.test_client()
    told = teller.get(f"/c/{row.thing.code}").text
    teller.post(f"/c/{row.thing.code}/correct", data={"what": "El tanque gotea.", "where": "Aquí"})
    client.post(f"{at}publish")
    pages = public(client, lab, "problems/1/", "problems/1/thread", "problems/not-published/")

    assert WORD in told
    assert "El tanque gotea." in pages
    assert WORD not in pages


def test_why_a_problem_is_not_published_is_read_by_its_teller_alone(
    make: Make, client: Client
) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    at = f"/labs/{lab.slug}/problems/received/{row.id}/reject"

    assert says(client, at, Reader.AUTHOR_AND_DESK)
    client.post(at, data={"code": "insult", "words": WORD})
    pages = public(client, lab, "problems/not-published/", "", "removals/")

    assert WORD in client.application.test_client().get(f"/c/{row.thing.code}").text
    assert WORD not in pages
    assert "insulta a alguien" in pages


def test_a_draft_is_its_authors_until_it_is_sent(make: Make, client: Client) -> None:
    lab = make.lab(Stage.IDEATION)
    proposals.problem(make, lab)
    sign_in(client, make.actor(lab, Role.MEMBER))
    at, pages = f"/labs/{lab.slug}/proposals/", ("proposals/", "proposals/1/")
    assert says(client, f"{at}new", Reader.ONCE_SENT)
    client.post(f"{at}new", data={"problem": "1", "title": f"{WORD}a", "body": f"{WORD}b"})
    assert says(client, f"{at}1/edit", Reader.ONCE_SENT)
    own, before = client.get(f"{at}1/").text, public(client, lab, *pages)
    client.post(f"{at}1/send")

    assert f"{WORD}b" in own
    assert WORD not in before
    assert f"{WORD}a" in client.get(f"{at}1/").text


def test_an_agreement_is_read_by_the_entity_and_by_everybody_once_accepted(
    make: Make, client: Client
) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    body = make.organization()
    source = followup.source(lab)
    facilitator = make.actor(lab, Role.FACILITATOR)
    sign_in(client, facilitator)
    at = f"/labs/{lab.slug}/agreements/"
    assert says(client, f"{at}new", Reader.ONCE_ACCEPTED)
    sent = {"source": f"proposal-{source.number}", "organization": str(body.id), "what": WORD}
    client.post(f"{at}new", data=sent)
    assert says(client, f"{at}1/steps", Reader.ONCE_ACCEPTED)
    step = {"title": f"{WORD}s", "due_on": "2030-01-01", "asks": f"¿{WORD}q?"}
    client.post(f"{at}1/steps", data=step)
    pages = ("agreements/", "agreements/1/", "milestones/1/")
    before = public(client, lab, *pages)
    sign_in(client, make.actor(lab, Role.RESPONSIBLE, organization=body))
    entity = client.get(f"{at}1/").text
    made = db.session.scalars(select(Agreement)).one()
    followup.accept(lab, facilitator, made)
    after = public(client, lab, *pages)

    assert WORD in entity
    assert WORD not in before
    assert f"{WORD}s" in after
    assert f"¿{WORD}q?" in after


def test_a_lab_is_read_by_everybody_from_its_approval(make: Make, client: Client) -> None:
    places(make)
    sign_in(client, make.person(Role.TRUSTED))
    assert says(client, "/labs/new", Reader.ONCE_APPROVED)
    client.post(
        "/labs/new", data={"name": "Zqlab", "kind": "new", "community": WORD, "interests": "none"}
    )
    visitor = client.application.test_client()
    before = visitor.get("/labs/zqlab/").status_code, visitor.get("/labs/").text
    sign_in(client, make.person(Role.REVIEWER))
    client.post("/labs/zqlab/approve")

    assert before[0] == 404
    assert "Zqlab" not in before[1]
    assert "Zqlab" in visitor.get("/labs/zqlab/").text


@pytest.mark.parametrize("who", ["visitor", "member", "entity", "team", "antai"])
def test_evidence_the_public_must_not_see_is_the_entitys_and_the_teams_and_why_is_everybodys(
    make: Make, client: Client, who: str
) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    body = make.organization()
    followup.agreement(make, lab, organization=body)
    entity = make.actor(lab, Role.RESPONSIBLE, organization=body)
    sign_in(client, entity)
    at = f"/labs/{lab.slug}/milestones/1/evidence"
    assert says(client, at, Reader.ENTITY_AND_DESK)
    sent = {"file": (BytesIO(photo()), "a.jpg"), "reserved": "y", "caption": WORD}
    sent["withheld_why"] = "Tiene nombres"
    assert client.post(at, data=sent).status_code == 302
    actor = {
        "member": make.actor(lab, Role.MEMBER),
        "entity": entity,
        "team": make.actor(lab, Role.FACILITATOR),
        "antai": make.actor(lab, Role.REVIEWER),
    }.get(who)
    reads = client.application.test_client()
    if actor:
        sign_in(reads, actor)
    step = f"/labs/{lab.slug}/"
    pages = ("", "milestones/1/", "milestones/1/thread", "documents/1/", "documents/1/thread")

    texts = [reads.get(step + page).text for page in pages]
    found = any(WORD in text for text in texts)
    file = reads.get(f"{step}documents/1/file", buffered=True).status_code == 200

    assert found == file == (who in ("entity", "team", "antai"))
    assert all("Tiene nombres" in text for text in texts[1:])


def test_the_name_of_an_account_is_seen_and_what_it_signs_in_with_is_not(
    make: Make, client: Client
) -> None:
    assert says(client, "/sign-up", Reader.OWNER)
    assert says(client, "/sign-up", Reader.BESIDE_OTHERS)
    sent = {"name": f"{WORD}n", "username": f"{WORD}u", "password": PASSWORD, "adult": "y"}
    client.post("/sign-up", data={**sent, "email": f"{WORD}@example.org"})
    assert says(client, "/account/", Reader.BESIDE_OTHERS)
    signed_up = db.session.scalars(select(Person).where(Person.username == f"{WORD}u")).one()
    lab = make.lab(Stage.IDEATION)
    row = proposals.proposal(make, lab, author_id=signed_up.id)
    page = public(client, lab, "proposals/", f"proposals/{row.thing.number}/")

    assert f"{WORD}n" in page
    assert f"{WORD}u" not in page
    assert f"{WORD}@" not in page


def test_why_somebody_is_not_admitted_is_read_by_them(make: Make, client: Client) -> None:
    lab = make.lab()
    stranger = make.person()
    sign_in(client, stranger)
    at = f"/labs/{lab.slug}/"
    assert says(client, f"{at}join", Reader.DESK)
    client.post(f"{at}join", data={"words": f"{WORD}w"})
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    desk = client.get(f"{at}people").text
    assert says(client, f"{at}people/requests/1/refuse", Reader.AUTHOR_AND_DESK)
    client.post(f"{at}people/requests/1/refuse", data={"reason": f"{WORD}r"})
    sign_in(client, stranger)
    own = client.get(f"{at}join").text

    assert f"{WORD}w" in desk
    assert f"{WORD}r" in own
    assert WORD not in public(client, lab, "join", "people")


def _main(page: str) -> str:
    """Return the words of a page beside its header."""
    inside = page.partition("<main")[2].partition("</main>")[0].partition(">")[2]
    return re.sub(r"<[^>]*>", " ", inside)
