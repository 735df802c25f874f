"""A device in words, from what its browser said of itself."""

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def words(said: str) -> str:
    """Return the browser and the system, or "" when neither is known."""
    names = (
        next((name for sign, name in signs if sign in said), "") for signs in (_BROWSERS, _SYSTEMS)
    )
    return " · ".join(name for name in names if name)
