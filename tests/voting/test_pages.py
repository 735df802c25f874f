"""The pages of a vote: their doors, the happy path, bad input, forms sent twice."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from labapp.db import db, utcnow
from labapp.domain.kinds import Kind
from labapp.domain.policy import Role
from labapp.labs.models import Lab
from labapp.thread.models import Thing
from labapp.voting.models import Option, Subject, Vote
from tests.client import Client
from tests.make import Make, sign_in
from tests.statements import Statements
from tests.voting import make as voting

Counter = Callable[[], AbstractContextManager[Statements]]


def asked(**changed: str) -> dict[str, str]:
    form = {
        "question": "¿Qué hacemos primero?",
        "subject": "free",
        "lines": "Tanque\nToma\nCloro",
        "seats": "1",
        "max_marks": "2",
        "quorum": "0",
        "tie_rule": "El sorteo del domingo.",
        "opens_at": "",
        "closes_at": "2047-01-01T10:00",
    }
    return form | changed


def open_now(make: Make, lab: Lab) -> Vote:
    voting.voters(make, lab, 1)
    return voting.vote(make, lab, now=utcnow())


def test_a_facilitator_announces_and_it_opens_at_once(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    voting.voters(make, lab, 2)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    answer = client.post(f"/labs/{lab.slug}/votes/new", data=asked())

    assert (answer.status_code, answer.location) == (302, f"/labs/{lab.slug}/votes/1/")
    vote = db.session.scalars(select(Vote)).one()
    assert (vote.roll_size, vote.thing.state, len(vote.options)) == (2, "open", 3)
    assert vote.thing.published_at


def test_announcing_twice_makes_one_vote(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    form = asked(once="a-mark-of-a-form-sent")

    first = client.post(f"/labs/{lab.slug}/votes/new", data=form)
    again = client.post(f"/labs/{lab.slug}/votes/new", data=form)

    assert first.location == again.location
    assert db.session.scalar(select(func.count()).select_from(Vote)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": ""},
        {"question": "x" * 141},
        {"question": "\0"},
        {"lines": "Una sola"},
        {"lines": "Igual\nIgual"},
        {"lines": "x" * 141 + "\nOtra"},
        {"lines": "\n".join(map(str, range(41)))},
        {"subject": "proposals"},
        {"subject": "nothing"},
        {"subject": "problems"},
        {"seats": "0"},
        {"seats": "4"},
        {"max_marks": "0"},
        {"max_marks": "tres"},
        {"quorum": "-1"},
        {"closes_at": ""},
        {"closes_at": "mañana"},
        {"opens_at": "2047-01-02T10:00"},
        {"tie_rule": ""},
    ],
    ids=str,
)
def test_what_will_not_do_comes_back_with_what_was_typed(
    make: Make, client: Client, wrong: dict[str, str]
) -> None:
    lab = voting.lab(make)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    answer = client.post(f"/labs/{lab.slug}/votes/new", data=asked(**wrong))

    assert answer.status_code == 422
    assert "El sorteo del domingo." in answer.text or "tie_rule" in wrong
    assert db.session.scalar(select(func.count()).select_from(Vote)) == 0


def test_html_and_emoji_are_kept_as_text(make: Make, client: Client) -> None:
    lab = voting.lab(make)
    sign_in(client, make.actor(lab, Role.FACILITATOR))
    said = "<script>alert(1)</script> 💧 ' OR 1=1"

    answer = client.post(
        f"/labs/{lab.slug}/votes/new", data=asked(question=said, lines=f"{said}\nOtra")
    )

    page = client.get(answer.location).text
    assert "<script>alert" not in page
    assert "💧" in page


@pytest.mark.parametrize("page", ["", "secrecy"])
def test_anyone_reads_a_vote(make: Make, client: Client, page: str) -> None:
    lab = voting.lab(make)
    vote = open_now(make, lab)

    answer = client.get(voting.address(lab, vote) + page)

    assert answer.status_code == 200
    assert "csrf_token" not in answer.text


@pytest.mark.parametrize("page", ["", "secrecy", "ballot", "annul", "publish"])
@pytest.mark.parametrize("number", ["7", "99999999999999999999"])
def test_a_vote_that_is_not_there_is_not_found(
    make: Make, client: Client, page: str, number: str
) -> None:
    lab = voting.lab(make)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    assert client.get(f"/labs/{lab.slug}/votes/{number}/{page}").status_code == 404


@pytest.mark.parametrize("verb", ["open", "close", "annul", "publish"])
@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.REVIEWER])
def test_only_a_facilitator_runs_a_vote(
    make: Make, client: Client, verb: str, role: Role | None
) -> None:
    lab = voting.lab(make)
    vote = open_now(make, lab)
    if role:
        sign_in(client, make.actor(lab, role))

    answer = client.post(voting.address(lab, vote) + verb, data={"reason": "x", "seed": "1"})

    assert answer.status_code in ((403,) if role else (302, 401))
    db.session.refresh(vote)
    assert vote.closed_at is None


def test_a_visitor_is_sent_to_sign_in_and_a_stranger_is_told_why(
    make: Make, client: Client
) -> None:
    lab = voting.lab(make)
    vote = open_now(make, lab)
    paper = voting.address(lab, vote) + "ballot"

    visitor = client.get(paper)
    sign_in(client, make.person())
    stranger = client.get(paper)

    assert visitor.status_code in (302, 401)
    assert stranger.status_code == 403


@pytest.mark.parametrize("rows", [10, 1000])
def test_the_list_runs_the_same_statements_whatever_the_rows(
    make: Make, client: Client, statements: Counter, rows: int
) -> None:
    lab = voting.lab(make)
    now = utcnow()
    things = [
        {
            "lab_id": lab.id,
            "kind": Kind.VOTE,
            "number": n,
            "title": f"¿Qué {n}?",
            "state": "announced",
            "published_at": now,
            "lang": "es",
        }
        for n in range(1, rows + 1)
    ]
    db.session.execute(insert(Thing), things)
    ids = db.session.scalars(select(Thing.id).where(Thing.kind == Kind.VOTE)).all()
    plain = {"subject": Subject.FREE, "max_marks": 1, "seats": 1, "quorum": 0, "tie_rule": "x"}
    plain |= {"opens_at": now, "closes_at": now + timedelta(days=1), "announced_at": now}
    db.session.execute(
        insert(Vote),
        [{"id": n, "question": f"¿Qué {n}?", "annulled_why": "", **plain} for n in ids],
    )
    db.session.execute(insert(Option), [{"vote_id": n, "position": 1, "label": "Sí"} for n in ids])

    with statements() as run:
        answer = client.get(f"/labs/{lab.slug}/votes/")

    assert answer.status_code == 200
    assert answer.text.count('app-card"') == min(rows, 25)
    assert run.count == 2
    if rows > 25:
        assert "?after=976" in answer.text
        assert "¿Qué 975?" in client.get(f"/labs/{lab.slug}/votes/?after=976").text


def test_the_list_says_in_which_votes_somebody_has_not_voted_yet(
    make: Make, client: Client
) -> None:
    lab = voting.lab(make)
    voter = voting.voters(make, lab, 2)[0]
    done = voting.vote(make, lab, now=utcnow())
    voting.vote(make, lab, now=utcnow())
    voting.cast(lab, voter, done, [1], now=utcnow())
    listed, asks = f"/labs/{lab.slug}/votes/", "Usted todavía no ha votado."
    visitor = client.get(listed).text
    sign_in(client, voter)

    assert visitor.count(asks) == 0
    assert client.get(listed).text.count(asks) == 1
