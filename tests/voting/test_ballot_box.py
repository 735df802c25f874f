"""Who may put a ballot in the box, and what is refused."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from labapp.counting.errors import InvalidBallot
from labapp.db import db
from labapp.domain.errors import Conflict, Denied, Refusal
from labapp.domain.policy import Role
from labapp.labs.service import grant
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.results import queries as results_queries
from labapp.results import service as results
from labapp.voting import queries
from labapp.voting.models import Ballot, Receipt, Turnout
from tests.make import NOW, Make
from tests.voting import make as voting


def rows() -> tuple[int, int, int]:
    counted = [
        db.session.scalar(select(func.count()).select_from(table))
        for table in (Turnout, Ballot, Receipt)
    ]
    return (counted[0] or 0, counted[1] or 0, counted[2] or 0)


def test_a_ballot_leaves_a_turnout_a_ballot_a_receipt_and_no_entry(make: Make) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 3)[0]
    vote = voting.vote(make, lab)
    db.session.commit()
    entries = db.session.scalar(select(func.count()).select_from(Entry))

    code = voting.cast(lab, voter, vote, [3, 1])

    assert rows() == (1, 1, 1)
    assert db.session.scalars(select(Ballot.marks)).all() == ["1 3"]
    assert queries.receipts(vote.id) == [code]
    assert db.session.scalar(select(func.count()).select_from(Entry)) == entries


def test_a_second_ballot_is_refused_and_the_first_stands(make: Make) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab)
    voting.cast(lab, voter, vote, [1])

    with pytest.raises(Conflict):
        voting.cast(lab, voter, vote, [2])

    db.session.rollback()
    assert db.session.scalars(select(Ballot.marks)).all() == ["1"]


def test_the_database_itself_refuses_a_second_turnout(make: Make) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab)
    voting.cast(lab, voter, vote, [1])

    db.session.add(Turnout(vote_id=vote.id, person_id=voter.person_id))
    with pytest.raises(IntegrityError):
        db.session.flush()

    db.session.rollback()


def test_who_joins_after_the_opening_is_not_on_the_roll(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 1)
    vote = voting.vote(make, lab)
    late = voting.voters(make, lab, 1)[0]

    with pytest.raises(Denied):
        voting.cast(lab, late, vote, [1])

    db.session.rollback()
    assert rows() == (0, 0, 0)


def test_whoever_leaves_the_lab_after_the_opening_still_votes(make: Make) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab)
    gone = type(voter)(voter.person_id, frozenset({Role.ACCOUNT}))

    voting.cast(lab, gone, vote, [1])

    assert rows() == (1, 1, 1)


@pytest.mark.parametrize("marks", [[1, 2, 3, 4], [0], [5], [-1]])
def test_marks_that_will_not_do_are_refused(make: Make, marks: list[int]) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    vote = voting.vote(make, lab)

    with pytest.raises(InvalidBallot):
        voting.cast(lab, voter, vote, marks)

    db.session.rollback()
    assert rows() == (0, 0, 0)


def test_no_ballot_is_taken_before_the_opening_after_the_hour_or_when_annulled(make: Make) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 1)[0]
    later = voting.vote(make, lab, opens_at=NOW + timedelta(days=1))
    over, annulled = voting.vote(make, lab), voting.vote(make, lab)
    voting.annul(make, lab, annulled)
    db.session.commit()

    for vote, now in ((later, NOW), (over, over.closes_at), (annulled, NOW)):
        with pytest.raises(Refusal):
            voting.cast(lab, voter, vote, [1], now=now)
        db.session.rollback()

    assert rows() == (0, 0, 0)


def test_a_receipt_used_by_another_is_refused(make: Make) -> None:
    lab = voting.lab(make)
    one, other = voting.voters(make, lab, 2)
    vote = voting.vote(make, lab)
    code = voting.cast(lab, one, vote, [1])

    with pytest.raises(Conflict):
        voting.cast(lab, other, vote, [1], receipt=code)

    db.session.rollback()
    assert rows() == (1, 1, 1)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.lists(st.integers(0, 5), max_size=4), st.booleans()),
        max_size=15,
    )
)
def test_ballots_equal_turnout_and_a_recount_equals_the_result_after_any_sequence(
    make: Make, casts: list[tuple[int, list[int], bool]]
) -> None:
    lab = voting.lab(make)
    people = voting.voters(make, lab, 5)
    vote = voting.vote(make, lab, seats=4)
    grant(lab.id, make.person().id, Role.MEMBER, source="late", now=NOW)
    people.append(make.actor(lab, Role.MEMBER))
    db.session.commit()

    for who, marks, late in casts:
        try:
            voting.cast(lab, people[who], vote, marks, now=NOW + timedelta(days=8 if late else 1))
        except (InvalidBallot, Refusal):
            db.session.rollback()

    turnout, ballots, receipts = (
        db.session.scalar(select(func.count()).select_from(table).where(table.vote_id == vote.id))
        for table in (Turnout, Ballot, Receipt)
    )
    assert turnout == ballots == receipts
    voting.finish(vote)
    if not vote.published_at:
        facilitator = make.actor(lab, Role.FACILITATOR)
        results.publish(Acting(lab, facilitator, vote.closes_at), vote, seed="4821")
        db.session.commit()
    result = results_queries.result(vote)
    assert result.received == turnout
    assert result.agrees(results_queries.figures_on_record(vote.id))
