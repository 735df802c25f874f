"""The table in the hall, for tests: votes with every way to take part, piles, what is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from labapp.counting.method import Method
from labapp.counting.methods import METHODS
from labapp.db import db, utcnow
from labapp.domain.channel import Channel
from labapp.domain.policy import Actor, Role
from labapp.files import views
from labapp.labs.models import Lab
from labapp.polling import queries
from labapp.polling.models import Batch
from labapp.polling.queries import batches as batch_queries
from labapp.polling.queries.hands import Show
from labapp.polling.queries.reconciliation import channel_records
from labapp.polling.service import batches, discrepancies, reconciliation, show_of_hands
from labapp.polling.transcription import TypedPaper
from labapp.record.acting import Acting
from labapp.voting import service
from labapp.voting.models import Turnout, Vote
from tests.files.make import photo
from tests.make import NOW, Make
from tests.polling.make import hand_out
from tests.voting import make as voting

EVERY = "account card paper hands"
PHOTO = photo()
WITNESSES = ("La presidenta del acueducto", "El director de la escuela")


def vote(
    make: Make,
    lab: Lab,
    *,
    now: datetime = NOW,
    method: Method = METHODS["approval"],
    channels: str = EVERY,
    scale: int | None = None,
    **changed: object,
) -> Vote:
    """Open a vote of any method held in the hall; the lab has members already."""
    opens_at = now + timedelta(minutes=1)
    made = voting.vote(make, lab, now=now, opens_at=opens_at, **changed)
    made.method, made.channels, made.scale = method, channels, scale
    db.session.flush()
    service.open_due(opens_at)
    db.session.commit()
    return made


def opened(make: Make, lab: Lab, **terms: object) -> Vote:
    """Open a vote on paper an hour ago."""
    terms = {"channels": "account paper hands", **terms}
    return vote(make, lab, now=utcnow() - timedelta(hours=1), **terms)  # type: ignore[arg-type]  # as the caller names them


def here(lab: Lab, vote: Vote) -> str:
    """Return where the hall of a vote stands."""
    return voting.address(lab, vote) + "hall/"


def take(vote: Vote, voters: Sequence[Actor], channel: Channel) -> None:
    """Take the line of each by a way of the hall."""
    db.session.add_all(
        Turnout(vote_id=vote.id, person_id=voter.person_id or 0, channel=channel)
        for voter in voters
    )
    db.session.commit()


def tellers(make: Make, lab: Lab) -> tuple[Actor, Actor]:
    """Add two people who may type a pile in."""
    return make.actor(lab, Role.FACILITATOR), make.actor(lab, Role.TELLER)


def lines(contents: Sequence[str]) -> dict[int, TypedPaper]:
    """Return papers as typed: what each holds, or "nula"."""
    return {
        place: TypedPaper(spoilt=True) if content == "nula" else TypedPaper(content)
        for place, content in enumerate(contents, start=1)
    }


def begin(lab: Lab, by: Actor, vote: Vote, sheets: int, *, now: datetime = NOW) -> Batch:
    """Count a pile by hand and photograph it."""
    folder = views.folder()
    return batches.add(Acting(lab, by, now), vote, sheets=sheets, photo=PHOTO, folder=folder)


def pile(
    lab: Lab,
    vote: Vote,
    by: tuple[Actor, Actor],
    first: Sequence[str],
    second: Sequence[str] | None = None,
    *,
    now: datetime = NOW,
    given: bool = True,
) -> Batch:
    """Count a pile and let two people type it whole; without ``second`` both type the same.

    Its papers were handed out, unless they are said not to: lines that lack are taken first.
    """
    if given:
        noted = queries.turnout_by_channel(vote.id).get(Channel.PAPER, 0)
        hand_out(vote, batch_queries.papers_in_box(vote.id) + len(first) - noted, Channel.PAPER)
    batch = begin(lab, by[0], vote, len(first), now=now)
    for actor, contents in zip(by, (first, first if second is None else second), strict=True):
        batches.type_in(Acting(lab, actor, now), vote, number=batch.number, lines=lines(contents))
    db.session.commit()
    return batch


def settle(
    lab: Lab,
    vote: Vote,
    by: tuple[Actor, Actor],
    batch: Batch,
    place: int,
    line: TypedPaper,
    *,
    why: str = "Se miró otra vez.",
    now: datetime = NOW,
) -> None:
    """Let the first of these say what a paper holds, and the other confirm it."""
    at = {"number": batch.number, "place": place}
    discrepancies.settle(Acting(lab, by[0], now), vote, **at, line=line, why=why)
    discrepancies.confirm(Acting(lab, by[1], now), vote, **at)


def into_box(
    lab: Lab,
    vote: Vote,
    by: tuple[Actor, Actor],
    contents: Sequence[str],
    *,
    now: datetime = NOW,
) -> Batch:
    """Put a pile on which both agree into the ballot box."""
    batch = pile(lab, vote, by, contents, now=now)
    batches.put_into_box(Acting(lab, by[0], now), vote, number=batch.number)
    db.session.commit()
    return batch


def raise_hands(lab: Lab, vote: Vote, by: Actor, people: int, votes: Mapping[int, int]) -> None:
    """Note a show of hands; options not named have none."""
    every = {option.position: votes.get(option.position, 0) for option in vote.options}
    show_of_hands.note_hands(
        Acting(lab, by, NOW), vote, show=Show(people, every, WITNESSES, have_declared=True)
    )
    db.session.commit()


def reconcile_all(lab: Lab, vote: Vote, by: Actor) -> None:
    """Reconcile every way of the hall, whatever is lacking explained."""
    for one in channel_records(vote):
        reconciliation.reconcile(
            Acting(lab, by, vote.closes_at),
            vote,
            channel=one.channel,
            counted=replace(one.known, witnesses=WITNESSES, have_declared=True),
            explained="Se contó otra vez.",
        )
    db.session.commit()
