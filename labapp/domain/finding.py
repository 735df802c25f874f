"""What a committee's finding is about, and how grave it is: stored values and their words."""

from enum import StrEnum

from labapp.domain.errors import mark


class Sort(StrEnum):
    """What a finding is about."""

    TECHNICAL = "technical"
    ADMINISTRATIVE = "administrative"
    COMPLAINT = "complaint"

    @property
    def label(self) -> str:
        """The words for this sort, for gettext."""
        return _SORTS[self]


class Severity(StrEnum):
    """How grave a finding is."""

    MINOR = "minor"
    MEDIUM = "medium"
    GRAVE = "grave"

    @property
    def label(self) -> str:
        """The words for this severity, for gettext."""
        return _SEVERITIES[self]


_SORTS = {
    Sort.TECHNICAL: mark("Technical"),
    Sort.ADMINISTRATIVE: mark("Administrative"),
    Sort.COMPLAINT: mark("Complaint of the community"),
}
_SEVERITIES = {
    Severity.MINOR: mark("Minor"),
    Severity.MEDIUM: mark("Medium"),
    Severity.GRAVE: mark("Grave"),
}
