"""Problems for tests, in any state."""

from labapp.domain.policy import Role
from labapp.domain.roles import VISITOR
from labapp.labs.models import Lab
from labapp.problems import service
from labapp.problems.models import Problem
from labapp.problems.service import ProblemText
from labapp.record.acting import Acting
from tests.make import NOW, Make

WHAT = "El agua sale color chocolate cuando llueve y llega solo de noche."


def problem(make: Make, lab: Lab, *, published: bool = True, what: str = WHAT) -> Problem:
    """Tell a problem, and publish it unless said."""
    told = ProblemText(what=what, where="Parte alta")
    row = service.tell(Acting(lab, VISITOR, NOW), told=told, days=3)
    if published:
        actor = make.actor(lab, Role.FACILITATOR)
        service.publish(Acting(lab, actor, NOW), problem=row)
    return row
