"""Somebody is taken off a list with a reason, never near a vote, and ANTAI hears their appeal."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from labapp.db import db, utcnow
from labapp.domain.errors import Conflict, Denied
from labapp.domain.policy import Act, Actor, Role
from labapp.domain.roles import IN_LAB
from labapp.labs import queries
from labapp.labs.models import Grant, Lab
from labapp.labs.models.dismissal import Dismissal
from labapp.labs.queries.recognition import Newcomer
from labapp.labs.service import dismissals, end_grants, grant, members, registering, same_person
from labapp.labs.tasks import expire_due
from labapp.record.acting import Acting
from labapp.record.models import Entry
from labapp.results import service as results
from labapp.voting.models import RollLine
from labapp.voting.service import open_due
from tests.client import Client
from tests.make import NOW, Make, declared, sign_in
from tests.voting import make as voting

DAYS = 10
WHY = "No vive en la comunidad."


@pytest.fixture
def lab(make: Make) -> Lab:
    return voting.lab(make)


@pytest.fixture
def host(make: Make, lab: Lab) -> Actor:
    return make.actor(lab, Role.FACILITATOR)


@pytest.fixture
def member(make: Make, lab: Lab) -> Actor:
    return make.actor(lab, Role.MEMBER)


def antai(make: Make) -> Actor:
    return Actor(make.person(Role.REVIEWER).id, frozenset({Role.REVIEWER, Role.ACCOUNT}))


def dismiss(lab: Lab, host: Actor, who: Actor, now: datetime = NOW) -> Dismissal:
    return dismissals.dismiss(Acting(lab, host, now), person_id=who.person_id or 0, reason=WHY)


def roll(vote_id: int) -> Sequence[int]:
    return db.session.scalars(select(RollLine.person_id).where(RollLine.vote_id == vote_id)).all()


def test_nobody_is_taken_off_without_a_reason_and_no_page_tells_it(
    lab: Lab, host: Actor, member: Actor, client: Client
) -> None:
    (held,) = queries.people(lab.id, Role.MEMBER)
    with pytest.raises(Conflict) as refused:
        members.end(Acting(lab, host, NOW), held, reason=" ")
    assert refused.value.values["field"] == "reason"
    assert queries.member_ids(lab.id) == [member.person_id]

    members.end(Acting(lab, host, NOW), held, reason=WHY)
    db.session.commit()

    assert not queries.member_ids(lab.id)
    kept = db.session.scalars(select(Entry.reason).where(Entry.act == Act.MEMBER_DISMISS)).one()
    assert kept == WHY
    for page in ("", "thread", "people"):
        assert WHY not in client.get(f"/labs/{lab.slug}/{page}").text


@pytest.mark.parametrize(
    ("days", "refused"), [(11, False), (10, False), (9, True), (1, True)], ids=str
)
def test_from_ten_days_before_a_vote_nobody_is_taken_off(
    make: Make, lab: Lab, host: Actor, member: Actor, days: int, refused: bool
) -> None:
    opens_at = NOW + timedelta(days=days)
    closes_at = opens_at + timedelta(days=7)
    vote = voting.vote(make, lab, opens_at=opens_at, closes_at=closes_at)
    if not refused:
        dismiss(lab, host, member)
        return
    with pytest.raises(Conflict, match="wait until vote"):
        dismiss(lab, host, member)
    assert open_due(opens_at) == [vote.id]
    with pytest.raises(Conflict, match="wait until vote"):
        dismiss(lab, host, member, opens_at)

    results.close_due(closes_at)
    dismiss(lab, host, member, closes_at)

    assert not queries.member_ids(lab.id)


def test_a_vote_annulled_before_it_opened_keeps_nobody_on_the_list(
    make: Make, lab: Lab, host: Actor, member: Actor
) -> None:
    vote = voting.vote(make, lab, opens_at=NOW + timedelta(days=1))
    voting.annul(make, lab, vote)

    dismiss(lab, host, member)

    assert not queries.member_ids(lab.id)


@pytest.mark.parametrize(("days", "votes"), [(9, True), (10, False)], ids=str)
def test_who_was_taken_off_less_than_ten_days_before_a_vote_announced_since_votes_in_it(
    make: Make, lab: Lab, host: Actor, member: Actor, days: int, votes: bool
) -> None:
    voting.voters(make, lab, 1)
    dismiss(lab, host, member)

    vote = voting.vote(make, lab, now=NOW + timedelta(days=days))

    assert (member.person_id in roll(vote.id)) is votes


def test_an_appeal_is_made_once_by_the_person_by_any_number(
    make: Make, lab: Lab, host: Actor, member: Actor
) -> None:
    acting = Acting(lab, host, NOW)
    (paper,) = registering.register(acting, [Newcomer("Doña Chela")]).added
    same_person.join(acting, one=member.person_id or 0, two=paper)
    row = dismissals.dismiss(acting, person_id=paper, reason=WHY)
    for other in (make.actor(lab, Role.MEMBER), antai(make)):
        with pytest.raises(Denied):
            dismissals.appeal(Acting(lab, other, NOW), row, words="Sí vivo.", days=DAYS)

    dismissals.appeal(Acting(lab, member, NOW), row, words="Sí vivo aquí.", days=DAYS)

    with pytest.raises(Conflict, match="once"):
        dismissals.appeal(Acting(lab, member, NOW), row, words="Otra vez.", days=DAYS)


def test_a_facilitator_notes_the_appeal_of_somebody_without_an_account_alone(
    lab: Lab, host: Actor, member: Actor
) -> None:
    acting = Acting(lab, host, NOW)
    (paper,) = registering.register(acting, [Newcomer("Doña Chela")]).added
    row = dismissals.dismiss(acting, person_id=paper, reason=WHY)

    dismissals.appeal(acting, row, words="Sí vivo aquí.", days=DAYS)

    assert row.awaits_ruling
    with pytest.raises(Denied):
        dismissals.appeal(acting, dismiss(lab, host, member), words="Sí.", days=DAYS)


@pytest.mark.parametrize("restored", [True, False])
def test_antai_gives_a_membership_back_as_it_was_or_leaves_it(
    make: Make, lab: Lab, host: Actor, member: Actor, restored: bool
) -> None:
    before = db.session.scalars(select(Grant).where(Grant.person_id == member.person_id)).one()
    granted = before.granted_at, before.source
    row = dismiss(lab, host, member)
    ruling = Acting(lab, antai(make), NOW)
    with pytest.raises(Conflict, match="No appeal"):
        dismissals.rule(ruling, row, restored=restored, words="Vive allí.")
    dismissals.appeal(Acting(lab, member, NOW), row, words="Sí vivo aquí.", days=DAYS)

    dismissals.rule(ruling, row, restored=restored, words="Vive allí.")

    db.session.refresh(before)
    assert (before.granted_at, before.source) == granted
    assert (before.ended_at is None) is restored
    assert bool(queries.member_ids(lab.id)) is restored
    with pytest.raises(Conflict, match="No appeal"):
        dismissals.rule(ruling, row, restored=True, words="Otra vez.")


@pytest.mark.parametrize("role", sorted(IN_LAB))
@pytest.mark.parametrize("when", ["now", "once"])
def test_nobody_hears_an_appeal_of_a_lab_they_have_or_had_a_part_in(
    make: Make, lab: Lab, host: Actor, member: Actor, role: Role, when: str
) -> None:
    seen = antai(make)
    declared(lab.id, seen.person_id or 0)
    body = make.organization().id if role is Role.RESPONSIBLE else None
    grant(lab.id, seen.person_id or 0, role, source="part", now=NOW, organization_id=body)
    if when == "once":
        end_grants(lab.id, seen.person_id or 0, "part", now=NOW)
    row = dismiss(lab, host, member)
    dismissals.appeal(Acting(lab, member, NOW), row, words="Sí vivo aquí.", days=DAYS)

    known = queries.actor(lab, seen.person_id, frozenset({Role.REVIEWER}))
    for somebody in (known, host):
        with pytest.raises(Denied):
            dismissals.rule(Acting(lab, somebody, NOW), row, restored=False, words="No.")


def test_an_appeal_not_heard_in_its_term_gives_the_membership_back(
    lab: Lab, host: Actor, member: Actor
) -> None:
    row = dismiss(lab, host, member)
    dismissals.appeal(Acting(lab, member, NOW), row, words="Sí vivo aquí.", days=DAYS)
    due = NOW + timedelta(days=DAYS)

    assert [expire_due(due - timedelta(minutes=1)), expire_due(due), expire_due(due)] == [0, 1, 0]

    assert queries.member_ids(lab.id) == [member.person_id]


def test_the_person_is_told_on_their_pages_and_antai_on_its_desk(
    make: Make, client: Client, lab: Lab, host: Actor, member: Actor
) -> None:
    (held,) = queries.people(lab.id, Role.MEMBER)
    there = f"/labs/{lab.slug}/people/"
    sign_in(client, host)
    assert client.post(f"{there}grants/{held.id}/end", data={"reason": ""}).status_code == 422
    assert client.post(f"{there}grants/{held.id}/end", data={"reason": WHY}).status_code == 302
    assert WHY in client.get(there.rstrip("/")).text
    row = db.session.scalars(select(Dismissal)).one()
    assert row.made_at <= utcnow()

    sign_in(client, member)
    assert f"/labs/{lab.slug}/join" in client.get("/").text
    assert WHY in client.get(f"/labs/{lab.slug}/join").text
    sent = client.post(f"{there}dismissals/{row.id}/appeal", data={"words": "Sí vivo aquí."})
    sign_in(client, make.actor(make.lab(), Role.MEMBER))
    assert client.get(f"{there}dismissals/{row.id}/appeal").status_code == 404
    sign_in(client, antai(make))
    at = f"{there}dismissals/{row.id}/rule"
    assert at in client.get("/desk/").text
    assert "Sí vivo aquí." in client.get(at).text
    done = client.post(at, data={"ruling": "restored", "words": "Vive allí."})

    assert (sent.status_code, done.status_code) == (302, 302)
    assert queries.member_ids(lab.id) == [member.person_id]
