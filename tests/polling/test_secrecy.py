"""After the close nothing joins a card with whoever held it, with its ballot or its receipt."""

from itertools import combinations
from random import Random
from typing import Any

import pytest

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.policy import Role
from labapp.polling import card_code
from labapp.polling.service import roll
from labapp.record.acting import Acting
from labapp.voting.models import Vote
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import Make, sign_in
from tests.polling import make as polling
from tests.results.test_secrecy import CHANCE, VOTERS, best, everything
from tests.voting import joins
from tests.voting import make as voting
from tests.voting.joins import Truth


def held(make: Make) -> tuple[Vote, list[Truth]]:
    """Hold a vote by cards alone, each handed out and cast at once, no two ballots equal."""
    lab = voting.lab(make)
    lines = tuple(f"Opción {n}" for n in range(1, 10))
    vote, voters = polling.vote(make, lab, people=VOTERS, lines=lines, max_marks=3)
    codes, teller = polling.cards(make, lab, vote, VOTERS), make.actor(lab, Role.TELLER)
    chance = Random(11)  # noqa: S311  # only so that no order of the test's own tells
    pile = chance.sample(list(enumerate(codes, start=1)), VOTERS)
    patterns = chance.sample(list(combinations(range(1, 10), 3)), VOTERS)
    truth = []
    for voter, (serial, one), marks in zip(
        chance.sample(voters, VOTERS), pile, patterns, strict=True
    ):
        who, now = voter.person_id or 0, vote.opens_at
        roll.take(Acting(lab, teller, now), vote, person_id=who, channel=Channel.CARD)
        db.session.commit()
        receipt = polling.cast(lab, vote, one, marks)
        truth.append(Truth(who, " ".join(map(str, marks)), receipt, serial))
    return vote, truth


def test_nothing_joins_a_card_a_person_and_a_ballot_after_the_close(make: Make) -> None:
    vote, truth = held(make)
    # SQLite's journal shows what is written anew, and a card that is used was written before.
    known = "turnout ballot" if db.engine.dialect.name == "sqlite" else "ballot card"
    before, way = best(truth, known, joins.WITH_CARDS)
    keys = joins.keys(("turnout", "ballot", "card"))

    voting.close(vote)

    after, found = best(truth, tables=joins.WITH_CARDS)
    assert before == VOTERS, f"a test that cannot fail shows nothing: {way}"
    assert after <= CHANCE, found
    assert not set(keys) & set(joins.keys(("turnout", "ballot", "card")))
    if db.engine.dialect.name == "sqlite":
        disk = joins.on_disk()
        assert not [key for key in keys if key.encode() in disk]


def changed(before: dict[str, list[Any]]) -> set[str]:
    after = everything()
    return {name for name in after if after[name] != before[name]}


def test_each_act_of_a_card_changes_only_what_it_must(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    vote, (voter,) = polling.vote(make, lab)
    (one,) = polling.cards(make, lab, vote)
    here, paper = voting.address(lab, vote) + "hall/roll", f"card/{one}"
    sign_in(client, make.actor(lab, Role.TELLER))
    name = db.session.get_one(Person, voter.person_id).name
    before = everything()

    client.post(here, data={"q": name, "person": voter.person_id, "channel": "card"})
    taken = changed(before)
    client.sign_out()
    before = everything()
    form = {"marks": ["1"], "receipt": ballot_box.new_receipt()}
    answer = client.post(voting.address(lab, vote) + paper, data=form)

    assert answer.status_code == 200
    assert taken == {"turnout"}
    assert changed(before) == {"card", "ballot", "receipt"}


def test_neither_log_nor_cookie_nor_table_holds_a_code(
    make: Make, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    lab = voting.lab(make)
    vote, _ = polling.vote(make, lab, crowd=5)
    one, two = polling.given(make, lab, vote, 2)
    there, seen = voting.address(lab, vote), []
    form = {"marks": ["1"], "receipt": ballot_box.new_receipt()}

    client.post(f"{there}card/{one}", data=form)
    client.post(f"{there}kiosk", data={"code": two})
    with client.session_transaction() as cookie:
        seen.append(str(dict(cookie)))
    client.post(f"{there}kiosk/paper", data={**form, "receipt": ballot_box.new_receipt()})
    with client.session_transaction() as cookie:
        seen.append(str(dict(cookie)))

    seen += [caplog.text, str(everything())]
    assert caplog.text == ""
    assert not [text for text in seen for each in (one, two) if each in text]
    assert not [text for text in seen for each in (one, two) if card_code.read(each) in text]
