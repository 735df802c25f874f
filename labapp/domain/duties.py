"""What can be owed on a thing, one row each: stored value and the words of a list and a thread."""

from enum import StrEnum

from labapp.domain.errors import mark

#: Why something is owed by its day, where this site sets the term: an answer to what people sent.
#: Stored with the duty, as is the next; do not change either.
ANSWER_TERM = mark("a term set by this site")
#: The same of what is owed in following up and auditing: no law was found to set the term.
SITE_TERM = mark("term set by this site")


class DutyKind(StrEnum):
    """What somebody owes by a day. The value is stored; do not rename it.

    Attributes:
        late: what a list of what is late says of it, for gettext.
        owed: what the thread says of it once its day has passed.
        ahead: the same while its day has not come.
        is_answer: whoever meets it answers; otherwise something is done.
    """

    late: str
    owed: str
    ahead: str
    is_answer: bool

    MODERATION = (
        "moderation",
        mark("Something sent waits to be reviewed"),
        mark("The review of what was sent is owed"),
        mark("Somebody reviews it"),
    )
    APPEAL = (
        "appeal",
        mark("An appeal waits to be heard"),
        mark("The hearing of the appeal is owed"),
        mark("ANTAI hears the appeal"),
        True,
    )
    ANNULMENT = (
        "annulment",
        mark("ANTAI owes an answer: is the vote annulled?"),
        mark("ANTAI's answer is owed: is the vote annulled?"),
        mark("ANTAI answers whether the vote is annulled"),
        True,
    )
    RESPONSE = (
        "response",
        mark("An answer is owed: what was decided and why"),
        mark("An answer is owed"),
        mark("An answer"),
        True,
    )
    OBJECTION = (
        "objection",
        mark("Somebody objects to the list of a vote and waits for an answer"),
        mark("The answer to objections to the list is owed"),
        mark("The answer to objections to the list"),
        True,
    )
    LETTER = (
        "letter",
        mark("A letter waits for its answer"),
        mark("The answer to the letter is owed"),
        mark("The answer to the letter"),
        True,
    )
    REPLY = (
        "reply",
        mark("A reply to the committee is owed"),
        mark("The reply to what the committee found is owed"),
        mark("The reply to what the committee found"),
        True,
    )
    STEP = (
        "step",
        mark("A step is not done"),
        mark("A step is owed"),
        mark("A step to be done"),
    )
    REVIEW = (
        "review",
        mark("A review is owed"),
        mark("ANTAI's review is owed"),
        mark("ANTAI's review"),
    )
    REPORT = (
        "report",
        mark("A final report is owed"),
        mark("The committee's final report is owed"),
        mark("The committee's final report"),
    )
    CERTIFICATE = (
        "certificate",
        mark("ANTAI's certificate is owed"),
        mark("ANTAI's certificate is owed"),
        mark("ANTAI's certificate"),
    )
    ANSWER = (
        "answer",
        mark("The lab owes ANTAI an answer"),
        mark("The lab owes ANTAI an answer"),
        mark("The lab's answer to ANTAI"),
    )

    def __new__(
        cls, value: str, late: str = "", owed: str = "", ahead: str = "", is_answer: bool = False
    ) -> "DutyKind":
        """Make one row of the table."""
        duty = str.__new__(cls, value)
        duty._value_ = value
        duty.late, duty.owed, duty.ahead, duty.is_answer = late, owed, ahead, is_answer
        return duty
