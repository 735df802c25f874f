"""Rows of works, committees, visits and findings, for this room's tests and those above it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from labapp.accounts.models import Person
from labapp.audits import queries, service
from labapp.audits.models import Committee, Finding, Visit, Work
from labapp.db import db
from labapp.domain.finding import Severity, Sort
from labapp.domain.policy import Actor, Role
from labapp.followup.models import Agreement, Milestone
from labapp.followup.service import MilestoneDraft
from labapp.labs.models import Lab
from labapp.record.acting import Acting
from tests.followup import make as followup
from tests.make import NOW, Make

TODAY = NOW.date()
#: Nothing is stored there: no proof is given unless a test gives one.
NOWHERE = Path("/nonexistent")


@dataclass(frozen=True, slots=True)
class Watch:
    """A committee with everything above and below it.

    Attributes:
        facilitator: of the lab.
        members: as seen from the lab, in the order seated.
        reviewer: of ANTAI, who takes no part.
        entity: who answers for the agreement.
    """

    lab: Lab
    work: Work
    committee: Committee
    facilitator: Actor
    members: tuple[Actor, ...]
    reviewer: Actor
    entity: Actor

    @property
    def step(self) -> Milestone:
        """The first step of the agreement."""
        return queries.steps(self.work)[0]


def agreement(make: Make, lab: Lab, *steps: MilestoneDraft) -> Agreement:
    """Add an agreement in force that a public work carries out."""
    return followup.agreement(make, lab, *steps, has_work=True)


def work(
    make: Make, lab: Lab, *steps: MilestoneDraft, of: Agreement | None = None, ends_in: int = 80
) -> Work:
    """Add a public work."""
    return service.register_work(
        Acting(lab, make.actor(lab, Role.FACILITATOR), NOW),
        of or agreement(make, lab, *steps),
        service.Contract(
            reference="EJ-OBRA-01",
            contractor="Constructora de ejemplo",
            cost=4650,
            starts_on=TODAY,
            ends_on=TODAY + timedelta(days=ends_in),
        ),
    )


def announced(make: Make, lab: Lab) -> Work:
    """Add a public work that an entity announced by itself."""
    return service.register_work(
        Acting(lab, make.actor(lab, Role.FACILITATOR), NOW),
        service.AnnouncedWork("Reparar el puente", make.organization()),
        service.Contract(
            reference="EJ-OBRA-02",
            contractor="Constructora de ejemplo",
            cost=6800,
            starts_on=TODAY,
            ends_on=TODAY + timedelta(days=60),
        ),
    )


def watch(
    make: Make,
    lab: Lab,
    *steps: MilestoneDraft,
    of: Work | None = None,
    seats: int = 5,
    certified: bool = True,
    ends_in: int = 80,
) -> Watch:
    """Add a committee, and its work unless given; five seats and a certificate unless said."""
    facilitator = make.actor(lab, Role.FACILITATOR)
    built = of or work(make, lab, *steps, ends_in=ends_in)
    body = built.entity
    committee = service.form_committee(
        Acting(lab, facilitator, NOW),
        built,
        name="Ojos del Agua",
        chosen_how="Reunión 2",
        report_days=30,
    )
    made = Watch(
        lab,
        built,
        committee,
        facilitator,
        (),
        make.actor(lab, Role.REVIEWER),
        make.actor(lab, Role.RESPONSIBLE, organization=body),
    )
    made = replace(made, members=tuple(seated(make, made) for _ in range(seats)))
    if certified:
        certify(made)
    return made


def seated(make: Make, of: Watch, *, tie: str = "", consents: bool = False) -> Actor:
    """Seat one more person and return them as seen from the lab."""
    person: Person = make.person()
    service.seat(
        Acting(of.lab, of.facilitator, NOW),
        of.committee,
        person=person,
        consents=consents,
        declared_tie=tie,
    )
    return Actor(person.id, frozenset({Role.ACCOUNT, Role.COMMITTEE}))


def certify(of: Watch) -> None:
    """Tell ANTAI of the committee, and certify it."""
    service.report_committee(Acting(of.lab, of.facilitator, NOW), of.committee, certificate_days=15)
    service.certify(Acting(of.lab, of.reviewer, NOW), of.committee, certificate="EJ-CAS-01")


def look(of: Watch, *yes: bool, present: int = 5, on: date = TODAY) -> service.VisitDraft:
    """Return what a visit to the first step saw; answers not given are yes."""
    return service.VisitDraft(
        visited_on=on, present=present, answers=followup.answers(of.step, *yes)
    )


def visit(of: Watch, *yes: bool, now: datetime = NOW) -> Visit:
    """Add a visit to the first step."""
    return service.record_visit(
        Acting(of.lab, of.members[0], now),
        of.committee,
        milestone=of.step,
        look=look(of, *yes),
        folder=NOWHERE,
    )


def found(*, text: str = "La pared norte sigue sin reparar.", due: int = 5) -> service.FindingDraft:
    """Return a grave technical finding, to be replied to in so many days."""
    return service.FindingDraft(
        sort=Sort.TECHNICAL,
        severity=Severity.GRAVE,
        text=text,
        reply_due_on=TODAY + timedelta(days=due),
    )


def finding(of: Watch, *, text: str = "La pared norte sigue sin reparar.") -> Finding:
    """Add an open finding."""
    return service.raise_finding(
        Acting(of.lab, of.members[0], NOW), of.committee, found=found(text=text)
    )


def deliver(of: Watch) -> None:
    """Deliver the final report on the day the work ends."""
    at = NOW + (of.work.ends_on - TODAY)
    service.deliver_report(Acting(of.lab, of.members[0], at), of.committee, text="Quedó bien.")
    db.session.flush()
