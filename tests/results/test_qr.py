"""The printed act leads by its QR to the page that checks it, wherever the site is reached."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from labapp.db import db, utcnow
from labapp.domain.policy import Role
from labapp.files import pdf as typst_pdf
from labapp.files import qr, views
from labapp.files.models import StoredFile
from labapp.files.service import place
from labapp.labs.models import Lab
from labapp.results.queries import acts as act_queries
from labapp.results.service import acts
from labapp.results.tasks import documents
from labapp.voting.models import Vote
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import Make, sign_in
from tests.voting import make as voting


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the source of each PDF was given."""
    found: list[Any] = []

    def kept(_source: str, data: dict[str, Any]) -> bytes:
        found.append(data)
        return b"%PDF-"

    monkeypatch.setattr(typst_pdf, "pdf", kept)
    return found


def counted(make: Make, ballots: list[str]) -> tuple[Lab, Vote]:
    lab, begun = voting.lab(make), utcnow() - timedelta(days=8)
    voting.voters(make, lab, 30)
    vote = voting.vote(make, lab, now=begun)
    for content in ballots:
        ballot_box.put_in(vote.id, content, ballot_box.new_receipt())
    voting.finish(vote)
    return lab, vote


def test_the_act_that_the_clock_prints_leads_to_the_site(
    make: Make, app: Flask, given: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _lab, vote = counted(make, ["1"] * 21)
    monkeypatch.setitem(app.config, "SITE_URL", "https://hilo.example.org/")

    documents.print_due(utcnow())

    [act] = [file for file in act_queries.documents(vote.id) if file.media_type == acts.JSON]
    check = given[0]["check"]
    assert check["address"] == f"https://hilo.example.org/verify/{act.sha256}"
    assert check["svg"].startswith("<svg")
    assert check["svg"] == qr.svg(check["address"], border=2)


def test_the_clock_prints_no_code_where_nobody_says_where_the_site_is(
    make: Make, given: list[Any]
) -> None:
    counted(make, ["1"] * 21)

    documents.print_due(utcnow())

    assert given[0]["check"]["svg"] == ""


def test_who_publishes_by_hand_prints_the_address_at_which_they_are(
    make: Make, client: Client, given: list[Any]
) -> None:
    lab, vote = counted(make, ["1 2"] * 21)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    client.post(voting.address(lab, vote) + "publish", data={"seed": "4821"})

    db.session.refresh(vote)
    assert vote.published_at
    assert given[0]["check"]["address"].startswith("http://localhost/verify/")
    assert given[0]["check"]["svg"].startswith("<svg")


def test_the_setting_goes_before_the_address_of_a_request(
    make: Make,
    client: Client,
    app: Flask,
    given: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lab, vote = counted(make, ["1 2"] * 21)
    monkeypatch.setitem(app.config, "SITE_URL", "https://hilo.example.org")
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    client.post(voting.address(lab, vote) + "publish", data={"seed": "4821"})

    assert given[0]["check"]["address"].startswith("https://hilo.example.org/verify/")


@pytest.mark.parametrize("site", ["", "https://hilo.example.org"])
def test_the_code_is_drawn_in_the_pdf_and_said_for_who_cannot_see_it(
    make: Make, app: Flask, monkeypatch: pytest.MonkeyPatch, site: str
) -> None:
    _lab, vote = counted(make, ["1"] * 21)
    monkeypatch.setitem(app.config, "SITE_URL", site)

    documents.print_due(utcnow())

    act = act_queries.act(vote.id)
    assert act
    file = db.session.get_one(StoredFile, act.pdf_id)
    pdf = place(file, views.folder()).read_bytes()
    assert (b"/S/Figure" in pdf) is bool(site)
