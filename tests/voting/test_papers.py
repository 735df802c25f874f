"""The paper of every method: what a voter may send, what comes back, and what is counted."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from labapp.cli.count import count
from labapp.counting import ballot_text
from labapp.counting.as_json import count_as_json
from labapp.counting.method import BallotKind, Method
from labapp.counting.methods import METHODS
from labapp.db import db, utcnow
from labapp.domain.policy import Actor
from labapp.labs.models import Lab
from labapp.results import queries as results
from labapp.results.result import parameters
from labapp.voting.models import Ballot, Receipt, Turnout, Vote
from labapp.voting.service import ballot_box
from tests.client import Client
from tests.make import Make, sign_in
from tests.voting import make as voting

#: Options named as files name them, so that a file says the same as the page.
LINES = ("p1", "p2", "p3", "p4")
COSTS = (4800, 1950, 1200, 9400)
SOME = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ALL = pytest.mark.parametrize("method", METHODS.values(), ids=str)

_KEYS = st.sampled_from(
    ["marks", "blank", "receipt"]
    + [f"{what}-{n}" for what in ("place", "points") for n in ("1", "2", "3", "4", "5", "x", "")]
)
_VALUES = st.sampled_from(
    ["", "0", "1", "2", "3", "4", "5", "9", "12", "-1", "1.5", "uno", "\0", "9" * 30, "１", "1 2"]
)


def begun(make: Make, method: Method, *, people: int = 1, days: int = 0) -> tuple[Any, ...]:
    """Return a lab, its voters and a vote of a method, begun some days ago or yet to begin."""
    lab = voting.lab(make)
    more: dict[str, object] = {}
    if method.has_budget:
        more = {"budget": 6000, "funder": "Junta Comunal", "costs": COSTS}
    if method.paper is BallotKind.POINTS:
        more = {"scale": 5 if method is METHODS["score"] else 10}
    voters = voting.voters(make, lab, people)
    now = utcnow() - timedelta(days=max(days, 0))
    if days < 0:
        more["opens_at"] = now - timedelta(days=days)
    vote = voting.vote(make, lab, now=now, method=method, lines=LINES, **more)
    db.session.commit()
    return lab, voters, vote


def post(client: Client, lab: Lab, vote: Vote, voter: Actor, sent: Any) -> Any:
    sign_in(client, voter)
    return client.post(voting.address(lab, vote) + "ballot", data=MultiDict(sent))


def box_of(vote: Vote) -> tuple[int, ...]:
    return tuple(
        db.session.scalar(select(func.count()).select_from(table).where(table.vote_id == vote.id))
        or 0
        for table in (Turnout, Ballot, Receipt)
    )


def holds(vote: Vote, content: str) -> bool:
    """Tell, apart from the code that wrote it, whether a ballot may hold this."""
    kind, top = vote.method.paper, vote.scale or 0
    if kind is BallotKind.POINTS:
        given = ballot_text.read_points(content)
        where, worth = [p for p, _ in given], [n for _, n in given]
        fits = sum(worth) <= top if vote.method is METHODS["points"] else max([0, *worth]) <= top
        return fits and where == sorted(set(where)) and set(where) <= {1, 2, 3, 4}
    marks = [int(word) for word in content.split()]
    most = {BallotKind.ONE: 1, BallotKind.MARKS: 3, BallotKind.RANKS: 4}[kind]
    ordered = kind is BallotKind.RANKS or marks == sorted(marks)
    distinct = len(set(marks)) == len(marks) <= most
    return ordered and distinct and set(marks) <= {1, 2, 3, 4}


@st.composite
def papers(draw: st.DrawFn, method: Method, *, blanks: bool) -> list[tuple[str, str]]:
    """Draw what somebody may rightly send, blank votes too where asked."""
    kind = method.paper
    if blanks and draw(st.integers(0, 5)) == 0:
        return [("marks", "blank")] if kind is BallotKind.ONE else [("blank", "yes")]
    order = draw(st.permutations((1, 2, 3, 4)))
    if kind is BallotKind.RANKS:
        ranked = order[: draw(st.integers(1, 4))]
        return [(f"place-{option}", str(place)) for place, option in enumerate(ranked, 1)]
    if kind is BallotKind.POINTS:
        top = 5 if method is METHODS["score"] else 2
        worth = draw(st.lists(st.integers(0, top), min_size=4, max_size=4).filter(any))
        return [(f"points-{option}", str(n)) for option, n in zip(order, worth, strict=True)]
    most = 1 if kind is BallotKind.ONE else 3
    return [("marks", str(option)) for option in order[: draw(st.integers(1, most))]]


@ALL
@given(data=st.data())
@SOME
def test_whatever_is_sent_is_one_good_ballot_or_one_sentence(
    make: Make, client: Client, method: Method, data: st.DataObject
) -> None:
    lab, (voter,), vote = begun(make, method)
    valid = data.draw(papers(method, blanks=True))
    sent = data.draw(st.lists(st.tuples(_KEYS, _VALUES), max_size=5))
    sent += valid if data.draw(st.booleans()) else []

    answer = post(client, lab, vote, voter, sent)

    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        assert box_of(vote) == (1, 1, 1)
        kept = db.session.scalars(select(Ballot.marks).where(Ballot.vote_id == vote.id)).one()
        assert holds(vote, kept)
    else:
        assert box_of(vote) == (0, 0, 0)
        assert answer.text.count('<p class="govuk-error-message"') == 1


@ALL
@given(data=st.data())
@settings(SOME, max_examples=4)
def test_ballots_cast_on_the_page_are_counted_as_a_file_of_them_is(
    make: Make, client: Client, tmp_path: Path, method: Method, data: st.DataObject
) -> None:
    blanks = method.paper is not BallotKind.RANKS  # PrefLib's files hold none
    sheets = data.draw(st.lists(papers(method, blanks=blanks), min_size=1, max_size=7))
    lab, voters, vote = begun(make, method, people=len(sheets))

    for voter, sent in zip(voters, sheets, strict=True):
        assert post(client, lab, vote, voter, sent).status_code == 200

    told = count_as_json(results.result(vote).counted)
    cast = db.session.scalars(select(Ballot.marks).where(Ballot.vote_id == vote.id))
    words = [f"{name}={value}" for name, value in parameters(vote).items()]
    assert by_file(tmp_path, method, list(cast), words) == json.loads(json.dumps(told))


def by_file(folder: Path, method: Method, cast: list[str], words: list[str]) -> Any:
    """Write ballots as anybody would, and count the file."""
    path = folder / ("a.soi" if method.paper is BallotKind.RANKS else "a.pb")
    path.write_text((_soi if path.suffix == ".soi" else _pb)(method, cast), encoding="utf-8")
    options = [each for word in words for each in ("--option", word)]
    answer = CliRunner().invoke(
        count, [str(path), "--json", "--rule", method.name, *options], catch_exceptions=False
    )
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def _soi(_method: Method, cast: list[str]) -> str:
    rows = [f"# ALTERNATIVE NAME {n}: {line}" for n, line in enumerate(LINES, 1)]
    rows += [f"1: {content.replace(' ', ',')}" for content in cast]
    return "\n".join(rows) + "\n"


def _pb(method: Method, cast: list[str]) -> str:
    pointed = method.paper is BallotKind.POINTS
    rows = ["META", "key;value", "budget;6000"]
    rows += ["vote_type;cumulative", "max_sum_points;40"] if pointed else ["vote_type;approval"]
    rows += ["PROJECTS", "project_id;cost;name"]
    rows += [f"{line};{cost};{line}" for line, cost in zip(LINES, COSTS, strict=True)]
    rows += ["VOTES", "voter_id;vote;points" if pointed else "voter_id;vote"]
    for voter, content in enumerate(cast):
        if pointed:
            given = ballot_text.read_points(content)
            names = ",".join(f"p{p}" for p, _ in given)
            rows.append(f"{voter};{names};{','.join(str(n) for _, n in given)}")
        else:
            rows.append(f"{voter};{','.join(f'p{p}' for p in content.split())}")
    return "\n".join(rows) + "\n"


@ALL
def test_no_paper_is_taken_before_the_opening_after_the_close_or_twice(
    make: Make, client: Client, method: Method
) -> None:
    good = {
        BallotKind.RANKS: [("place-1", "1")],
        BallotKind.POINTS: [("points-1", "1")],
    }.get(method.paper, [("marks", "1")])
    lab, (voter,), vote = begun(make, method)
    over_lab, (late,), over = begun(make, method, days=8)
    begins_lab, (soon,), begins = begun(make, method, days=-1)

    first = post(client, lab, vote, voter, [*good, ("receipt", ballot_box.new_receipt())])
    again = post(client, lab, vote, voter, [*good, ("receipt", ballot_box.new_receipt())])
    early = post(client, begins_lab, begins, soon, good)
    closed = post(client, over_lab, over, late, good)

    assert first.status_code == 200
    for answer, said in ((again, "ya votó"), (early, "todavía"), (closed, "cerró")):
        assert answer.status_code == 409
        assert said in answer.text
        assert "place-1" not in answer.text
        assert "points-1" not in answer.text
    assert (box_of(vote), box_of(begins), box_of(over)) == ((1, 1, 1), (0, 0, 0), (0, 0, 0))


@ALL
def test_what_was_written_comes_back_on_a_paper_that_will_not_do(
    make: Make, client: Client, method: Method
) -> None:
    lab, (voter,), vote = begun(make, method)
    wrong = {
        BallotKind.RANKS: [("place-1", "2"), ("place-3", "2")],
        BallotKind.POINTS: [("points-1", "4"), ("points-3", "99")],
    }.get(method.paper, [("marks", str(n)) for n in (1, 2, 3, 4)])

    answer = post(client, lab, vote, voter, wrong)

    assert answer.status_code == 422
    back = {
        BallotKind.RANKS: '<option value="2" selected>',
        BallotKind.POINTS: 'value="99"',
    }.get(method.paper, 'value="4" checked')
    assert back in answer.text


def test_a_paper_with_a_budget_says_the_money_and_each_cost(make: Make, client: Client) -> None:
    lab, (voter,), vote = begun(make, METHODS["equal-shares"])
    sign_in(client, voter)

    page = client.get(voting.address(lab, vote) + "ballot").text

    assert "B/. 6,000" in page.replace("\xa0", " ")
    assert page.count("govuk-checkboxes__hint") == len(LINES)
