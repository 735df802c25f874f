"""The record: sealed, append-only, and every change behind its back is found."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError, StatementError

from labapp.db import Base, db
from labapp.domain.acts import IN_THREAD
from labapp.domain.policy import Act, Actor, Role
from labapp.labs.models import Lab
from labapp.record import queries
from labapp.record.acting import Acting
from labapp.record.models import Chain, Entry
from tests.make import NOW, Make

ANTAI = Actor(None, frozenset({Role.REVIEWER}))
COLUMNS = [c.name for c in Entry.__table__.columns if c.name not in ("id", "chain")]


def write(lab: Lab | None, words: str) -> None:
    Acting(lab, ANTAI, NOW).record(Act.LAB_MOVE, after={"words": words}, reason=words)


def unlock() -> None:
    """Take away the database's own guard, as somebody with the server in hand would."""
    if db.engine.name == "sqlite":
        db.session.execute(text("DROP TRIGGER entry_no_update"))
        db.session.execute(text("DROP TRIGGER entry_no_delete"))
    else:
        db.session.execute(text("SET LOCAL session_replication_role = replica"))


def test_entries_are_sealed_in_the_chain_of_their_lab(make: Make) -> None:
    lab = make.lab()
    write(lab, "first")
    write(lab, "second")
    write(None, "of the site")
    db.session.commit()

    chains = db.session.scalars(select(Chain).order_by(Chain.name)).all()

    assert [(c.name, c.length) for c in chains] == [(f"lab:{lab.id}", 2), ("site", 1)]
    assert list(queries.faults()) == []


def test_an_act_rolled_back_leaves_no_entry(make: Make) -> None:
    write(make.lab(), "lost")
    db.session.rollback()
    db.session.commit()

    assert db.session.scalars(select(Entry)).all() == []


@pytest.mark.parametrize("verb", ["UPDATE entry SET reason = 'x'", "DELETE FROM entry"])
def test_the_database_itself_refuses_to_change_the_record(make: Make, verb: str) -> None:
    write(make.lab(), "kept")
    db.session.commit()

    with pytest.raises(DBAPIError, match="only grows"):
        db.session.execute(text(verb))


@pytest.mark.parametrize("column", COLUMNS)
def test_any_single_column_changed_behind_its_back_is_found(make: Make, column: str) -> None:
    lab, other, person = make.lab(), make.lab(), make.person()
    for words in ("one", "two", "three"):
        write(lab, words)
    db.session.commit()
    unlock()
    row = db.session.scalars(select(Entry).order_by(Entry.position)).all()[1]
    changed = {
        "position": 9,
        "at": NOW + timedelta(seconds=1),
        "act": Act.LAB_STOP,
        "role": Role.FACILITATOR,
        "person_id": person.id,
        "lab_id": other.id,
        "thing_id": None,
        "hash": "0" * 64,
    }.get(column, "{}x")
    if column == "thing_id":
        changed = _a_thing(make)
    db.session.execute(update(Entry).where(Entry.id == row.id).values({column: changed}))
    db.session.commit()

    assert len(list(queries.faults())) == 1


def _a_thing(make: Make) -> int:
    from_table = Base.metadata.tables["thing"]
    lab = make.lab()
    db.session.execute(
        from_table.insert().values(
            lab_id=lab.id, kind="problem", title="x", state="sent", lang="es"
        )
    )
    return int(db.session.scalars(select(from_table.c.id)).one())


@pytest.mark.parametrize("which", [0, 1, 2])
def test_an_entry_removed_is_found_even_if_it_is_the_last(make: Make, which: int) -> None:
    lab = make.lab()
    for words in ("one", "two", "three"):
        write(lab, words)
    db.session.commit()
    unlock()
    row = db.session.scalars(select(Entry).order_by(Entry.position)).all()[which]
    db.session.delete(row)
    db.session.commit()

    assert len(list(queries.faults())) == 1


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from([0, 1]), st.text(max_size=40)), max_size=8))
def test_the_record_of_any_sequence_verifies(make: Make, acts: list[tuple[int, str]]) -> None:
    labs = [make.lab(), make.lab()]
    for which, words in acts:
        write(labs[which], words.replace("\x00", ""))
        db.session.commit()

    assert list(queries.faults()) == []


def test_an_entry_of_an_act_that_has_no_row_any_more_is_read_and_holds(make: Make) -> None:
    lab = make.lab()
    Acting(lab, ANTAI, NOW).record(Act.in_record("problem:applaud"))
    db.session.commit()
    db.session.expire_all()

    entry = db.session.scalars(select(Entry).where(Entry.lab_id == lab.id)).one()
    assert entry.act == "problem:applaud"
    assert entry.act.row.roles == frozenset()
    assert list(queries.faults()) == []
    assert entry.act not in IN_THREAD


def test_no_entry_is_looked_for_by_an_act_that_has_no_row(make: Make) -> None:
    of_lab = select(Entry).where(Entry.lab_id == make.lab().id)

    with pytest.raises(StatementError, match="no act is called problem:applaud"):
        db.session.scalars(of_lab.where(Entry.act == "problem:applaud")).all()
