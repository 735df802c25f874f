"""San Martín, what its committee saw and what ANTAI answered."""

from dataclasses import dataclass

from labapp.accounts.models import Person
from labapp.audits import service as audits
from labapp.audits.models import Committee, Visit, Work
from labapp.audits.service import FindingDraft, VisitDraft
from labapp.demo import pictures
from labapp.demo.san_martin.delivery import confirm
from labapp.demo.script import Story
from labapp.domain.finding import Severity, Sort
from labapp.domain.ogp_completion import OgpCompletion
from labapp.domain.roles import Actor, Role
from labapp.followup.models import Agreement, Milestone
from labapp.followup.service import Proof
from labapp.record.acting import Acting
from labapp.review import service as review
from labapp.review.service import Period
from labapp.sessions.queries import held_meetings


@dataclass(frozen=True, slots=True)
class Outing:
    """A visit of the committee: the day, what it answered, and whether it brought a photo."""

    day: int
    answers: tuple[bool | tuple[bool, str], ...]
    notes: str = ""
    shown: bool = True


def watch(story: Story, tank: Agreement) -> None:
    """Form the committee of the tank's work; it visits, finds, and looks again."""
    scene = story.scene
    work = audits.register_work(
        Acting(story.lab, story.guide, scene.at(-84, 19)),
        tank,
        audits.Contract(
            reference="EJ-OBRA-01",
            contractor="Constructora de ejemplo",
            cost=4650,
            starts_on=scene.on(-60),
            ends_on=scene.on(20),
        ),
    )
    committee, members = _committee(story, work)
    ground, slab = tank.milestones[:2]
    outing = Outing(-40, (True, True, True))
    first = _visit(story, committee, members[0], ground, outing)
    confirm(story, tank, 0, -39, (True, True, True))
    _closed_finding(story, committee, members, tank, first)
    outing = Outing(
        -9,
        (True, True, (False, "Falta la norte"), (False, "Bajó 8 cm"), True),
        notes="Lista de los cinco presentes, en papel.",
    )
    second = _visit(story, committee, members[0], slab, outing)
    _open_findings(story, committee, members, tank, second)
    outing = Outing(
        -4,
        (True, True, (False, "Falta la norte"), (False, "Bajó 8 cm"), True),
        notes="Segunda revisión: la pared norte sigue igual.",
        shown=False,
    )
    _visit(story, committee, members[0], slab, outing)


def _committee(story: Story, work: Work) -> tuple[Committee, list[Person]]:
    scene = story.scene
    committee = audits.form_committee(
        Acting(story.lab, story.guide, scene.at(-84, 20)),
        work,
        name="Ojos del Agua (ejemplo)",
        chosen_how="a mano alzada",
        report_days=30,
        chosen_in=held_meetings.in_lab(story.lab.id)[0].thing,
    )
    members = [scene.accounts["comite1"], scene.accounts["comite2"], *scene.neighbours(64)[60:]]
    for number, person in enumerate(members):
        audits.seat(
            Acting(story.lab, story.guide, scene.at(-84, 20)),
            committee,
            person=person,
            consents=number < 4,
            declared_tie="Pariente de un trabajador de la obra" if number == 5 else "",
        )
    audits.report_committee(
        Acting(story.lab, story.guide, scene.at(-83)), committee, certificate_days=15
    )
    antai = scene.actor("antai1", story.lab)
    audits.certify(Acting(story.lab, antai, scene.at(-70)), committee, certificate="EJ-CAS-01")
    return committee, members


def _seated(person: Person) -> Actor:
    return Actor(person.id, frozenset({Role.COMMITTEE, Role.ACCOUNT}))


def _visit(
    story: Story, committee: Committee, member: Person, step: Milestone, outing: Outing
) -> Visit:
    scene = story.scene
    given = {
        question.id: (said, "") if isinstance(said, bool) else said
        for question, said in zip(step.questions, outing.answers, strict=True)
    }
    caption = f"Visita del comité: {step.title.lower()}"
    photo = pictures.photo(caption, step.agreement.milestones.index(step) + 7)
    look = VisitDraft(
        visited_on=scene.on(outing.day),
        present=5,
        answers=given,
        notes=outing.notes,
        proof=Proof(photo, caption) if outing.shown else None,
    )
    return audits.record_visit(
        Acting(story.lab, _seated(member), scene.at(outing.day, 16)),
        committee,
        milestone=step,
        look=look,
        folder=scene.files,
    )


