"""An appeal goes to somebody of ANTAI who did not decide; unheard in its term the text is back."""

from datetime import timedelta

import pytest

from labapp.db import db
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.domain.removal import RemovalEnd, RemovalScope, RemovalState
from labapp.domain.removal_code import OF_PUBLISHED, RemovalCode
from labapp.domain.roles import VISITOR
from labapp.labs.models import Lab
from labapp.moderation import service
from labapp.moderation.removal_draft import RemovalDraft
from labapp.moderation.service import appeals
from labapp.problems.models import Problem
from labapp.record.acting import Acting
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
