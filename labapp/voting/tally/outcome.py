"""The act: the count, who was chosen and why, and the ties."""

from flask_babel import gettext as _

from labapp.domain.bundle import contents
from labapp.domain.bundle.vote import Vote
from labapp.domain.counting.rules import Counted
from labapp.domain.explain.charts import chart
from labapp.domain.explain.explaining import reasons
from labapp.voting.tally.sections import Section, Table


def count(vote: Vote, counted: Counted) -> Section:
    """Return the figures of the count."""
    drawn = chart(contents.election(vote), counted, few=vote.few).table
    notes = []
    if vote.few:
        notes.append(
            _("Fewer than 20 ballots: only totals are published, so as to point at nobody.")
        )
    return Section(
        _("The count"), notes, table=Table([_(head) for head in drawn.heads], drawn.rows)
    )


def result(vote: Vote, counted: Counted, *, stands: bool) -> Section:
    """Return who was chosen, and of each option why."""
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


def ties(vote: Vote, counted: Counted) -> Section:
    """Return the ties and how each was resolved."""
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
