"""Read labs with what a list says of each: where, how late, and whether there is a vote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, func, select

from labapp.db import db
from labapp.domain.panama_time import local_day
from labapp.domain.stage import ALL, OPEN, Stage
from labapp.labs.models import CandidatePlace, Lab
from labapp.pagination import Page, newest_first, page_of
from labapp.territory import queries as territory
from labapp.thread import queries as thread
from labapp.thread.models import Duty, Thing
from labapp.thread.queries import duties
from labapp.voting.models import RollLine, Turnout, Vote


@dataclass(frozen=True, slots=True)
class OpenVote:
    """A vote that is open now."""

    number: int
    title: str
    #: Whole days, in Panama, until the day it closes.
    days_left: int
    #: Whether whoever asks has voted.
    has_voted: bool


@dataclass(frozen=True, slots=True)
class LabRow:
    """A lab as one line of a list.

    Attributes:
        places: whole names; one where ``lab.place_code`` is known, else the candidates.
        late: how many things are owed and late.
        vote: the vote that is open, or None.
    """

    lab: Lab
    places: tuple[str, ...]
    late: int
    vote: OpenVote | None

    @property
    def is_confirmed(self) -> bool:
        """Whether it is known where the lab is."""
        return self.lab.place_code is not None


def approved_labs(*, before: int | None = None, stages: frozenset[Stage] = ALL) -> Page[Lab, int]:
    """Return approved labs, newest first, before lab id ``before``."""
    query = select(Lab).where(Lab.approved_at.is_not(None), Lab.stage.in_(stages))
    rows = db.session.scalars(newest_first(query, Lab.id, before)).all()
    return page_of(rows, lambda lab: lab.id)


def lively(limit: int = 6) -> Sequence[Lab]:
    """Return the labs where something happened last, those that are open first."""
    is_open = Lab.stage.in_(OPEN)
    return db.session.scalars(
        select(Lab)
        .where(Lab.approved_at.is_not(None), Lab.stage != Stage.CANCELLED)
        .order_by(is_open.desc(), Lab.stirred_at.desc(), Lab.id)
        .limit(limit)
    ).all()


def lines(labs: Sequence[Lab], *, today: date, person_id: int | None = None) -> list[LabRow]:
    """Return what a list says of these labs to this person. Four statements."""
    ids = [lab.id for lab in labs]
    maybe = _candidates(ids)
    codes = {code for candidates in maybe.values() for code in candidates}
    codes |= {lab.place_code for lab in labs if lab.place_code is not None}
    chains, late = territory.chains(sorted(codes)), _late(ids, today)
    votes = _votes(ids, today, person_id)
    return [
        LabRow(
            lab=lab,
            places=tuple(
                chains[code].name
                for code in ([lab.place_code] if lab.place_code else maybe.get(lab.id, []))
                if code in chains
            ),
            late=late.get(lab.id, 0),
            vote=votes.get(lab.id),
        )
        for lab in labs
    ]


def _candidates(lab_ids: Sequence[int]) -> dict[int, list[str]]:
    candidates: dict[int, list[str]] = {}
    rows = db.session.execute(
        select(CandidatePlace.lab_id, CandidatePlace.place_code)
        .where(CandidatePlace.lab_id.in_(lab_ids))
        .order_by(CandidatePlace.lab_id, CandidatePlace.place_code)
    )
    for lab_id, code in rows:
        candidates.setdefault(lab_id, []).append(code)
    return candidates


def _late(lab_ids: Sequence[int], today: date) -> dict[int, int]:
    rows = db.session.execute(
        select(Duty.lab_id, func.count())
        .where(Duty.lab_id.in_(lab_ids), duties.is_late(today))
        .group_by(Duty.lab_id)
    )
    return {lab_id: count for lab_id, count in rows if lab_id is not None}


def _votes(lab_ids: Sequence[int], today: date, person_id: int | None) -> dict[int, OpenVote]:
    voted = exists().where(Turnout.vote_id == Vote.id, Turnout.person_id == person_id)
    waits = and_(
        exists().where(RollLine.vote_id == Vote.id, RollLine.person_id == person_id),
        ~voted,
    )
    rows = db.session.execute(
        select(Thing.lab_id, Thing.number, Thing.title, Vote.closes_at, voted)
        .join(Vote, Vote.id == Thing.id)
        .where(
            Thing.lab_id.in_(lab_ids),
            thread.has_place(),
            Vote.opened_at.is_not(None),
            Vote.closed_at.is_(None),
            Vote.annulled_at.is_(None),
        )
        .order_by(waits, Vote.closes_at.desc(), Thing.id.desc())
    )
    # What waits for this person comes last and stays, and of these the first to close.
    return {
        lab_id: OpenVote(number, title, max(0, (local_day(closes_at) - today).days), has_voted)
        for lab_id, number, title, closes_at, has_voted in rows
        if lab_id is not None and number is not None
    }
