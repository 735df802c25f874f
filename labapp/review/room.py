"""What the reviews bring: the desk of ANTAI, and the pages of each round."""

from sqlalchemy import exists

from labapp.domain.kinds import Kind
from labapp.review import views
from labapp.review.models import Review, ReviewRound, state
from labapp.room import Copies, Original, Room
from labapp.thread.service.texts import ColumnTexts


def _copies(review: Review, owes_answer: bool) -> Copies:
    return Copies(review.title, state(review, owes_answer=owes_answer), review.sent_at)


_REVIEW = frozenset({Kind.REVIEW})

room = Room(
    blueprints=(views.bp,),
    originals=(
        Original(
            Kind.REVIEW,
            Review,
            _copies,
            beside=(
                exists().where(
                    ReviewRound.review_id == Review.id, ReviewRound.answered_at.is_(None)
                ),
            ),
        ),
    ),
    public_texts=(
        ColumnTexts(
            _REVIEW,
            lambda thing_id: Review.id == thing_id,
            columns=(Review.report, Review.completion_reason, Review.irm_source),
        ),
        ColumnTexts(
            _REVIEW,
            lambda thing_id: ReviewRound.review_id == thing_id,
            columns=(ReviewRound.observations, ReviewRound.answer, ReviewRound.office),
        ),
    ),
)
