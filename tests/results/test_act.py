"""The act of a count: written once, checked by anybody, and naming nobody."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select, update

from labapp.counting.bundle.verify import check
from labapp.counting.merkle import root
from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.policy import Role
from labapp.files import pdf as typst_pdf
from labapp.files import views
from labapp.files.models import StoredFile
from labapp.files.service import place
from labapp.labs.models import Lab
from labapp.polling.models import Reconciliation
from labapp.results import queries as results
from labapp.results.models import TallyAct
from labapp.results.tasks import documents
from labapp.voting import queries
from labapp.voting.models import Ballot, Turnout, Vote
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import Make, sign_in
from tests.statements import Statements
from tests.voting import make as voting

Counter = Callable[[], AbstractContextManager[Statements]]


def published(make: Make, voters: int = 21, ballots: int = 20) -> tuple[Lab, Vote]:
    """Return a vote of some people, closed and counted by the clock, not printed yet."""
    lab = voting.lab(make)
    people, begun = voting.voters(make, lab, voters), utcnow() - timedelta(days=8)
    vote = voting.vote(make, lab, now=begun)
    for n, person in enumerate(people[:ballots]):
        voting.cast(lab, person, vote, [1, 2] if n else [1], now=begun)
    voting.finish(vote)
    assert vote.published_at
    return lab, vote


def bytes_of(file_id: int | None) -> bytes:
    return place(db.session.get_one(StoredFile, file_id), views.folder()).read_bytes()


def sent(client: Client, path: str) -> bytes:
    """Return what an address sends, its file closed."""
    with client.get(path) as answer:
        assert answer.status_code == 200
        return bytes(answer.data)


def test_the_publication_writes_the_roots_and_the_clock_prints_once(make: Make) -> None:
    _lab, vote = published(make)
    act = db.session.get_one(TallyAct, vote.id)
    before = (act.pdf_id, act.ballots_root, act.receipts_root)

    made = [documents.print_due(utcnow()), documents.print_due(utcnow())]

    codes = queries.receipts(vote.id)
    assert before == (None, root([b"1", *[b"1 2"] * 19]), root([code.encode() for code in codes]))
    assert made == [1, 0]
    db.session.refresh(act)
    pdf, bundle = bytes_of(act.pdf_id), bytes_of(act.bundle_id)
    assert pdf.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in pdf, "tagged"
    assert "the result is the same" in "\n".join(check(bundle))
    recorded = results.figures_on_record(vote.id)
    assert (recorded["ballots_root"], recorded["receipts_root"]) == before[1:]


def test_a_small_vote_publishes_totals_and_no_root_of_its_ballots(make: Make) -> None:
    _lab, vote = published(make, voters=6, ballots=5)

    documents.print_act(vote.id, utcnow())

    act = db.session.get_one(TallyAct, vote.id)
    assert act.ballots_root == ""
    assert "only totals" in "\n".join(check(bytes_of(act.bundle_id)))


def test_an_act_that_cannot_be_printed_waits_for_the_clock(
    make: Make, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab, vote = published(make)
    here = voting.address(lab, vote)
    source = typst_pdf.pdf

    def broken(_source: str, _data: object) -> bytes:
        raise RuntimeError("no press")

    monkeypatch.setattr(typst_pdf, "pdf", broken)
    failed = documents.print_due(utcnow())
    waiting = client.get(here + "act")
    sent_on = client.get(here + "act.pdf")
    monkeypatch.setattr(typst_pdf, "pdf", source)

    assert (failed, waiting.status_code, sent_on.status_code) == (0, 200, 302)
    assert "se están preparando" in waiting.text
    assert documents.print_due(utcnow()) == 1
    assert sent(client, here + "act.pdf").startswith(b"%PDF-")


def test_the_bytes_of_the_act_never_change(make: Make, client: Client) -> None:
    lab, vote = published(make)
    documents.print_act(vote.id, utcnow())
    here = voting.address(lab, vote)
    names = ("act.pdf", "act.json", "bundle.zip")
    first = [sent(client, here + name) for name in names]

    db.session.execute(update(Ballot).values(marks="2"))
    db.session.commit()
    documents.print_due(utcnow())
    documents.print_act(vote.id, utcnow())

    assert first == [sent(client, here + name) for name in names]
    for made in first:
        page = client.get(f"/verify/{sha256(made).hexdigest()}")
        assert page.status_code == 200
        assert vote.question in page.text


def test_checking_says_plainly_that_no_document_has_that_hash(make: Make, client: Client) -> None:
    _lab, vote = published(make)
    photo = db.session.scalars(select(StoredFile)).all()

    unknown = client.get("/verify/" + "0" * 64)
    odd = client.get("/verify/hola")
    field = client.get("/verify/")
    typed = client.get("/verify/?hash=" + "AB" * 32)

    assert not photo
    assert vote.roll_hash
    assert (unknown.status_code, odd.status_code, field.status_code) == (404, 404, 200)
    assert "ningún documento" in unknown.text
    assert typed.location == "/verify/" + "ab" * 32


@pytest.mark.parametrize("page", ["act", "act.pdf", "act.json", "bundle.zip", "receipts"])
def test_before_the_publication_there_is_no_act(make: Make, client: Client, page: str) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 1)
    vote = voting.vote(make, lab, now=utcnow())
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    assert client.get(voting.address(lab, vote) + page).status_code == 404


def test_a_receipt_is_found_however_it_is_typed(make: Make, client: Client) -> None:
    lab, vote = published(make)
    code = queries.receipts(vote.id)[0]
    here = voting.address(lab, vote) + "receipts"

    found = client.get(here, query_string={"receipt": code.lower().replace("-", " ")}).text
    wrong = client.get(here, query_string={"receipt": "2222-2222-2222"}).text
    odd = client.get(here, query_string={"receipt": "\0<b>"}).text

    assert "Su voto se contó" in found
    assert "Su voto se contó" not in wrong + odd
    assert "Ningún comprobante" in wrong
    assert all(each in found for each in queries.receipts(vote.id))


def test_the_act_names_no_voter_and_joins_nothing(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    people, begun = voting.voters(make, lab, 22), utcnow() - timedelta(days=8)
    vote = voting.vote(make, lab, now=begun)
    codes = [voting.cast(lab, who, vote, [n % 3 + 1], now=begun) for n, who in enumerate(people)]
    voting.finish(vote)
    documents.print_act(vote.id, utcnow())
    here = voting.address(lab, vote)

    paths = ("", "act", "act.json", "receipts")
    pages = [sent(client, here + path).decode() for path in paths]
    zipped = sent(client, here + "bundle.zip").decode("latin-1")

    for text in (*pages, zipped):
        assert "Vecina" not in text
    assert not [code for code in codes if code in pages[1] + pages[2]]
    listed = [code for code in zipped.split() if code in codes]
    assert listed == sorted(codes), "in no order of arrival"


@pytest.mark.parametrize(("page", "most"), [("", 21), ("act", 19), ("receipts", 13)])
def test_the_pages_run_a_known_number_of_statements(
    make: Make, client: Client, statements: Counter, page: str, most: int
) -> None:
    lab, vote = published(make)
    documents.print_act(vote.id, utcnow())
    here = voting.address(lab, vote)
    db.session.remove()

    with statements() as run:
        answer = client.get(here + page)

    assert answer.status_code == 200
    assert run.count <= most, "\n".join(run.texts)


def test_a_way_that_three_used_stands_nowhere_alone(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    people, begun = voting.voters(make, lab, 24), utcnow() - timedelta(days=8)
    both = (Channel.ACCOUNT, Channel.CARD)
    vote = voting.vote(make, lab, now=begun, channels=both)
    for person in people[:21]:
        voting.cast(lab, person, vote, [1], now=begun)
    for person in people[21:]:
        db.session.add(Turnout(vote_id=vote.id, person_id=person.person_id, channel=Channel.CARD))
        ballot_box.put_in(vote.id, "2", ballot_box.new_receipt())
    db.session.add(
        Reconciliation(
            vote_id=vote.id,
            channel=Channel.CARD,
            issued=4,
            used=3,
            returned=0,
            voided=1,
            reconciled_at=begun,
        )
    )
    voting.finish(vote)
    documents.print_act(vote.id, utcnow())

    page = client.get(voting.address(lab, vote) + "act").text
    told = json.loads(sent(client, voting.address(lab, vote) + "act.json"))

    assert told["turnout"] == {"account+card": 24}
    assert told["reconciled"] == {}
    assert "con una cuenta, con una tarjeta de votar" in page
    assert "Entregadas" not in page


@pytest.mark.parametrize("offered", Channel)
def test_what_is_secret_is_told_of_each_way_offered(
    make: Make, client: Client, offered: Channel
) -> None:
    lab = voting.lab(make)
    titles = {
        Channel.ACCOUNT: "Si vota con su cuenta",
        Channel.CARD: "Si vota con una tarjeta",
        Channel.PAPER: "Si vota en papel",
        Channel.HANDS: "Si alza la mano",
    }
    voting.voters(make, lab, 1)
    vote = voting.vote(make, lab, channels=tuple({Channel.ACCOUNT, offered}))

    page = client.get(voting.address(lab, vote) + "secrecy").text

    assert {way for way, title in titles.items() if title in page} == {Channel.ACCOUNT, offered}
