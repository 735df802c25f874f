"""What becomes of a ballot with too many marks, or with a place left out, told beforehand."""

from flask_babel import gettext as _
from flask_babel import ngettext

from labapp.domain.channel import Channel
from labapp.voting.models import Vote


def rule(vote: Vote) -> tuple[str, str]:
    """Return the rule as the page and the act state it: what it is on, and what it says."""
    if vote.method.ranks:
        consequence = _(
            "Each for one option, without leaving one out: the page takes no other ballot."
        )
        if Channel.PAPER in vote.offered_channels:
            consequence = f"{consequence} {on_paper(vote)}"
        return str(_("Places")), str(consequence)
    asked = _("Too many points") if vote.method.gives_points else _("Too many marks")
    refused = _("The page does not let it be sent.")
    return str(asked), f"{on_paper(vote)} {refused}"


def on_paper(vote: Vote) -> str:
    """Return the rule in one or two sentences, as the ballot itself states it."""
    if vote.method.ranks:
        sentence = _(
            "If a number is left out, the next ones move up. With the same number twice the ballot "
            "counts for nothing."
        )
    elif vote.method.gives_points and not vote.method.shares_points:
        sentence = _(
            "With more than %(top)s for an option the ballot counts for nothing.", top=vote.scale
        )
    elif vote.method.gives_points:
        sentence = _(
            "With more than %(top)s points in all the ballot counts for nothing.", top=vote.scale
        )
    else:
        sentence = ngettext(
            "With more than %(num)d mark the ballot counts for nothing.",
            "With more than %(num)d marks the ballot counts for nothing.",
            vote.method.most_named(vote.max_marks, len(vote.options)),
        )
    return str(sentence)
