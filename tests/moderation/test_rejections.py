"""What was not published can be appealed; what was hidden is not acted on until rewritten."""

from datetime import timedelta

import pytest

from labapp.db import db
from labapp.domain.blackout import BLOCK
from labapp.domain.errors import Conflict
from labapp.domain.policy import Role
from labapp.domain.proposal import ProposalState
from labapp.domain.removal import RemovalScope
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import VISITOR
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.moderation import queries as moderation
from labapp.moderation import service
from labapp.moderation.removal_draft import RemovalDraft
from labapp.moderation.service import appeals
from labapp.problems import service as problems
from labapp.problems.models import ProblemState
from labapp.problems.service import ProblemText, amendments, supports
from labapp.proposals import queries
from labapp.proposals import service as proposals
from labapp.proposals.models import Feasible, Proposal
from labapp.proposals.service import VersionDraft, assessment, review
from labapp.record.acting import Acting
from labapp.record.models import Entry
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.problems.make import problem
from tests.proposals import make as rows

WHY = "Nombra a Juan Pérez, un vecino."
HIDE = RemovalDraft(RemovalScope.WHOLE, RemovalCode.INSULT, WHY, "Quitado (propuesta 1)")


def acting(make: Make, lab: Lab, *roles: Role) -> Acting[Lab]:
    return Acting(lab, make.actor(lab, *roles), NOW)


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.IDEATION)


@pytest.mark.parametrize("heard", [True, False])
def test_a_problem_refused_out_of_spite_is_published_after_its_teller_appeals(
    make: Make, lab: Lab, heard: bool
) -> None:
    told = problem(make, lab, published=False)
    team = acting(make, lab, Role.FACILITATOR)
    problems.reject(team, problem=told, code=RemovalCode.OTHER_PLACE, words=WHY)
    removal = moderation.of_thing(told.id)[0]

    visitor = Acting(lab, VISITOR, NOW)
    appeals.appeal(visitor, removal=removal, words="Sí es de aquí.", days=10, by_code=True)
    if heard:
        antai = acting(make, lab, Role.REVIEWER)
        appeals.rule(antai, removal=removal, upheld=False, words="Es de aquí.")
    else:
        appeals.expire_due(NOW + timedelta(days=11))

    assert told.state is ProblemState.PUBLISHED
    assert (told.thing.number, told.thing.is_public) == (1, True)
    entries = db.session.query(Entry).filter(Entry.thing_id == told.id)
    assert not [entry for entry in entries if "Juan" in entry.reason + entry.after]


def test_an_author_finds_why_it_was_refused_on_the_first_page_and_appeals(
    make: Make, lab: Lab, client: Client
) -> None:
    author = make.actor(lab, Role.MEMBER)
    sent = rows.proposal(make, lab, author_id=author.person_id, state=ProposalState.WAITING)
    team = acting(make, lab, Role.FACILITATOR)
    review.reject(team, proposal=sent, code=RemovalCode.NAMES_PERSON, words=WHY)
    removal = moderation.of_thing(sent.id)[0]
    page = f"/labs/{lab.slug}/removals/{removal.id}/"
    sign_in(client, author)

    assert page in client.get("/").text
    assert WHY in client.get(page).text
    assert WHY not in client.application.test_client().get(page).text
    assert client.post(page + "appeal", data={"words": "Es el alcalde."}).status_code == 302
    antai = acting(make, lab, Role.REVIEWER)
    appeals.rule(antai, removal=removal, upheld=False, words="Es un cargo.")
    db.session.commit()

    assert db.session.get_one(Proposal, sent.id).state is ProposalState.SENT
    assert sent.thing.title in client.get(f"/labs/{lab.slug}/proposals/").text


def test_what_is_hidden_is_not_shared_counted_studied_or_decided_and_blocks_nothing(
    make: Make, lab: Lab
) -> None:
    team, told = acting(make, lab, Role.FACILITATOR), problem(make, lab)
    sent = rows.proposal(make, lab)
    for thing in (told.thing, sent.thing):
        service.take_away(team, HIDE, thing=thing)
    opinion = assessment.OpinionDraft(Feasible.YES, 1, "Junta", "Ingeniera", "Se puede.")

    for act in (
        lambda: supports.give(acting(make, lab, Role.MEMBER), problem=told),
        lambda: supports.count_hands(team, problem=told, hands=3),
        lambda: assessment.opine(team, opinion, proposal=sent),
        lambda: assessment.admit(team, proposal=sent),
    ):
        with pytest.raises(Conflict):
            act()
    assert queries.facts(lab.id).undecided == 0
    assert queries.facts(lab.id).unanswered == 0


