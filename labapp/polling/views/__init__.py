"""The pages of the hall; imported here so that the blueprint holds them all."""

from labapp.polling.views import (
    batches,
    card_ballot,
    cards,
    desk,
    kiosk,
    reconciliation,
    roll,
    transcription,
)
from labapp.polling.views.blueprint import bp

__all__ = [
    "batches",
    "bp",
    "card_ballot",
    "cards",
    "desk",
    "kiosk",
    "reconciliation",
    "roll",
    "transcription",
]
