"""Who may do what, at which stage, and what they must be to the object: one table."""

from dataclasses import dataclass

from labapp.domain.acts import Act
from labapp.domain.errors import Denied, mark
from labapp.domain.roles import LACKING, Actor, Relation, Role
from labapp.domain.stage import ALIVE, ALL, OPEN, Stage

__all__ = ["TABLE", "Act", "Actor", "Relation", "Role", "Rule", "Verdict", "may", "require"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table.

    Attributes:
        roles: any one of them is enough; None means anyone, visitors included.
        stages: where the lab must stand; None for acts of no lab.
        relation: what the person must be to the object, asked by the service that holds it.
    """

    roles: frozenset[Role] | None
    stages: frozenset[Stage] | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no with the reason to show."""

    ok: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.ok


def _any(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


_SIGNED_IN = _any(Role.ACCOUNT)
_FACILITATOR = _any(Role.FACILITATOR)
_TELLERS = _any(Role.FACILITATOR, Role.TELLER)
_REVIEWER = _any(Role.REVIEWER)
_COMMUNITY = _any(Role.MEMBER, Role.FACILITATOR)
_ENTITY = _any(Role.RESPONSIBLE)
_COMMITTEE = _any(Role.COMMITTEE)
_TELLING = OPEN
_IDEAS_ON = frozenset({Stage.IDEATION, Stage.PRIORITIZATION, Stage.PROTOTYPE, Stage.FOLLOWUP})
_DELIVERY = frozenset({Stage.IDEATION, Stage.PRIORITIZATION, Stage.PROTOTYPE, Stage.FOLLOWUP})
_NOT_CANCELLED = ALL - {Stage.CANCELLED}

TABLE: dict[Act, Rule] = {
    Act.SITE_VIEW: Rule(None),
    Act.ACCOUNT_OPEN: Rule(None),
    Act.ACCOUNT_KEEP: Rule(_SIGNED_IN),
    Act.ROLE_GRANT: Rule(_any(Role.ADMINISTRATOR, Role.REVIEWER)),
    Act.RECOVERY_MAKE: Rule(_any(Role.ADMINISTRATOR)),
    Act.PLAN_VIEW: Rule(None),
    Act.PLAN_EDIT: Rule(_any(Role.REVIEWER, Role.ADMINISTRATOR)),
    Act.ORGANIZATION_ADD: Rule(_any(Role.REVIEWER, Role.ADMINISTRATOR, Role.TRUSTED)),
    Act.DESK_VIEW: Rule(_REVIEWER),
    Act.RECORD_VIEW: Rule(None),
    Act.LAB_DRAFT: Rule(_any(Role.TRUSTED, Role.REVIEWER)),
    Act.LAB_VIEW: Rule(None, ALL),
    Act.LAB_EDIT: Rule(_FACILITATOR, ALIVE),
    Act.LAB_APPROVE: Rule(_REVIEWER, frozenset({Stage.PREPARATION}), Relation.NOT_OWN_LAB),
    Act.LAB_MOVE: Rule(_FACILITATOR, ALIVE),
    Act.LAB_STOP: Rule(_any(Role.FACILITATOR, Role.REVIEWER), ALIVE),
    Act.LAB_REOPEN: Rule(
        _any(Role.FACILITATOR, Role.REVIEWER),
        frozenset({Stage.CLOSED, Stage.SUSPENDED, Stage.CANCELLED}),
    ),
    Act.LAB_WORK: Rule(_any(Role.FACILITATOR, Role.REVIEWER), ALL),
    Act.AUTHORITY_RECORD: Rule(_any(Role.FACILITATOR, Role.REVIEWER), ALIVE),
    Act.VERDICT_GIVE: Rule(_FACILITATOR, frozenset({Stage.FOLLOWUP})),
    Act.MEMBER_ASK: Rule(_SIGNED_IN, ALIVE),
    Act.MEMBER_ADMIT: Rule(_FACILITATOR, ALIVE),
    Act.ROLE_GIVE: Rule(_FACILITATOR, ALIVE),
    Act.PROBLEM_TELL: Rule(None, _TELLING),
    Act.PROBLEM_ADD: Rule(None, _TELLING),
    Act.PROBLEM_CORRECT: Rule(None, _TELLING),
    Act.PROBLEM_PUBLISH: Rule(_FACILITATOR, OPEN),
    Act.PROBLEM_RETURN: Rule(_FACILITATOR, OPEN),
    Act.PROBLEM_REJECT: Rule(_FACILITATOR, OPEN),
    Act.PROBLEM_MERGE: Rule(_FACILITATOR, OPEN),
    Act.PROBLEM_SUPPORT: Rule(_SIGNED_IN, _TELLING),
    Act.HANDS_COUNT: Rule(_FACILITATOR, OPEN),
    Act.MODERATION_VIEW: Rule(_any(Role.FACILITATOR, Role.REVIEWER), ALL),
    Act.MEETING_ANNOUNCE: Rule(_FACILITATOR, ALIVE),
    Act.MEETING_RUN: Rule(_FACILITATOR, ALIVE),
    Act.MEETING_CLOSE: Rule(_FACILITATOR, ALIVE),
    Act.MEETING_CANCEL: Rule(_FACILITATOR, ALIVE),
    Act.ATTENDANCE_NOTE: Rule(_FACILITATOR, ALIVE),
    Act.CONTRIBUTION_NOTE: Rule(_FACILITATOR, ALIVE),
    Act.RESPONSE_GIVE: Rule(_any(Role.FACILITATOR, Role.REVIEWER), _NOT_CANCELLED),
    Act.PROPOSAL_WRITE: Rule(_COMMUNITY, frozenset({Stage.IDEATION})),
    Act.PROPOSAL_EDIT: Rule(_COMMUNITY, frozenset({Stage.IDEATION}), Relation.AUTHOR),
    Act.PROPOSAL_SEND: Rule(_COMMUNITY, frozenset({Stage.IDEATION}), Relation.AUTHOR),
    Act.OPINION_GIVE: Rule(
        _any(Role.FACILITATOR, Role.ALLY, Role.RESPONSIBLE), frozenset({Stage.IDEATION})
    ),
    Act.PROPOSAL_ADMIT: Rule(_FACILITATOR, frozenset({Stage.IDEATION})),
    Act.PROPOSAL_REFUSE: Rule(_FACILITATOR, frozenset({Stage.IDEATION})),
    Act.VOTE_SET: Rule(_FACILITATOR, OPEN),
    Act.VOTE_OPEN: Rule(_FACILITATOR, OPEN),
    Act.VOTE_CLOSE: Rule(_FACILITATOR, OPEN),
    Act.VOTE_DRAW: Rule(_FACILITATOR, OPEN),
    Act.VOTE_PUBLISH: Rule(_FACILITATOR, OPEN),
    Act.VOTE_ANNUL: Rule(_FACILITATOR, OPEN),
    Act.BALLOT_CAST: Rule(_SIGNED_IN, OPEN, Relation.ON_ROLL),
    Act.ROLL_CONSULT: Rule(_TELLERS, OPEN),
    Act.HALL_KEEP: Rule(_TELLERS, OPEN),
    Act.CARD_PRINT: Rule(_FACILITATOR, OPEN),
    Act.CARD_VOID: Rule(_TELLERS, OPEN),
    Act.CARD_CAST: Rule(None, OPEN),
    Act.PAPER_PRINT: Rule(_FACILITATOR, OPEN),
    Act.BATCH_ADD: Rule(_TELLERS, OPEN),
    Act.BATCH_TYPE: Rule(_TELLERS, OPEN),
    Act.BATCH_DROP: Rule(_TELLERS, OPEN),
    Act.HANDS_NOTE: Rule(_TELLERS, OPEN),
    Act.CHANNEL_RECONCILE: Rule(_FACILITATOR, OPEN),
    Act.LETTER_SEND: Rule(_FACILITATOR, _IDEAS_ON),
    Act.LETTER_ANSWER: Rule(_any(Role.FACILITATOR, Role.RESPONSIBLE), _IDEAS_ON),
    Act.AGREEMENT_DRAFT: Rule(_FACILITATOR, _IDEAS_ON),
    Act.AGREEMENT_STEP: Rule(_FACILITATOR, _IDEAS_ON),
    Act.AGREEMENT_ACCEPT: Rule(_any(Role.FACILITATOR, Role.RESPONSIBLE), _IDEAS_ON),
    Act.LINK_ISSUE: Rule(_FACILITATOR, _IDEAS_ON),
    Act.LINK_REVOKE: Rule(_FACILITATOR, _IDEAS_ON),
    Act.PROGRESS_DECLARE: Rule(_ENTITY, _DELIVERY, Relation.RESPONSIBLE),
    Act.EVIDENCE_ADD: Rule(_ENTITY, _DELIVERY, Relation.RESPONSIBLE),
    Act.MILESTONE_CONFIRM: Rule(_any(Role.MEMBER), _DELIVERY, Relation.NOT_EXECUTOR),
    Act.MILESTONE_VERIFY: Rule(_COMMITTEE, _DELIVERY, Relation.SEATED),
    Act.WORK_REGISTER: Rule(_FACILITATOR, _DELIVERY),
    Act.WORK_ACCEPT: Rule(_FACILITATOR, _DELIVERY),
    Act.COMMITTEE_FORM: Rule(_FACILITATOR, _DELIVERY),
    Act.COMMITTEE_SEAT: Rule(_FACILITATOR, _DELIVERY),
    Act.SEAT_KEEP: Rule(_COMMITTEE, _DELIVERY, Relation.SEATED),
    Act.COMMITTEE_REPORT: Rule(_any(Role.FACILITATOR, Role.COMMITTEE), _DELIVERY),
    Act.COMMITTEE_CERTIFY: Rule(_REVIEWER, _DELIVERY, Relation.NOT_OWN_LAB),
    Act.VISIT_RECORD: Rule(_COMMITTEE, _DELIVERY, Relation.SEATED),
    Act.FINDING_RAISE: Rule(_COMMITTEE, _DELIVERY, Relation.SEATED),
    Act.FINDING_REPLY: Rule(_any(Role.FACILITATOR, Role.RESPONSIBLE), _DELIVERY),
    Act.FINDING_LOOK: Rule(_COMMITTEE, _DELIVERY, Relation.SEATED),
    Act.FINDING_CLOSE: Rule(_COMMITTEE, _DELIVERY, Relation.SEATED),
    Act.REPORT_DELIVER: Rule(_COMMITTEE, _DELIVERY, Relation.SEATED),
    Act.REVIEW_SEND: Rule(_FACILITATOR, frozenset({Stage.PROTOTYPE, Stage.FOLLOWUP})),
    Act.REVIEW_ANSWER: Rule(_FACILITATOR, frozenset({Stage.PROTOTYPE, Stage.FOLLOWUP})),
    Act.REVIEW_RETURN: Rule(
        _REVIEWER, frozenset({Stage.PROTOTYPE, Stage.FOLLOWUP}), Relation.NOT_OWN_LAB
    ),
    Act.REVIEW_VALIDATE: Rule(
        _REVIEWER, frozenset({Stage.PROTOTYPE, Stage.FOLLOWUP}), Relation.NOT_OWN_LAB
    ),
    Act.REVIEW_IRM: Rule(_REVIEWER, ALL, Relation.NOT_OWN_LAB),
}

_TAKES_PART = frozenset({Role.FACILITATOR, Role.RESPONSIBLE, Role.ALLY})


def _stands(actor: Actor, relation: Relation, held: frozenset[Relation] | None) -> bool:
    """Answer one relation. NOT_OWN_LAB follows from the roles; the rest is known by the room."""
    if relation is Relation.NOT_OWN_LAB:
        return not actor.roles & _TAKES_PART
    return held is None or relation in held


def may(
    actor: Actor, act: Act, stage: Stage | None = None, held: frozenset[Relation] | None = None
) -> Verdict:
    """Answer whether ``actor`` may do ``act`` while the lab stands at ``stage``.

    Args:
        actor: as seen from the lab, or from the site for acts of no lab.
        act: a key of ``TABLE``.
        stage: the lab's stage; None for acts of no lab.
        held: the relations the person has to the object; None where the object is not at hand
            yet (a page's gate), and then the relation is asked again by the service.

    No role outranks the stage: a facilitator cannot vote before voting opens.
    """
    rule = TABLE[act]
    if rule.roles is not None and not actor.roles & rule.roles:
        return Verdict(False, mark("Your role here does not allow this."))
    if rule.stages is not None and stage not in rule.stages:
        return Verdict(False, mark("This is not open at the present stage of the lab."))
    if rule.relation is not None and not _stands(actor, rule.relation, held):
        return Verdict(False, LACKING[rule.relation])
    return Verdict(True)


def require(
    actor: Actor,
    act: Act,
    stage: Stage | None = None,
    *,
    held: frozenset[Relation] | None = None,
) -> None:
    """Raise Denied unless ``may(actor, act, stage, held)``.

    Raises:
        Denied: with the reason to show.
        ValueError: the act demands a relation and the caller did not say which are held.
    """
    relation = TABLE[act].relation
    if relation not in (None, Relation.NOT_OWN_LAB) and held is None:
        raise ValueError(f"{act} needs the relations held")
    if not (verdict := may(actor, act, stage, held)):
        raise Denied(verdict.reason)
