"""The kinds of thing on the thread: each with its word, its address, and how it is numbered."""

from enum import StrEnum

from labapp.domain.errors import mark


class Kind(StrEnum):
    """A noun on the line from problem to review. The value is stored; do not rename it."""

    PROBLEM = "problem"
    MEETING = "meeting"
    CONTRIBUTION = "contribution"
    PROPOSAL = "proposal"
    CONSULTATION = "consultation"
    LETTER = "letter"
    AGREEMENT = "agreement"
    MILESTONE = "milestone"
    EVIDENCE = "evidence"
    WORK = "work"
    COMMITTEE = "committee"
    VISIT = "visit"
    FINDING = "finding"
    REVIEW = "review"

    @property
    def label(self) -> str:
        """The noun, in the singular, for gettext."""
        return LABELS[self]

    @property
    def many(self) -> str:
        """The noun, in the plural, for gettext."""
        return PLURALS[self]

    @property
    def address(self) -> str:
        """The plural under which things of this kind stand in a lab's address."""
        return ADDRESSES[self]


LABELS: dict[Kind, str] = {
    Kind.PROBLEM: mark("Problem"),
    Kind.MEETING: mark("Meeting"),
    Kind.CONTRIBUTION: mark("Contribution"),
    Kind.PROPOSAL: mark("Proposal"),
    Kind.CONSULTATION: mark("Vote"),
    Kind.LETTER: mark("Letter"),
    Kind.AGREEMENT: mark("Agreement"),
    Kind.MILESTONE: mark("Step"),
    Kind.EVIDENCE: mark("Evidence"),
    Kind.WORK: mark("Public work"),
    Kind.COMMITTEE: mark("Committee"),
    Kind.VISIT: mark("Visit"),
    Kind.FINDING: mark("Finding"),
    Kind.REVIEW: mark("Review"),
}

PLURALS: dict[Kind, str] = {
    Kind.PROBLEM: mark("Problems"),
    Kind.MEETING: mark("Meetings"),
    Kind.CONTRIBUTION: mark("Contributions"),
    Kind.PROPOSAL: mark("Proposals"),
    Kind.CONSULTATION: mark("Votes"),
    Kind.LETTER: mark("Letters"),
    Kind.AGREEMENT: mark("Agreements"),
    Kind.MILESTONE: mark("Steps"),
    Kind.EVIDENCE: mark("Pieces of evidence"),
    Kind.WORK: mark("Public works"),
    Kind.COMMITTEE: mark("Committees"),
    Kind.VISIT: mark("Visits"),
    Kind.FINDING: mark("Findings"),
    Kind.REVIEW: mark("Reviews"),
}

ADDRESSES: dict[Kind, str] = {
    Kind.PROBLEM: "problems",
    Kind.MEETING: "sessions",
    Kind.CONTRIBUTION: "contributions",
    Kind.PROPOSAL: "proposals",
    Kind.CONSULTATION: "votes",
    Kind.LETTER: "letters",
    Kind.AGREEMENT: "agreements",
    Kind.MILESTONE: "milestones",
    Kind.EVIDENCE: "documents",
    Kind.WORK: "works",
    Kind.COMMITTEE: "committees",
    Kind.VISIT: "visits",
    Kind.FINDING: "findings",
    Kind.REVIEW: "reviews",
}

KIND_AT: dict[str, Kind] = {address: kind for kind, address in ADDRESSES.items()}
