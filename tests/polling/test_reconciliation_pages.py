"""The pages of the show of hands and of the reconciliation."""

from datetime import timedelta

from sqlalchemy import func, select

from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.policy import Role
from labapp.labs.models import Lab
from labapp.polling import queries as polling
from labapp.polling.models import Reconciliation
from labapp.results import queries as results_queries
from labapp.results import tasks as results
from tests.client import Client
from tests.make import Make, sign_in
from tests.polling import table
from tests.polling.table import here, opened
from tests.voting import make as voting


def test_hands_are_noted_with_a_sentence_for_what_cannot_be(
    make: Make, client: Client, lab: Lab
) -> None:
    vote = opened(make, lab, channels="hands")
    table.take(vote, voting.voters(make, lab, 4), Channel.HANDS)
    sign_in(client, make.actor(lab, Role.TELLER))
    good = {
        "people": "4",
        "first_witness": "La presidenta",
        "second_witness": "El maestro",
        "first_declared": "yes",
        "second_declared": "yes",
        "votes_1": "4",
        "votes_2": "1",
        "votes_3": "0",
        "votes_4": "0",
    }
    wrong: list[dict[str, str]] = [
        {"people": "5"},
        {"votes_1": "9"},
        {"votes_2": ""},
        {"votes_2": "-1"},
        {"second_witness": "la presidenta"},
        {"first_witness": ""},
        {"first_declared": ""},
        {"second_declared": ""},
        {"votes_2": "4", "votes_3": "4", "votes_4": "4"},
    ]

    refused = [client.post(here(lab, vote) + "hands", data=good | one) for one in wrong]
    noted = client.post(here(lab, vote) + "hands", data=good)

    assert [answer.status_code for answer in refused] == [422] * len(wrong)
    assert all("govuk-error-summary" in answer.text for answer in refused)
    assert noted.status_code == 302
    assert 'value="4"' in client.get(here(lab, vote) + "hands").text
    assert polling.received_ballots(vote.id) == 4


def test_after_the_last_way_is_reconciled_the_result_is_published(
    make: Make, client: Client, lab: Lab
) -> None:
    begun, by = utcnow() - timedelta(days=8), table.tellers(make, lab)
    vote = table.vote(make, lab, now=begun, channels="paper hands")
    table.take(vote, voting.voters(make, lab, 3), Channel.PAPER)
    table.into_box(lab, vote, by, ["1", "1"], now=begun + timedelta(hours=1))
    results.close_due(utcnow())
    sign_in(client, by[0])
    at = here(lab, vote) + "reconcile"

    shown = client.get(at).text
    told = {
        "reissued": "0",
        "returned": "0",
        "voided": "0",
        "first_witness": "La presidenta del acueducto",
        "second_witness": "La maestra",
        "first_declared": "yes",
        "second_declared": "yes",
    }
    lacking = client.post(at + "/paper", data=told)
    alone = client.post(at + "/paper", data=told | {"returned": "1", "second_witness": ""})
    alike = client.post(
        at + "/paper",
        data=told | {"returned": "1", "second_witness": "la PRESIDENTA del acueducto"},
    )
    client.post(at + "/paper", data=told | {"returned": "1"})
    noted, again = client.get(at).text, client.get(at + "/paper").text
    waiting = vote.published_at
    last = client.post(at + "/hands", data={"explained": ""})

    assert "Por cuadrar" in shown
    assert (lacking.status_code, alone.status_code, alike.status_code) == (422, 422, 422)
    assert "1" in lacking.text
    assert "dos personas" in alike.text
    assert "Testigos del conteo: La presidenta del acueducto · La maestra" in noted
    assert 'value="La maestra"' in again
    assert waiting is None
    assert last.location == voting.address(lab, vote)
    db.session.refresh(vote)
    assert vote.published_at
    assert db.session.scalar(select(func.count()).select_from(Reconciliation)) == 2
    assert client.post(at + "/card").status_code == 404


def test_the_list_of_votes_says_the_same_turnout_as_the_page_of_each(
    make: Make, client: Client, lab: Lab
) -> None:
    voters, by = voting.voters(make, lab, 9), table.tellers(make, lab)
    vote, other = (opened(make, lab, channels="account paper hands") for _ in range(2))
    table.take(vote, voters[:4], Channel.HANDS)
    table.raise_hands(lab, vote, by[0], 4, {1: 4})
    table.into_box(lab, vote, by, ["1", "nula", "nula"], now=vote.opens_at)
    voting.cast(lab, voters[5], other, [1], now=other.opens_at)

    listed = client.get(f"/labs/{lab.slug}/votes/").text

    assert {row[0]: row[1] for row in results_queries.in_lab(lab.id).rows} == {other: 1, vote: 7}
    for one, said in ((vote, 7), (other, 1)):
        assert polling.received_ballots(one.id) == said
        assert f"Votaron {said} de 12" in listed
        assert f"Votaron {said} de 12" in client.get(voting.address(lab, one)).text
