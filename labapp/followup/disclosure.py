"""Who may see what is not public of an agreement: a draft, and evidence that is withheld."""

from labapp.domain.roles import Actor, Role


def drafts_for(actor: Actor) -> frozenset[int] | None:
    """Return the entities whose drafts this person sees; None for every draft."""
    return None if Role.FACILITATOR in actor.roles else actor.organizations


def shows_draft(actor: Actor, organization_id: int) -> bool:
    """Tell whether this person sees the drafts of agreements with this entity."""
    entities = drafts_for(actor)
    return entities is None or organization_id in entities


def shows_reserved(actor: Actor, organization_id: int) -> bool:
    """Tell whether this person sees evidence of this entity that the public may not."""
    judges = actor.roles & {Role.FACILITATOR, Role.REVIEWER}
    return bool(judges) or actor.speaks_for(organization_id)
