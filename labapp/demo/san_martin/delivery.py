"""San Martín, from the vote to what was delivered: letters, agreements, progress."""

from labapp.demo import pictures, polling
from labapp.demo.script import Gathering, Story
from labapp.demo.votes import TIE_RULE, announce, cast, close, finish, marks, use_cards
from labapp.domain.channel import Channel
from labapp.domain.stage import Stage
from labapp.followup import service as followup
from labapp.followup.models import Agreement, LetterAnswer, Milestone
from labapp.followup.service import MilestoneDraft, Proof
from labapp.proposals import service as proposals
from labapp.proposals.models import Proposal
from labapp.record.acting import Acting
from labapp.responses.models import Decision
from labapp.sessions.models import Meeting, Sector
from labapp.voting.models import Subject
from labapp.voting.service.vote_draft import VoteDraft

#: Marks of proposals 1 to 6 by each way, on so many ballots: 131 in all, and one paper is blank.
BY_ACCOUNT, BY_CARD, ON_PAPER = 9, 14, 24
ACCOUNT_MARKS, CARD_MARKS = (7, 6, 5, 3, 2, 1), (11, 9, 8, 5, 4, 2)
PAPER_MARKS = (20, 14, 16, 9, 5, 4)
VOTED = BY_ACCOUNT + BY_CARD + ON_PAPER

WORK_STEPS = (
    ("Plano y materiales", 20, -50, ("¿Hay plano?", "¿Llegó el cemento?", "¿Llegó el hierro?")),
    (
        "Reparar losa y paredes",
        35,
        -12,
        (
            "¿Se vació y lavó el tanque?",
            "¿Se reparó la losa?",
            "¿Se repararon las cuatro paredes?",
            "¿Pasó 24 horas sin bajar el nivel?",
            "¿Quedó limpio el sitio?",
        ),
    ),
    (
        "Tapas, rebose y cerca",
        25,
        -2,
        ("¿Cierran bien las tapas?", "¿Trabaja el rebose?", "¿Está la cerca?"),
    ),
    ("Prueba de 15 días", 20, 20, ("¿Hubo agua los 15 días?", "¿Salió clara?")),
)

LEFT_OUT = {
    4: "Primero hace falta el estudio de la tubería; se pide por carta a la alcaldía.",
    5: "Con el tanque reparado puede no hacer falta; se mira otra vez en el verano.",
    6: "La escuela entra cuando el tanque dé abasto; queda anotada para el año entrante.",
}


def vote(story: Story, papers: list[Proposal]) -> None:
    """Ask what comes first for the water; 47 of 64 vote, by account, with a card or on paper."""
    scene = story.scene
    story.move(Stage.PRIORITIZATION, -98)
    asked = announce(
        story,
        VoteDraft(
            subject=Subject.PROPOSALS,
            question="¿Qué hacemos primero por el agua?",
            lines=(),
            max_marks=3,
            seats=3,
            quorum=30,
            tie_rule=TIE_RULE,
            opens_at=scene.at(-97, 8),
            closes_at=scene.at(-90, 18),
            channels=tuple(Channel),
        ),
        scene.at(-98, 19),
    )
    voters = [scene.accounts["vecina1"], *scene.neighbours(VOTED - 1)]
    by_account, by_card = voters[:BY_ACCOUNT], voters[BY_ACCOUNT:-ON_PAPER]
    cast(story, asked, by_account, marks(ACCOUNT_MARKS, BY_ACCOUNT, 3))
    use_cards(story, asked, by_card, marks(CARD_MARKS, BY_CARD, 3), count=BY_CARD + 6)
    on_paper = [*marks(PAPER_MARKS, ON_PAPER - 1, 3), ()]
    polling.hand_out(story, asked, voters[-ON_PAPER:])
    close(story, asked)
    teller = voters[-1]
    polling.type_in(story, asked, teller, [on_paper[::2], on_paper[1::2]])
    polling.nobody_stood(story, asked)
    polling.settle(story, asked)
    # The lottery is drawn on Wednesdays and Sundays: four days after the close it has been.
    finish(story, asked, "4408", scene.at(-86, 17))
    for number, reason in LEFT_OUT.items():
        proposal = papers[number - 1]
        proposals.mark_left_out(proposal, due_days=30, now=scene.at(-86, 17))
        story.answer(proposal.thing, Decision.NOT_INCORPORATED, reason, -80)


def agree(story: Story, papers: list[Proposal]) -> tuple[Agreement, Agreement]:
    """Agree in a meeting with the communal board and the water board; write to the mayor's."""
    story.move(Stage.PROTOTYPE, -86)
    meeting, _said = story.meet(
        Gathering(
            day=-85,
            starts=(17, 0),
            ends=(19, 0),
            venue="Rancho comunal",
            agenda="Qué acepta cada entidad. Quiénes vigilan la obra.",
            came={Sector.COMMUNITY: 29, Sector.LOCAL_ORGANIZATION: 6, Sector.ENTITY: 5},
            said=(),
            minutes="La Junta Comunal y la Junta del Acueducto aceptan. Se escogió el comité.",
            closed=-84,
        )
    )
    tank = _tank(story, papers[0], meeting)
    intake = _intake(story, papers[1], meeting)
    story.move(Stage.FOLLOWUP, -80)
    _letters(story, papers)
    return tank, intake


