"""May they? Asks the row of an act: who, at which stage, and what they must be to the object."""

from dataclasses import dataclass

from labapp.domain.acts import Act
from labapp.domain.errors import Denied, mark
from labapp.domain.roles import IN_LAB, LACKING, Actor, Relation, Role
from labapp.domain.stage import Stage

__all__ = ["Act", "Actor", "Permission", "Relation", "Role", "may", "require"]


@dataclass(frozen=True, slots=True)
class Permission:
    """Yes, or no with the reason to show."""

    ok: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.ok


def _stands(actor: Actor, relation: Relation, relations: frozenset[Relation] | None) -> bool:
    """Answer one relation. NOT_OWN_LAB follows from the roles held here, now or once."""
    if relation is Relation.NOT_OWN_LAB:
        return not (actor.roles | actor.others | actor.past) & IN_LAB
    return relations is None or relation in relations


def may(
    actor: Actor, act: Act, stage: Stage | None = None, relations: frozenset[Relation] | None = None
) -> Permission:
    """Answer whether ``actor`` may do ``act`` while the lab stands at ``stage``.

    Args:
        actor: as seen from the lab, or from the site for acts of no lab.
        act: its row is asked.
        stage: the lab's stage; None for acts of no lab.
        relations: what the person is to the object; None where the object is not at hand
            yet (a page's gate), and then the relation is asked again by the service.

    No role outranks the stage: a facilitator cannot vote before voting opens.
    """
    rule = act.row
    if rule.roles is not None and not actor.roles & rule.roles:
        return Permission(False, mark("Your role here does not allow this."))
    if rule.stages is not None and stage not in rule.stages:
        return Permission(False, mark("This is not open at the present stage of the lab."))
    if rule.relation is not None and not _stands(actor, rule.relation, relations):
        return Permission(False, LACKING[rule.relation])
    return Permission(True)


def require(
    actor: Actor,
    act: Act,
    stage: Stage | None = None,
    relations: frozenset[Relation] | None = None,
) -> None:
    """Raise Denied unless ``may(actor, act, stage, relations)``.

    Raises:
        Denied: with the reason to show.
        ValueError: the act demands a relation and the service did not say which there are.
    """
    relation = act.row.relation
    if relation not in (None, Relation.NOT_OWN_LAB) and relations is None:
        raise ValueError(f"{act} needs the relations held")
    if not (verdict := may(actor, act, stage, relations)):
        raise Denied(verdict.reason)
