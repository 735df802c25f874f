"""A show of hands: what can be true of a hall, two witnesses, corrections until the close."""

import json

import pytest
from sqlalchemy import select

from labapp.counting.method import Method
from labapp.counting.methods import METHODS
from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Act, Role
from labapp.polling.queries.hands import Show
from labapp.polling.queries.hands import show_of_hands as read_show
from labapp.polling.service import show_of_hands
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.results import queries as results_queries
from labapp.results import tasks as results
from labapp.voting.models import Vote
from tests.make import NOW, Make
from tests.polling import table
from tests.voting import make as voting

WITNESSES = ("La presidenta del acueducto", "El director de la escuela")
HELD = [method for method in METHODS.values() if method.allows_hands]


def held(make: Make, method: Method = METHODS["approval"]) -> Vote:
    """Return a vote in which ten people are noted for a show of hands; two marks each."""
    lab = voting.lab(make)
    voters = voting.voters(make, lab, 12)
    most = 1 if method is METHODS["plurality"] else 2
    vote = table.vote(make, lab, method=method, channels="account hands", max_marks=most)
    table.take(vote, voters[:10], Channel.HANDS)
    return vote


@pytest.mark.parametrize("method", HELD)
def test_hands_are_counted_as_totals_beside_the_ballots(make: Make, method: Method) -> None:
    lab = voting.lab(make)
    voters = voting.voters(make, lab, 4)
    vote = table.vote(make, lab, method=method, channels="account hands", max_marks=1)
    by = make.actor(lab, Role.TELLER)
    table.take(vote, voters[1:], Channel.HANDS)
    voting.cast(lab, voters[0], vote, [2], now=vote.opens_at)

    table.raise_hands(lab, vote, by, 3, {1: 2, 2: 1})
    results.close_due(vote.closes_at)
    table.reconcile_all(lab, vote, make.actor(lab, Role.FACILITATOR))
    waiting = results.finish(vote.id, vote.closes_at)
    db.session.refresh(vote)

    result = results_queries.result(vote)
    assert not waiting, "one and two have two votes each: the draw decides"
    assert result.received == 4
    assert {line.option.position: line.votes for line in result.lines} == {1: 2, 2: 2, 3: 0, 4: 0}


@pytest.mark.parametrize(
    ("show", "field"),
    [
        (Show(11, {1: 1, 2: 0, 3: 0, 4: 0}, WITNESSES, have_declared=True), "people"),
        (Show(5, {1: 6, 2: 0, 3: 0, 4: 0}, WITNESSES, have_declared=True), "votes_1"),
        (Show(5, {1: 0, 2: 0, 3: -1, 4: 0}, WITNESSES, have_declared=True), "votes_3"),
        (Show(5, {1: 4, 2: 4, 3: 3, 4: 0}, WITNESSES, have_declared=True), "people"),
        (Show(5, {1: 1}, WITNESSES, have_declared=True), None),
        (Show(5, {1: 1, 2: 0, 3: 0, 4: 0, 5: 0}, WITNESSES, have_declared=True), None),
        (
            Show(5, {1: 1, 2: 0, 3: 0, 4: 0}, ("La maestra", " la  MAESTRA"), have_declared=True),
            "second_witness",
        ),
    ],
    ids=["more than noted", "option", "below zero", "sum", "lacking", "stray", "witness"],
)
def test_what_cannot_be_true_is_refused_with_its_question(
    make: Make, show: Show, field: str | None
) -> None:
    vote = held(make)

    with pytest.raises(Conflict) as refused:
        show_of_hands.require_possible(vote, show, taken=10)

    assert refused.value.values.get("field") == field


def test_with_one_mark_each_the_hands_are_at_most_the_people(make: Make) -> None:
    one, more = held(make, METHODS["plurality"]), held(make)
    show = Show(5, {1: 3, 2: 3, 3: 0, 4: 0}, WITNESSES, have_declared=True)

    with pytest.raises(Conflict):
        show_of_hands.require_possible(one, show, taken=10)
    show_of_hands.require_possible(more, show, taken=10)


@pytest.mark.parametrize("method", [method for method in METHODS.values() if method not in HELD])
def test_other_methods_take_no_hands(make: Make, method: Method) -> None:
    vote = held(make, METHODS["approval"])
    lab = voting.lab(make)
    voting.voters(make, lab, 1)
    vote = table.vote(make, lab, method=method, channels="account hands", scale=5)
    show = Show(0, {1: 0, 2: 0, 3: 0, 4: 0}, WITNESSES, have_declared=True)

    with pytest.raises(Conflict):
        show_of_hands.note_hands(Acting(lab, make.actor(lab, Role.TELLER), NOW), vote, show=show)


def test_a_correction_keeps_the_totals_before_and_after_but_no_option(make: Make) -> None:
    lab = voting.lab(make)
    voters = voting.voters(make, lab, 9)
    vote, by = table.vote(make, lab, channels="hands"), make.actor(lab, Role.FACILITATOR)
    table.take(vote, voters, Channel.HANDS)

    table.raise_hands(lab, vote, by, 8, {1: 7, 2: 5})
    table.raise_hands(lab, vote, by, 9, {1: 7, 2: 6})

    assert read_show(vote.id) == Show(9, {1: 7, 2: 6, 3: 0, 4: 0}, WITNESSES, have_declared=True)
    kept = db.session.execute(
        select(Entry.before, Entry.after).where(Entry.act == Act.HANDS_NOTE).order_by(Entry.id)
    ).all()
    assert [(json.loads(row[0]), json.loads(row[1])) for row in kept] == [
        ({}, {"people": 8, "hands": 12}),
        ({"people": 8, "hands": 12}, {"people": 9, "hands": 13, "corrected": 1}),
    ]


def test_after_the_close_hands_may_still_be_noted_once_and_never_corrected(make: Make) -> None:
    lab = voting.lab(make)
    voters = voting.voters(make, lab, 3)
    vote, by = table.vote(make, lab, channels="hands"), make.actor(lab, Role.TELLER)
    table.take(vote, voters, Channel.HANDS)
    results.close_due(vote.closes_at)
    db.session.refresh(vote)

    table.raise_hands(lab, vote, by, 3, {1: 3})
    with pytest.raises(Conflict):
        table.raise_hands(lab, vote, by, 3, {2: 3})

    db.session.rollback()
    noted = read_show(vote.id)
    assert noted is not None
    assert noted.votes[1] == 3


def test_only_a_facilitator_or_a_teller_notes_hands(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 1)
    vote = table.vote(make, lab, channels="hands")

    for role in (Role.MEMBER, Role.ALLY, Role.REVIEWER):
        with pytest.raises(Denied):
            table.raise_hands(lab, vote, make.actor(lab, role), 0, {})
