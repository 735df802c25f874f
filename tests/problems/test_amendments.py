"""What who told a published problem does with it, and what the queue does with that."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from labapp.cli.checks import faults_of
from labapp.db import db
from labapp.domain.acts import Act
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Role
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import VISITOR
from labapp.domain.stage import Stage
from labapp.labs.models import Lab
from labapp.problems import queries, service
from labapp.problems.models import Problem, ProblemState
from labapp.problems.room import room
from labapp.problems.service import ProblemText, amendments, supports
from labapp.record import queries as record
from labapp.record import service as entries
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.thread.queries import review_queue
from tests.client import Client
from tests.make import NOW, Make, sign_in
from tests.problems.make import WHAT, problem

NEW = ProblemText(what="El agua llega limpia pero solo de noche.", where="Parte alta")


def amended(lab: Lab, row: Problem, told: ProblemText = NEW) -> None:
    amendments.amend(Acting(lab, VISITOR, NOW), problem=row, told=told, days=3)


def facilitating(make: Make, lab: Lab, days: int = 0) -> Acting[Lab]:
    return Acting(lab, make.actor(lab, Role.FACILITATOR), NOW + timedelta(days=days))


def picture(color: str = "green") -> bytes:
    out = BytesIO()
    Image.new("RGB", (20, 10), color).save(out, "JPEG")
    return out.getvalue()


def test_the_public_words_stay_until_the_correction_is_published(
    client: Client, make: Make
) -> None:
    lab = make.lab()
    row = problem(make, lab)
    supports.give(Acting(lab, make.actor(lab), NOW), problem=row)
    at = f"/labs/{lab.slug}/problems/1/"

    amended(lab, row)
    waiting = client.get(at).text
    assert queries.facts(lab.id).waiting == review_queue.count(lab.id) == 1
    amendments.publish(facilitating(make, lab, days=1), problem=row)
    shown, former = client.get(at).text, client.get(f"{at}versions/").text

    assert WHAT in waiting
    assert NEW.what not in waiting
    assert NEW.what in shown
    assert "Corregido el" in shown
    assert WHAT in former
    assert (row.thing.title, row.supports) == (NEW.what, 1)
    assert queries.facts(lab.id).waiting == review_queue.count(lab.id) == 0
    assert not list(faults_of(room))


def test_a_declined_correction_shows_its_code_and_its_number_serves_again(
    client: Client, make: Make
) -> None:
    lab = make.lab()
    row = problem(make, lab)
    amended(lab, row)
    amendments.decline(
        facilitating(make, lab), problem=row, code=RemovalCode.INSULT, words="Sin insultos."
    )

    told, public = client.get(f"/c/{row.thing.code}").text, client.get(_thread(lab)).text
    assert "Sin insultos." in told
    assert "insulta a alguien" in told
    assert "insulta a alguien" in public
    assert "Sin insultos." not in public
    with pytest.raises(Conflict):
        amendments.publish(facilitating(make, lab), problem=row)
    amended(lab, row)
    amendments.publish(facilitating(make, lab), problem=row)

    assert [version.number for version in queries.versions(row.id)] == [2, 1]


def _thread(lab: Lab) -> str:
    return f"/labs/{lab.slug}/problems/1/thread"


def test_only_what_is_published_is_amended_and_only_if_something_changes(make: Make) -> None:
    lab = make.lab()
    sent, row = problem(make, lab, published=False), problem(make, lab)

    with pytest.raises(Conflict):
        amended(lab, sent)
    with pytest.raises(Conflict):
        amended(lab, row, ProblemText(what=row.what, where=row.place_said))
    with pytest.raises(Denied):
        amendments.publish(Acting(lab, make.actor(lab, Role.MEMBER), NOW), problem=row)


def test_what_is_withdrawn_keeps_its_number_and_count_and_loses_its_words(
    client: Client, make: Make
) -> None:
    lab = make.lab(Stage.IDEATION)
    row = problem(make, lab)
    supports.give(Acting(lab, make.actor(lab), NOW), problem=row)
    amended(lab, row)
    code = row.thing.code
    db.session.commit()

    assert client.get(f"/c/{code}/withdraw").status_code == 200
    assert client.post(f"/c/{code}/withdraw").location == f"/c/{code}"
    assert client.post(f"/c/{code}/withdraw").status_code == 409

    base = f"/labs/{lab.slug}/"
    for page in ("", "problems/", "problems/1/", "problems/1/thread", "proposals/"):
        shown = client.get(base + page).text
        assert WHAT not in shown
        assert NEW.what not in shown
    assert "Retirado por quien lo contó" in client.get(f"{base}problems/1/").text
    assert (row.state, row.thing.number, row.supports) == (ProblemState.WITHDRAWN, 1, 1)
    assert queries.facts(lab.id) == (1, 0, 0, 0)
    assert review_queue.count(lab.id) == 0
    assert queries.similar(lab.id, WHAT) == []
    with pytest.raises(Conflict):
        supports.give(Acting(lab, make.actor(lab), NOW), problem=row)
    assert not list(faults_of(room))


@pytest.mark.parametrize("stage", Stage)
def test_who_told_it_withdraws_it_at_any_stage(make: Make, stage: Stage) -> None:
    lab = make.lab()
    row = problem(make, lab)
    lab.stage = stage

    amendments.withdraw(Acting(lab, VISITOR, NOW), problem=row, notice="Retirado")

    assert row.state is ProblemState.WITHDRAWN


def test_what_was_joined_with_a_withdrawn_problem_stands_on_its_own_again(make: Make) -> None:
    lab = make.lab()
    one, two = problem(make, lab), problem(make, lab, what="Pasamos días sin agua.")
    service.merge(facilitating(make, lab), problem=two, into=one, reason="Es lo mismo.")

    amendments.withdraw(Acting(lab, VISITOR, NOW), problem=one, notice="Retirado")

    assert two.state is ProblemState.PUBLISHED
    assert queries.facts(lab.id).unanswered == 1
    supports.give(Acting(lab, make.actor(lab), NOW), problem=two)
    assert not list(faults_of(room))


def test_what_was_never_published_is_not_withdrawn(make: Make) -> None:
    lab = make.lab()
    waiting = problem(make, lab, published=False)

    with pytest.raises(Conflict):
        amendments.withdraw(Acting(lab, VISITOR, NOW), problem=waiting, notice="Retirado")


def test_a_problem_is_returned_once(client: Client, make: Make) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False)
    acting = facilitating(make, lab)
    service.give_back(acting, problem=row, words="¿Dónde?")
    service.correct(Acting(lab, VISITOR, NOW), problem=row, told=NEW, days=3)

    with pytest.raises(Conflict):
        service.give_back(acting, problem=row, words="¿Dónde?")
    sign_in(client, acting.actor)
    assert "Ya se devolvió una vez" in client.get(_received(lab, row)).text
    with pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE problem SET returns = 2"))
    db.session.rollback()


def _received(lab: Lab, row: Problem) -> str:
    return f"/labs/{lab.slug}/problems/received/{row.id}/"


def test_antai_decides_only_once_the_term_of_the_lab_has_passed(client: Client, make: Make) -> None:
    lab = make.lab()
    reviewer = make.actor(lab, Role.REVIEWER)
    row, other = problem(make, lab, published=False), problem(make, lab)
    amended(lab, other)

    for days in (0, 3):
        acting = Acting(lab, reviewer, NOW + timedelta(days=days))
        for early in (
            lambda acting=acting: service.publish(acting, problem=row),
            lambda acting=acting: service.give_back(acting, problem=row, words="¿Dónde?"),
            lambda acting=acting: service.reject(
                acting, problem=row, code=RemovalCode.LAW, words="No"
            ),
            lambda acting=acting: amendments.publish(acting, problem=other),
        ):
            with pytest.raises(Denied, match="term"):
                early()
    sign_in(client, reviewer)
    assert f"/labs/{lab.slug}/problems/received/" in client.get("/desk/overdue").text
    assert "Publicar" in client.get(_received(lab, row)).text
    late = Acting(lab, reviewer, NOW + timedelta(days=4))
    service.publish(late, problem=row)
    amendments.publish(late, problem=other)

    assert row.state is ProblemState.PUBLISHED
    assert other.what == NEW.what


def test_words_published_before_there_were_codes_are_in_no_public_page(
    client: Client, make: Make
) -> None:
    lab = make.lab()
    row = problem(make, lab, published=False)
    row.rejected_at, row.reason = NOW, "Juan roba."
    row.thing.state = row.state
    old = Entry(
        chain=f"lab:{lab.id}",
        at=NOW,
        act=Act.PROBLEM_REJECT,
        lab_id=lab.id,
        thing_id=row.id,
        before="{}",
        after="{}",
        reason="Juan roba.",
    )
    entries.append(old)
    db.session.commit()

    for page in (f"/labs/{lab.slug}/", f"/labs/{lab.slug}/problems/not-published/"):
        shown = client.get(page).text
        assert "Juan roba." not in shown
        assert "sin código" in shown
    assert client.get(f"/c/{row.thing.code}").text.count("Juan roba.") == 1
    assert list(record.faults()) == []
    with pytest.raises(ValueError, match="not for the record"):
        facilitating(make, lab).record(Act.PROBLEM_RETURN, reason="Juan roba.")
