"""What the database itself refuses: to change an open vote, to undo an end, to delete any."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Enum, Integer, delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import Executable

from labapp.counting.methods import METHODS
from labapp.db import UTCDateTime, db
from labapp.domain.policy import Role
from labapp.files.models import StoredFile
from labapp.record.acting import Acting
from labapp.results import service as results
from labapp.results.models import TallyAct
from labapp.voting.models import MethodName, Option, RollLine, Vote
from tests.make import NOW, Make
from tests.voting import make as voting

FROZEN, DELETED, FINAL = "an open vote is frozen", "annulled, never deleted", "act of a count"
#: Each is written once, and not before its hour.
ONCE = ("closed_at", "shuffled_at", "published_at", "annulled_at", "seed")
WHY = "annulled_why"
COLUMNS = Vote.__table__.columns
TERMS = [name for name in COLUMNS.keys() if name not in (*ONCE, WHY)]  # noqa: SIM118  # of columns
SOON, LATER = NOW + timedelta(days=1), NOW + timedelta(days=300)


def other(column: ColumnElement[Any], now: object) -> object:
    """Return a value of a column that it does not have."""
    if isinstance(column.type, Enum):
        words: type[StrEnum] = column.type.enum_class  # type: ignore[assignment]  # of ours
        return next(word for word in words if word != now)
    if isinstance(column.type, MethodName):
        return next(method for method in METHODS.values() if method is not now)
    if isinstance(column.type, UTCDateTime):
        return LATER
    return 77 if isinstance(column.type, Integer) else "otra"


def stored(number: int) -> StoredFile:
    return StoredFile(
        sha256=str(number) * 64, media_type="text/plain", name="acta", size=1, stored_at=NOW
    )


def refused(change: Executable, why: str) -> None:
    with pytest.raises(IntegrityError, match=why):
        db.session.execute(change)
    db.session.rollback()


def opened(make: Make) -> Vote:
    lab = voting.lab(make)
    voting.voters(make, lab, 1)
    vote = voting.vote(make, lab)
    db.session.commit()
    return vote


def published(make: Make) -> Vote:
    """Return a vote that a draw ended: two options, chosen one each."""
    lab = voting.lab(make)
    one, two = voting.voters(make, lab, 2)
    vote = voting.vote(make, lab)
    for voter, marks in ((one, [1]), (two, [2])):
        voting.cast(lab, voter, vote, marks)
    voting.finish(vote)
    facilitator = make.actor(lab, Role.FACILITATOR)
    results.publish(Acting(lab, facilitator, vote.closes_at), vote, seed="4821")
    db.session.commit()
    return vote


def annulled(make: Make, *, opens_at: datetime | None) -> Vote:
    lab = voting.lab(make)
    voting.voters(make, lab, 1)
    vote = voting.vote(make, lab, opens_at=opens_at)
    voting.annul(make, lab, vote, reason="Papel malo.")
    db.session.commit()
    return vote


@pytest.mark.parametrize("name", TERMS)
def test_no_term_of_an_open_vote_changes(make: Make, name: str) -> None:
    vote = opened(make)

    refused(update(Vote).values({name: other(COLUMNS[name], getattr(vote, name))}), FROZEN)


@pytest.mark.parametrize("to", ["another", "nothing"])
@pytest.mark.parametrize("name", [name for name in ONCE if name != "annulled_at"])
def test_what_is_written_once_stays(make: Make, name: str, to: str) -> None:
    vote = published(make)
    value = other(COLUMNS[name], None) if to == "another" else None
    assert getattr(vote, name)

    refused(update(Vote).values({name: value}), FROZEN)


@pytest.mark.parametrize("opens_at", [None, SOON], ids=["open", "announced"])
@pytest.mark.parametrize(
    "change",
    [{"annulled_at": LATER}, {"annulled_at": None}, {WHY: "Otra razón."}, {"question": "Otra"}],
    ids=str,
)
def test_an_annulment_and_its_reason_stay_as_they_are(
    make: Make, change: dict[str, Any], opens_at: datetime | None
) -> None:
    annulled(make, opens_at=opens_at)

    refused(update(Vote).values(change), FROZEN)


@pytest.mark.parametrize(
    "change",
    [{"seed": "4821"}, {"annulled_at": LATER, WHY: "Perdimos."}, {WHY: "Perdimos."}],
    ids=str,
)
def test_a_published_vote_is_neither_drawn_anew_nor_annulled(
    make: Make, change: dict[str, Any]
) -> None:
    vote = opened(make)
    voting.finish(vote)
    assert vote.published_at
    assert vote.seed is None

    refused(update(Vote).values(change), FROZEN)


@pytest.mark.parametrize("stands", ["announced", "open", "annulled", "published"])
@pytest.mark.parametrize("table", [Option, Vote])
def test_a_vote_is_never_deleted_nor_a_line_of_its_paper(
    make: Make, stands: str, table: type[Option | Vote]
) -> None:
    if stands == "announced":
        voting.vote(make, voting.lab(make), opens_at=SOON)
        db.session.commit()
    elif stands == "annulled":
        annulled(make, opens_at=SOON)
    else:
        opened(make) if stands == "open" else published(make)

    refused(delete(table), f"{DELETED}|{FROZEN}" if table is Option else DELETED)


@pytest.mark.parametrize(
    "change",
    [
        update(Option).values(label="Otra"),
        update(Option).values(position=77),
        update(Option).values(cost=77),
        update(Option).values(vote_id=77),
        insert(Option).values(vote_id=1, position=9, label="Otra"),
        delete(RollLine),
        update(RollLine).values(person_id=77),
        update(RollLine).values(vote_id=77),
    ],
    ids=str,
)
def test_neither_paper_nor_roll_of_an_open_vote_changes(make: Make, change: Executable) -> None:
    assert opened(make).id == 1

    refused(change, FROZEN)


def test_nobody_is_added_to_the_roll_of_an_open_vote(make: Make) -> None:
    vote, late = opened(make), make.person()
    db.session.commit()

    refused(insert(RollLine).values(vote_id=vote.id, person_id=late.id), FROZEN)


def test_before_the_opening_terms_and_paper_may_be_corrected(make: Make) -> None:
    vote = voting.vote(make, voting.lab(make), opens_at=SOON)

    db.session.execute(update(Vote).values(question="Otra", quorum=3))
    db.session.execute(update(Option).where(Option.position == 1).values(label="Otra"))
    db.session.execute(insert(Option).values(vote_id=vote.id, position=9, label="Más"))

    db.session.refresh(vote)
    assert (vote.question, vote.quorum, len(vote.options)) == ("Otra", 3, 5)


@pytest.mark.parametrize("name", TallyAct.__table__.columns.keys())
def test_the_act_of_a_count_is_final_and_its_documents_are_kept_once(make: Make, name: str) -> None:
    vote = published(make)
    act = db.session.get_one(TallyAct, vote.id)
    files = [make.keep(stored(n)).id for n in (1, 2)]
    act.pdf_id, act.bundle_id = files
    db.session.commit()
    value = files[0] if name == "bundle_id" else files[1] if name == "pdf_id" else None

    refused(
        update(TallyAct).values({name: value or other(TallyAct.__table__.columns[name], None)}),
        FINAL,
    )
    if name in ("pdf_id", "bundle_id"):
        refused(update(TallyAct).values({name: None}), FINAL)


def test_the_act_of_a_count_is_not_deleted(make: Make) -> None:
    published(make)

    refused(delete(TallyAct), FINAL)
