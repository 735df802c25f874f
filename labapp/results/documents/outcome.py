"""The act: the count, who was chosen and why, and the ties."""

from collections.abc import Mapping

from flask_babel import gettext as _

from labapp.counting.bundle import contents
from labapp.counting.bundle.published_vote import PublishedVote
from labapp.counting.explanation import chart, reasons
from labapp.counting.outcome import Count, Tie
from labapp.results.documents.sections import Section, SectionTable


def count(vote: PublishedVote, counted: Count) -> Section:
    """Return the figures of the count."""
    drawn = chart(contents.election(vote), counted, few=vote.few).table
    notes = []
    if vote.few:
        notes.append(
            _("Fewer than 20 ballots: only totals are published, so as to point at nobody.")
        )
    return Section(
        _("The count"), notes, table=SectionTable([_(head) for head in drawn.heads], drawn.rows)
    )


def result(vote: PublishedVote, counted: Count, *, stands: bool) -> Section:
    """Return who was chosen, and of each option why."""
    names = {option.key: option.label for option in vote.options}
    notes = _chosen(names, counted)
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


def _chosen(names: Mapping[str, str], counted: Count) -> list[str]:
    """Return who was chosen, in sentences; of ties that nobody drew no order is told."""
    winners = "; ".join(names[key] for key in counted.outcome.winners)
    if not counted.drawn:
        tied = "; ".join(names[key] for key in counted.outcome.ties[-1].among)
        notes = [_("Whatever a draw had given: %(winners)s.", winners=winners)] if winners else []
        notes.append(
            _(
                "These tie: %(tied)s. It was not drawn which comes first, because the minimum was "
                "not reached.",
                tied=tied,
            )
        )
        return notes
    if winners:
        return [_("In this order: %(winners)s.", winners=winners)]
    return [_("Nobody voted for any option.")]


def ties(vote: PublishedVote, counted: Count) -> Section:
    """Return the ties and how each was resolved."""
    if not counted.outcome.ties:
        return Section(_("Ties"), [_("There was none.")])
    names = {option.key: option.label for option in vote.options}
    items = [_tie(tie, names) for tie in counted.outcome.ties]
    notes = [_("The rule announced before the vote: %(rule)s", rule=vote.tie_rule)]
    if not counted.drawn:
        notes.append(
            _(
                "There was no draw, because the minimum was not reached: those who tie stay equal, "
                "and where more rounds would follow the count stops there."
            )
        )
    if vote.seed:
        notes.append(_("The draw gave «%(seed)s».", seed=vote.seed))
        notes.append(
            _(
                "To repeat it, take the SHA-256 of what the draw gave, a line feed and the words "
                "of the option: among those tied the smallest comes first."
            )
        )
    return Section(_("Ties"), notes, items=items)


def _tie(tie: Tie[str], names: Mapping[str, str]) -> str:
    """Return one tie in words: who was in it, and in what order they were put, if they were."""
    among = "; ".join(names[key] for key in tie.among)
    if not tie.order:
        return str(_("Round %(round)s: %(among)s. Not drawn.", round=tie.round, among=among))
    order = "; ".join(names[key] for key in tie.order)
    return str(
        _(
            "Round %(round)s: %(among)s. Order: %(order)s.",
            round=tie.round,
            among=among,
            order=order,
        )
    )
