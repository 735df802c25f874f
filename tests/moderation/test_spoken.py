"""What was said in a hall: anybody may appeal once, and whoever mends the words ends no ban."""

from datetime import timedelta

import pytest

from labapp.db import db
from labapp.domain.blackout import BLOCK
from labapp.domain.contribution import ContributionState
from labapp.domain.errors import Conflict
from labapp.domain.policy import Role
from labapp.domain.removal import RemovalEnd, RemovalScope
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import VISITOR
from labapp.labs.models import Lab
from labapp.moderation import queries as moderation
from labapp.moderation import service
from labapp.moderation.removal_draft import RemovalDraft
from labapp.moderation.service import appeals
from labapp.record.acting import Acting
from labapp.sessions import queries
from labapp.sessions.models import Contribution
from labapp.sessions.service import contributions, joining
from tests.make import NOW, Make
from tests.sessions import make as sessions

SAID = "El alcalde Fulano no arregló la toma"
NOTICE = "Retirado a pedido de quien lo dijo, 2 mar 2026 (aporte 1)"


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab()


@pytest.fixture
def team(make: Make, lab: Lab) -> Acting[Lab]:
    return Acting(lab, make.actor(lab, Role.FACILITATOR), NOW)


@pytest.fixture
def said(make: Make, lab: Lab) -> Contribution:
    row = sessions.contribution(make, lab, text=SAID)
    joining.owe_answer(row, NOW.date() + timedelta(days=30))
    return row


@pytest.mark.parametrize("heard", [True, False])
def test_whoever_was_silenced_so_gets_the_words_and_the_answer_owed_back(
    make: Make, lab: Lab, team: Acting[Lab], said: Contribution, heard: bool
) -> None:
    contributions.withdraw(team, contribution=said, notice=NOTICE)
    db.session.refresh(said)
    withdrawn = (said.text, said.state)
    removal = moderation.of_thing(said.id)[0]
    anybody = Acting(lab, VISITOR, NOW)

    appeals.appeal(anybody, removal=removal, words="Nadie pidió eso.", days=10)
    if heard:
        antai = Acting(lab, make.actor(lab, Role.REVIEWER), NOW)
        appeals.rule(antai, removal=removal, upheld=False, words="Es crítica.")
    else:
        appeals.expire_due(NOW + timedelta(days=11))

    db.session.refresh(said)
    assert withdrawn == (NOTICE, ContributionState.WITHDRAWN)
    assert (said.text, said.state) == (SAID, ContributionState.NOTED)
    due = queries.dues([said.id])[said.id]
    assert (due.due_on, due.met_on) == (NOW.date() + timedelta(days=30), None)


def test_mended_words_stand_and_the_name_stays_black_in_the_history(
    make: Make, lab: Lab, team: Acting[Lab], said: Contribution
) -> None:
    draft = RemovalDraft(RemovalScope.WORDS, RemovalCode.NAMES_PERSON, "Nombra.", "", ["Fulano"])
    removal = service.take_away(team, draft, thing=said.thing)
    db.session.refresh(said)

    text = "No se arregló la toma"
    contributions.edit(team, contribution=said, base=1, text=text, why="Sin nombre")

    former = queries.former_words(said.id)[0]
    assert (said.text, former.text) == (text, f"El alcalde {BLOCK} no arregló la toma")
    assert removal.ended_by is RemovalEnd.REWRITTEN
    assert said.thing.removed_at is None


def test_what_was_taken_away_whole_is_not_mended_by_the_team(
    team: Acting[Lab], said: Contribution
) -> None:
    draft = RemovalDraft(RemovalScope.WHOLE, RemovalCode.INSULT, "Insulta.", "Quitado")
    service.take_away(team, draft, thing=said.thing)

    with pytest.raises(Conflict):
        contributions.edit(team, contribution=said, base=1, text="Otra cosa", why="Mal")
