"""The act in words: the same sections for the page and for the PDF, in the reader's language."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from flask_babel import gettext as _

from labapp.counting.bundle import turnout_check
from labapp.counting.bundle.published_vote import PublishedOption, PublishedVote
from labapp.counting.outcome import Counted
from labapp.polling.models import Batch
from labapp.results.documents import outcome, participation, rounds
from labapp.results.documents.sections import Section
from labapp.results.models import TallyAct
from labapp.voting.documents import rules_text
from labapp.voting.models import Vote
from labapp.web.formatting import moment, money


@dataclass(frozen=True, slots=True)
class ActDocument:
    """The act, ready to be drawn."""

    title: str
    question: str
    nature: str
    sections: Sequence[Section] = field(default_factory=tuple)

    @property
    def plain(self) -> dict[str, Any]:
        """The same as JSON can hold it."""
        return asdict(self)


def act_document(
    consultation: Vote,
    vote: PublishedVote,
    counted: Counted,
    act: TallyAct,
    piles: Sequence[Batch],
) -> ActDocument:
    """Return the act of a published vote.

    Args:
        consultation: the vote as stored.
        vote: what is published of it.
        counted: its count, as ``write.decided`` gives it.
        act: its seals.
        piles: its piles of paper, in order.
    """
    voters = sum(vote.turnout.values())
    found = (
        _asked(consultation, vote),
        _who(consultation, vote),
        participation.turnout_section(vote, voters, rules_text.quorum(consultation)),
        participation.handout_section(vote),
        participation.piles(vote, piles),
        participation.witness_section(vote),
        outcome.count(vote, counted),
        rounds.each(vote, counted),
        outcome.result(vote, counted, stands=voters >= vote.quorum),
        outcome.ties(vote, counted),
        participation.differences(vote, piles),
        _seals(vote, act),
    )
    return ActDocument(
        title=_("Act of the count"),
        question=vote.question,
        nature=_(
            "Not binding: it sets a priority. It is no promise until somebody competent accepts."
        ),
        sections=[section for section in found if section],
    )


def _asked(consultation: Vote, vote: PublishedVote) -> Section:
    facts = [
        (_("Lab"), vote.lab),
        (_("Vote"), str(consultation.thing.number)),
        (_("Method"), _(vote.method.label)),
        (_("Options"), "; ".join(_option(n, o) for n, o in enumerate(vote.options, 1))),
        (_("Announced"), moment(consultation.announced_at)),
        (_("It opened"), moment(vote.opened_at)),
        (_("It closed"), moment(vote.closed_at)),
    ]
    if vote.budget is None:
        facts.insert(3, (_("How many are chosen"), str(vote.seats)))
    else:
        given = {"money": money(vote.budget), "who": consultation.funder}
        facts.insert(3, (_("Money to share"), _("%(money)s, committed by: %(who)s", **given)))
    facts[4:4] = rules_text.method(consultation)
    if consultation.published_at:
        facts.append((_("Counted and published"), moment(consultation.published_at)))
    return Section(_("What was asked"), facts=facts)


def _option(number: int, option: PublishedOption) -> str:
    """Return an option as the paper numbers it, with its cost if it has one."""
    cost = "" if option.cost is None else f" ({money(option.cost)})"
    return f"{number}. {option.label}{cost}"


def _who(consultation: Vote, vote: PublishedVote) -> Section:
    return Section(
        _("Who could vote"),
        [
            rules_text.who(consultation),
            _(
                "The names are not published. The hash fixes the list: whoever is shown it in the "
                "hall can compute the hash again."
            ),
        ],
        [
            (_("On the list"), str(vote.roll.count)),
            (_("Hash of the list (SHA-256)"), vote.roll.hash),
        ],
    )


def _seals(vote: PublishedVote, act: TallyAct) -> Section:
    withheld = turnout_check.withholds_receipts(vote)
    none = _("not published: so few ballots could be guessed from it")
    facts = [
        (_("Ballots"), act.ballots_root or none),
        (_("Receipts"), _("not published") if withheld else act.receipts_root),
    ]
    notes = [_("Merkle roots (RFC 6962, SHA-256) of both lists, each in ascending order.")]
    if withheld:
        notes.append(
            _(
                "The receipts are not listed, nor is their root: they would tell how many took "
                "part in a way that very few used. Each can still be looked for on the page of the "
                "vote."
            )
        )
    return Section(_("Seals"), notes, facts)
