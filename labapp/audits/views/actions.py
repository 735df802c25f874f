"""What this person may do now on a committee's page, the first thing first."""

from dataclasses import dataclass

from flask import g, url_for
from flask_babel import gettext as _

from labapp.audits.models import Committee, Seat
from labapp.audits.views.lookups import speaks_for_committee
from labapp.domain.committee import CommitteeStatus
from labapp.domain.policy import Act, Role, may
from labapp.labs.models import Lab


@dataclass(frozen=True, slots=True)
class ActButton:
    """A button: what it says and where it leads; ``posts`` when pressing it is the act."""

    text: str
    url: str
    posts: bool = False


def acts_of(
    lab: Lab, committee: Committee, known: CommitteeStatus, own: Seat | None
) -> list[ActButton]:
    """Return the buttons of a committee's page for whoever asks."""

    def to(view: str) -> str:
        return url_for(f"audits.{view}", slug=lab.slug, number=committee.thing.number)

    def new(view: str) -> str:
        return url_for(f"audits.{view}", slug=lab.slug, committee=committee.thing.number)

    facilitates = Role.FACILITATOR in g.actor.roles
    stands = not known.lacking
    tells = facilitates or own is not None
    works = stands and known.certified
    offers = (
        (
            stands and known.reported and not known.certified and _may(lab, Act.COMMITTEE_CERTIFY),
            ActButton(_("Certify"), to("committee_certify")),
        ),
        (
            stands and not known.reported and tells and _may(lab, Act.COMMITTEE_REPORT),
            ActButton(_("Tell ANTAI that it exists"), to("committee_report"), posts=True),
        ),
        (
            works
            and committee.work.agreement_id is not None
            and _may_of_some_step(lab, Act.VISIT_RECORD, own),
            ActButton(_("Write down a visit"), new("visit_new")),
        ),
        (
            works and _may_of_some_step(lab, Act.FINDING_RAISE, own),
            ActButton(_("Say what you found"), new("finding_new")),
        ),
        (
            works
            and not known.delivered
            and speaks_for_committee(lab, Act.REPORT_DELIVER, committee, own),
            ActButton(_("Deliver the final report"), to("committee_final_report")),
        ),
        (_may(lab, Act.COMMITTEE_SEAT), ActButton(_("Seat a member"), to("seat_new"))),
        (
            _may(lab, Act.COMMITTEE_SEAT),
            ActButton(_("Until when its members sit"), to("committee_term")),
        ),
        (
            own is not None and _may(lab, Act.SEAT_KEEP),
            ActButton(_("My seat: name and ties"), to("seat_own")),
        ),
    )
    return [offer for offered, offer in offers if offered]


def _may_of_some_step(lab: Lab, act: Act, own: Seat | None) -> bool:
    """Return whether a member may do this; a tie with one step is asked for where it is done."""
    return own is not None and _may(lab, act)


def _may(lab: Lab, act: Act) -> bool:
    return bool(may(g.actor, act, lab.stage))
