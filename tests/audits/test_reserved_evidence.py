"""The committee that watches an agreement sees what is reserved of it, for as long as it sits."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from labapp.audits import service
from labapp.audits.models import Seat
from labapp.db import db
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.followup import disclosure
from labapp.followup import service as followup
from labapp.followup.service.evidence import Attests
from labapp.labs import service as labs
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from tests.audits.make import Watch, watch
from tests.client import Client
from tests.files.make import photo
from tests.make import NOW, Make, sign_in


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


@pytest.fixture
def ours(make: Make, lab: Lab, client: Client) -> Watch:
    """Return a committee whose entity has shown something that is reserved."""
    ours = watch(make, lab)
    folder = Path(client.application.config["INSTANCE"]) / "files"
    followup.add_evidence(
        Acting(lab, ours.entity, NOW),
        ours.step,
        proof=followup.Proof(photo(), "La planilla", "Tiene nombres"),
        attested_by=Attests.ENTITY,
        folder=folder,
    )
    return ours


def sees(client: Client, lab: Lab, actor: Actor) -> bool:
    """Tell whether somebody sees it: by every door, or by none."""
    sign_in(client, actor)
    at = f"/labs/{lab.slug}/"
    pages = [client.get(at + page).text for page in ("documents/1/", "milestones/1/")]
    assert all("Tiene nombres" in page for page in pages)
    doors = {"La planilla" in page for page in pages}
    for path in ("documents/1/file", "documents/1/original"):
        doors.add(client.get(at + path, buffered=True).status_code == 200)
    assert len(doors) == 1
    return doors.pop()


def seat_of(ours: Watch, member: Actor) -> Seat:
    return db.session.scalars(
        select(Seat).where(
            Seat.committee_id == ours.committee.id, Seat.person_id == member.person_id
        )
    ).one()


def test_each_member_who_sits_sees_it(client: Client, lab: Lab, ours: Watch) -> None:
    assert all(sees(client, lab, member) for member in ours.members)


def test_members_of_another_work_and_of_another_lab_do_not(
    make: Make, client: Client, lab: Lab, ours: Watch
) -> None:
    neighbours = watch(make, lab)
    elsewhere = watch(make, make.lab(Stage.FOLLOWUP))

    assert not sees(client, lab, neighbours.members[0])
    assert not sees(client, lab, elsewhere.members[0])
    assert not sees(client, lab, make.actor(lab, Role.COMMITTEE))


def test_whoever_got_up_or_declared_a_tie_does_not_see_it_any_more(
    client: Client, lab: Lab, ours: Watch
) -> None:
    up, tied, stays = ours.members[:3]
    host, row = Acting(lab, ours.facilitator, NOW), seat_of(ours, up)
    service.unseat(host, ours.committee, row, reason="Se mudó")
    service.declare_tie(
        Acting(lab, tied, NOW), ours.committee, step=None, words="Su primo es el jefe"
    )

    assert [sees(client, lab, one) for one in (up, tied, stays)] == [False, False, True]


def test_a_seat_without_its_role_shows_nothing(client: Client, lab: Lab, ours: Watch) -> None:
    member = ours.members[0]
    assert member.person_id is not None
    labs.end_grants(
        lab.id,
        member.person_id,
        f"committee:{ours.committee.id}",
        now=NOW + timedelta(days=1),
    )

    assert not sees(client, lab, member)


def test_a_seat_of_the_same_person_over_another_agreement_shows_only_that(
    make: Make, lab: Lab, ours: Watch
) -> None:
    other = watch(make, lab)

    assert disclosure.shows_reserved(ours.members[0], ours.step.agreement)
    assert not disclosure.shows_reserved(ours.members[0], other.step.agreement)
