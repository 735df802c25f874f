"""Load the whole demonstration, scene after scene."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from labapp.db import db
from labapp.demo import other_labs
from labapp.demo.cast import Scene, open_stage
from labapp.demo.san_martin import audit, delivery
from labapp.demo.san_martin import beginning as san_martin
from labapp.demo.san_miguel import beginning as san_miguel
from labapp.demo.san_miguel import present
from labapp.plans import service as plans
from labapp.plans.models import Measure
from labapp.record.acting import Acting
from labapp.sessions.service import import_meeting
from labapp.territory import service as territory

TARGETS: tuple[tuple[str, Measure, int], ...] = (
    ("Laboratorios de seguimiento", Measure.FOLLOW_UP_LABS, 6),
    ("Laboratorios nuevos", Measure.NEW_LABS, 2),
    ("Laboratorios en comarcas", Measure.LABS_IN_COMARCAS, 1),
    ("Reuniones celebradas", Measure.MEETINGS, 8),
    ("Acuerdos en marcha", Measure.AGREEMENTS, 6),
)
#: How many steps ``load`` takes, for the progress bar.
STEPS = 9


def load(today: date, files: Path, keep: Callable[[Scene], None]) -> Iterator[str]:
    """Load the demonstration, committing after each step, and yield the name of each step done.

    Args:
        today: the day of loading, in Panama.
        files: the folder of the instance's files.
        keep: called with the cast once its accounts exist.
    """
    territory.import_places()
    db.session.commit()
    yield "places"
    scene = open_stage(today, files)
    keep(scene)
    _plan(scene)
    yield _done("cast and plan")
    story, papers = san_martin.begin(scene)
    yield _done("San Martín: problems and proposals")
    delivery.vote(story, papers)
    yield _done("San Martín: vote")
    tank, _intake = delivery.agree(story, papers)
    yield _done("San Martín: agreements")
    audit.watch(story, tank)
    audit.report(story)
    yield _done("San Martín: committee and review")
    walk, _told, meeting, _papers = san_miguel.begin(scene)
    yield _done("San Miguel: problems and proposals")
    present.clean(walk, meeting)
    present.watch(walk)
    present.vote(walk)
    san_miguel.waiting(walk)
    yield _done("San Miguel: vote")
    before, problem = other_labs.earlier(scene)
    other_labs.following(scene, before, problem)
    yield _done("the other labs")


def _plan(scene: Scene) -> None:
    antai = scene.actor("antai1")
    plan = plans.add_plan(
        Acting(None, antai, scene.at(-198)),
        name="5.º Plan de Acción Nacional de Gobierno Abierto 2023-2025",
        starts_on=date(2023, 1, 1),
        ends_on=date(2025, 12, 31),
        source="Acta publicada de la mesa del 25 de julio de 2023.",
    )
    scene.plan_id = plan.id
    for title, measure, goal in TARGETS:
        plans.add_target(
            Acting(None, antai, scene.at(-198)),
            plan,
            plans.TargetDraft(title=f"{title} (meta de ejemplo)", measure=measure, goal=goal),
            example=True,
        )
    import_meeting.import_plan_meeting(
        Acting(None, antai, scene.at(-198)), plan, facts=import_meeting.table_of_2023()
    )


def _done(name: str) -> str:
    db.session.commit()
    return name
