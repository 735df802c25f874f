"""What was said in a hall: anybody may appeal once, and whoever mends the words ends no ban."""

from datetime import timedelta

import pytest

from labapp.db import db
from labapp.domain.contribution import ContributionState
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Role
from labapp.domain.removal import RemovalScope
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


@pytest.mark.parametrize("scope", [RemovalScope.WORDS, RemovalScope.WHOLE])
def test_the_team_writes_over_nothing_of_which_words_were_taken_away(
    team: Acting[Lab], said: Contribution, scope: RemovalScope
) -> None:
    words = ["Fulano"] if scope is RemovalScope.WORDS else []
    draft = RemovalDraft(scope, RemovalCode.NAMES_PERSON, "Nombra.", "Quitado", words)
    removal = service.take_away(team, draft, thing=said.thing)
    db.session.refresh(said)

    with pytest.raises(Conflict):
        contributions.edit(team, contribution=said, base=1, text="Otra cosa", why="Mal")
    with pytest.raises(Conflict):
        contributions.divide(team, contribution=said, base=1, lines=["Otra", "cosa"])

    assert removal.ended_at is None
    service.put_back(team, removal=removal)
    db.session.refresh(said)
    assert said.text == SAID


def test_after_a_won_appeal_the_team_does_not_withdraw_it_again(
    make: Make, lab: Lab, team: Acting[Lab], said: Contribution
) -> None:
    contributions.withdraw(team, contribution=said, notice=NOTICE)
    anybody, antai = Acting(lab, VISITOR, NOW), Acting(lab, make.actor(lab, Role.REVIEWER), NOW)
    removal = moderation.of_thing(said.id)[0]
    appeals.appeal(anybody, removal=removal, words="Nadie pidió eso.", days=10)
    appeals.rule(antai, removal=removal, upheld=False, words="Es crítica.")

    with pytest.raises(Denied):
        contributions.withdraw(team, contribution=said, notice=NOTICE)


def test_who_took_it_away_does_not_spend_the_appeal_and_others_add_their_words(
    make: Make, lab: Lab, team: Acting[Lab], said: Contribution
) -> None:
    draft = RemovalDraft(RemovalScope.WHOLE, RemovalCode.INSULT, "Insulta.", "Quitado")
    removal = service.take_away(team, draft, thing=said.thing)
    other = Acting(lab, make.actor(lab, Role.FACILITATOR), NOW)

    for side in (team, other):
        with pytest.raises(Denied):
            appeals.appeal(side, removal=removal, words=".", days=10)
    appeals.appeal(Acting(lab, VISITOR, NOW), removal=removal, words=".", days=10)
    appeals.appeal(Acting(lab, VISITOR, NOW), removal=removal, words="Es verdad.", days=10)

    assert removal.appeal == ".\n\nEs verdad."
