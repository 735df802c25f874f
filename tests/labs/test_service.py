"""A lab is drafted by somebody trusted, approved by ANTAI, and says where it is."""

import pytest
from sqlalchemy import select

from labapp.db import db
from labapp.domain.errors import Blocked, Conflict, Denied
from labapp.domain.policy import Act, Actor, Role
from labapp.domain.stage import LabKind, Stage, Verdict
from labapp.labs import queries, service
from labapp.labs.service import Where
from labapp.record import queries as record
from labapp.record.acting import Acting
from labapp.record.models import Entry
from tests.labs.make import COMARCA, PLAIN, draft, facilitating, places, reviewer, trusted
from tests.make import NOW, Make


def test_whoever_drafts_a_lab_facilitates_it(make: Make) -> None:
    actor = trusted(make)

    lab = draft(make, actor)

    assert actor.person_id is not None
    assert queries.roles(lab.id, actor.person_id) == {Role.FACILITATOR}
    assert (lab.stage, lab.approved_at) == (Stage.PREPARATION, None)


def test_an_account_alone_drafts_nothing(make: Make) -> None:
    neighbour = Actor(make.person().id, frozenset({Role.ACCOUNT}))

    with pytest.raises(Denied):
        draft(make, neighbour)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("San Martín", "san-martin"),
        ("Ñürüm", "nurum"),
        ("new", "new-2"),
        ("💧💧", "lab"),
        ("<b>San José</b>", "b-san-jose-b"),
        ("x" * 140, "x" * 50),
    ],
)
def test_the_address_is_the_name_without_its_marks(make: Make, name: str, slug: str) -> None:
    assert draft(make, trusted(make), name=name).slug == slug


def test_two_labs_of_one_name_have_two_addresses(make: Make) -> None:
    actor = trusted(make)

    slugs = [draft(make, actor).slug for _ in range(3)]

    assert slugs == ["san-martin", "san-martin-2", "san-martin-3"]


def test_a_place_to_be_confirmed_keeps_its_candidates(make: Make) -> None:
    places(make)
    lab = draft(make, trusted(make), PLAIN, COMARCA)

    assert lab.place_code is None
    assert queries.places(lab) == {PLAIN, COMARCA}


def test_a_place_once_confirmed_leaves_no_candidate(make: Make) -> None:
    places(make)
    actor = trusted(make)
    lab = draft(make, actor, PLAIN, COMARCA)

    service.relocate(Acting(lab, facilitating(actor), NOW), where=Where((PLAIN,), True, "El Cruce"))

    db.session.refresh(lab)
    assert (lab.place_code, lab.candidates, lab.community) == (PLAIN, [], "El Cruce")


def test_an_open_lab_does_not_move_into_a_comarca_without_its_authority(make: Make) -> None:
    places(make)
    lab = make.lab(Stage.CALL)
    actor = make.actor(lab, Role.FACILITATOR)

    with pytest.raises(Blocked):
        service.relocate(Acting(lab, actor, NOW), where=Where((COMARCA,)))

    service.record_authority(
        Acting(lab, actor, NOW), authority="Congreso", agreed_on=NOW.date(), how="Acta"
    )
    service.relocate(Acting(lab, actor, NOW), where=Where((COMARCA,)))
    assert queries.places(lab) == {COMARCA}


def test_antai_approves_once(make: Make) -> None:
    lab, antai = draft(make, trusted(make)), reviewer(make)

    service.approve(Acting(lab, antai, NOW))

    assert lab.approved_at == NOW
    with pytest.raises(Conflict):
        service.approve(Acting(lab, antai, NOW))


def test_nobody_approves_a_lab_they_facilitate(make: Make) -> None:
    both = Actor(make.person(Role.REVIEWER).id, frozenset({Role.REVIEWER, Role.ACCOUNT}))
    lab = draft(make, both)

    with pytest.raises(Denied):
        service.approve(Acting(lab, facilitating(both), NOW))


def test_how_a_lab_begins_is_fixed_once_it_began(make: Make) -> None:
    lab = make.lab(Stage.CALL)
    actor = make.actor(lab, Role.FACILITATOR)

    with pytest.raises(Conflict):
        service.choose_kind(Acting(lab, actor, NOW), kind=LabKind.FOLLOW_UP)


def test_the_authority_is_recorded_once(make: Make) -> None:
    lab = make.lab(Stage.PREPARATION)
    actor = make.actor(lab, Role.FACILITATOR)
    service.record_authority(
        Acting(lab, actor, NOW), authority="Congreso", agreed_on=NOW.date(), how="Acta"
    )

    with pytest.raises(Conflict):
        service.record_authority(
            Acting(lab, actor, NOW), authority="Otro", agreed_on=NOW.date(), how="Acta"
        )


def test_only_a_follow_up_lab_gives_a_verdict_and_once(make: Make) -> None:
    lab = make.lab(Stage.FOLLOWUP)
    actor = make.actor(lab, Role.FACILITATOR)
    with pytest.raises(Conflict):
        service.give_verdict(Acting(lab, actor, NOW), verdict=Verdict.SOLVED, reason="Ya")
    lab.kind = LabKind.FOLLOW_UP

    service.give_verdict(Acting(lab, actor, NOW), verdict=Verdict.PARTLY, reason="Falta")

    assert (lab.verdict, lab.verdict_at) == (Verdict.PARTLY, NOW)
    with pytest.raises(Conflict):
        service.give_verdict(Acting(lab, actor, NOW), verdict=Verdict.SOLVED, reason="Ya")


def test_what_is_done_to_a_lab_is_on_the_record(make: Make) -> None:
    actor = trusted(make)
    lab = draft(make, actor)
    service.edit(Acting(lab, facilitating(actor), NOW), name="Otro", motto="Agua", plan_id=None)
    service.approve(Acting(lab, reviewer(make), NOW))
    db.session.commit()

    acts = db.session.scalars(select(Entry.act).order_by(Entry.id)).all()

    assert acts == [Act.LAB_DRAFT, Act.INTEREST_DECLARE, Act.LAB_EDIT, Act.LAB_APPROVE]
    assert not list(record.faults())
