"""A thing's title as the thread holds it."""


def short_title(title: str) -> str:
    """Return a title in one line of at most 140 characters."""
    line = " ".join(title.split())
    return line if len(line) <= 140 else line[:139].rstrip() + "…"
