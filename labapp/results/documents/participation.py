"""The act: who took part and in which way, what was handed out, and what did not agree."""

from collections.abc import Sequence

from flask_babel import gettext as _

from labapp.counting.bundle.published_vote import PublishedVote
from labapp.domain.channel import Channel
from labapp.polling.models import Batch
from labapp.results.documents.sections import Section, SectionTable
from labapp.results.queries.published_vote import channel_differences
from labapp.web.formatting import percent


def turnout_section(vote: PublishedVote, voters: int, needed: str) -> Section:
    """Return who took part and in which way, and whether they were enough.

    Args:
        vote: what is published.
        voters: how many took part.
        needed: the minimum in words; empty where none was asked.
    """
    rows = [
        (channels(group), f"{count:,}", percent(100 * count / voters) if voters else "")
        for group, count in vote.turnout.items()
    ]
    rows.append((_("Together"), f"{voters:,}", percent(100 * voters / (vote.roll.count or 1))))
    notes = [
        _(
            "%(voters)s of %(roll)s voted. The last share is of the list; the others, of those "
            "who voted.",
            voters=voters,
            roll=vote.roll.count,
        )
    ]
    notes += _joined(vote)
    if not needed:
        notes.append(_("No minimum was asked for."))
    elif voters >= vote.quorum:
        notes.append(_("The minimum was %(needed)s, and it was reached.", needed=needed))
    else:
        notes.append(_("The minimum was %(needed)s, and it was not reached.", needed=needed))
    blank = vote.ballots.get("", 0)
    facts = [(_("Ballots in the urn"), str(vote.cast)), (_("Blank"), str(blank))]
    if vote.joins_hands:
        facts = []
    if vote.spoilt:
        facts.append((_("Papers that nobody can read, or with too many marks"), str(vote.spoilt)))
    if vote.hands:
        facts.append((_("People who raised a hand"), str(vote.hands.people)))
    heads = (_("Way"), _("Received"), _("Share"))
    return Section(_("Who took part"), notes, facts, table=SectionTable(heads, rows))


def _joined(vote: PublishedVote) -> list[str]:
    """Return what is told of ways that very few used."""
    notes = []
    if vote.joins_hands:
        notes.append(
            _(
                "Fewer than five voted in secret beside the show of hands: all are told together, "
                "or the hands would say how those few voted."
            )
        )
    elif _joins_channels(vote):
        notes.append(
            _("Ways that fewer than five people used are joined, so as to point at nobody.")
        )
        if vote.turnout.get(Channel.HANDS):
            notes.append(_("A show of hands is public, and stands by itself."))
    if vote.spoilt is None:
        notes.append(
            _(
                "Papers that nobody can read, or with too many marks, are in no number here: very "
                "few voted on paper, and they would tell how many."
            )
        )
    return notes


def handout_section(vote: PublishedVote) -> Section | None:
    """Return what was handed out in the hall and what became of it; None where nothing was."""
    rows = [
        (channels(channel), *map(str, (e.issued, e.used, e.returned, e.voided)), e.explained or "—")
        for channel, e in vote.reconciled.items()
        if channel in vote.turnout
    ]
    if not rows:
        return None
    notes = [_("Handed out = used + returned + voided; where it is not so, it is explained.")]
    if Channel.HANDS in vote.reconciled:
        notes.append(
            _(
                "Of the show of hands: lines of the list taken for it, and people who raised a "
                "hand before the witnesses."
            )
        )
    return Section(
        _("What was handed out in the hall"),
        notes,
        table=SectionTable(
            (_("Way"), _("Handed out"), _("Used"), _("Returned"), _("Voided"), _("Explained")),
            rows,
        ),
    )


def piles(vote: PublishedVote, found: Sequence[Batch]) -> Section | None:
    """Return the piles, but of papers so few that their way was joined with another."""
    if not found or Channel.PAPER not in vote.turnout:
        return None
    return Section(
        _("Piles of paper, each typed twice by two people"),
        table=SectionTable(
            (_("Pile"), _("Papers"), _("Typed differently"), _("Count for nothing")),
            [
                tuple(map(str, (pile.number, pile.sheets, pile.differences, pile.spoilt)))
                for pile in found
            ],
        ),
    )


def witness_section(vote: PublishedVote, *, declared: bool) -> Section | None:
    """Return the witnesses, by office; None where there were none.

    Args:
        vote: what is published of it.
        declared: whether each of them declared that nothing kept them from it.
    """
    if not vote.witnesses:
        return None
    said = [_("They declared to have no office, no candidacy, no contract with who owes the lab.")]
    return Section(_("Witnesses, by office"), said if declared else (), items=vote.witnesses)


def differences(vote: PublishedVote, found: Sequence[Batch]) -> Section | None:
    """Return what people wrote of each difference: paper by paper, then way by way."""
    items = [
        _("Pile %(pile)s, paper %(said)s", pile=pile.number, said=line)
        for pile in found
        if Channel.PAPER in vote.turnout
        for line in pile.explained.splitlines()
    ]
    items += channel_differences(vote.reconciled, vote.turnout)
    notes = []
    if _joins_channels(vote):
        notes.append(
            _("Of ways that are joined nothing is told here: it would say how many used each.")
        )
    if not (items or notes):
        return None
    return Section(_("Differences found, and how they came about"), notes, items=items)


def _joins_channels(vote: PublishedVote) -> bool:
    """Tell whether ways that very few used are told as one."""
    return any("+" in group for group in vote.turnout)


def channels(group: str) -> str:
    """Return the words of one way to take part, or of several joined."""
    return ", ".join(_(Channel(name).label) for name in group.split("+"))
