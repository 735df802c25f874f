"""What a neighbour without an account saw, typed by another, and confirmed by a second person."""

from datetime import date

from labapp.db import db
from labapp.domain.errors import Conflict, Denied, mark
from labapp.domain.panama_time import local_day
from labapp.domain.policy import Act
from labapp.domain.roles import LACKING, Relation, Role
from labapp.followup import queries
from labapp.followup.models import Milestone, Verification
from labapp.followup.service.verification import Answers, add_look, count_look
from labapp.labs.likeness import is_same_name
from labapp.labs.models import Lab
from labapp.labs.queries import affiliations, identity
from labapp.record.acting import Acting


def confirm_for(
    acting: Acting[Lab],
    milestone: Milestone,
    *,
    person_id: int,
    looked_on: date,
    answers: Answers,
) -> Verification:
    """Type in what somebody of the lab's list, who has no account, saw of a step. Flushed.

    It is shown as typed by another. It counts as the word of whoever typed it, where they neither
    carry the step out nor facilitate the lab; or as that person's own once a second one confirms.

    Args:
        acting: a member or a facilitator, not of the entity.
        milestone: of an agreement in force, without a public work.
        person_id: who looked (``queries.neighbour_called``).
        looked_on: the day they went, from that of the agreement to today.
        answers: one to each agreed question.

    Raises:
        Denied: wrong role or stage, or either of them is of the entity.
        Conflict: a committee watches it, not in force, the day cannot be, it is about oneself, or a
            question is left without answer.
    """
    acting.require(Act.MILESTONE_RELAY)
    body, me = milestone.agreement.organization_id, acting.actor.person_id
    mine = Role.RESPONSIBLE in acting.actor.roles | acting.actor.others
    if mine or any(body in affiliations.bodies_ever(one, acting.lab.id) for one in (me, person_id)):
        raise Denied(LACKING[Relation.NOT_EXECUTOR])
    if milestone.agreement.has_work:
        raise Conflict(mark("The committee watches this step: what is typed for others adds none."))
    if identity.are_one(me, person_id, acting.lab.id):
        raise Conflict(mark("What you saw yourself you say as yourself."))
    accepted_on = milestone.agreement.accepted_on
    if accepted_on is not None and not accepted_on <= looked_on <= local_day(acting.now):
        raise Conflict(mark("They went to look between the day of the agreement and today."))
    look = add_look(acting, milestone, answers, looked_on=looked_on, of=person_id)
    count_look(acting, milestone, Act.MILESTONE_RELAY)
    return look


def attest(acting: Acting[Lab], milestone: Milestone, look: Verification, *, name: str) -> None:
    """Confirm, as a second person, what another typed for a neighbour. Flushed.

    Args:
        acting: a member who neither carries the step out nor facilitates the lab, nor did.
        milestone: the step.
        look: one of it, typed by another.
        name: of who looked, as whoever confirms knows it: no page tells it.

    Raises:
        Denied: wrong role or stage, tied to the step, who typed it, or who looked.
        Conflict: confirmed already, typed by nobody else, or another name.
    """
    acting.require(Act.MILESTONE_ATTEST, queries.relations(acting.actor, milestone))
    me, lab = acting.actor.person_id, acting.lab.id
    parts = acting.actor.roles | acting.actor.others | acting.actor.past
    is_of = milestone.agreement.organization_id in affiliations.bodies_ever(me, lab)
    if is_of or Role.FACILITATOR in parts:
        raise Denied(mark("Who facilitates this lab, or carries the step out, confirms nothing."))
    if any(identity.are_one(me, other, lab) for other in (look.typed_by_id, look.person_id)):
        raise Denied(mark("A second person confirms it: not who typed it, and not who looked."))
    db.session.refresh(look, with_for_update=True)
    if look.typed_by_id is None or look.attested_by_id is not None:
        raise Conflict(mark("This needs no second person any more."))
    if not is_same_name(name, queries.name_of_neighbour(look)):
        raise Conflict(mark("That is not the name of who looked, as it is on the list."))
    look.attested_by_id, look.attested_at = me, acting.now
    db.session.flush()
    count_look(acting, milestone, Act.MILESTONE_ATTEST)
