"""Fill a migrated database with one lab of many proposals, and an open vote with its voters."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import func, insert, select

from labapp.accounts.models import Person, SignIn
from labapp.db import Base, db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.kinds import Kind
from labapp.domain.policy import Actor, Role
from labapp.domain.proposal import ProposalState
from labapp.domain.stage import Stage
from labapp.domain.token_hash import hash_token
from labapp.labs.models import Grant, Lab
from labapp.polling.service import cards
from labapp.proposals.models import Feasible, Opinion, Proposal, Version
from labapp.record.acting import Acting
from labapp.thread.models import Counter, Thing
from labapp.voting import service as voting
from labapp.voting.models import Subject, Turnout
from labapp.voting.service.vote_draft import VoteDraft

SLUG = "banco"
_AUTHORS = 500
_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Filled:
    """Where things are: paths below the site, tokens of those who may vote, codes of cards."""

    rows: int
    lab: str
    vote: str
    tokens: tuple[str, ...]
    codes: tuple[str, ...]

    @property
    def card(self) -> str:
        """Where somebody with a card votes, before its code."""
        return f"{self.vote.removesuffix('ballot')}card/"

    @property
    def listing(self) -> str:
        """The first page of the list."""
        return f"{self.lab}proposals/"

    @property
    def far(self) -> str:
        """Page 300 of the list, or its last."""
        return f"{self.listing}?after={min(299 * 25, self.rows - 25)}"

    @property
    def proposal(self) -> str:
        """One proposal, in the middle."""
        return f"{self.listing}{self.rows // 2}/"

    @property
    def telling(self) -> str:
        """Where a problem is told."""
        return f"{self.lab}problems/new"


def fill(texts: list[tuple[str, str]], *, rows: int, voters: int, secret: str) -> Filled:
    """Write it all and commit.

    Args:
        texts: titles and descriptions, used in turn.
        rows: how many proposals, each admitted with an opinion and a cost.
        voters: how many people on the roll are signed in, and how many more were given a card.
        secret: of the site.
    """
    now = utcnow()
    tokens = _people(voters, now)
    lab = Lab(
        slug=SLUG,
        name="Banco de pruebas",
        stage=Stage.PRIORITIZATION,
        stage_since=now,
        drafted_at=now,
        stirred_at=now,
        approved_at=now,
        approved_by_id=1,
    )
    db.session.add(lab)
    db.session.flush()
    grant = {"lab_id": lab.id, "source": "bench", "granted_at": now}
    roll = range(1, 2 * voters + 1)
    _many(Grant, (grant | {"person_id": n, "role": Role.MEMBER} for n in roll))
    _proposals(lab.id, texts, rows, now)
    guide = Actor(1, frozenset({Role.FACILITATOR}))
    vote = voting.announce(Acting(lab, guide, now), _plan(texts, now))
    printed = [
        card.code
        for _ in range(0, voters, cards.MOST_CARDS)
        for card in cards.issue(
            Acting(lab, guide, now), vote, count=cards.MOST_CARDS, secret=secret
        )
    ]
    line = {"vote_id": vote.id, "channel": Channel.CARD}
    _many(Turnout, (line | {"person_id": n} for n in roll[voters:]))
    at, codes = f"/labs/{SLUG}/", tuple(printed[:voters])
    filled = Filled(rows, at, f"{at}votes/{vote.thing.number}/ballot", tokens, codes)
    db.session.commit()
    return filled


def _people(voters: int, now: datetime) -> tuple[str, ...]:
    count = max(2 * voters, _AUTHORS)
    tokens = tuple(secrets.token_urlsafe(32) for _ in range(voters))
    numbers = range(1, count + 1)
    person = {"lang": "es", "created_at": now}
    names = ({"id": n, "name": f"Vecina {n}", "username": f"vecina{n}"} for n in numbers)
    _many(Person, (person | name for name in names))
    one = {"device": "bench", "began_at": now, "seen_on": now}
    pairs = enumerate(tokens, start=1)
    _many(SignIn, (one | {"token_hash": hash_token(t), "person_id": n} for n, t in pairs))
    return tokens


def _proposals(lab_id: int, texts: list[tuple[str, str]], rows: int, now: datetime) -> None:
    numbers = range(1, rows + 1)
    thing = {
        "lab_id": lab_id,
        "kind": Kind.PROPOSAL,
        "state": ProposalState.ADMITTED,
        "published_at": now,
        "lang": "es",
    }
    instants = ("written_at", "sent_at", "published_at", "admitted_at")
    dated = {"version": 1, "reason": "", **dict.fromkeys(instants, now)}
    opinion = {
        "feasible": Feasible.YES,
        "competent": "Junta Comunal (ejemplo)",
        "given_by": "Ingeniera de la alcaldía",
        "reasons": "Se puede en un mes.",
        "given_at": now,
    }
    said = [texts[n % len(texts)] for n in range(rows)]
    _many(Thing, (thing | {"id": n, "number": n, "title": said[n - 1][0]} for n in numbers))
    _many(Proposal, (dated | {"id": n, "author_id": 1 + n % _AUTHORS} for n in numbers))
    first = {"number": 1, "change": "", "written_at": now, "shown_at": now}
    worded = zip(numbers, said, strict=True)
    _many(Version, (first | {"proposal_id": n, "title": t, "body": b} for n, (t, b) in worded))
    _many(Opinion, (opinion | {"proposal_id": n, "cost": 100 + n % 900} for n in numbers))
    db.session.add(Counter(place=f"lab:{lab_id}", kind=Kind.PROPOSAL, last=rows))
    _go_on(Thing, rows)


def _go_on(table: type[Base], last: int) -> None:
    """Let PostgreSQL number the next row after those written with numbers of our own."""
    if db.engine.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.__tablename__, "id")
        db.session.execute(select(func.setval(sequence, last)))


def _plan(texts: list[tuple[str, str]], now: datetime) -> VoteDraft:
    lines = tuple(dict.fromkeys(title for title, _ in texts))[:10]
    return VoteDraft(
        subject=Subject.FREE,
        question="¿Qué hacemos primero?",
        lines=lines,
        max_marks=3,
        seats=1,
        quorum=0,
        tie_rule="El primer premio del sorteo dominical siguiente.",
        opens_at=None,
        closes_at=now + timedelta(days=7),
        channels=(Channel.ACCOUNT, Channel.CARD),
    )


def _many(table: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    source = iter(rows)
    while batch := list(islice(source, _BATCH)):
        db.session.execute(insert(table), batch)
