"""What is kept of a secret token: enough to know it again, too little to send it."""

from hashlib import sha256


def hash_token(token: str) -> str:
    """Return what is kept of a token: its SHA-256, in hexadecimal."""
    return sha256(token.encode()).hexdigest()
