"""The address of each thing of the thread, known without knowing its room."""

from labapp.domain.kinds import Kind


def page(kind: Kind, number: int | None, *, lab: str | None, plan: str | None = None) -> str:
    """Return the path of a thing's page, or "" for what has no page of its own.

    Args:
        kind: what it is.
        number: its number there; None while it has none.
        lab: the slug of its lab, or
        plan: the slug of its plan, where only meetings have pages.
    """
    if number is None:
        return ""
    if lab is not None:
        return f"/labs/{lab}/{kind.address}/{number}/"
    if plan is not None and kind is Kind.MEETING:
        return f"/plans/{plan}/{kind.address}/{number}/"
    return ""
