"""A letter goes to whoever is competent, and its answer or its silence shows."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from labapp.cli.checks import faults_of
from labapp.db import db
from labapp.domain.errors import Conflict, Denied
from labapp.domain.kinds import Kind
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.followup import queries, service
from labapp.followup.models import Letter, LetterAnswer
from labapp.followup.room import room
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.sessions.service import contributions
from labapp.thread.models import Duty
from tests.followup.make import TODAY, letter, source
from tests.make import NOW, Make
from tests.sessions import make as sessions


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def _answer(lab: Lab, actor: Actor, of: Letter, **changed: object) -> None:
    given: dict[str, object] = {
        "answer": LetterAnswer.PARTLY,
        "text": "Compramos el dosificador.",
        "reference": "EJ-ACTO-07",
        "answered_on": TODAY + timedelta(days=41),
    }
    service.answer_letter(Acting(lab, actor, NOW), of, **{**given, **changed})  # type: ignore[arg-type]  # by name


def _duty(thing_id: int) -> Duty:
    return db.session.scalars(select(Duty).where(Duty.thing_id == thing_id)).one()


def test_a_letter_owes_an_answer_thirty_days_after(make: Make, lab: Lab) -> None:
    sent = letter(make, lab)

    assert sent.due_on == TODAY + timedelta(days=30)
    assert (_duty(sent.id).what, _duty(sent.id).met_on) == ("letter", None)
    assert sent.thing.published_at == NOW


def test_a_late_answer_keeps_its_day(make: Make, lab: Lab) -> None:
    sent = letter(make, lab)

    _answer(lab, make.actor(lab, Role.FACILITATOR), sent)

    assert sent.answer is LetterAnswer.PARTLY
    assert _duty(sent.id).met_on == TODAY + timedelta(days=41)
    assert sent.thing.state == "answered"


def test_the_first_answer_stands(make: Make, lab: Lab) -> None:
    sent, who = letter(make, lab), make.actor(lab, Role.FACILITATOR)
    _answer(lab, who, sent)

    with pytest.raises(Conflict):
        _answer(lab, who, sent, answer=LetterAnswer.REFUSED)

    assert sent.answer is LetterAnswer.PARTLY


def test_an_answer_before_the_letter_is_refused(make: Make, lab: Lab) -> None:
    sent = letter(make, lab)

    with pytest.raises(Conflict):
        _answer(
            lab,
            make.actor(lab, Role.FACILITATOR),
            sent,
            answered_on=TODAY - timedelta(days=1),
        )


def test_only_the_entity_addressed_answers(make: Make, lab: Lab) -> None:
    body = make.organization()
    sent = letter(make, lab, organization=body)
    other, own = (
        make.actor(lab, Role.RESPONSIBLE),
        make.actor(lab, Role.RESPONSIBLE, organization=body),
    )

    with pytest.raises(Denied):
        _answer(lab, other, sent)
    _answer(lab, own, sent)

    assert sent.answer is LetterAnswer.PARTLY


@pytest.mark.parametrize("role", [Role.MEMBER, Role.RESPONSIBLE, Role.REVIEWER, Role.COMMITTEE])
def test_only_a_facilitator_sends_letters(make: Make, lab: Lab, role: Role) -> None:
    actor, carried, body = make.actor(lab, role), source(lab), make.organization()

    with pytest.raises(Denied):
        service.send_letter(
            Acting(lab, actor, NOW),
            service.LetterDraft(organization=body, reference="1", text="x", presented_on=TODAY),
            source=carried,
            due_days=30,
        )


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.PROPOSAL, Kind.CONTRIBUTION}))
def test_a_letter_carries_a_proposal_or_a_contribution(make: Make, lab: Lab, kind: Kind) -> None:
    with pytest.raises(Conflict):
        letter(make, lab, carried=source(lab, kind))


def test_a_letter_of_another_lab_carries_nothing_from_here(make: Make, lab: Lab) -> None:
    elsewhere = source(make.lab(Stage.FOLLOWUP))

    with pytest.raises(Conflict):
        letter(make, lab, carried=elsewhere)


def test_a_letter_is_called_by_what_was_said_then_and_by_nothing_once_it_is_withdrawn(
    make: Make, lab: Lab
) -> None:
    said = sessions.contribution(make, lab, text="Fulano, cerque la toma")
    before = letter(make, lab, carried=said.thing)
    db.session.commit()
    acting = Acting(lab, make.actor(lab, Role.FACILITATOR), NOW + timedelta(days=1))

    contributions.edit(acting, contribution=said, base=1, text="Cercar la toma", why="Sin nombre")
    db.session.commit()
    assert before.thing.title == "Fulano, cerque la toma"
    assert not _unlike_their_originals()
    contributions.withdraw(acting, contribution=said, notice="Retirado")
    db.session.commit()

    assert before.thing.title == "Retirado"
    assert not _unlike_their_originals()
    with pytest.raises(Conflict):
        letter(make, lab, carried=said.thing)
    assert said.thing not in queries.sources(lab.id, (Kind.CONTRIBUTION,))
    assert queries.source(lab.id, "contribution-1", (Kind.CONTRIBUTION,)) is None


def _unlike_their_originals() -> list[str]:
    return [fault for fault in faults_of(room) if "title" in fault]


def test_numbers_say_how_old_the_oldest_silence_is(make: Make, lab: Lab) -> None:
    letter(make, lab, presented_on=TODAY - timedelta(days=52))
    answered = letter(make, lab, presented_on=TODAY - timedelta(days=75))
    _answer(
        lab,
        make.actor(lab, Role.FACILITATOR),
        answered,
        answered_on=TODAY - timedelta(days=34),
    )

    counted = queries.numbers(TODAY)

    assert (counted.letters, counted.letters_answered, counted.letters_late) == (2, 1, 1)
    assert counted.oldest_days == 52
    assert queries.facts(lab.id)[1] == 1
    assert queries.numbers(TODAY, make.lab().id).oldest_days is None
