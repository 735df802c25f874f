"""Who reads what a person writes or sends, when, and for how long: said before it is sent."""

from enum import StrEnum

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from labapp.domain.errors import mark


class Reader(StrEnum):
    """What becomes of words and files; a test of ``tests/readers`` proves each sentence."""

    #: At once, and it stays.
    EVERYBODY = "everybody"
    #: Beside what somebody publishes: the name of an account.
    BESIDE_OTHERS = "beside_others"
    #: The team first, within ``MODERATION_DAYS``, then everybody.
    AFTER_REVIEW = "after_review"
    #: The author until it is sent from its page.
    ONCE_SENT = "once_sent"
    #: The team and the entity until the entity accepts, then everybody.
    ONCE_ACCEPTED = "once_accepted"
    #: Facilitators and ANTAI until the lab is approved, then everybody.
    ONCE_APPROVED = "once_approved"
    #: Without a name, once as many neighbours have looked as the agreement asks for.
    ONCE_ENOUGH_LOOKED = "once_enough_looked"
    #: Nobody: that one more neighbour looked is counted, and the committee's answers stand.
    COUNTED = "counted"
    #: In the act of the count, where what it says can be told without giving a vote away.
    WITH_RESULT = "with_result"
    #: The author and whoever decides, never the public.
    AUTHOR_AND_DESK = "author_and_desk"
    #: The entity it is of, the team and ANTAI, never the public.
    ENTITY_AND_DESK = "entity_and_desk"
    #: The team and ANTAI, never the public.
    DESK = "desk"
    #: What an account signs in with.
    OWNER = "owner"

    @property
    def is_public(self) -> bool:
        """Tell whether everybody comes to read it."""
        never = (self.AUTHOR_AND_DESK, self.ENTITY_AND_DESK, self.DESK, self.OWNER, self.COUNTED)
        return self not in never

    def sentence(self) -> str:
        """Say it, in the reader's language."""
        if self is self.AFTER_REVIEW:
            days = current_app.config["MODERATION_DAYS"]
            said: str = ngettext(
                "The team reads it first, in %(num)d day at the most (a term set by this site). "
                "Once published, everybody reads it; you can correct it or take it back.",
                "The team reads it first, in %(num)d days at the most (a term set by this site). "
                "Once published, everybody reads it; you can correct it or take it back.",
                days,
            )
            return said
        return str(_(_SENTENCES[self]))


_SENTENCES = {
    Reader.EVERYBODY: mark("Everybody reads it as soon as you send it, and it stays."),
    Reader.BESIDE_OTHERS: mark("Everybody sees it beside what you sign, until you change it."),
    Reader.ONCE_SENT: mark("Only you read it until you send it from its page."),
    Reader.ONCE_ACCEPTED: mark(
        "Only the team and the entity read it until the entity accepts; then everybody, and it "
        "stays."
    ),
    Reader.ONCE_APPROVED: mark(
        "Everybody reads it from the day ANTAI approves the lab; before, only its facilitators "
        "and ANTAI."
    ),
    Reader.ONCE_ENOUGH_LOOKED: mark(
        "Everybody reads it once enough neighbours have looked. Your name is never published."
    ),
    Reader.COUNTED: mark(
        "The public reads that one more neighbour looked, and the answers of the committee, which "
        "watches this work. Your name is never published."
    ),
    Reader.WITH_RESULT: mark(
        "Everybody may read it once the result is published: it stands in the act of the count, "
        "and stays."
    ),
    Reader.AUTHOR_AND_DESK: mark(
        "Only whoever it concerns and whoever decides read what you write. It is never published."
    ),
    Reader.ENTITY_AND_DESK: mark(
        "Only the entity, the lab's team, ANTAI and the committee that watches this agreement read "
        "it. It is never published."
    ),
    Reader.DESK: mark("Only the lab's team and ANTAI may read it. It is never published."),
    Reader.OWNER: mark(
        "Your username and mail are never published, and are erased when you delete your account."
    ),
}
