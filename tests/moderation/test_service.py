"""Words are taken away, put back and appealed: by whom, in which order, and what is left."""

from datetime import timedelta
from itertools import permutations

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from labapp.db import db
from labapp.domain.blackout import BLOCK
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Act, Actor, Role
from labapp.domain.removal import RemovalEnd, RemovalScope
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import VISITOR
from labapp.labs.models import Lab
from labapp.moderation import queries, service
from labapp.moderation.models import KeptText, Removal
from labapp.moderation.removal_draft import RemovalDraft
from labapp.problems.models import Problem
from labapp.record import queries as record
from labapp.record.acting import Acting
from labapp.record.models import Entry
from tests.make import NOW, Make
from tests.problems.make import problem

WHAT = "El ladrón Juan Pérez se robó el agua. Llamen al 6000-0000."
NOTICE = "Quitado por el equipo: nombra a una persona, 2 mar 2026 (problema 1)"
LATER = NOW + timedelta(days=11)


def draft(
    scope: RemovalScope = RemovalScope.WHOLE,
    *hidden: str,
    code: RemovalCode = RemovalCode.NAMES_PERSON,
) -> RemovalDraft:
    return RemovalDraft(scope, code, "Nombra a un vecino.", NOTICE, hidden)


def words(*hidden: str) -> RemovalDraft:
    return draft(RemovalScope.WORDS, *hidden)


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab()


@pytest.fixture
def told(make: Make, lab: Lab) -> Problem:
    return problem(make, lab, what=WHAT)


def acting(make: Make, lab: Lab, *roles: Role) -> Acting[Lab]:
    return Acting(lab, make.actor(lab, *roles), NOW)


def by(actor: Actor, lab: Lab) -> Acting[Lab]:
    return Acting(lab, actor, NOW)


def test_what_is_hidden_whole_is_read_nowhere_and_keeps_its_number(
    make: Make, lab: Lab, told: Problem
) -> None:
    service.take_away(acting(make, lab, Role.FACILITATOR), draft(), thing=told.thing)

    db.session.refresh(told)
    assert (told.what, told.place_said) == (NOTICE, BLOCK)
    assert told.thing.title == NOTICE
    assert told.thing.number == 1
    assert told.thing.has_place
    assert not told.thing.is_public


def test_some_words_are_blacked_out_in_every_text_and_the_rest_stays(
    make: Make, lab: Lab, told: Problem
) -> None:
    told.since = "Desde que Juan  PEREZ llegó"
    service.take_away(acting(make, lab, Role.FACILITATOR), words("juan pérez"), thing=told.thing)

    db.session.refresh(told)
    assert told.what == f"El ladrón {BLOCK} se robó el agua. Llamen al 6000-0000."
    assert told.since == f"Desde que {BLOCK} llegó"
    assert told.place_said == "Parte alta"
    assert told.thing.is_public


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_removals_end_in_any_order_and_only_their_own_words_come_back(
    make: Make, lab: Lab, told: Problem, order: tuple[int, ...]
) -> None:
    team = acting(make, lab, Role.FACILITATOR)
    removals = [
        service.take_away(team, words("Juan Pérez"), thing=told.thing),
        service.take_away(team, words("ladrón", "se robó"), thing=told.thing),
        service.take_away(team, draft(), thing=told.thing),
    ]

    for place in order:
        service.put_back(team, removal=removals[place])
        db.session.refresh(told)
        standing = [removals[n] for n in range(3) if n not in order[: order.index(place) + 1]]
        assert ("Pérez" in told.what) == {removals[0], removals[2]}.isdisjoint(standing)
        assert (told.what == NOTICE) == (removals[2] in standing)

    assert (told.what, told.place_said, told.thing.title) == (WHAT, "Parte alta", WHAT)
    assert told.thing.removed_at is None
    assert db.session.scalars(select(KeptText)).all() == []
    assert list(queries.drift()) == []


