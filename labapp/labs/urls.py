"""The address of a lab, under which all that is the lab's stands."""


def page(slug: str) -> str:
    """Return the path of a lab's page; what is the lab's begins with it."""
    return f"/labs/{slug}/"
