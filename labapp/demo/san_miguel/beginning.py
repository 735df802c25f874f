"""San Miguel, from its draft to the ballot paper."""

from labapp.demo.cast import Scene
from labapp.demo.script import MODERATION, Gathering, LabDraft, Story, draft
from labapp.domain.removal import RemovalScope
from labapp.domain.removal_code import RemovalCode
from labapp.domain.stage import Stage
from labapp.labs import service as labs
from labapp.moderation import service as moderation
from labapp.moderation.removal_draft import RemovalDraft
from labapp.problems.models import Problem
from labapp.proposals import service as proposals
from labapp.proposals.models import Feasible, Proposal
from labapp.proposals.service import assessment, review
from labapp.record.acting import Acting
from labapp.responses.models import Decision
from labapp.sessions.models import Contribution, Meeting, Modality, Sector
from labapp.sessions.service import contributions, joining

#: The three San Miguel of the census: Penonomé, Las Tablas, Balboa.
PLACES = ("020616", "070220", "080201")
ROLL = 52

#: What was said on D-21; the first ten were answered, four still wait.
SAID: tuple[tuple[str, Decision | None, str], ...] = (
    ("Un zarzo sobre la quebrada.", Decision.INCORPORATED, "Es la propuesta 1."),
    ("Una caseta donde esperar el bus.", Decision.INCORPORATED, "Es la propuesta 2."),
    ("Luz en la parada, de noche da miedo.", Decision.INCORPORATED, "Va en la propuesta 2."),
    ("Limpiar las cunetas antes de octubre.", Decision.INCORPORATED, "Es la propuesta 3."),
    ("Una alcantarilla donde se hace la laguna.", Decision.INCORPORATED, "Va en la propuesta 3."),
    ("Una vereda de cemento al centro de salud.", Decision.INCORPORATED, "Es la propuesta 4."),
    ("Pasamanos en el paso de la escuela.", Decision.INCORPORATED, "Es la propuesta 5."),
    (
        "Que el bus pase más seguido.",
        Decision.OUT_OF_SCOPE,
        "El horario lo fija quien da la concesión; se le hará llegar.",
    ),
    (
        "Mover la carretera nacional.",
        Decision.OUT_OF_SCOPE,
        "Corresponde a otra entidad y no cabe en este laboratorio.",
    ),
    (
        "Poner policías acostados.",
        Decision.PARTLY,
        "Se pide un estudio a la alcaldía; primero la caseta y las cunetas.",
    ),
    ("Podar los árboles de la bajada.", None, ""),
    ("Pintar las líneas frente a la escuela; llamen a Chano, 6000-0000.", None, ""),
    ("Un vasurero en la parada.", None, ""),
    ("Que avisen cuando crece la quebrada.", None, ""),
    ("Un aviso por teléfono si sube la quebrada.", None, ""),
)

PROPOSALS: tuple[tuple[str, str, int, Feasible, int, int], ...] = (
    (
        "Zarzo sobre la quebrada",
        "Un zarzo de metal de doce metros, con baranda, para pasar cuando la quebrada crece.",
        12500,
        Feasible.STUDY,
        0,
        0,
    ),
    (
        "Caseta de parada con luz solar",
        "Techo, banca y una luz solar en la parada de la entrada.",
        3200,
        Feasible.YES,
        1,
        1,
    ),
    (
        "Cunetas y una alcantarilla",
        "Limpiar y abrir las cunetas y poner una alcantarilla donde se hace la laguna.",
        7800,
        Feasible.STUDY,
        2,
        3,
    ),
    (
        "Vereda al centro de salud",
        "Doscientos metros de vereda de cemento hasta el centro de salud.",
        6100,
        Feasible.YES,
        3,
        5,
    ),
    (
        "Pasamanos en el paso de la escuela",
        "Pasamanos de tubo a los dos lados del paso de la escuela.",
        900,
        Feasible.YES,
        0,
        6,
    ),
)


def begin(scene: Scene) -> tuple[Story, list[Problem], Meeting, list[Proposal]]:
    """Tell the story up to the admitted proposals."""
    story = draft(
        scene,
        "facilitadora-smi",
        LabDraft(
            name="San Miguel",
            motto="Caminar y esperar seguros",
            codes=PLACES,
            community="San Miguel",
        ),
        day=-62,
    )
    labs.approve(Acting(story.lab, scene.actor("antai1", story.lab), scene.at(-61)))
    crowd = scene.neighbours(ROLL)
    story.welcome([scene.accounts["vecina1"], scene.accounts["vecina2"], *crowd[: ROLL - 2]], -60)
    story.move(Stage.CALL, -60)
    problems = _problems(story)
    story.move(Stage.DEFINITION, -40)
    meeting, noted = _meeting(story)
    story.move(Stage.IDEATION, -15)
    return story, problems, meeting, _proposals(story, problems, noted)


