"""A lab closes "con pendientes": each debt by its name, ANTAI's word, and what is paid since."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, Denied
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import LabKind, Stage
from labapp.domain.workflow import CLOSING
from labapp.followup.models import Letter
from labapp.labs import service as labs
from labapp.labs.models import Lab
from labapp.labs.service import same_person
from labapp.record.acting import Acting
from labapp.stages import debts, facts, queries, service
from labapp.stages.models import ClosingDebt, ClosingRequest
from labapp.stages.service import closing
from tests.audits import make as audit
from tests.client import Client
from tests.followup import make as delivery
from tests.make import NOW, Make, sign_in
from tests.stages.make import agree, answer, ask
from tests.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]
LATER = NOW + timedelta(days=90)


def owing(make: Make) -> Lab:
    """Return a follow-up lab that owes something of each class."""
    of = audit.watch(make, make.lab(Stage.FOLLOWUP))
    lab = of.lab
    lab.kind = LabKind.FOLLOW_UP
    audit.finding(of)
    delivery.letter(make, lab)
    return lab


def test_each_need_has_as_many_debts_as_it_counts(make: Make) -> None:
    lab = owing(make)
    known, found = facts.gather(lab), debts.gather(lab)

    for need in CLOSING:
        named = sum(debt.need == need.key for debt in found)
        assert named == (need.count(known) if need.count else not need.met(known)), need.key
    assert {debt.need for debt in found} >= {"letters_unanswered", "findings_open", "verdict"}


def test_each_debt_bears_its_own_name_and_debtor(make: Make) -> None:
    lab = owing(make)

    request = ask(make, lab)

    named = {
        (row.need, row.owed_by, thing.kind if thing else None)
        for row, thing in queries.asked_debts(request.id)
    }
    letter = db.session.scalars(select(Letter)).one()
    assert ("letters_unanswered", letter.organization.name, Kind.LETTER) in named
    assert ("verdict", "facilitator", None) in named
    assert lab.stage is Stage.FOLLOWUP


def test_the_number_of_statements_does_not_grow_with_the_debts(
    make: Make, statements: Count
) -> None:
    few, many = make.lab(Stage.FOLLOWUP), make.lab(Stage.FOLLOWUP)
    for lab, letters in ((few, 1), (many, 12)):
        for _ in range(letters):
            delivery.letter(make, lab)
            delivery.agreement(make, lab)
    db.session.flush()

    counts = []
    for lab in (few, many):
        acting = Acting(lab, make.actor(lab, Role.FACILITATOR), NOW)
        antai = Acting(lab, make.actor(lab, Role.REVIEWER), NOW)
        with statements() as run:
            closing.agree(antai, closing.ask(acting, reason="Ya.", own={}))
        counts.append(run.count)

    assert counts[0] == counts[1]


def test_nothing_closes_with_debts_on_one_voice(make: Make) -> None:
    lab = owing(make)

    with pytest.raises(Blocked):
        service.move(Acting(lab, make.actor(lab, Role.FACILITATOR), NOW), target=Stage.CLOSED)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.MEMBER, Role.ADMINISTRATOR])
def test_only_antai_agrees(make: Make, role: Role) -> None:
    lab = owing(make)
    request = ask(make, lab)

    with pytest.raises(Denied):
        closing.agree(Acting(lab, make.actor(lab, role), NOW), request)


def test_a_reviewer_who_takes_part_does_not_agree(make: Make) -> None:
    lab = owing(make)
    request = ask(make, lab)

    with pytest.raises(Denied, match="take part"):
        closing.agree(Acting(lab, make.actor(lab, Role.REVIEWER, Role.ALLY), NOW), request)


def test_one_person_with_two_numbers_does_not_ask_and_agree(make: Make) -> None:
    lab = owing(make)
    asked = make.actor(lab, Role.FACILITATOR)
    request = closing.ask(Acting(lab, asked, NOW), reason="Ya.", own={})
    other = make.person().id
    for number in (asked.person_id or 0, other):
        labs.grant(lab.id, number, Role.MEMBER, source="admitted", now=NOW)
    same_person.join(
        Acting(lab, make.actor(lab, Role.FACILITATOR), NOW), one=asked.person_id or 0, two=other
    )
    antai = Actor(other, frozenset({Role.REVIEWER, Role.ACCOUNT}))

    with pytest.raises(Denied, match="Whoever asked"):
        closing.agree(Acting(lab, antai, NOW), request)
    with pytest.raises(Denied, match="Whoever asked"):
        closing.refuse(Acting(lab, antai, NOW), request, reason="No.")


def test_the_database_refuses_one_number_for_both(make: Make) -> None:
    lab = owing(make)
    request = ask(make, lab)

    with pytest.raises(IntegrityError):
        db.session.execute(
            update(ClosingRequest)
            .where(ClosingRequest.id == request.id)
            .values(decided_at=NOW, decided_by_id=request.asked_by_id, agreed=True)
        )


def test_it_is_decided_once_and_asked_once_at_a_time(make: Make) -> None:
    lab = owing(make)
    request = ask(make, lab)
    with pytest.raises(Conflict, match="already"):
        ask(make, lab)

    closing.refuse(Acting(lab, make.actor(lab, Role.REVIEWER), NOW), request, reason="Falta.")

    assert lab.stage is Stage.FOLLOWUP
    with pytest.raises(Conflict):
        agree(make, lab, request)
    with pytest.raises(Conflict):
        take_back(make, lab, request)
    agree(make, lab, ask(make, lab))
    assert (str(lab.stage), lab.pending) == ("closed", True)


def take_back(make: Make, lab: Lab, request: ClosingRequest) -> None:
    """Have a facilitator take back what was asked."""
    closing.withdraw(Acting(lab, make.actor(lab, Role.FACILITATOR), NOW), request)


def test_what_was_taken_back_is_not_agreed_to(make: Make) -> None:
    lab = owing(make)
    request = ask(make, lab)

    take_back(make, lab, request)

    with pytest.raises(Conflict):
        agree(make, lab, request)


def test_a_lab_that_moves_by_another_way_asks_no_more(make: Make) -> None:
    lab = owing(make)
    request = ask(make, lab)

    service.move(
        Acting(lab, make.actor(lab, Role.FACILITATOR), NOW),
        target=Stage.SUSPENDED,
        reason="Lluvias",
    )

    assert queries.waiting_request(lab.id) is None
    with pytest.raises(Denied):
        agree(make, lab, request)


def test_what_was_paid_while_it_waits_is_not_listed_and_what_is_new_must_be_asked(
    make: Make,
) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    paid, left = delivery.letter(make, lab), delivery.letter(make, lab)
    request = ask(make, lab)
    answer(make, lab, paid, NOW)
    new = delivery.letter(make, lab)
    with pytest.raises(Blocked, match="ask again"):
        agree(make, lab, request)

    answer(make, lab, new, NOW)
    agree(make, lab, request)

    listed = [row.thing_id for row, _thing in queries.closing_debts(lab)]
    assert left.id in listed
    assert paid.id not in listed


def test_a_debt_paid_after_the_close_says_when_and_how_late(make: Make, client: Client) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    letter = delivery.letter(make, lab)
    agree(make, lab, ask(make, lab))

    answer(make, lab, letter, LATER)

    rows = {row.need: row.paid_on for row, _thing in queries.closing_debts(lab)}
    assert rows == {"letters_unanswered": local_day(LATER), "review": None}
    page = client.get(f"/labs/{lab.slug}/").text
    assert "con 60 días de tardanza" in page
    assert "Pagado desde entonces: 1 de 2" in page
    assert list(queries.drift()) == []


def test_what_was_owed_at_an_earlier_close_stays_readable(make: Make, client: Client) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    letter = delivery.letter(make, lab)
    agree(make, lab, ask(make, lab))
    guide = make.actor(lab, Role.FACILITATOR)
    service.move(
        Acting(lab, guide, NOW + timedelta(days=1)), target=Stage.FOLLOWUP, reason="Contestan"
    )
    assert not lab.pending
    assert "Qué quedó pendiente cuando cerró antes" in client.get(f"/labs/{lab.slug}/").text

    answer(make, lab, letter, LATER)
    agree(make, lab, ask(make, lab, LATER), LATER)

    assert [row.need for row, _thing in queries.closing_debts(lab)] == ["review"]
    assert letter.thing.title in client.get(f"/labs/{lab.slug}/debts/").text


def test_a_close_from_before_debts_were_told_apart_is_read_as_it_was(
    make: Make, client: Client
) -> None:
    lab = make.lab(Stage.CLOSED)
    lab.pending, lab.stage_since = True, NOW
    db.session.add(
        ClosingDebt(
            lab_id=lab.id,
            need="letters_unanswered",
            owed_by="La alcaldía",
            reason="No contestó",
            closed_at=NOW,
        )
    )
    db.session.flush()

    page = client.get(f"/labs/{lab.slug}/").text

    assert "La alcaldía · No contestó" in page


def test_antai_refuses_with_a_reason_that_all_read(make: Make, client: Client) -> None:
    lab = owing(make)
    ask(make, lab)
    sign_in(client, make.actor(lab, Role.REVIEWER))
    address = f"/labs/{lab.slug}/debts/refuse"

    assert client.post(address, data={"reason": ""}).status_code == 422
    assert client.post(address, data={"reason": "Falta la carta"}).status_code == 302
    assert client.post(address, data={"reason": "Otra vez"}).status_code == 404
    assert "Falta la carta" in client.get(f"/labs/{lab.slug}/debts/").text


def test_a_facilitator_takes_it_back_on_its_page(make: Make, client: Client) -> None:
    lab = owing(make)
    ask(make, lab)
    sign_in(client, make.actor(lab, Role.FACILITATOR))

    assert client.post(f"/labs/{lab.slug}/debts/withdraw").status_code == 302
    assert "pide cerrar con pendientes" not in client.get(f"/labs/{lab.slug}/").text
