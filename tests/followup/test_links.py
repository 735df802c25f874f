"""The expiring link: it opens one thing, for one entity, for a while, and a GET never acts."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from labapp.db import db, utcnow
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Role
from labapp.domain.stage import Stage
from labapp.followup import service
from labapp.followup.models import Declaration, Letter
from labapp.followup.models.entity_link import EntityLink
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.thread.models import Thing
from tests.client import Client
from tests.followup.make import agreement, letter
from tests.make import NOW, Make, sign_in


@pytest.fixture
def lab(make: Make) -> Lab:
    return make.lab(Stage.FOLLOWUP)


def _link(make: Make, lab: Lab, thing: Thing, organization_id: int, *, days: int = 60) -> str:
    token = service.issue_link(
        Acting(lab, make.actor(lab, Role.FACILITATOR), utcnow()),
        thing=thing,
        organization_id=organization_id,
        days=days,
    )
    db.session.commit()
    return token


def test_an_entity_answers_a_letter_by_its_link_once(make: Make, client: Client, lab: Lab) -> None:
    sent = letter(make, lab)
    token = _link(make, lab, sent.thing, sent.organization_id)

    looked = client.get(f"/e/{token}/")
    untouched = db.session.scalars(select(Letter.answer)).one()
    taken = client.post(f"/e/{token}/", data={"answer": "refused", "text": "No hay fondos."})
    again = client.post(f"/e/{token}/", data={"answer": "accepted", "text": "Sí."})

    assert (looked.status_code, untouched) == (200, None)
    assert (taken.status_code, again.status_code) == (302, 410)
    assert db.session.scalars(select(Letter.answer)).one() == "refused"
    entry = db.session.scalars(select(Entry).where(Entry.act == "letter:answer")).one()
    assert (entry.role, entry.person_id) == (Role.RESPONSIBLE, None)


def test_an_entity_reports_by_its_link(make: Make, client: Client, lab: Lab) -> None:
    made = agreement(make, lab)
    token = _link(make, lab, made.thing, made.organization_id)

    pages = [client.get(f"/e/{token}/").status_code, client.get(f"/e/{token}/1").status_code]
    assert db.session.scalar(select(func.count()).select_from(Declaration)) == 0
    sent = client.post(f"/e/{token}/1", data={"percent": "40", "note": "Falta la norte."})

    assert [*pages, sent.status_code] == [200, 200, 302]
    said = db.session.scalars(select(Declaration)).one()
    assert (said.percent, said.by_link, said.person_id) == (40, True, None)


def test_a_link_opens_no_other_agreement(make: Make, client: Client, lab: Lab) -> None:
    made = agreement(make, lab)
    other = agreement(make, lab)
    token = _link(make, lab, made.thing, made.organization_id)
    number = other.milestones[0].thing.number

    assert client.get(f"/e/{token}/{number}").status_code == 404
    assert client.post(f"/e/{token}/{number}", data={"percent": "1"}).status_code == 404


@pytest.mark.parametrize("how", ["expired", "revoked"])
@pytest.mark.parametrize("path", ["", "1"])
def test_an_ended_link_says_so_and_does_nothing(
    make: Make, client: Client, lab: Lab, how: str, path: str
) -> None:
    made = agreement(make, lab)
    token = _link(make, lab, made.thing, made.organization_id)
    link = db.session.scalars(select(EntityLink)).one()
    if how == "expired":
        link.expires_at = utcnow() - timedelta(seconds=1)
    else:
        link.revoked_at = utcnow()

    answers = [client.get(f"/e/{token}/{path}"), client.post(f"/e/{token}/1", data={"percent": 1})]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "ya no abre" in answers[0].text
    assert db.session.scalar(select(func.count()).select_from(Declaration)) == 0


def test_an_ended_letter_link_does_not_answer(make: Make, client: Client, lab: Lab) -> None:
    sent = letter(make, lab)
    token = _link(make, lab, sent.thing, sent.organization_id, days=-1)

    answer = client.post(f"/e/{token}/", data={"answer": "accepted", "text": "Sí."})

    assert answer.status_code == 410
    assert db.session.scalars(select(Letter.answer)).one() is None


def test_a_made_up_link_is_nothing(client: Client) -> None:
    assert client.get("/e/made-up/").status_code == 404
    assert client.post("/e/made-up/1", data={"percent": "1"}).status_code == 404


def test_a_facilitator_is_shown_the_link_once_and_ends_it(
    make: Make, client: Client, lab: Lab
) -> None:
    agreement(make, lab)
    who = make.actor(lab, Role.FACILITATOR)
    sign_in(client, who)
    page = f"/labs/{lab.slug}/agreements/1/links"

    client.post(page)
    fresh, later = client.get(page).text, client.get(page).text
    found = re.search(r"http://localhost(/e/[\w-]+/)<", fresh)
    assert found is not None
    assert found.group(1) not in later
    assert client.get(found.group(1)).status_code == 200
    client.post(f"{page}/1/revoke")

    assert client.get(found.group(1)).status_code == 410
    assert client.post(f"{page}/999/revoke").status_code == 404


def test_the_token_itself_is_not_kept(make: Make, lab: Lab) -> None:
    made = agreement(make, lab)

    token = _link(make, lab, made.thing, made.organization_id)

    link = db.session.scalars(select(EntityLink)).one()
    assert token not in (link.token_hash, str(link.id))
    assert all(token not in entry.after for entry in db.session.scalars(select(Entry)))


def test_only_a_facilitator_gives_links_and_only_once_ends_them(make: Make, lab: Lab) -> None:
    made = agreement(make, lab)
    with pytest.raises(Denied):
        service.issue_link(
            Acting(lab, make.actor(lab, Role.RESPONSIBLE), NOW),
            thing=made.thing,
            organization_id=made.organization_id,
            days=1,
        )
    _link(make, lab, made.thing, made.organization_id)
    link, who = db.session.scalars(select(EntityLink)).one(), make.actor(lab, Role.FACILITATOR)
    service.revoke_link(Acting(lab, who, NOW), link)

    with pytest.raises(Conflict):
        service.revoke_link(Acting(lab, who, NOW), link)
