"""The kinds of thing on the thread, one row each: stored value, address, noun, plural."""

from enum import StrEnum

from labapp.domain.errors import mark


class Kind(StrEnum):
    """A noun on the line from problem to review. The value is stored; do not rename it.

    Attributes:
        address: the plural under which things of this kind stand in a lab's address.
        label: the noun, in the singular, for gettext.
        many: the noun, in the plural, for gettext.
    """

    address: str
    label: str
    many: str

    PROBLEM = "problem", "problems", mark("Problem"), mark("Problems")
    MEETING = "meeting", "sessions", mark("Meeting"), mark("Meetings")
    CONTRIBUTION = "contribution", "contributions", mark("Contribution"), mark("Contributions")
    PROPOSAL = "proposal", "proposals", mark("Proposal"), mark("Proposals")
    VOTE = "consultation", "votes", mark("Vote"), mark("Votes")
    LETTER = "letter", "letters", mark("Letter"), mark("Letters")
    AGREEMENT = "agreement", "agreements", mark("Agreement"), mark("Agreements")
    MILESTONE = "milestone", "milestones", mark("Step"), mark("Steps")
    EVIDENCE = "evidence", "documents", mark("Evidence"), mark("Pieces of evidence")
    WORK = "work", "works", mark("Public work"), mark("Public works")
    COMMITTEE = "committee", "committees", mark("Committee"), mark("Committees")
    VISIT = "visit", "visits", mark("Visit"), mark("Visits")
    FINDING = "finding", "findings", mark("Finding"), mark("Findings")
    REVIEW = "review", "reviews", mark("Review"), mark("Reviews")

    def __new__(cls, value: str, address: str = "", label: str = "", many: str = "") -> "Kind":
        """Make one row of the table."""
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.address, kind.label, kind.many = address, label, many
        return kind


#: The state of a thing that is there for everybody, under the reason why it is not shown.
RESERVED = "reserved"
KIND_AT: dict[str, Kind] = {kind.address: kind for kind in Kind}
