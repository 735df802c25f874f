"""The act in words: the same sections for the page and for the PDF, in the reader's language."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from flask_babel import gettext as _

from labapp.domain.bundle import contents
from labapp.domain.bundle.vote import Vote
from labapp.domain.channel import Channel
from labapp.domain.counting.rules import Counted
from labapp.domain.explain.charts import chart
from labapp.domain.explain.explaining import reasons
from labapp.domain.method import Method
from labapp.voting import said
from labapp.voting.hall.models import Batch
from labapp.voting.models import Consultation, TallyAct
from labapp.web.words import moment, money, percent


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows, as they are read."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the act: sentences, then pairs of what and its value, a list, a table."""

    title: str
    said: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    items: Sequence[str] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The act, ready to be drawn."""

    title: str
    question: str
    nature: str
    sections: Sequence[Section] = field(default_factory=tuple)

    @property
    def plain(self) -> dict[str, Any]:
        """The same as JSON can hold it."""
        return asdict(self)


def written(
    consultation: Consultation, vote: Vote, counted: Counted, act: TallyAct, piles: Sequence[Batch]
) -> Document:
    """Return the act of a published vote.

    Args:
        consultation: the vote as stored.
        vote: what is published of it.
        counted: its count.
        act: its seals.
        piles: its piles of paper, in order.
    """
    voters = sum(vote.turnout.values())
    found = (
        _asked(consultation, vote),
        _who(vote),
        _came(vote, voters),
        _handed(vote),
        _piles(vote, piles),
        _watched(vote),
        _count(vote, counted),
        _result(vote, counted, stands=voters >= vote.quorum),
        _ties(vote, counted),
        _differences(vote, piles),
        _seals(vote, act),
    )
    return Document(
        title=_("Act of the count"),
        question=vote.question,
        nature=_(
            "Not binding: it sets a priority. It is no promise until somebody competent accepts."
        ),
        sections=[section for section in found if section],
    )


def _asked(consultation: Consultation, vote: Vote) -> Section:
    facts = [
        (_("Lab"), vote.lab),
        (_("Vote"), str(consultation.thing.number)),
        (_("Method"), _(Method(vote.rule).label)),
        (_("Options"), "; ".join(f"{n}. {o.label}" for n, o in enumerate(vote.options, 1))),
        (_("Announced"), moment(consultation.announced_at)),
        (_("It opened"), moment(vote.opened_at)),
        (_("It closed"), moment(vote.closed_at)),
    ]
    if vote.budget is None:
        facts.insert(3, (_("How many are chosen"), str(vote.seats)))
    else:
        given = {"money": money(vote.budget), "who": consultation.funder}
        facts.insert(3, (_("Money to share"), _("%(money)s, committed by: %(who)s", **given)))
    facts[4:4] = said.details(consultation)
    if consultation.published_at:
        facts.append((_("Counted and published"), moment(consultation.published_at)))
    return Section(_("What was asked"), facts=facts)


def _who(vote: Vote) -> Section:
    return Section(
        _("Who could vote"),
        [
            _(
                "The names are not published. The hash fixes the list: whoever is shown it in the "
                "hall can compute the hash again."
            )
        ],
        [
            (_("On the list"), str(vote.roll.count)),
            (_("Hash of the list (SHA-256)"), vote.roll.hash),
        ],
    )


def _came(vote: Vote, voters: int) -> Section:
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
    if any("+" in group for group in vote.turnout):
        notes.append(
            _("Ways that fewer than five people used are joined, so as to point at nobody.")
        )
    if vote.quorum:
        notes.append(
            _("The minimum was %(needed)s, and it was reached.", needed=vote.quorum)
            if voters >= vote.quorum
            else _("The minimum was %(needed)s, and it was not reached.", needed=vote.quorum)
        )
    blank = vote.ballots.get("", 0)
    facts = [(_("Ballots in the urn"), str(vote.cast)), (_("Blank"), str(blank))]
    if vote.spoilt:
        facts.append((_("Papers that nobody can read"), str(vote.spoilt)))
    if vote.hands:
        facts.append((_("People who raised a hand"), str(vote.hands.people)))
    heads = (_("Way"), _("Received"), _("Share"))
    return Section(_("Who took part"), notes, facts, table=Table(heads, rows))


def _handed(vote: Vote) -> Section | None:
    rows = [
        (channels(channel), *map(str, (e.issued, e.used, e.returned, e.voided)), e.explained or "—")
        for channel, e in vote.reconciled.items()
        if channel in vote.turnout and channel != Channel.HANDS
    ]
    if not rows:
        return None
    return Section(
        _("What was handed out in the hall"),
        [_("Handed out = used + returned + voided; where it is not so, it is explained.")],
        table=Table(
            (_("Way"), _("Handed out"), _("Used"), _("Returned"), _("Voided"), _("Explained")),
            rows,
        ),
    )


def _piles(vote: Vote, piles: Sequence[Batch]) -> Section | None:
    """Return the piles, but of papers so few that their way was joined with another."""
    if not piles or Channel.PAPER not in vote.turnout:
        return None
    return Section(
        _("Piles of paper, each typed twice by two people"),
        table=Table(
            (_("Pile"), _("Papers"), _("Typed differently"), _("Unreadable")),
            [
                tuple(map(str, (pile.number, pile.sheets, pile.differences, pile.spoilt)))
                for pile in piles
            ],
        ),
    )


def _watched(vote: Vote) -> Section | None:
    if not vote.witnesses:
        return None
    return Section(_("Witnesses, by office"), items=vote.witnesses)


def _count(vote: Vote, counted: Counted) -> Section:
    drawn = chart(contents.election(vote), counted, few=vote.few).table
    notes = []
    if vote.few:
        notes.append(
            _("Fewer than 20 ballots: only totals are published, so as to point at nobody.")
        )
    return Section(
        _("The count"), notes, table=Table([_(head) for head in drawn.heads], drawn.rows)
    )


def _result(vote: Vote, counted: Counted, *, stands: bool) -> Section:
    names = {option.key: option.label for option in vote.options}
    notes = [
        _(
            "In this order: %(winners)s.",
            winners="; ".join(names[key] for key in counted.outcome.winners),
        )
        if counted.outcome.winners
        else _("Nobody voted for any option.")
    ]
    if not stands:
        notes.append(
            _("The minimum was not reached: this stands as information, not as a priority.")
        )
    return Section(
        _("The priority of the community") if stands else _("What was marked"),
        notes,
        items=[
            f"{names[each.option]}. {_(each.sentence, **each.values)}"
            for each in reasons(contents.election(vote), counted, few=vote.few)
        ],
    )


def _ties(vote: Vote, counted: Counted) -> Section | None:
    if not counted.outcome.ties:
        return Section(_("Ties"), [_("There was none.")])
    names = {option.key: option.label for option in vote.options}
    items = [
        _(
            "Round %(round)s: %(among)s. Order: %(order)s.",
            round=tie.round,
            among="; ".join(names[key] for key in tie.among),
            order="; ".join(names[key] for key in tie.order),
        )
        for tie in counted.outcome.ties
    ]
    notes = [_("The rule announced before the vote: %(rule)s", rule=vote.tie_rule)]
    if vote.seed:
        notes.append(_("The draw gave «%(seed)s».", seed=vote.seed))
        notes.append(
            _(
                "To repeat it, take the SHA-256 of what the draw gave, a line feed and the words "
                "of the option: among those tied the smallest comes first."
            )
        )
    return Section(_("Ties"), notes, items=items)


def _differences(vote: Vote, piles: Sequence[Batch]) -> Section | None:
    """Return what people wrote of each difference: paper by paper, then way by way."""
    items = [
        _("Pile %(pile)s, paper %(said)s", pile=pile.number, said=line)
        for pile in piles
        for line in pile.explained.splitlines()
    ]
    items += [each.explained for each in vote.reconciled.values() if each.explained]
    return Section(_("Differences found, and how they came about"), items=items) if items else None


def _seals(vote: Vote, act: TallyAct) -> Section:
    none = _("not published: so few ballots could be guessed from it")
    facts = [
        (_("Ballots"), act.ballots_root or none),
        (_("Receipts"), act.receipts_root),
    ]
    notes = [_("Merkle roots (RFC 6962, SHA-256) of both lists, each in ascending order.")]
    if not vote.receipts and set("+".join(vote.turnout).split("+")) & {"account", "card"}:
        notes.append(
            _(
                "The receipts are not listed: their number would tell how many took part in a way "
                "that very few used. Each can still be looked for on the page of the vote."
            )
        )
    return Section(_("Seals"), notes, facts)


def channels(group: str) -> str:
    """Return the words of one way to take part, or of several joined."""
    return ", ".join(_(Channel(name).label) for name in group.split("+"))
