"""Where letters, agreements, steps and evidence stand; the thread holds a copy of the value."""

from enum import StrEnum

from labapp.domain.kinds import RESERVED


class LetterState(StrEnum):
    """Where a letter stands; silence leaves it presented."""

    PRESENTED = "presented"
    ANSWERED = "answered"


class AgreementState(StrEnum):
    """Where an agreement stands."""

    DRAFT = "draft"
    ACCEPTED = "accepted"


class MilestoneState(StrEnum):
    """Where a step of an agreement stands; one taken out of a draft has no row any more."""

    DRAFT = "draft"
    OPEN = "open"
    MET = "met"
    REMOVED = "removed"


class EvidenceState(StrEnum):
    """Whether everybody may see a piece of evidence."""

    PUBLIC = "public"
    RESERVED = RESERVED


class LinkState(StrEnum):
    """Whether the address given to an entity still opens; read from its dates, never stored."""

    OPEN = "open"
    EXPIRED = "expired"
    ENDED = "ended"
