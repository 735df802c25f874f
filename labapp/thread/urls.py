"""The address of each thing of the thread, known without knowing its room."""

from labapp.domain.kinds import Kind
from labapp.labs import urls


def listing(kind: Kind, *, lab: str | None, plan: str | None = None) -> str:
    """Return the path under which things of a kind stand, or "" where they have no pages.

    Args:
        kind: what they are.
        lab: the slug of their lab, or
        plan: the slug of their plan, where only meetings have pages.
    """
    if lab is not None:
        return f"{urls.page(lab)}{kind.address}/"
    if plan is not None and kind is Kind.MEETING:
        return f"/plans/{plan}/{kind.address}/"
    return ""


def page(kind: Kind, number: int | None, *, lab: str | None, plan: str | None = None) -> str:
    """Return the path of a thing's page, or "" for what has no page of its own.

    Args:
        kind: what it is.
        number: its number there; None while it has none.
        lab: the slug of its lab, or
        plan: the slug of its plan.
    """
    above = listing(kind, lab=lab, plan=plan)
    return f"{above}{number}/" if above and number is not None else ""
