"""What the meetings bring: their pages, those in the hall included."""

from datetime import datetime

from sqlalchemy import or_, select

from labapp.domain.acts import Act
from labapp.domain.descents import DescentKind
from labapp.domain.kinds import Kind
from labapp.record import queries as record
from labapp.room import Copies, Original, Room
from labapp.sessions import queries
from labapp.sessions.models import Contribution, ContributionVersion, Meeting
from labapp.sessions.service import contributions
from labapp.sessions.views import check_in as _check_in  # noqa: F401
from labapp.sessions.views import contributions as _contributions  # noqa: F401
from labapp.sessions.views import facilitator as _facilitator  # noqa: F401
from labapp.sessions.views import public
from labapp.thread.models import Descent
from labapp.thread.service.texts import ColumnTexts


def _of_a_meeting(meeting: Meeting, entered_at: datetime | None) -> Copies:
    return Copies(meeting.agenda.splitlines()[0], meeting.state, entered_at)


def _of_a_contribution(contribution: Contribution) -> Copies:
    return Copies(contribution.text, contribution.state, contribution.noted_at)


room = Room(
    blueprints=(public.bp,),
    originals=(
        Original(
            Kind.MEETING,
            Meeting,
            _of_a_meeting,
            # One of a plan, held before this site existed, is brought in closed.
            beside=(
                record.first_at(
                    Meeting.id, Act.MEETING_ANNOUNCE, Act.MEETING_NOTE, Act.MEETING_CLOSE
                ),
            ),
        ),
        Original(Kind.CONTRIBUTION, Contribution, _of_a_contribution),
    ),
    public_texts=(
        ColumnTexts(
            frozenset({Kind.MEETING}),
            lambda thing_id: Meeting.id == thing_id,
            heads=(Meeting.agenda,),
            columns=(Meeting.venue, Meeting.minutes, Meeting.cancelled_why),
        ),
        ColumnTexts(
            frozenset({Kind.CONTRIBUTION}),
            lambda thing_id: Contribution.id == thing_id,
            heads=(Contribution.text,),
        ),
        ColumnTexts(
            frozenset({Kind.CONTRIBUTION}),
            # What a part says stood once in the whole that it was divided from.
            lambda thing_id: or_(
                ContributionVersion.contribution_id == thing_id,
                ContributionVersion.contribution_id.in_(
                    select(Descent.parent_id).where(
                        Descent.child_id == thing_id, Descent.why == DescentKind.DIVIDED_FROM
                    )
                ),
            ),
            heads=(ContributionVersion.text,),
            columns=(ContributionVersion.why,),
        ),
    ),
    drifts=(queries.drift,),
    on_rewritten=(contributions.stand_again,),
)
