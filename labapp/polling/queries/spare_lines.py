"""Read how many lines of the roll a way of the hall took beyond the votes that came by it."""

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, select

from labapp.db import db
from labapp.domain.channel import Channel
from labapp.polling.models import Card, CardState
from labapp.polling.queries.sql_sums import papers, people_by_hands
from labapp.voting.models import Turnout


def to_spare(vote_id: int, channel: Channel) -> int:
    """Return how many lines are taken by this way beyond the votes that came by it already."""
    query = select(spare(channel))
    return db.session.scalar(query, {"vote": vote_id}) or 0


def spare(channel: Channel) -> ColumnElement[int]:
    """Return the same as SQL, of the vote given as ``vote``."""
    vote: BindParameter[int] = bindparam("vote")
    received = {
        Channel.CARD: select(func.count())
        .select_from(Card)
        .where(Card.vote_id == vote, Card.state == CardState.USED),
        Channel.PAPER: papers(vote),
        Channel.HANDS: people_by_hands(vote),
    }[channel]
    lines = (
        select(func.count())
        .select_from(Turnout)
        .where(Turnout.vote_id == vote, Turnout.channel == channel)
    )
    return lines.scalar_subquery() - received.correlate(None).scalar_subquery()