def _problems(story: Story) -> list[Problem]:
    crowd = story.scene.neighbours(ROLL)
    texts = (
        ("La quebrada tapa el paso cuando llueve.", "Paso de la quebrada", 33),
        ("No hay dónde esperar el bus.", "Parada de la entrada", 22),
        ("Las cunetas están llenas y el agua corre por la calle.", "Calle principal", 15),
        ("La vereda al centro de salud es puro lodo.", "Del parque al centro de salud", 14),
    )
    problems = []
    for number, (what, where, supports) in enumerate(texts):
        problem = story.tell(what, where, -58 + number, published=-57 + number)
        story.support(problem, crowd[number : number + supports], -50)
        problems.append(problem)
    return problems


def waiting(story: Story) -> None:
    """Two problems wait to be reviewed; the first is past the three days."""
    story.tell("Se cayó un poste junto a la cancha.", "La cancha", -4, published=None)
    story.tell("El puente de tablas tiene dos rotas.", "Puente de atrás", -1, published=None)


def _meeting(story: Story) -> tuple[Meeting, list[Contribution]]:
    meeting, noted = story.meet(
        Gathering(
            day=-21,
            starts=(17, 0),
            ends=(19, 0),
            venue="Casa comunal, y por videollamada",
            agenda="Por dónde caminamos, dónde esperamos, qué se puede hacer.",
            came={Sector.COMMUNITY: 31, Sector.OTHER: 6, Sector.ENTITY: 3},
            said=[words for words, _decision, _reason in SAID],
            minutes="Se leyó lo dicho. El acta recibe objeciones unos días más; hay una.",
            closed=-18,
            modality=Modality.MIXED,
        )
    )
    *_others, lines, dustbin, warned, phoned = noted
    facilitator = Acting(story.lab, story.guide, story.scene.at(-17))
    contributions.edit(
        facilitator,
        contribution=dustbin,
        base=1,
        text="Un basurero en la parada.",
        why="Se escribió mal",
    )
    telephone = RemovalDraft(
        RemovalScope.WORDS,
        RemovalCode.PRIVATE_DATA,
        "El teléfono de un vecino no se publica: lo llama el equipo.",
        "",
        ["Chano, 6000-0000"],
    )
    moderation.take_away(facilitator, telephone, thing=lines.thing)
    joining.join(facilitator, joined=[phoned], into=warned, why="Piden lo mismo: que avisen")
    for row, (_words, decision, reason) in zip(noted, SAID, strict=True):
        if decision is not None:
            story.answer(row.thing, decision, reason, -12)
    story.announce(
        Gathering(
            day=6,
            starts=(17, 0),
            ends=(18, 30),
            venue="Casa comunal",
            agenda="Entrega de resultados.",
            came={},
            said=(),
            minutes="",
            closed=6,
        )
    )
    return meeting, noted


def _proposals(story: Story, told: list[Problem], said: list[Contribution]) -> list[Proposal]:
    scene = story.scene
    authors = [scene.accounts["vecina1"], *scene.neighbours(ROLL)]
    written = []
    for number, (title, body, _cost, _feasible, problem, origin) in enumerate(PROPOSALS):
        proposal = story.propose(
            authors[number], title, body, [told[problem].thing, said[origin].thing], -14
        )
        story.send(proposal, -13)
        written.append(proposal)
    proposals.edit(
        Acting(story.lab, scene.actor("vecina1", story.lab), scene.at(-11)),
        proposals.VersionDraft(
            base=1,
            title=PROPOSALS[0][0],
            body=PROPOSALS[0][1] + " Con piso antideslizante.",
            change="Se agregó el piso antideslizante.",
        ),
        proposal=written[0],
        days=MODERATION,
    )
    review.publish_version(Acting(story.lab, story.guide, scene.at(-10)), proposal=written[0])
    for proposal, (_title, _body, cost, feasible, _problem, _origin) in zip(
        written, PROPOSALS, strict=True
    ):
        story.study(proposal, feasible, cost, "Alcaldía y Junta Comunal", -8)
    road = story.propose(
        authors[6], "Mover la carretera nacional", "Que pase por otro lado.", [told[2].thing], -12
    )
    story.send(road, -11)
    assessment.refuse(
        Acting(story.lab, story.guide, scene.at(-9)),
        proposal=road,
        decision=Decision.OUT_OF_SCOPE,
        reason="Corresponde a otra entidad y no cabe en este laboratorio.",
        office="Laboratorio de San Miguel",
        signer="Facilitación",
    )
    story.propose(
        scene.accounts["vecina2"],
        "Sembrar sombra en la parada",
        "Tres árboles que den sombra mientras se espera.",
        [told[1].thing],
        -9,
    )
    return written
