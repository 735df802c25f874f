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
from labapp.domain.removal import RemovalEnd, RemovalScope, RemovalState
from labapp.domain.removal_code import OF_PUBLISHED, RemovalCode
from labapp.domain.roles import VISITOR
from labapp.labs.models import Lab
from labapp.moderation import queries, service
from labapp.moderation.models import KeptText, Removal
from labapp.moderation.removal_draft import RemovalDraft
from labapp.moderation.service import appeals
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


def test_whoever_gives_in_once_an_appeal_waits_has_lost_it(
    make: Make, lab: Lab, told: Problem
) -> None:
    team = acting(make, lab, Role.FACILITATOR)
    removal = service.take_away(team, draft(), thing=told.thing)
    appeals.appeal(by(VISITOR, lab), removal=removal, words="Es verdad.", days=10, by_code=True)

    service.put_back(team, removal=removal)

    assert removal.ended_by is RemovalEnd.REVERSED
    with pytest.raises(Denied):
        service.take_away(team, draft(code=RemovalCode.LAW), thing=told.thing)


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


def test_who_decided_does_not_hear_the_appeal_and_another_puts_it_back(
    make: Make, lab: Lab, told: Problem
) -> None:
    first, second = (acting(make, lab, Role.REVIEWER) for _ in range(2))
    removal = service.take_away(first, draft(), thing=told.thing)
    appeals.appeal(by(VISITOR, lab), removal=removal, words="Es verdad.", days=10, by_code=True)

    with pytest.raises(Denied):
        appeals.rule(first, removal=removal, upheld=True, words="No.")
    appeals.rule(second, removal=removal, upheld=False, words="Es crítica de una obra.")

    db.session.refresh(told)
    assert told.what == WHAT
    assert removal.ended_by is RemovalEnd.REVERSED


def test_whoever_takes_part_in_the_lab_does_not_hear_its_appeals(
    make: Make, lab: Lab, told: Problem
) -> None:
    removal = service.take_away(acting(make, lab, Role.FACILITATOR), draft(), thing=told.thing)
    appeals.appeal(by(VISITOR, lab), removal=removal, words="Es verdad.", days=10, by_code=True)

    with pytest.raises(Denied):
        appeals.rule(
            acting(make, lab, Role.REVIEWER, Role.FACILITATOR),
            removal=removal,
            upheld=True,
            words="No.",
        )


def test_only_its_author_appeals_once_and_not_against_their_own_wish(
    make: Make, lab: Lab, told: Problem
) -> None:
    author = acting(make, lab, Role.MEMBER)
    told.author_id = author.actor.person_id
    removal = service.take_away(acting(make, lab, Role.FACILITATOR), draft(), thing=told.thing)

    with pytest.raises(Denied):
        appeals.appeal(acting(make, lab, Role.MEMBER), removal=removal, words="Yo", days=10)
    with pytest.raises(Denied):
        appeals.appeal(by(VISITOR, lab), removal=removal, words="Yo", days=10)
    appeals.appeal(author, removal=removal, words="Es mío.", days=10)
    with pytest.raises(Conflict):
        appeals.appeal(author, removal=removal, words="Otra vez.", days=10)


@pytest.mark.parametrize("code", OF_PUBLISHED)
def test_unheard_in_its_term_it_comes_back_save_what_protects_somebody(
    make: Make, lab: Lab, told: Problem, code: RemovalCode
) -> None:
    removal = service.take_away(
        acting(make, lab, Role.FACILITATOR), draft(code=code), thing=told.thing
    )
    assert appeals.expire_due(LATER) == 0, "nobody appealed"
    appeals.appeal(by(VISITOR, lab), removal=removal, words="Es verdad.", days=10, by_code=True)

    assert appeals.expire_due(NOW + timedelta(days=9)) == 0
    ended = appeals.expire_due(LATER)

    stays = code in (RemovalCode.PRIVATE_DATA, RemovalCode.MINOR, RemovalCode.LAW)
    db.session.refresh(told)
    assert (ended, told.what) == ((0, NOTICE) if stays else (1, WHAT))
    assert appeals.expire_due(LATER) == 0


def test_the_other_side_does_not_put_back_and_nobody_does_after_antai_answered(
    make: Make, lab: Lab, told: Problem
) -> None:
    team, antai = (acting(make, lab, role) for role in (Role.FACILITATOR, Role.REVIEWER))
    removal = service.take_away(antai, draft(), thing=told.thing)
    with pytest.raises(Denied):
        service.put_back(team, removal=removal)
    service.put_back(antai, removal=removal)

    again = service.take_away(team, draft(), thing=told.thing)
    appeals.appeal(by(VISITOR, lab), removal=again, words="Es verdad.", days=10, by_code=True)
    appeals.rule(antai, removal=again, upheld=True, words="Nombra a un vecino.")

    with pytest.raises(Conflict):
        service.put_back(team, removal=again)
    assert again.state is RemovalState.UPHELD


@pytest.mark.parametrize("heard", [True, False])
def test_what_an_appeal_put_back_is_taken_away_again_by_antai_alone(
    make: Make, lab: Lab, told: Problem, heard: bool
) -> None:
    team, antai = (acting(make, lab, role) for role in (Role.FACILITATOR, Role.REVIEWER))
    removal = service.take_away(team, draft(), thing=told.thing)
    appeals.appeal(by(VISITOR, lab), removal=removal, words="Es verdad.", days=10, by_code=True)
    if heard:
        appeals.rule(antai, removal=removal, upheld=False, words="Es crítica de una obra.")
    else:
        appeals.expire_due(LATER)

    with pytest.raises(Denied):
        service.take_away(team, words("ladrón"), thing=told.thing)

    again = service.take_away(antai, words("ladrón"), thing=told.thing)
    assert again.decided_at is None, "two of ANTAI must agree"
    service.confirm(acting(make, lab, Role.REVIEWER), removal=again, agrees=True)
    assert again.decided_at


def test_what_its_author_withdrew_is_nobodys_to_appeal_or_put_back(
    make: Make, lab: Lab, told: Problem
) -> None:
    removal = service.withdraw(by(VISITOR, lab), thing=told.thing, notice=NOTICE)

    with pytest.raises(Denied):
        appeals.appeal(by(VISITOR, lab), removal=removal, words="No.", days=10, by_code=True)
    with pytest.raises(Conflict):
        service.put_back(acting(make, lab, Role.FACILITATOR), removal=removal)

    db.session.refresh(told)
    assert told.what == NOTICE


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
