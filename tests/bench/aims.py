"""What the house set itself, and whether a run met it."""

from typing import Any

#: Of the bare page's CPU; of its own CPU at the smallest size; of the floors' rates; MiB.
LIST, GROWTH, BARE, PLAIN, MEMORY = 2.0, 1.2, 1 / 3, 0.7, 150.0


def of(found: dict[str, Any]) -> list[str]:
    """Return a sentence for each aim, beginning with "met" or "MISSED"."""
    floors, sizes = found["floors"], found["sizes"]
    first, last = sizes[min(sizes)], sizes[max(sizes)]
    here = min(sizes, key=lambda rows: abs(rows - 10_000))
    middle = sizes[here]
    listed = middle["list"]["cpu ms"] / floors["bare list"]["cpu ms"]
    grown = last["list"]["cpu ms"] / first["list"]["cpu ms"]
    far = last["list, page 300"]["cpu ms"] / first["list"]["cpu ms"]
    bare = middle["vote (POST)"]["rate"] / middle["bare vote (POST)"]["rate"]
    plain = middle["vote (POST)"]["rate"] / middle["plain vote (POST)"]["rate"]
    card = middle["card (POST)"]["rate"] / middle["bare vote (POST)"]["rate"]
    cards = middle["card (POST)"]["rate"] / middle["plain vote (POST)"]["rate"]
    idle, busy = (middle[when]["workers and job"] for when in ("idle MiB", "busy MiB"))
    return [
        _said(listed <= LIST, f"the list costs {listed:.2f} of the bare page, at most {LIST}"),
        _said(grown <= GROWTH, f"the list grows to {grown:.2f} of itself, at most {GROWTH}"),
        _said(far <= GROWTH, f"its page 300 costs {far:.2f} of page 1 of the smallest"),
        _said(bare >= BARE, f"votes come at {bare:.2f} of the bare rate, at least {BARE:.2f}"),
        _said(plain >= PLAIN, f"votes come at {plain:.2f} of the plain rate, at least {PLAIN}"),
        _said(card >= BARE, f"votes by card come at {card:.2f} of the bare rate"),
        _said(cards >= PLAIN, f"votes by card come at {cards:.2f} of the plain rate"),
        _said(idle <= MEMORY, f"two workers and the job process hold {idle} MiB at rest"),
        _said(busy <= MEMORY, f"and {busy} MiB after the runs, at most {MEMORY:.0f}"),
    ]


def _said(met: bool, sentence: str) -> str:
    return f"{'met' if met else 'MISSED':6} {sentence}"
