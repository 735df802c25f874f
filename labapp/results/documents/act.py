"""The act in words: the same sections for the page and for the PDF, in the reader's language."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from flask_babel import gettext as _

from labapp.counting.bundle import turnout_check
from labapp.counting.bundle.published_vote import PublishedOption, PublishedVote
from labapp.counting.outcome import Count
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
    vote: Vote,
    published: PublishedVote,
    counted: Count,
    act: TallyAct,
    piles: Sequence[Batch],
    *,
    declared: bool,
) -> ActDocument:
    """Return the act of a published vote.

    Args:
        vote: the vote as stored.
        published: what is published of it.
        counted: its count, as ``write.decide_vote`` gives it.
        act: its seals.
        piles: its piles of paper, in order.
        declared: whether each of its witnesses declared that nothing kept them from it.
    """
    voters = sum(published.turnout.values())
    sections = (
        _asked(vote, published),
        _who(vote, published),
        participation.turnout_section(published, voters, rules_text.quorum(vote)),
        participation.handout_section(published),
        participation.piles(published, piles),
        participation.witness_section(published, declared=declared),
        outcome.count(published, counted),
        rounds.each(published, counted),
        outcome.result(published, counted, stands=voters >= published.quorum),
        outcome.ties(published, counted),
        participation.differences(published, piles),
        _seals(published, act),
    )
    return ActDocument(
        title=_("Act of the count"),
        question=published.question,
        nature=_(
            "Not binding: it sets a priority. It is no promise until somebody competent accepts."
        ),
        sections=[section for section in sections if section],
    )


def _asked(vote: Vote, published: PublishedVote) -> Section:
    facts = [
        (_("Lab"), published.lab),
        (_("Vote"), str(vote.thing.number)),
        (_("Method"), _(published.method.label)),
        (_("Options"), "; ".join(_option(n, o) for n, o in enumerate(published.options, 1))),
        (_("Announced"), moment(vote.announced_at)),
        (_("It opened"), moment(published.opened_at)),
        (_("It closed"), moment(published.closed_at)),
    ]
    if published.budget is None:
        facts.insert(3, (_("How many are chosen"), str(published.seats)))
    else:
        given = {"money": money(published.budget), "who": vote.funder}
        facts.insert(3, (_("Money to share"), _("%(money)s, committed by: %(who)s", **given)))
    facts[4:4] = rules_text.method(vote)
    if vote.published_at:
        facts.append((_("Counted and published"), moment(vote.published_at)))
    return Section(_("What was asked"), facts=facts)


def _option(number: int, option: PublishedOption) -> str:
    """Return an option as the paper numbers it, with its cost if it has one."""
    cost = "" if option.cost is None else f" ({money(option.cost)})"
    return f"{number}. {option.label}{cost}"


def _who(vote: Vote, published: PublishedVote) -> Section:
    return Section(
        _("Who could vote"),
        [
            rules_text.who(vote),
            _(
                "The names are not published. The hash fixes the list: whoever is shown it in the "
                "hall can compute the hash again."
            ),
        ],
        [
            (_("On the list"), str(published.roll.count)),
            (_("Hash of the list (SHA-256)"), published.roll.hash),
        ],
    )


def _seals(published: PublishedVote, act: TallyAct) -> Section:
    withheld = turnout_check.withholds_receipts(published)
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