@pytest.mark.parametrize("at_once", [True, False])
def test_its_author_rewrites_what_was_hidden_and_the_queue_reads_it_first(
    make: Make, lab: Lab, at_once: bool
) -> None:
    lab.proposals_at_once = at_once
    author = make.actor(lab, Role.MEMBER)
    sent = rows.proposal(make, lab, author_id=author.person_id)
    team = acting(make, lab, Role.FACILITATOR)
    service.take_away(team, HIDE, thing=sent.thing)

    draft = VersionDraft(base=1, title="Otra vez", body="Sin nombres", change="Sin nombres")
    proposals.edit(Acting(lab, author, NOW), draft, proposal=sent, days=3)
    waiting = (sent.thing.is_public, queries.current(sent).title)
    review.publish_version(team, proposal=sent)

    assert waiting == (False, HIDE.notice)
    assert (sent.thing.is_public, queries.current(sent).title) == (True, "Otra vez")
    first = queries.version(sent.id, 1)
    assert first is not None
    assert (first.title, first.body) == (HIDE.notice, BLOCK)


def test_a_teller_rewrites_what_was_hidden_and_a_photo_stays_away(make: Make, lab: Lab) -> None:
    told, team = problem(make, lab), acting(make, lab, Role.FACILITATOR)
    service.take_away(team, HIDE, thing=told.thing)
    visitor = Acting(lab, VISITOR, NOW)

    text = ProblemText(what="Falta agua", where="Arriba")
    amendments.amend(visitor, problem=told, told=text, days=3)
    amendments.publish(team, problem=told)

    assert (told.what, told.thing.title, told.thing.is_public) == ("Falta agua", "Falta agua", True)


def test_a_withdrawn_problem_keeps_its_place_and_shows_no_word(make: Make, lab: Lab) -> None:
    told = problem(make, lab, what="Me robaron en mi casa")

    amendments.withdraw(Acting(lab, VISITOR, NOW), problem=told, notice="Retirado (problema 1)")

    db.session.refresh(told)
    assert (told.what, told.place_said) == ("Retirado (problema 1)", BLOCK)
    assert (told.thing.title, told.thing.number) == ("Retirado (problema 1)", 1)


def test_words_already_blacked_out_do_not_come_back_in_a_correction(make: Make, lab: Lab) -> None:
    told, team = problem(make, lab, what="Juan Pérez robó"), acting(make, lab, Role.FACILITATOR)
    visitor = Acting(lab, VISITOR, NOW)
    again = ProblemText(what="Sí, JUAN PEREZ robó", where="Arriba")
    amendments.amend(visitor, problem=told, told=again, days=3)
    name = RemovalDraft(RemovalScope.WORDS, RemovalCode.NAMES_PERSON, WHY, "", ["Juan Pérez"])
    service.take_away(team, name, thing=told.thing)

    with pytest.raises(Conflict, match="stands there again"):
        amendments.publish(team, problem=told)


def test_a_declined_version_can_be_appealed_and_then_stands(make: Make, lab: Lab) -> None:
    author = make.actor(lab, Role.MEMBER)
    sent = rows.proposal(make, lab, author_id=author.person_id)
    team, antai = acting(make, lab, Role.FACILITATOR), acting(make, lab, Role.REVIEWER)
    draft = VersionDraft(base=1, title="La alcaldía no cumple", body="Así fue", change="Más")
    proposals.edit(Acting(lab, author, NOW), draft, proposal=sent, days=3)
    review.decline_version(team, proposal=sent, code=RemovalCode.LAW, words=WHY)
    removal = moderation.of_thing(sent.id)[0]

    appeals.appeal(Acting(lab, author, NOW), removal=removal, words="Es crítica.", days=10)
    appeals.rule(antai, removal=removal, upheld=False, words="Es crítica.")

    assert queries.current(sent).title == "La alcaldía no cumple"


def test_what_came_on_paper_and_was_withdrawn_by_code_anybody_appeals(make: Make, lab: Lab) -> None:
    told = problem(make, lab)
    told.on_paper = True
    visitor = Acting(lab, VISITOR, NOW)
    amendments.withdraw(visitor, problem=told, notice="Retirado (problema 1)")
    removal = moderation.of_thing(told.id)[0]

    appeals.appeal(visitor, removal=removal, words="Nadie lo retiró.", days=10)

    assert removal.awaits_ruling
