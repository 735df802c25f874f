"""What the hall brings: its pages."""

from labapp.domain.kinds import Kind
from labapp.polling import views
from labapp.polling.models import Batch, Reconciliation, ShowOfHands
from labapp.room import PublicTexts, Room
from labapp.thread.service.texts import ColumnTexts

_VOTE = frozenset({Kind.VOTE})
_PUBLIC_TEXTS: tuple[PublicTexts, ...] = (
    ColumnTexts(
        _VOTE,
        lambda thing_id: Reconciliation.vote_id == thing_id,
        columns=(
            Reconciliation.explained,
            Reconciliation.first_witness,
            Reconciliation.second_witness,
        ),
    ),
    ColumnTexts(_VOTE, lambda thing_id: Batch.vote_id == thing_id, columns=(Batch.explained,)),
    ColumnTexts(
        _VOTE,
        lambda thing_id: ShowOfHands.vote_id == thing_id,
        columns=(ShowOfHands.first_witness, ShowOfHands.second_witness),
    ),
)

room = Room(blueprints=(views.bp,), public_texts=_PUBLIC_TEXTS)
