"""What the gallery needs of the demonstration beyond what is loaded: codes, links, a later day."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from labapp.accounts import queries as accounts
from labapp.accounts.service import roles as role_service
from labapp.db import db, utcnow
from labapp.domain.kinds import Kind
from labapp.domain.policy import Actor, Role
from labapp.domain.stage import Stage
from labapp.followup import queries as followup
from labapp.followup import service as agreements
from labapp.labs.models import Lab, LabPerson
from labapp.labs.service import members
from labapp.moderation import queries as moderation
from labapp.moderation.models import Removal
from labapp.plans.models import Plan, Target
from labapp.record.acting import Acting
from labapp.sessions import queries as sessions
from labapp.sessions import service as meetings
from labapp.thread.models import Thing


def found() -> dict[str, object]:
    """Return what the addresses of the exhibits leave open; commits the links it makes."""
    plan = db.session.scalars(select(Plan).order_by(Plan.id)).first()
    target = db.session.scalars(select(Target).order_by(Target.id)).first()
    neighbour = accounts.by_username("vecina1")
    assert plan
    assert target
    assert neighbour
    administrator = Actor(None, frozenset({Role.ADMINISTRATOR}))
    values: dict[str, object] = {
        "plan": plan.slug,
        "target": target.id,
        "person": neighbour.id,
        "recovery": role_service.make_recovery(Acting(None, administrator, utcnow()), neighbour.id),
        "agreement_link": _link(Kind.AGREEMENT, 1),
        "letter_link": _link(Kind.LETTER, 2),
        "waiting": _told("sent").id,
    }
    refused = moderation.of_thing(_told("rejected").id)[0]
    taken = db.session.scalars(
        select(Removal).where(Removal.lab_id == _lab("san-miguel").id).order_by(Removal.id.desc())
    ).first()
    listed = db.session.scalars(
        select(LabPerson.person_id).where(LabPerson.lab_id == _lab("san-miguel").id)
    ).first()
    assert taken
    values |= {"refused": refused.id, "removal": taken.id, "blackened": taken.thing.number}
    values["listed"] = listed
    values |= {state: _told(state).code for state in ("sent", "returned", "rejected", "published")}
    db.session.commit()
    return values


def go_on() -> dict[str, object]:
    """Move the labs to stages that show the other pages; commits.

    The stage is set by hand: the gallery wants the pages, not the way that leads to them.
    """
    now = utcnow()
    lab, follow_up = _lab("san-miguel"), _lab("seguimiento-de-ejemplo")
    guide = _as("facilitadora-smi", Role.FACILITATOR)
    lab.stage, follow_up.stage = Stage.IDEATION, Stage.FOLLOWUP
    follow_up.approved_at, follow_up.approved_by_id = now, _as("antai1").person_id
    db.session.flush()

    meeting = sessions.by_number(lab.id, 2)
    assert meeting
    meetings.begin(Acting(lab, guide, meeting.starts_at), meeting=meeting)
    source = followup.source(lab.id, "proposal-2", (Kind.PROPOSAL,))
    assert source
    draft = agreements.draft_agreement(
        Acting(lab, guide, now),
        source=source,
        organization=followup.organizations()[0],
        what="Caseta de parada con luz solar",
        has_work=True,
        cost=3200,
    )
    step = agreements.MilestoneDraft(
        "Levantar la caseta", now.date() + timedelta(30), ("¿Tiene techo?",), 1
    )
    agreements.add_step(Acting(lab, guide, now), draft, step=step)
    request = members.ask(Acting(lab, _as("ingeniera"), now), words="Trabajo en el distrito.")
    db.session.commit()
    return {"asked": request.id}


def _told(state: str) -> Thing:
    chosen = select(Thing).where(Thing.kind == Kind.PROBLEM, Thing.state == state)
    told: Sequence[Thing] = db.session.scalars(chosen.order_by(Thing.id.desc())).all()
    return told[0]


def _link(kind: Kind, number: int) -> str:
    lab, now = _lab("san-martin"), utcnow()
    thing = db.session.scalars(
        select(Thing).where(Thing.lab_id == lab.id, Thing.kind == kind, Thing.number == number)
    ).one()
    about = (followup.letter if kind is Kind.LETTER else followup.agreement)(lab.id, number)
    assert about
    guide = _as("facilitador-sm", Role.FACILITATOR)
    return agreements.issue_link(
        Acting(lab, guide, now), thing=thing, organization_id=about.organization_id, days=60
    )


def _lab(slug: str) -> Lab:
    return db.session.scalars(select(Lab).where(Lab.slug == slug)).one()


def _as(username: str, *roles: Role) -> Actor:
    person = accounts.by_username(username)
    assert person
    return Actor(person.id, frozenset({Role.ACCOUNT, *roles}))
