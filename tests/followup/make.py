"""Rows of letters and agreements, for this room's tests and those above it."""

from datetime import date, timedelta

from labapp.domain.kinds import Kind
from labapp.domain.policy import Act, Actor, Role
from labapp.files.models import StoredFile
from labapp.followup import service
from labapp.followup.models import Agreement, Evidence, Letter, Milestone
from labapp.followup.service import recount
from labapp.labs.models import Lab
from labapp.organizations.models import Organization
from labapp.record.acting import Acting
from labapp.thread import service as thread
from labapp.thread.models import Thing
from tests.make import NOW, Make
from tests.sessions import make as meetings

TODAY = NOW.date()


def source(lab: Lab, kind: Kind = Kind.PROPOSAL, *, title: str = "Reparar el tanque") -> Thing:
    """Add a published thing that letters and agreements may come from."""
    return thread.add(kind, title=title, state="published", lab_id=lab.id, published_at=NOW)


def letter(
    make: Make,
    lab: Lab,
    *,
    organization: Organization | None = None,
    presented_on: date = TODAY,
    carried: Thing | None = None,
) -> Letter:
    """Add a letter waiting for its answer, with 30 days to give it."""
    return service.send_letter(
        Acting(lab, make.actor(lab, Role.FACILITATOR), NOW),
        service.LetterDraft(
            organization=organization or make.organization(),
            reference="EJ-C-01",
            text="Pedimos reparar el tanque.",
            presented_on=presented_on,
        ),
        source=carried or source(lab),
        due_days=30,
    )


def agreement(
    make: Make,
    lab: Lab,
    *steps: service.MilestoneDraft,
    organization: Organization | None = None,
    has_work: bool = False,
    accepted: bool = True,
    came_from: Thing | None = None,
) -> Agreement:
    """Add an agreement accepted in a meeting, with one step of three questions unless given."""
    facilitator = make.actor(lab, Role.FACILITATOR)
    made = service.draft_agreement(
        Acting(lab, facilitator, NOW),
        source=came_from or source(lab),
        organization=organization or make.organization(),
        what="Reparar el tanque",
        has_work=has_work,
        cost=4800,
    )
    for step in steps or (step_of("Losa y paredes"),):
        service.add_step(Acting(lab, facilitator, NOW), made, step=step)
    if accepted:
        accept(lab, facilitator, made)
    return made


def accept(lab: Lab, actor: Actor, made: Agreement) -> None:
    """Accept an agreement in a meeting."""
    service.accept_agreement(
        Acting(lab, actor, NOW),
        made,
        by=meetings.meeting(Make(), lab).thing,
        accepted_on=TODAY,
    )


def step_of(
    title: str, *, weight: int | None = None, due: int = 30, questions: int = 3
) -> service.MilestoneDraft:
    """Return a step due in so many days, with so many questions."""
    asked = tuple(f"¿Pregunta {n}?" for n in range(1, questions + 1))
    return service.MilestoneDraft(title, TODAY + timedelta(days=due), asked, weight)


def answers(step: Milestone, *yes: bool) -> dict[int, tuple[bool, str]]:
    """Return an answer to each question of a step; those not given are yes."""
    given = [*yes, *[True] * (len(step.questions) - len(yes))]
    return {q.id: (said, "") for q, said in zip(step.questions, given, strict=True)}


def visit(lab: Lab, *, day: date = TODAY, present: int = 5) -> service.VisitFacts:
    """Add the thing of a committee's visit."""
    return service.VisitFacts(source(lab, Kind.VISIT, title="Visita").id, day, present)


def evidence(
    make: Make,
    lab: Lab,
    step: Milestone,
    *,
    attested_by: str = "entity",
    public: bool = True,
) -> Evidence:
    """Add a piece of evidence of a step, without a file on the disk, and count what was seen."""
    thing = thread.add(
        Kind.EVIDENCE,
        title="Foto",
        state="public" if public else "reserved",
        lab_id=lab.id,
        published_at=NOW if public else None,
    )
    stored = make.keep(
        StoredFile(
            sha256="0" * 64,
            media_type="image/jpeg",
            name="f.jpg",
            size=1,
            thing_id=thing.id,
            stored_at=NOW,
        )
    )
    kept = make.keep(
        Evidence(
            id=thing.id,
            milestone_id=step.id,
            file_id=stored.id,
            caption="Foto",
            public=public,
            withheld_why="" if public else "Se ve a un menor",
            attested_by=attested_by,
            added_at=NOW,
        )
    )
    recount.count_step(step, NOW, looked_again=False)
    return kept


#: Every act of this room that a facilitator alone may do.
FACILITATORS = (Act.LETTER_SEND, Act.AGREEMENT_DRAFT, Act.AGREEMENT_STEP, Act.LINK_ISSUE)
