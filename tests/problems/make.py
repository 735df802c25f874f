"""Problems for tests, in any state."""

from labapp.domain.policy import Role
from labapp.domain.roles import VISITOR
from labapp.labs.models import Lab
from labapp.problems import service
from labapp.problems.models import Problem
from labapp.problems.service import Told
from tests.make import NOW, Make

WHAT = "El agua sale color chocolate cuando llueve y llega solo de noche."


def problem(make: Make, lab: Lab, *, published: bool = True, what: str = WHAT) -> Problem:
    """Tell a problem, and publish it unless said."""
    told = Told(what=what, where="Parte alta")
    row = service.tell(lab, VISITOR, told=told, days=3, now=NOW)
    if published:
        actor = make.actor(lab, Role.FACILITATOR)
        service.publish(lab, actor, problem=row, now=NOW)
    return row