def test_the_reason_in_the_record_is_covered_and_its_hash_stands(
    make: Make, lab: Lab, told: Problem
) -> None:
    team = acting(make, lab, Role.FACILITATOR)
    team.record(Act.PROBLEM_MERGE, told.id, reason="Igual que lo de Juan Pérez")
    db.session.commit()

    service.take_away(team, words("Juan Pérez"), thing=told.thing)
    db.session.commit()

    entry = db.session.scalars(select(Entry).where(Entry.reason != "")).one()
    assert entry.public_reason == f"Igual que lo de {BLOCK}"
    assert list(record.faults()) == []
    left = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert left is not None
    assert "Pérez" not in left.before + left.after + left.reason


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ALLY, Role.RESPONSIBLE, Role.TELLER])
def test_nobody_else_takes_anything_away(make: Make, lab: Lab, told: Problem, role: Role) -> None:
    with pytest.raises(Denied):
        service.take_away(acting(make, lab, role), draft(), thing=told.thing)


def test_the_facilitator_of_another_lab_takes_nothing_away(
    make: Make, lab: Lab, told: Problem
) -> None:
    with pytest.raises(Conflict):
        service.take_away(acting(make, make.lab(), Role.FACILITATOR), draft(), thing=told.thing)


def test_words_that_do_not_stand_there_are_named(make: Make, lab: Lab, told: Problem) -> None:
    with pytest.raises(Conflict, match="Rosa"):
        service.take_away(
            acting(make, lab, Role.FACILITATOR), words("Juan", "Rosa"), thing=told.thing
        )


def test_the_same_words_are_not_taken_away_twice(make: Make, lab: Lab, told: Problem) -> None:
    team = acting(make, lab, Role.FACILITATOR)
    service.take_away(team, words("Juan Pérez"), thing=told.thing)

    for again in (words("juan perez"), words("Pérez")):
        with pytest.raises(Conflict):
            service.take_away(team, again, thing=told.thing)
    service.take_away(team, draft(), thing=told.thing)
    with pytest.raises(Conflict):
        service.take_away(team, draft(), thing=told.thing)


def test_what_is_written_over_meanwhile_is_covered_and_never_undone(
    make: Make, lab: Lab, told: Problem
) -> None:
    team = acting(make, lab, Role.FACILITATOR)
    removal = service.take_away(team, words("Parte"), thing=told.thing)
    told.place_said = "Allá donde Rosa la ladrona"
    db.session.flush()

    second = service.take_away(team, words("Rosa la ladrona"), thing=told.thing)
    db.session.refresh(told)
    covered = told.place_said
    service.put_back(team, removal=removal)
    service.put_back(team, removal=second)

    db.session.refresh(told)
    assert covered == f"Allá donde {BLOCK}"
    assert told.place_said == "Allá donde Rosa la ladrona"


def test_who_takes_part_in_the_lab_speaks_for_no_antai_there(
    make: Make, lab: Lab, told: Problem
) -> None:
    both = acting(make, lab, Role.FACILITATOR, Role.REVIEWER)

    assert service.take_away(both, draft(), thing=told.thing).role is Role.FACILITATOR


def test_other_words_of_the_author_end_it_and_the_former_stay_black(
    make: Make, lab: Lab, told: Problem
) -> None:
    removal = service.take_away(acting(make, lab, Role.FACILITATOR), draft(), thing=told.thing)

    told.what = "Falta el agua."
    service.end_rewritten(by(VISITOR, lab), thing=told.thing)

    assert removal.ended_by is RemovalEnd.REWRITTEN
    assert told.thing.is_public
    assert db.session.scalars(select(KeptText)).all() == []
    assert list(queries.drift()) == []


def test_the_database_refuses_whoever_decided_as_judge(make: Make, lab: Lab, told: Problem) -> None:
    removal = service.take_away(acting(make, lab, Role.REVIEWER), draft(), thing=told.thing)
    removal.appealed_at, removal.appeal, removal.appeal_due_at = NOW, "Es verdad.", LATER
    removal.ruled_at, removal.upheld, removal.ruled_by_id = NOW, True, removal.asked_by_id

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
    assert db.session.scalars(select(Removal)).all() == []
