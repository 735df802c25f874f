"""What a neighbour without an account saw, typed by another: apart, and counted with care."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from labapp.accounts.models import Person
from labapp.db import db
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.followup import queries, service
from labapp.followup.models import Milestone, Verification
from labapp.labs.models import Lab
from labapp.labs.service import grant, same_person
from labapp.record.acting import Acting
from tests.client import Client
from tests.followup.make import agreement, answers, evidence, step_of
from tests.make import NOW, Make, declared, sign_in

TODAY = NOW.date()
DAY = timedelta(days=1)
NAME = "Eudocia Rodríguez"


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


@pytest.fixture
def step(make: Make, lab: Lab) -> Milestone:
    made = agreement(make, lab, step_of("Losa")).milestones[0]
    evidence(make, lab, made)
    return made


def _listed(lab: Lab, name: str = NAME) -> Person:
    """Put somebody without an account on the list of people, as a member."""
    person = Person(name=name, created_at=NOW, adult_at=NOW)
    db.session.add(person)
    db.session.flush()
    grant(lab.id, person.id, Role.MEMBER, source="test", now=NOW)
    return person


def _type(lab: Lab, step: Milestone, who: Actor, of: Person, *yes: bool) -> Verification:
    return service.confirm_for(
        Acting(lab, who, NOW),
        step,
        person_id=of.id,
        looked_on=TODAY,
        answers=answers(step, *yes),
    )


def _confirm(lab: Lab, step: Milestone, who: Actor, *yes: bool) -> None:
    service.confirm(Acting(lab, who, NOW), step, answers=answers(step, *yes))


def _attest(lab: Lab, step: Milestone, who: Actor, look: Verification, name: str = NAME) -> None:
    service.attest(Acting(lab, who, NOW), step, look, name=name)


def test_a_yes_typed_for_another_counts_as_the_word_of_who_typed_it(
    make: Make, lab: Lab, step: Milestone
) -> None:
    typist = make.actor(lab, Role.MEMBER)

    _type(lab, step, typist, _listed(lab))
    _type(lab, step, typist, _listed(lab, "Otra Vecina"))
    _confirm(lab, step, typist)
    assert step.verified == 0, "all three are of one hand"
    _confirm(lab, step, make.actor(lab, Role.MEMBER))

    assert (step.verified, step.thing.state) == (100, "met")
    assert not list(queries.drift())


def test_a_second_person_makes_it_the_word_of_who_looked(
    make: Make, lab: Lab, step: Milestone
) -> None:
    typist, second = make.actor(lab, Role.MEMBER), make.actor(lab, Role.MEMBER)
    look = _type(lab, step, typist, _listed(lab))
    _confirm(lab, step, typist)
    assert step.verified == 0

    with pytest.raises(Conflict, match="not the name"):
        _attest(lab, step, second, look, "Fulana de Tal")
    _attest(lab, step, second, look, "rodriguez eudocia")

    assert (step.verified, step.thing.state) == (100, "met")
    with pytest.raises(Conflict, match="no second person"):
        _attest(lab, step, make.actor(lab, Role.MEMBER), look)


def test_what_a_facilitator_types_waits_for_a_second_person(
    make: Make, lab: Lab, step: Milestone
) -> None:
    _confirm(lab, step, make.actor(lab, Role.MEMBER))
    look = _type(lab, step, make.actor(lab, Role.FACILITATOR), _listed(lab))
    assert step.verified == 0

    for facilitator in (
        make.actor(lab, Role.FACILITATOR),
        make.actor(lab, Role.MEMBER, Role.FACILITATOR),
    ):
        with pytest.raises(Denied):
            _attest(lab, step, facilitator, look)
    _attest(lab, step, make.actor(lab, Role.MEMBER), look)

    assert step.verified == 100


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.RESPONSIBLE, Role.ALLY])
def test_whoever_types_and_is_tied_before_or_after_does_not_count(
    make: Make, lab: Lab, step: Milestone, role: Role
) -> None:
    """Its opposite order: the part is given after the word, or ended before it."""
    body = step.agreement.organization_id if role is not Role.FACILITATOR else None
    after, before = make.actor(lab, Role.MEMBER), make.actor(lab, Role.MEMBER)
    _confirm(lab, step, make.actor(lab, Role.MEMBER))
    _type(lab, step, after, _listed(lab))
    assert step.verified == 100

    for one in (after, before):
        declared(lab.id, one.person_id or 0)
    grant(lab.id, after.person_id or 0, role, source="test", now=NOW, organization_id=body)

    assert step.verified == 0
    assert not list(queries.drift())
    ended = grant(lab.id, before.person_id or 0, role, source="t", now=NOW, organization_id=body)
    ended.ended_at = NOW
    db.session.flush()
    if role is Role.FACILITATOR:
        _type(lab, step, before, _listed(lab, "Otra Vecina"))
        assert step.verified == 0
    else:
        with pytest.raises(Denied):
            _type(lab, step, before, _listed(lab, "Otra Vecina"))


def test_nobody_of_the_entity_types_or_confirms_for_others(
    make: Make, lab: Lab, step: Milestone
) -> None:
    body = step.agreement.organization
    entity = make.actor(lab, Role.RESPONSIBLE, Role.MEMBER, organization=body)
    look = _type(lab, step, make.actor(lab, Role.MEMBER), _listed(lab))

    with pytest.raises(Denied):
        _type(lab, step, entity, _listed(lab, "Otra Vecina"))
    with pytest.raises(Denied):
        _attest(lab, step, entity, look)
    with pytest.raises(Denied):
        _type(lab, step, make.actor(lab, Role.REVIEWER), _listed(lab, "Tercera Vecina"))


def test_neither_who_typed_nor_who_looked_is_the_second_person(
    make: Make, lab: Lab, step: Milestone
) -> None:
    typist, person = make.actor(lab, Role.MEMBER), _listed(lab)
    look = _type(lab, step, typist, person)
    account = make.actor(lab, Role.MEMBER)
    host = Acting(lab, make.actor(lab, Role.FACILITATOR), NOW)
    same_person.join(host, one=account.person_id or 0, two=person.id)

    for who in (typist, account):
        with pytest.raises(Denied, match="second person"):
            _attest(lab, step, who, look)
    look.attested_by_id, look.attested_at = typist.person_id, NOW
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_second_person_found_to_be_the_first_confirms_nothing(
    make: Make, lab: Lab, step: Milestone
) -> None:
    typist, second = make.actor(lab, Role.MEMBER), make.actor(lab, Role.MEMBER)
    _attest(lab, step, second, _type(lab, step, typist, _listed(lab)))
    _confirm(lab, step, typist)
    assert step.verified == 100

    host = Acting(lab, make.actor(lab, Role.FACILITATOR), NOW)
    row = same_person.join(host, one=typist.person_id or 0, two=second.person_id or 0)

    assert step.verified == 0
    same_person.separate(host, row)
    assert step.verified == 100


def test_one_person_is_one_look_by_the_list_and_by_the_account(
    make: Make, lab: Lab, step: Milestone
) -> None:
    person, account = _listed(lab), make.actor(lab, Role.MEMBER)
    _confirm(lab, step, account)
    _type(lab, step, make.actor(lab, Role.MEMBER), person)
    assert step.verified == 100

    host = Acting(lab, make.actor(lab, Role.FACILITATOR), NOW)
    same_person.join(host, one=account.person_id or 0, two=person.id)

    assert (step.verified, queries.sights([step])[step.id].lacking) == (0, 1)


def test_a_no_typed_for_another_undoes_what_was_done(make: Make, lab: Lab, step: Milestone) -> None:
    _confirm(lab, step, make.actor(lab, Role.MEMBER))
    _confirm(lab, step, make.actor(lab, Role.MEMBER))

    _type(lab, step, make.actor(lab, Role.MEMBER), _listed(lab), False, False, False)

    assert (step.verified, step.thing.state) == (0, "open")


def test_a_day_that_cannot_be_oneself_and_a_watched_step_are_refused(
    make: Make, lab: Lab, step: Milestone
) -> None:
    typist, person = make.actor(lab, Role.MEMBER), _listed(lab)
    acting = Acting(lab, typist, NOW)
    for day in (TODAY - DAY, TODAY + DAY):
        with pytest.raises(Conflict, match="between the day"):
            service.confirm_for(
                acting, step, person_id=person.id, looked_on=day, answers=answers(step)
            )
    with pytest.raises(Conflict, match="as yourself"):
        _type(lab, step, replace(typist, person_id=person.id), person)
    watched = agreement(make, lab, has_work=True).milestones[0]
    with pytest.raises(Conflict, match="committee"):
        _type(lab, watched, typist, person)


def test_no_page_says_who_looked_typed_or_confirmed(
    make: Make, client: Client, lab: Lab, step: Milestone
) -> None:
    _listed(lab)
    typist, second = (make.actor(lab, Role.MEMBER) for _ in range(2))
    both = select(Person.name).where(Person.id.in_((typist.person_id, second.person_id)))
    names = db.session.scalars(both).all()
    at = f"/labs/{lab.slug}/milestones/{step.thing.number}/"
    form = {f"q{q.id}": "yes" for q in step.questions} | {"looked_on": TODAY.isoformat()}
    sign_in(client, typist)

    unknown = client.post(f"{at}confirm-for", data={**form, "name": "Fulana de Tal"})
    assert unknown.status_code == 422
    assert "Fulana de Tal" in unknown.text
    sent = client.post(f"{at}confirm-for", data={**form, "name": "eudocia rodriguez"})
    assert sent.headers["Location"] == at
    look = db.session.scalars(select(Verification)).one()
    assert f"attest?look={look.id}" not in client.get(at).text
    sign_in(client, second)
    assert f"attest?look={look.id}" in client.get(at).text
    asked = client.get(f"{at}attest?look={look.id}").text
    assert NAME not in asked
    assert client.post(f"{at}attest?look={look.id}", data={"name": "Otra"}).status_code == 422
    client.post(f"{at}attest?look={look.id}", data={"name": NAME})
    assert client.get(f"{at}attest?look=9999").status_code == 404

    client.post("/sign-out")
    for path in (at, f"{at}thread", f"/labs/{lab.slug}/agreements/1/", f"/labs/{lab.slug}/"):
        page = client.get(path).text
        assert not [name for name in (NAME, *names) if name in page]
    assert "Escrito por otra persona" in client.get(at).text


def test_two_of_one_name_are_told_apart_and_who_has_an_account_speaks_alone(
    make: Make, lab: Lab
) -> None:
    one = _listed(lab)
    assert queries.neighbour_called(lab.id, "RODRIGUEZ EUDOCIA") == one.id
    _listed(lab)
    with pytest.raises(Conflict, match="Two on the list"):
        queries.neighbour_called(lab.id, NAME)
    with pytest.raises(Conflict, match="No member"):
        queries.neighbour_called(lab.id, NAME, "de la loma")
    member = db.session.get(Person, make.actor(lab, Role.MEMBER).person_id)
    assert member is not None
    with pytest.raises(Conflict, match="No member"):
        queries.neighbour_called(lab.id, member.name)
