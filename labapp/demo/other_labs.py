"""The closed lab of the 4th plan, and the follow-up lab that waits for an authority."""

from labapp.demo import pictures
from labapp.demo.cast import Scene
from labapp.demo.san_martin.delivery import confirm, declare
from labapp.demo.script import Gathering, LabDraft, Story, draft
from labapp.demo.votes import TIE_RULE, announce, cast, close, finish, marks
from labapp.domain.ogp_completion import OgpCompletion
from labapp.domain.stage import LabKind, Stage
from labapp.followup import service as followup
from labapp.followup.service import MilestoneDraft, Proof
from labapp.labs import service as labs
from labapp.problems.models import Problem
from labapp.proposals import service as proposals
from labapp.proposals.models import Feasible
from labapp.record.acting import Acting
from labapp.responses.models import Decision
from labapp.review import service as review
from labapp.review.service import Period
from labapp.sessions.models import Sector
from labapp.stages import service as stages
from labapp.voting.models import Subject
from labapp.voting.service.vote_draft import VoteDraft

#: Two corregimientos of the Ngäbe-Buglé comarca, by census code.
COMARCA = ("120101", "120201")


def earlier(scene: Scene) -> tuple[Story, Problem]:
    """Tell a whole lab, from its call to its close with the follow-up validated."""
    story = draft(
        scene,
        "facilitador-sm",
        LabDraft(
            name="Ejemplo del 4.º Plan",
            motto="Una biblioteca abierta",
            codes=("080818",),
        ),
        day=-190,
    )
    labs.approve(Acting(story.lab, scene.actor("antai2", story.lab), scene.at(-189)))
    crowd = scene.neighbours(12)
    story.welcome([scene.accounts["vecina1"], scene.accounts["vecina2"], *crowd], -189)
    story.move(Stage.CALL, -189)
    problem = story.tell("La biblioteca pasa cerrada.", "Junto al parque", -188, published=-187)
    story.support(problem, crowd[:9], -186)
    story.move(Stage.DEFINITION, -186)
    _meeting, contributions = story.meet(
        Gathering(
            day=-180,
            starts=(16, 0),
            ends=(18, 0),
            venue="La biblioteca",
            agenda="Cómo abrir la biblioteca.",
            came={Sector.COMMUNITY: 12, Sector.LOCAL_ORGANIZATION: 5},
            said=("Abrir los sábados.", "Poner computadoras."),
            minutes="Se leyó lo dicho y se aprobó.",
            closed=-178,
        )
    )
    story.answer(contributions[0].thing, Decision.INCORPORATED, "Es la propuesta 1.", -175)
    story.answer(contributions[1].thing, Decision.INCORPORATED, "Es la propuesta 2.", -175)
    story.move(Stage.IDEATION, -177)
    _deliver(story, problem)
    return story, problem


def _deliver(story: Story, problem: Problem) -> None:
    scene = story.scene
    authors = [scene.accounts["vecina1"], scene.accounts["vecina2"]]
    papers = []
    titles = ("Abrir los sábados por la mañana", "Cuatro computadoras usadas")
    for author, title, cost in zip(authors, titles, (300, 900), strict=True):
        paper = story.propose(author, title, "Con turnos de la comunidad.", [problem.thing], -176)
        story.send(paper, -176)
        story.study(paper, Feasible.YES, cost, "Junta Comunal", -174)
        papers.append(paper)
    story.move(Stage.PRIORITIZATION, -173)
    plan = VoteDraft(
        subject=Subject.PROPOSALS,
        question="¿Qué hacemos primero por la biblioteca?",
        lines=(),
        max_marks=1,
        seats=1,
        quorum=5,
        tie_rule=TIE_RULE,
        opens_at=scene.at(-172, 8),
        closes_at=scene.at(-165, 18),
    )
    asked = announce(story, plan, scene.at(-173, 19))
    cast(story, asked, scene.neighbours(12), marks((8, 4), 12, 1))
    close(story, asked)
    finish(story, asked, "", asked.closes_at)
    proposals.mark_left_out(papers[1], due_days=30, now=scene.at(-164))
    story.answer(papers[1].thing, Decision.PARTLY, "Se buscan donadas.", -160)
    story.move(Stage.PROTOTYPE, -163)
    agreed_in, _nothing = story.meet(
        Gathering(
            day=-162,
            starts=(9, 0),
            ends=(10, 0),
            venue="La biblioteca",
            agenda="Qué acepta la escuela.",
            came={Sector.COMMUNITY: 9, Sector.ENTITY: 5},
            said=(),
            minutes="La escuela acepta abrir la biblioteca los sábados.",
            closed=-162,
        )
    )
    agreement = followup.draft_agreement(
        Acting(story.lab, story.guide, scene.at(-162, 17)),
        source=papers[0].thing,
        organization=scene.bodies["escuela"],
        what="Abrir la biblioteca los sábados",
        has_work=False,
        cost=300,
    )
    for title, question in (
        ("Turnos escritos", "¿Están los turnos en la puerta?"),
        ("Ocho sábados abiertos", "¿Abrió los ocho sábados?"),
    ):
        due = scene.on(-150 if title == "Turnos escritos" else -90)
        step = MilestoneDraft(title, due, (question,))
        followup.add_step(Acting(story.lab, story.guide, scene.at(-162, 17)), agreement, step=step)
    followup.accept_agreement(
        Acting(story.lab, story.guide, scene.at(-162, 18)),
        agreement,
        by=agreed_in.thing,
        accepted_on=scene.on(-162),
    )
    story.move(Stage.FOLLOWUP, -160)
    for index, day in enumerate((-152, -93)):
        caption = "La biblioteca abierta"
        proof = Proof(pictures.photo(caption, index + 21), caption)
        declare(story, agreement.milestones[index], day, note="Cumplido.", proof=proof)
        confirm(story, agreement, index, day + 1, (True,))
    _close(story)


def _close(story: Story) -> None:
    scene = story.scene
    sent = review.send_review(
        Acting(story.lab, story.guide, scene.at(-88)),
        period=Period(scene.on(-189), scene.on(-90)),
        report="Los dos pasos se cumplieron y dos vecinas lo vieron.",
        due_days=15,
    )
    review.validate_review(
        Acting(story.lab, scene.actor("antai2", story.lab), scene.at(-80)),
        sent,
        completion=OgpCompletion.COMPLETE,
        reason="Los dos pasos están cumplidos y vistos por dos vecinas.",
    )
    story.move(Stage.CLOSED, -79)


def following(scene: Scene, before: Story, problem: Problem) -> None:
    """Draft the follow-up lab: its door stays shut until the authority's agreement is recorded."""
    story = draft(
        scene,
        "facilitadora-smi",
        LabDraft(
            name="Seguimiento de ejemplo",
            motto="¿Siguió abierta la biblioteca?",
            codes=COMARCA,
            kind=LabKind.FOLLOW_UP,
        ),
        day=-20,
    )
    stages.name_earlier(
        Acting(story.lab, story.guide, scene.at(-20)), earlier=before.lab, problem=problem.thing
    )
    labs.approve(Acting(story.lab, scene.actor("antai1", story.lab), scene.at(-18)))
