"""Who may see what is not public of an agreement: a draft, and evidence that is withheld."""

from labapp import hooks
from labapp.domain.roles import Actor, Role
from labapp.followup.models import Agreement


def drafts_for(actor: Actor) -> frozenset[int] | None:
    """Return the entities whose drafts this person sees; None for every draft."""
    return None if Role.FACILITATOR in actor.roles else actor.organizations


def shows_draft(actor: Actor, organization_id: int) -> bool:
    """Tell whether this person sees the drafts of agreements with this entity."""
    entities = drafts_for(actor)
    return entities is None or organization_id in entities


def shows_reserved(actor: Actor, agreement: Agreement) -> bool:
    """Tell whether this person sees evidence of an agreement that the public may not.

    The lab's facilitators and ANTAI do, the entity itself, and whoever sits on the committee that
    watches this agreement, for as long as they do. One statement for who has a seat, else none.
    """
    judges = actor.roles & {Role.FACILITATOR, Role.REVIEWER}
    if judges or actor.speaks_for(agreement.organization_id):
        return True
    if Role.COMMITTEE not in actor.roles or actor.person_id is None:
        return False
    return any(watches(agreement.id, actor.person_id) for watches in hooks.watchers)