def _closed_finding(
    story: Story, committee: Committee, members: list[Person], tank: Agreement, visit: Visit
) -> None:
    scene = story.scene
    sign = audits.raise_finding(
        Acting(story.lab, _seated(members[0]), scene.at(-40, 18)),
        committee,
        found=FindingDraft(
            sort=Sort.ADMINISTRATIVE,
            severity=Severity.MINOR,
            text="No hay letrero de la obra.",
            reply_due_on=scene.on(-33),
            milestone=tank.milestones[0],
            visit=visit,
        ),
    )
    audits.reply_to_finding(
        Acting(story.lab, story.guide, scene.at(-34)),
        sign,
        text="Se puso el letrero.",
        replied_on=scene.on(-34),
    )
    for member in members[:2]:
        audits.close_finding(Acting(story.lab, _seated(member), scene.at(-20)), sign)


def _open_findings(
    story: Story, committee: Committee, members: list[Person], tank: Agreement, visit: Visit
) -> None:
    scene = story.scene
    wall = audits.raise_finding(
        Acting(story.lab, _seated(members[0]), scene.at(-9, 18)),
        committee,
        found=FindingDraft(
            sort=Sort.TECHNICAL,
            severity=Severity.GRAVE,
            text="La pared norte sigue sin reparar: el nivel baja 8 cm en 24 horas.",
            reply_due_on=scene.on(-4),
            milestone=tank.milestones[1],
            visit=visit,
        ),
    )
    audits.raise_finding(
        Acting(story.lab, _seated(members[1]), scene.at(-9, 19)),
        committee,
        found=FindingDraft(
            sort=Sort.TECHNICAL,
            severity=Severity.MEDIUM,
            text="Las tapas que llegaron son de otra medida.",
            reply_due_on=scene.on(-3),
            milestone=tank.milestones[2],
            visit=visit,
        ),
    )
    audits.reply_to_finding(
        Acting(story.lab, story.guide, scene.at(-6)),
        wall,
        text="No estaba en el plano.",
        replied_on=scene.on(-6),
    )
    audits.look_again(
        Acting(story.lab, _seated(members[0]), scene.at(-4)),
        wall,
        text="Segunda revisión: la pared norte sigue igual.",
    )


def report(story: Story) -> None:
    """Send two periods to ANTAI: the first validated, the second returned."""
    scene, antai = story.scene, story.scene.actor("antai1", story.lab)
    first = review.send_review(
        Acting(story.lab, story.guide, scene.at(-38)),
        period=Period(scene.on(-120), scene.on(-39)),
        report="Se votó, se firmaron dos acuerdos y llegaron los materiales.",
        due_days=15,
    )
    review.return_review(
        Acting(story.lab, antai, scene.at(-34)),
        first,
        observations="Adjunte lo que vio el comité en su primera visita.",
        office="ANTAI, Dirección de Acceso a la Información",
        due_days=15,
    )
    review.answer_review(
        Acting(story.lab, story.guide, scene.at(-29)),
        first,
        text="Está en la visita 1, con su foto.",
    )
    review.validate_review(
        Acting(story.lab, antai, scene.at(-24)),
        first,
        completion=OgpCompletion.LIMITED,
        reason="Hay avance en un paso, visto por el comité y por dos vecinas.",
    )
    second = review.send_review(
        Acting(story.lab, story.guide, scene.at(-14)),
        period=Period(scene.on(-38), scene.on(-15)),
        report="La Junta declara reparado el tanque. Falta la cerca y la prueba.",
        due_days=15,
    )
    review.return_review(
        Acting(story.lab, antai, scene.at(-6)),
        second,
        observations="Explique la pared norte y adjunte la prueba de 24 h.",
        office="ANTAI, Dirección de Acceso a la Información",
        due_days=15,
    )
