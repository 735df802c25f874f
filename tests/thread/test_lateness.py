"""A lateness once public stays: rule 20, by whatever door what is owed might leave."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from labapp.audits import queries as audits
from labapp.audits import service as committees
from labapp.db import db
from labapp.domain.duties import DutyKind
from labapp.domain.kinds import Kind
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.followup import queries as followup
from labapp.followup import service
from labapp.followup.models import Letter, LetterAnswer
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.thread import service as thread
from labapp.thread.models import Duty, Thing
from labapp.thread.queries import duties
from tests.audits import make as audit
from tests.client import Client
from tests.followup import make as delivery
from tests.make import NOW, Make

TODAY = local_day(NOW)
DUE = TODAY - timedelta(days=3)


def owed(make: Make, what: DutyKind = DutyKind.RESPONSE) -> Thing:
    """Return a thing on which something is owed since three days."""
    lab = make.lab(Stage.FOLLOWUP)
    thing = thread.add(
        Kind.CONTRIBUTION, title="El agua", state="noted", lab_id=lab.id, published_at=NOW
    )
    thread.owe(thing, what, owed_by="La alcaldía", due_on=DUE, basis="")
    return thing


def rows(thing: Thing) -> list[tuple[date, date | None, date | None]]:
    """Return the day, how it was met and how it was waived, of all that was owed on a thing."""
    found = db.session.scalars(select(Duty).where(Duty.thing_id == thing.id).order_by(Duty.id))
    return [(duty.due_on, duty.met_on, duty.waived_on) for duty in found]


def test_what_is_owed_no_longer_keeps_its_lateness(make: Make) -> None:
    thing = owed(make)

    thread.waive(thing.id, DutyKind.RESPONSE, TODAY)

    assert rows(thing) == [(DUE, None, TODAY)]
    assert duties.of_things([thing.id], DutyKind.RESPONSE)[thing.id].days_late(TODAY) == 3


def test_what_was_not_late_yet_leaves_nothing_behind(make: Make) -> None:
    thing = owed(make)

    thread.waive(thing.id, DutyKind.RESPONSE, DUE)

    assert rows(thing) == []


def test_what_was_met_late_stays_beside_what_is_owed_anew(make: Make) -> None:
    thing = owed(make)
    thread.settle(thing.id, DutyKind.RESPONSE, TODAY)

    thread.owe(thing, DutyKind.RESPONSE, owed_by="Otra", due_on=TODAY, basis="")

    assert rows(thing) == [(DUE, TODAY, None), (TODAY, None, None)]


def test_a_later_day_given_once_the_first_has_passed_erases_no_lateness(make: Make) -> None:
    thing, later = owed(make, DutyKind.MODERATION), TODAY + timedelta(days=3)

    thread.queue(thing, days=3, now=NOW)

    assert rows(thing) == [(DUE, None, TODAY), (later, None, None)]


@pytest.mark.parametrize("values", [{"met_on": DUE}, {"due_on": TODAY}, {"waived_on": None}, None])
def test_the_database_refuses_to_take_a_lateness_away(
    make: Make, values: dict[str, date] | None
) -> None:
    thing = owed(make)
    thread.waive(thing.id, DutyKind.RESPONSE, TODAY)
    away = update(Duty).values(values) if values else delete(Duty)

    with pytest.raises(IntegrityError, match="a lateness once public stays"):
        db.session.execute(away.where(Duty.thing_id == thing.id))


def test_a_finding_closed_without_its_reply_says_for_ever_that_none_came(
    make: Make, client: Client
) -> None:
    of = audit.watch(make, make.lab(Stage.FOLLOWUP))
    finding = audit.finding(of)
    later = NOW + timedelta(days=9)

    for member in of.members[:2]:
        committees.close_finding(Acting(of.lab, member, later), finding)

    page = f"/labs/{of.lab.slug}/findings/{finding.thing.number}/"
    said = "No se contestó: ya no se debía cuando llevaba 4 días de tardanza"
    for address in (page, f"{page}thread", f"/labs/{of.lab.slug}/findings/"):
        assert said in client.get(address).text
    assert list(audits.forgotten_replies()) == []


def test_a_finding_whose_lateness_no_duty_knows_is_named_by_the_checks(make: Make) -> None:
    of = audit.watch(make, make.lab(Stage.FOLLOWUP))
    finding = audit.finding(of)
    finding.closed_on = finding.reply_due_on + timedelta(days=1)
    finding.first_closer_id, finding.second_closer_id = (m.person_id for m in of.members[:2])
    db.session.flush()

    assert list(audits.forgotten_replies()) == [
        f"thing {finding.id}: its reply was late, and no duty says so"
    ]


def test_an_answer_typed_late_as_given_in_time_shows_both_days(make: Make, client: Client) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    letter = delivery.letter(make, lab)
    typed = letter.due_on + timedelta(days=6)
    now = NOW + (typed - TODAY)

    answer(make, lab, letter, on=letter.due_on, now=now)

    page = client.get(f"/labs/{lab.slug}/letters/{letter.thing.number}/")
    listed = client.get(f"/labs/{lab.slug}/letters/")
    line = client.get(f"/labs/{lab.slug}/letters/{letter.thing.number}/thread")
    for shown in (page, listed, line):
        assert "se anotó 6 días después del plazo" in shown.text
    assert "Anotado aquí" in page.text
    assert followup.numbers(typed, lab.id).letters_late == 1


def test_an_answer_noted_in_its_term_is_not_late(make: Make, client: Client) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    letter = delivery.letter(make, lab)

    answer(make, lab, letter, on=TODAY, now=NOW)

    page = client.get(f"/labs/{lab.slug}/letters/{letter.thing.number}/").text
    assert "después del plazo" not in page
    assert "Anotado aquí" not in page
    assert followup.numbers(TODAY, lab.id).letters_late == 0


def answer(make: Make, lab: Lab, letter: Letter, *, on: date, now: datetime) -> None:
    """Have a facilitator type the answer to a letter."""
    service.answer_letter(
        Acting(lab, make.actor(lab, Role.FACILITATOR), now),
        letter,
        answer=LetterAnswer.ACCEPTED,
        text="Sí.",
        reference="",
        answered_on=on,
    )


ACTS = st.lists(
    st.tuples(st.sampled_from(["owe", "settle", "waive", "back"]), st.integers(0, 4)), max_size=12
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_no_sequence_of_acts_makes_a_lateness_smaller(
    make: Make, acts: list[tuple[str, int]]
) -> None:
    thing, day, known = owed(make), TODAY, {DUE: 3}

    for act, days in acts:
        day += timedelta(days=days)
        if act == "owe":
            thread.owe(
                thing,
                DutyKind.RESPONSE,
                owed_by="Alguien",
                due_on=day + timedelta(days=days),
                basis="",
                today=day,
            )
        elif act == "waive":
            thread.waive(thing.id, DutyKind.RESPONSE, day)
        else:
            on = day if act == "settle" else day - timedelta(days=9)
            thread.settle(thing.id, DutyKind.RESPONSE, on, noted_on=day)
        now: dict[date, int] = {}
        for duty in db.session.scalars(select(Duty).where(Duty.thing_id == thing.id)):
            now[duty.due_on] = max(now.get(duty.due_on, 0), duty.days_late(day))
        assert all(now.get(due, 0) >= late for due, late in known.items())
        known = {due: late for due, late in now.items() if late}
