"""What an entry is sealed with: its content in one form, and the hash that chains it."""

import json
from hashlib import sha256
from typing import Any

from labapp.record.models import Entry


def canonical(values: dict[str, Any]) -> str:
    """Return ``values`` as JSON that is the same for the same content."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(entry: Entry, previous: str) -> str:
    """Return the hash of an entry: SHA-256 over the hash before it and its own content."""
    content = canonical(
        {
            "chain": entry.chain,
            "position": entry.position,
            "at": entry.at.isoformat(),
            "act": entry.act,
            "role": entry.role.value if entry.role else None,
            "person": entry.person_id,
            "lab": entry.lab_id,
            "thing": entry.thing_id,
            "before": entry.before,
            "after": entry.after,
            "reason": entry.reason,
        }
    )
    return sha256(f"{previous}\n{content}".encode()).hexdigest()
