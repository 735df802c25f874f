"""The rules of a vote in plain words, as the page and the papers say them."""

import json

from flask_babel import gettext as _
from flask_babel import ngettext

from labapp.counting.method import MethodQuestion
from labapp.voting import quorum as quorum_rules
from labapp.voting.documents import invalid_ballots
from labapp.voting.models import Vote
from labapp.web.formatting import money


def channels(vote: Vote) -> str:
    """Return the ways to take part."""
    return ", ".join(_(channel.label) for channel in vote.offered_channels)


def quorum(vote: Vote) -> str:
    """Return the ballots needed for the result to stand; "" where none is asked."""
    needed = quorum_rules.ballots_needed(vote)
    ballots = str(ngettext("%(num)d ballot", "%(num)d ballots", needed))
    if not vote.quorum_share:
        return ballots if needed else ""
    share = str(_("%(share)s of the list of voters", share=f"{vote.quorum_share} %"))
    return share if vote.roll_size is None else f"{share}: {ballots}"


def who(vote: Vote) -> str:
    """Return who may vote, in one sentence."""
    if vote.opened_at:
        return str(_("The members of the lab when the vote opened, with or without an account."))
    return str(_("The members of the lab when the vote opens, with or without an account."))


def details(vote: Vote) -> list[tuple[str, str]]:
    """Return the rules that the page states beside the plain ones, each with its question."""
    return [(str(_("Who may vote")), who(vote)), *method(vote)]


def method(vote: Vote) -> list[tuple[str, str]]:
    """Return what else the method was told, each with its question."""
    given = json.loads(vote.parameters)
    terms = [
        (_(each.told), _answer(each, given.get(each.name, ""))) for each in vote.method.questions
    ]
    return [
        (str(question), answer)
        for question, answer in [*terms, invalid_ballots.rule(vote)]
        if answer
    ]


def _answer(question: MethodQuestion, given: str) -> str:
    """Return what was answered, in words; an amount as money."""
    if question.choices is None:
        return money(int(given)) if given.isdigit() else ""
    return str(_(question.choices[given])) if given in question.choices else ""
