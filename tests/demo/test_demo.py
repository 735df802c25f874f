"""The demonstration shows what it was written to show, on both databases."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from labapp.audits import queries as audits
from labapp.cli.backup import backup, restore
from labapp.cli.checks import faults
from labapp.cli.verify import verify
from labapp.db import db
from labapp.domain.channel import Channel
from labapp.domain.panama_time import local_day
from labapp.domain.stage import Stage
from labapp.files.models import StoredFile
from labapp.files.service import place
from labapp.followup import queries as followup
from labapp.labs.models import Lab
from labapp.polling import queries as polling
from labapp.polling.models import CardState
from labapp.polling.queries import batches, cards
from labapp.results import queries
from labapp.results.models import TallyAct
from labapp.results.queries.published_vote import published_vote
from labapp.sessions import queries as sessions
from labapp.stages.facts import gather
from labapp.thread.models import Thing
from labapp.voting import queries as voting
from labapp.voting.models import Vote


def lab(slug: str) -> Lab:
    return db.session.scalars(select(Lab).where(Lab.slug == slug)).one()


def test_each_lab_stands_at_its_stage(demo: Flask) -> None:
    stages = {place.slug: place.stage for place in db.session.scalars(select(Lab))}

    assert sorted(stages.values()) == sorted(
        [Stage.FOLLOWUP, Stage.PRIORITIZATION, Stage.CLOSED, Stage.PREPARATION]
    )
    assert stages["san-martin"] is Stage.FOLLOWUP
    assert stages["san-miguel"] is Stage.PRIORITIZATION


def test_the_two_bars_of_the_tank_say_55_and_41(demo: Flask) -> None:
    tank = followup.agreement(lab("san-martin").id, 1)
    assert tank is not None

    progress = followup.progress([tank.id])[tank.id]

    assert (progress.declared, progress.verified) == (55, 41)


def test_san_martin_lacks_what_it_was_written_to_lack(demo: Flask) -> None:
    facts = gather(lab("san-martin"))

    assert facts.milestones_unmet == 5
    assert facts.findings_open == 2
    assert facts.reports_missing == 1
    assert facts.letters_unanswered == 1
    assert facts.problems_unanswered == 3
    assert (facts.contributions_unanswered, facts.proposals_unanswered) == (0, 0)
    assert not facts.review_validated


def test_san_miguel_waits_for_its_vote_and_four_answers(demo: Flask) -> None:
    place = lab("san-miguel")
    facts = gather(place)

    assert (facts.votes_open, facts.votes_published) == (1, 0)
    assert facts.problems_waiting == 2
    assert sessions.unanswered_count(place.id) == 4


def test_the_open_vote_has_twenty_cards_six_of_them_used(demo: Flask) -> None:
    vote = voting.by_number(lab("san-miguel").id, 1)
    assert vote is not None

    assert cards.counts(vote.id) == {
        CardState.PRINTED: 13,
        CardState.USED: 6,
        CardState.VOIDED: 1,
        CardState.RETURNED: 0,
    }
    assert polling.turnout_by_channel(vote.id) == {Channel.ACCOUNT: 11, Channel.CARD: 6}


def test_the_closed_vote_counts_47_papers_and_131_marks(demo: Flask) -> None:
    vote = voting.by_number(lab("san-martin").id, 1)
    assert vote is not None

    result = queries.result(vote)
    votes = {line.option.position: line.votes for line in result.lines}

    assert (result.received, result.blank, sum(votes.values())) == (47, 1, 131)
    assert [votes[n] for n in range(1, 7)] == [38, 29, 29, 17, 11, 7]
    assert polling.received_ballots(vote.id) == 47
    assert vote.roll_size == 64


def test_the_closed_vote_came_by_account_card_and_paper_and_its_act_says_so(demo: Flask) -> None:
    vote = voting.by_number(lab("san-martin").id, 1)
    assert vote is not None

    told = published_vote(vote)
    piles = batches.in_order(vote.id)

    assert told.turnout == {"account": 9, "card": 14, "paper": 24, "hands": 0}
    assert len(told.receipts) == 23
    assert [(pile.sheets, pile.differences) for pile in piles] == [(12, 0), (12, 1)]
    assert (len(told.witnesses), len(told.differences)) == (2, 1)
    papers = next(row for row in polling.reconciliations(vote.id) if row.channel is Channel.PAPER)
    assert papers.witnesses == told.witnesses, "those of the hands saw the papers too"


def test_anybody_verifies_the_bundles_of_the_demonstration(demo: Flask, tmp_path: Path) -> None:
    acts = db.session.scalars(select(TallyAct)).all()
    assert len(acts) == 2

    for act in acts:
        stored = db.session.get_one(StoredFile, act.bundle_id)
        copied = tmp_path / stored.name
        copied.write_bytes(place(stored, Path(demo.config["INSTANCE"]) / "files").read_bytes())
        checked = CliRunner().invoke(verify, [str(copied)])
        assert checked.exit_code == 0, checked.output
        assert act.pdf_id


def test_the_country_shows_its_numbers(demo: Flask) -> None:
    country = followup.numbers(local_day(datetime.now(UTC)), examples=True)
    watched = audits.numbers(examples=True)

    assert (country.agreements, country.steps) == (5, 12)
    assert (country.steps_disputed, country.steps_overdue) == (1, 2)
    assert (country.letters, country.letters_answered, country.letters_late) == (2, 1, 1)
    assert country.oldest_days == 52
    assert (watched.committees_certified, watched.committees_forming) == (1, 1)
    assert (watched.findings_open, watched.findings_closed) == (2, 1)


def test_the_meeting_of_2023_belongs_to_the_plan_and_owes_nothing(demo: Flask) -> None:
    said = db.session.scalar(
        select(func.count()).select_from(Thing).where(Thing.plan_id.is_not(None))
    )

    assert said == 9


def test_no_ballot_has_a_hidden_order_and_the_open_one_has_17(demo: Flask) -> None:
    votes = db.session.scalars(select(Vote).order_by(Vote.id)).all()

    assert sorted(polling.received_ballots(vote.id) for vote in votes) == [12, 17, 47]
    assert all(vote.shuffled_at for vote in votes if vote.closed_at)


def test_counters_and_copies_agree(demo: Flask) -> None:
    assert list(faults()) == []


def test_its_backup_comes_back_whole(demo: Flask, tmp_path: Path) -> None:
    first, second = tmp_path / "one.zip", tmp_path / "two.zip"
    runner = demo.test_cli_runner()
    db.session.rollback()
    assert runner.invoke(backup, [str(first)]).exit_code == 0

    answer = runner.invoke(restore, ["--force", str(first)])

    assert answer.exit_code == 0, answer.output
    assert runner.invoke(backup, [str(second)]).exit_code == 0
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(second) as two:
        assert {n: one.read(n) for n in one.namelist()} == {n: two.read(n) for n in two.namelist()}
    with pytest.raises(DBAPIError, match="never deleted"):
        db.session.execute(text("DELETE FROM consultation"))
    db.session.rollback()
