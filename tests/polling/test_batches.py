"""Piles of paper: typed by two, compared, settled, and put into the box without their order."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from labapp.db import db
from labapp.domain.errors import Conflict, Denied, Unreadable
from labapp.domain.policy import Role
from labapp.labs.service import same_person
from labapp.polling import queries as polling
from labapp.polling.models import TypedBallot
from labapp.polling.queries import batches as batch_queries
from labapp.polling.service import batches, discrepancies
from labapp.polling.transcription import TypedPaper
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.results import queries as results_queries
from labapp.results import tasks as results
from labapp.voting.models import Ballot, Receipt
from tests.make import NOW, Make
from tests.polling import table
from tests.voting import make as voting

PAPERS = ["1 3", "2", "", "nula", "1"]


def box() -> Counter[str]:
    return Counter(db.session.scalars(select(Ballot.marks)))


def test_a_pile_typed_alike_goes_into_the_box_and_its_sheets_are_forgotten(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 5)
    vote, by = table.vote(make, lab, channels="paper"), table.tellers(make, lab)

    batch = table.into_box(lab, vote, by, PAPERS)

    assert box() == Counter(["1 3", "2", "", "1"])
    assert (batch.spoilt, batch.differences, batch.boxed_at) == (1, 0, NOW)
    assert db.session.scalar(select(func.count()).select_from(TypedBallot)) == 0
    assert db.session.scalar(select(func.count()).select_from(Receipt)) == 0
    assert polling.received_ballots(vote.id) == 5
    with pytest.raises(Conflict):
        batches.put_into_box(Acting(lab, by[0], NOW), vote, number=1)


def test_the_second_may_not_be_the_first_and_a_third_is_refused(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 5)
    vote, by = table.vote(make, lab), table.tellers(make, lab)
    batch = table.begin(lab, by[0], vote, 2)
    some = {1: TypedPaper("1")}

    for actor in (by[0], by[0], by[1]):
        batches.type_in(Acting(lab, actor, NOW), vote, number=1, lines=some)
    with pytest.raises(Conflict):
        batches.type_in(Acting(lab, make.actor(lab, Role.TELLER), NOW), vote, number=1, lines=some)

    assert (batch.first_by_id, batch.second_by_id) == (by[0].person_id, by[1].person_id)
    typed = [batch_queries.typed_count(batch.id, turn) for turn in (1, 2)]
    assert typed == [1, 1]
    batch.second_by_id = batch.first_by_id
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_pile_is_not_put_in_until_two_have_typed_all_of_it(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 5)
    vote, by = table.vote(make, lab), table.tellers(make, lab)
    table.begin(lab, by[0], vote, 2)
    whole = table.lines(["1", "2"])
    done = []

    for actor, lines in ((by[0], whole), (by[1], {1: TypedPaper("1")})):
        done.append(batches.type_in(Acting(lab, actor, NOW), vote, number=1, lines=lines))
        with pytest.raises(Conflict):
            batches.put_into_box(Acting(lab, by[0], NOW), vote, number=1)
    done.append(
        batches.type_in(Acting(lab, by[1], NOW), vote, number=1, lines={2: TypedPaper("2")})
    )
    with pytest.raises(Conflict):
        batches.type_in(Acting(lab, by[1], NOW), vote, number=1, lines=whole)

    assert done == [True, False, True]


def test_differences_stop_the_pile_until_each_is_looked_at_again(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 5)
    vote, by = table.vote(make, lab), table.tellers(make, lab)
    batch = table.pile(lab, vote, by, ["1", "2", "", "3"], ["1", "2 3", "nula", "3"])

    with pytest.raises(Conflict):
        batches.put_into_box(Acting(lab, by[0], NOW), vote, number=1)
    assert [one.place for one in batch_queries.differences(batch.id)] == [2, 3]
    for place, who, line in ((2, by, TypedPaper("2 3")), (3, by[::-1], TypedPaper(spoilt=True))):
        table.settle(lab, vote, who, batch, place, line, why="Otra  fila.")
    batches.put_into_box(Acting(lab, by[1], NOW), vote, number=1)

    assert (batch.differences, batch.explained) == (2, "2. Otra fila.\n3. Otra fila.")
    assert box() == Counter(["1", "2 3", "3"])
    assert batch.spoilt == 1


def test_only_the_two_who_typed_settle_and_only_what_differs(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 5)
    vote, by = table.vote(make, lab), table.tellers(make, lab)
    table.pile(lab, vote, by, ["1", "2"], ["1", "3"])

    for actor, place in ((make.actor(lab, Role.TELLER), 2), (by[0], 1), (by[0], 9)):
        with pytest.raises(Conflict):
            discrepancies.settle(
                Acting(lab, actor, NOW), vote, number=1, place=place, line=TypedPaper("2"), why="x"
            )


def test_a_pile_counted_wrong_is_counted_again(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 5)
    vote, by = table.vote(make, lab), table.tellers(make, lab)
    batch = table.pile(lab, vote, by, ["1", "2", "3"], ["1", "2", "1"])

    batches.recount(Acting(lab, by[0], NOW), vote, number=1, sheets=2)
    batches.put_into_box(Acting(lab, by[0], NOW), vote, number=1)

    assert batch.sheets == 2
    assert box() == Counter(["1", "2"])


@pytest.mark.parametrize("sheets", [0, -1, 401])
def test_a_pile_has_a_number_of_papers_that_can_be_counted(make: Make, sheets: int) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 5)
    vote, by = table.vote(make, lab), table.tellers(make, lab)

    with pytest.raises(Conflict):
        table.begin(lab, by[0], vote, sheets)


@pytest.mark.parametrize("photo", [None, b"", b"<script>"])
def test_a_pile_without_a_photo_that_opens_is_refused(make: Make, photo: bytes | None) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 5)
    vote, by = table.vote(make, lab), table.tellers(make, lab)

    with pytest.raises(Unreadable):
        batches.add(Acting(lab, by[0], NOW), vote, sheets=2, photo=photo, folder=Path("nowhere"))

    assert batch_queries.of_vote(vote.id) == []


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ALLY, Role.COMMITTEE, Role.REVIEWER])
def test_nobody_else_touches_the_papers(make: Make, role: Role) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 5)
    vote, by = table.vote(make, lab), table.tellers(make, lab)
    table.pile(lab, vote, by, ["1"])
    other = make.actor(lab, role)

    with pytest.raises(Denied):
        table.begin(lab, other, vote, 1)
    with pytest.raises(Denied):
        batches.type_in(Acting(lab, other, NOW), vote, number=1, lines={1: TypedPaper("1")})
    with pytest.raises(Denied):
        batches.put_into_box(Acting(lab, other, NOW), vote, number=1)


def test_papers_are_typed_after_the_close_but_not_once_the_count_begins(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 5)
    vote, by = table.vote(make, lab, channels="paper"), table.tellers(make, lab)
    late = vote.closes_at + timedelta(hours=3)
    results.close_due(vote.closes_at)

    table.into_box(lab, vote, by, ["1", "1"], now=late)
    table.reconcile_all(lab, vote, by[0])
    results.close_due(late)

    db.session.refresh(vote)
    assert vote.published_at == late
    assert results_queries.result(vote).received == 2
    with pytest.raises(Conflict):
        table.begin(lab, by[0], vote, 1, now=late)


@pytest.mark.parametrize("channels", ["account", "account card hands"])
def test_a_vote_without_paper_takes_none(make: Make, channels: str) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 5)
    vote, by = table.vote(make, lab, channels=channels), table.tellers(make, lab)

    with pytest.raises(Conflict):
        table.begin(lab, by[0], vote, 1)


def test_an_annulled_vote_and_one_not_open_take_no_paper(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 5)
    by = table.tellers(make, lab)
    annulled = table.vote(make, lab)
    voting.annul(make, lab, annulled)
    early = voting.vote(make, lab, opens_at=NOW + timedelta(days=1))
    early.channels = "paper"

    for vote in (annulled, early):
        with pytest.raises(Conflict):
            table.begin(lab, by[0], vote, 1)


def test_the_record_keeps_counts_alone(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 5)
    vote, by = table.vote(make, lab), table.tellers(make, lab)
    batch = table.pile(lab, vote, by, ["4", "2"], ["4", "1"])
    table.settle(lab, vote, by, batch, 2, TypedPaper("2"), why="Decía 2.")
    batches.put_into_box(Acting(lab, by[0], NOW), vote, number=1)
    db.session.commit()

    kept = db.session.execute(
        select(Entry.act, Entry.before, Entry.after, Entry.reason)
        .where(Entry.act.in_(["batch:add", "batch:type", "batch:drop"]))
        .order_by(Entry.id)
    ).all()
    assert len(kept) == 6
    assert "Decía" not in str(kept)
    assert '"ballots":2' in kept[-1].after


def test_two_accounts_of_one_person_are_one_of_the_two_who_type(make: Make) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 5)
    vote, by = table.vote(make, lab), table.tellers(make, lab)
    batch = table.begin(lab, by[0], vote, 2)
    host = make.actor(lab, Role.FACILITATOR)
    same_person.join(Acting(lab, host, NOW), one=by[0].person_id or 0, two=by[1].person_id or 0)

    for actor in by[:2]:
        batches.type_in(Acting(lab, actor, NOW), vote, number=1, lines={1: TypedPaper("1")})

    assert (batch.first_by_id, batch.second_by_id) == (by[0].person_id, None)
    assert [batch_queries.typed_count(batch.id, turn) for turn in (1, 2)] == [1, 0]
