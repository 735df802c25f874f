"""San Martín, from its draft to the ballot paper: problems, the meeting, proposals."""

from labapp.demo.cast import Scene
from labapp.demo.script import Gathering, LabDraft, Story, draft
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import Role
from labapp.domain.stage import Stage
from labapp.labs import service as labs
from labapp.problems import service as problems
from labapp.problems.models import Problem
from labapp.problems.service import supports
from labapp.proposals.models import Feasible, Proposal
from labapp.record.acting import Acting
from labapp.responses.models import Decision
from labapp.sessions.models import Contribution, Sector

#: San Martín (Panamá) and the two San Martín de Porres of Veraguas, by census code.
PLACES = ("080818",)
ROLL = 64

SAID: tuple[tuple[str, Decision, str], ...] = (
    ("Limpiar el tanque antes de repararlo.", Decision.INCORPORATED, "Va en la propuesta 1."),
    ("Cercar la toma de agua.", Decision.INCORPORATED, "Es la propuesta 2."),
    ("Analizar el agua dos veces al año.", Decision.INCORPORATED, "Es la propuesta 3."),
    (
        "Cambiar toda la tubería.",
        Decision.PARTLY,
        "La propuesta 4 empieza por 600 metros de la parte alta; el resto pide un estudio.",
    ),
    (
        "Cobrar más por el agua.",
        Decision.NOT_INCORPORATED,
        "La cuota la decide la asamblea del acueducto, no este laboratorio.",
    ),
    ("Turnos de agua por sector.", Decision.INCORPORATED, "Es la propuesta 5."),
    ("Un tanque para la escuela.", Decision.INCORPORATED, "Es la propuesta 6."),
    (
        "Abrir un pozo nuevo.",
        Decision.NOT_INCORPORATED,
        "Falta un estudio del agua bajo tierra antes de poder proponerlo.",
    ),
    (
        "Asfaltar la vía nacional.",
        Decision.OUT_OF_SCOPE,
        "Corresponde a otra entidad; este laboratorio trata del agua.",
    ),
    (
        "Avisar los cortes por WhatsApp.",
        Decision.PARTLY,
        "La junta avisará por el grupo que ya existe; no se abre uno nuevo.",
    ),
)

PROPOSALS: tuple[tuple[str, str, int, Feasible, int | None], ...] = (
    (
        "Reparar el tanque: losa, paredes, tapas",
        "Vaciar y lavar el tanque, reparar la losa y las cuatro paredes, y poner tapas nuevas.",
        4800,
        Feasible.YES,
        0,
    ),
    (
        "Cercar y sembrar alrededor de la toma",
        "Una cerca de alambre y ochenta plantones para que el ganado no llegue a la toma.",
        1950,
        Feasible.YES,
        1,
    ),
    (
        "Dosificador de cloro y análisis del agua",
        "Comprar un dosificador y analizar el agua dos veces al año.",
        1200,
        Feasible.YES,
        2,
    ),
    (
        "Cambiar 600 m de tubería, parte alta",
        "Cambiar los 600 metros que más se rompen, de la toma a la escuela.",
        9400,
        Feasible.STUDY,
        3,
    ),
    (
        "Llaves de paso y turnos por sector",
        "Cinco llaves de paso para repartir el agua por turnos en el verano.",
        2300,
        Feasible.YES,
        5,
    ),
    (
        "Tanque de reserva para la escuela",
        "Un tanque de 2,500 litros para que la escuela no cierre cuando falta el agua.",
        1600,
        Feasible.YES,
        6,
    ),
)


def begin(scene: Scene) -> tuple[Story, list[Proposal]]:
    """Tell the story up to the admitted proposals; return it with them, by number."""
    story = draft(
        scene,
        "facilitador-sm",
        LabDraft(
            name="San Martín",
            motto="Agua limpia todos los días",
            codes=PLACES,
            community="San Martín",
        ),
        day=-152,
    )
    labs.approve(Acting(story.lab, scene.actor("antai1", story.lab), scene.at(-151)))
    crowd = scene.neighbours(ROLL)
    story.welcome([scene.accounts["vecina1"], scene.accounts["vecina2"], *crowd[: ROLL - 2]], -149)
    story.recognize("vecina2", "Vecina 2", -149)
    story.appoint("ingeniera", Role.RESPONSIBLE, -149, "alcaldia")
    story.appoint("acueducto", Role.RESPONSIBLE, -149, "acueducto")
    story.move(Stage.CALL, -150)
    problems = _problems(story)
    story.move(Stage.DEFINITION, -125)
    contributions = _meeting(story, problems)
    story.move(Stage.IDEATION, -107)
    return story, _proposals(story, problems[0], contributions)


