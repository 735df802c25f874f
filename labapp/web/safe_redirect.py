"""Keep people on this site: an address to go back to is a path of it, or the start."""

from urllib.parse import urlsplit


def local_path(address: str, host: str) -> str:
    """Return the path and query of an address of this site; "/" for any other.

    Args:
        address: what a link or a form brought; may be anything.
        host: the host of this request; an address that names it is of this site.
    """
    if any(c <= " " or c in "\\\x7f" for c in address):
        return "/"
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    own = not parts.netloc and not parts.scheme
    if not own and not (parts.scheme in ("http", "https") and parts.netloc == host):
        return "/"
    if not parts.path.startswith("/") or parts.path.startswith("//"):
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