def _accepted(
    story: Story,
    proposal: Proposal,
    meeting: Meeting,
    body: str,
    cost: int,
    steps: tuple[tuple[str, int, int, tuple[str, ...]], ...],
) -> Agreement:
    scene = story.scene
    agreement = followup.draft_agreement(
        Acting(story.lab, story.guide, scene.at(-84, 8)),
        source=proposal.thing,
        organization=scene.bodies[body],
        what=proposal.thing.title,
        has_work=len(steps) > 2,
        cost=cost,
    )
    for title, weight, due, questions in steps:
        step = MilestoneDraft(title, scene.on(due), questions, weight)
        followup.add_step(Acting(story.lab, story.guide, scene.at(-84, 9)), agreement, step=step)
    followup.accept_agreement(
        Acting(story.lab, story.guide, scene.at(-84, 18)),
        agreement,
        by=meeting.thing,
        accepted_on=scene.on(-85),
    )
    return agreement


def _tank(story: Story, proposal: Proposal, meeting: Meeting) -> Agreement:
    tank = _accepted(story, proposal, meeting, "junta-sm", 4650, WORK_STEPS)
    proof = Proof(pictures.photo("El plano y el cemento", 1), "El plano y el cemento")
    plans, slab = tank.milestones[:2]
    declare(story, plans, -48, note="Materiales en el sitio.", proof=proof)
    proof = Proof(pictures.photo("La losa terminada", 2), "La losa terminada")
    declare(story, slab, -11, note="Losa y paredes reparadas.", proof=proof)
    paper = pictures.paper("Factura de materiales")
    proof = Proof(paper, "Factura", "Tiene datos de una persona.")
    declare(story, slab, -10, note="Se adjunta la factura.", proof=proof)
    return tank


def _intake(story: Story, proposal: Proposal, meeting: Meeting) -> Agreement:
    steps = (
        ("Cercar la toma", 50, -30, ("¿Está cercada toda la toma?",)),
        (
            "Sembrar 80 plantones",
            50,
            30,
            ("¿Se sembró alrededor de la toma?", "¿Están los 80 plantones?"),
        ),
    )
    intake = _accepted(story, proposal, meeting, "acueducto", 1950, steps)
    fence, trees = intake.milestones
    proof = Proof(pictures.photo("La cerca de la toma", 5), "La cerca de la toma")
    declare(story, fence, -33, note="Cerca terminada.", proof=proof)
    caption = "Los primeros 40 plantones"
    proof = Proof(pictures.photo(caption, 6), caption)
    declare(story, trees, -15, note="Van 40 plantones.", proof=proof, percent=50)
    confirm(story, intake, 0, -31, (True,))
    confirm(story, intake, 1, -13, (True, False))
    return intake


def declare(
    story: Story, step: Milestone, day: int, *, note: str, proof: Proof, percent: int = 100
) -> None:
    """Let the entity say how far a step is, with something to show for it."""
    scene = story.scene
    followup.declare(
        Acting(story.lab, story.entity(step.agreement), scene.at(day, 11)),
        step,
        percent=percent,
        note=note,
        proof=proof,
        folder=scene.files,
    )


def confirm(
    story: Story, agreement: Agreement, index: int, day: int, answers: tuple[bool, ...]
) -> None:
    """Let two neighbours answer the questions of a step."""
    step = agreement.milestones[index]
    for username in ("vecina1", "vecina2"):
        followup.confirm(
            Acting(story.lab, story.who(username), story.scene.at(day, 17)),
            step,
            answers={q.id: (yes, "") for q, yes in zip(step.questions, answers, strict=True)},
        )


def _letters(story: Story, papers: list[Proposal]) -> None:
    scene = story.scene
    chlorine = followup.send_letter(
        Acting(story.lab, story.guide, scene.at(-75, 10)),
        followup.LetterDraft(
            organization=scene.bodies["alcaldia"],
            reference="EJ-C-01",
            text="La comunidad pide un dosificador de cloro y dos análisis del agua al año.",
            presented_on=scene.on(-75),
        ),
        source=papers[2].thing,
        due_days=30,
    )
    followup.send_letter(
        Acting(story.lab, story.guide, scene.at(-52, 10)),
        followup.LetterDraft(
            organization=scene.bodies["alcaldia"],
            reference="EJ-C-02",
            text="La comunidad pide el estudio de la tubería de la parte alta.",
            presented_on=scene.on(-52),
        ),
        source=papers[3].thing,
        due_days=30,
    )
    followup.answer_letter(
        Acting(story.lab, story.guide, scene.at(-34, 15)),
        chlorine,
        answer=LetterAnswer.PARTLY,
        text="Aceptada en parte: compramos el dosificador; un análisis al año, no dos.",
        reference="EJ-ACTO-07",
        answered_on=scene.on(-34),
    )
    agreement = followup.draft_agreement(
        Acting(story.lab, story.guide, scene.at(-33)),
        source=chlorine.thing,
        organization=scene.bodies["alcaldia"],
        what="Dosificador de cloro y un análisis al año",
        has_work=False,
        cost=1200,
    )
    step = MilestoneDraft(
        "Comprar y poner el dosificador", scene.on(45), ("¿Está puesto?", "¿Trabaja?"), None
    )
    followup.add_step(Acting(story.lab, story.guide, scene.at(-33)), agreement, step=step)
    followup.accept_agreement(
        Acting(story.lab, story.guide, scene.at(-33, 12)),
        agreement,
        by=chlorine.thing,
        accepted_on=scene.on(-34),
    )