def _problems(story: Story) -> list[Problem]:
    scene, crowd = story.scene, story.scene.neighbours(ROLL)
    water = story.tell(
        "El agua sale color chocolate cuando llueve y llega solo de noche.",
        "Parte alta, después de la escuela",
        -148,
        published=-147,
        since="Hace 2 años",
        affects="Unas 60 casas",
    )
    story.support(water, crowd[:33], -140)
    stream = story.tell(
        "La quebrada se crece y los niños no cruzan a la escuela.",
        "Paso de la quebrada, camino a la escuela",
        -146,
        published=-145,
    )
    story.support(stream, crowd[10:37], -139)
    road = story.tell(
        "El camino se lava con cada aguacero.",
        "Camino de entrada, la cuesta",
        -144,
        published=-143,
        on_paper=True,
    )
    story.support(road, crowd[20:39], -138)
    dry = story.tell("En la parte alta pasamos días sin agua.", "Parte alta", -142, published=-141)
    story.support(dry, crowd[41:53], -139)
    dark = story.tell("No hay luz en la parada.", "Parada de la entrada", -140, published=-139)
    story.support(dark, crowd[50:59], -137)
    problems.merge(
        Acting(story.lab, story.guide, scene.at(-136)),
        problem=dry,
        into=water,
        reason="Es la misma agua y el mismo tanque que el problema 1.",
    )
    story.support(water, crowd[41:49], -135)
    vague = story.tell("Arreglen eso.", "Por ahí", -135, published=None)
    problems.give_back(
        Acting(story.lab, story.guide, scene.at(-134)),
        problem=vague,
        words="Cuéntenos qué pasa y dónde, por favor.",
    )
    pointed = story.tell(
        "Alguien de la junta se queda con la plata del agua (texto inventado).",
        "Casa comunal",
        -133,
        published=None,
    )
    problems.reject(
        Acting(story.lab, story.guide, scene.at(-132)),
        problem=pointed,
        code=RemovalCode.NAMES_PERSON,
        words="Señala a una persona. Puede usar el aviso reservado.",
    )
    return [water, stream, road, dark]


def _meeting(story: Story, told: list[Problem]) -> list[Contribution]:
    scene = story.scene
    _meeting_row, contributions = story.meet(
        Gathering(
            day=-118,
            starts=(17, 30),
            ends=(19, 30),
            venue="Rancho comunal",
            agenda="Qué pasa con el agua. Qué se puede hacer. Quién puede hacerlo.",
            came={
                Sector.COMMUNITY: 24,
                Sector.LOCAL_ORGANIZATION: 8,
                Sector.ENTITY: 6,
            },
            said=[words for words, _decision, _reason in SAID],
            minutes="Se leyó lo dicho y se aprobó el acta. Hubo una objeción y fue atendida.",
            closed=-108,
            noted=-117,
        )
    )
    supports.count_hands(Acting(story.lab, story.guide, scene.at(-117)), problem=told[0], hands=12)
    for number, (row, (_words, decision, reason)) in enumerate(
        zip(contributions, SAID, strict=True), start=1
    ):
        story.answer(row.thing, decision, reason, -83 if number == 8 else -100)
    return contributions


def _proposals(story: Story, water: Problem, said: list[Contribution]) -> list[Proposal]:
    authors = [story.scene.accounts["vecina1"], *story.scene.neighbours(ROLL)]
    written = []
    for number, (title, body, cost, feasible, origin) in enumerate(PROPOSALS):
        origins = [water.thing] if origin is None else [water.thing, said[origin].thing]
        proposal = story.propose(authors[number], title, body, origins, -106)
        story.send(proposal, -105)
        story.study(proposal, feasible, cost, "Junta Comunal y Junta del Acueducto", -100)
        written.append(proposal)
    return written
