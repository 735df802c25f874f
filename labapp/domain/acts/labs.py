"""What is done with a lab, its people and its stage."""

from labapp.domain.acts.row import ANYBODY, ActRow, Heading, any_of, at
from labapp.domain.errors import mark
from labapp.domain.roles import Relation, Role
from labapp.domain.stage import ALIVE, ALL, Stage


class LabActs:
    """Rows of the table of acts, in the order in which they are printed."""

    LAB_DRAFT = ActRow(
        "lab:draft",
        mark("Draft a lab"),
        heading=Heading.LAB,
        roles=any_of(Role.REVIEWER, Role.TRUSTED),
        sentence=mark("The lab was drafted"),
    )

    LAB_VIEW = ActRow(
        "lab:view",
        mark("See a lab"),
        heading=Heading.LAB,
        roles=ANYBODY,
        stages=ALL,
    )

    LAB_EDIT = ActRow(
        "lab:edit",
        mark("Change a lab's facts"),
        heading=Heading.LAB,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
    )

    LAB_APPROVE = ActRow(
        "lab:approve",
        mark("Approve a lab"),
        heading=Heading.LAB,
        roles=any_of(Role.REVIEWER),
        stages=at(Stage.PREPARATION),
        relation=Relation.NOT_OWN_LAB,
        sentence=mark("ANTAI approved the lab"),
        stirs=True,
    )

    LAB_MOVE = ActRow(
        "lab:move",
        mark("Move a lab to another stage"),
        heading=Heading.LAB,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("The lab moved to another stage"),
        stirs=True,
    )

    CLOSE_ASK = ActRow(
        "close:ask",
        mark("Ask to close a lab with things still owed, each named, with the reason"),
        heading=Heading.LAB,
        roles=any_of(Role.FACILITATOR),
        stages=at(Stage.FOLLOWUP),
        sentence=mark("The lab asked to close with things still owed"),
        stirs=True,
    )

    CLOSE_WITHDRAW = ActRow(
        "close:withdraw",
        mark("Take back that one asked to close a lab with things still owed"),
        heading=Heading.LAB,
        roles=any_of(Role.FACILITATOR),
        stages=at(Stage.FOLLOWUP),
        sentence=mark("The lab took back that it asked to close"),
        stirs=True,
    )

    CLOSE_SIGN = ActRow(
        "close:sign",
        mark("Agree, or not, for ANTAI that a lab closes with things still owed"),
        heading=Heading.LAB,
        roles=any_of(Role.REVIEWER),
        stages=at(Stage.FOLLOWUP),
        relation=Relation.NOT_OWN_LAB,
        sentence=mark("ANTAI decided whether the lab closes with things still owed"),
        stirs=True,
    )

    LAB_STOP = ActRow(
        "lab:stop",
        mark("Suspend or cancel a lab, with a reason"),
        heading=Heading.LAB,
        roles=any_of(Role.REVIEWER, Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("The lab was stopped"),
        stirs=True,
    )

    LAB_REOPEN = ActRow(
        "lab:reopen",
        mark("Open a lab again, with a reason"),
        heading=Heading.LAB,
        roles=any_of(Role.REVIEWER, Role.FACILITATOR),
        stages=at(Stage.CLOSED, Stage.SUSPENDED, Stage.CANCELLED),
        sentence=mark("The lab was opened again"),
        stirs=True,
    )

    LAB_WORK = ActRow(
        "lab:work",
        mark("See what is missing for the next stage"),
        heading=Heading.LAB,
        roles=any_of(Role.REVIEWER, Role.FACILITATOR),
        stages=ALL,
    )

    AUTHORITY_RECORD = ActRow(
        "authority:record",
        mark("Record the traditional authority's agreement"),
        heading=Heading.LAB,
        roles=any_of(Role.REVIEWER, Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("The traditional authority's agreement was recorded"),
        stirs=True,
    )

    VERDICT_GIVE = ActRow(
        "verdict:give",
        mark("Say what became of the earlier lab's problem"),
        heading=Heading.LAB,
        roles=any_of(Role.FACILITATOR),
        stages=at(Stage.FOLLOWUP, Stage.CLOSED),
        sentence=mark("The lab said what became of the earlier problem"),
        stirs=True,
    )

    MEMBER_ASK = ActRow(
        "member:ask",
        mark("Ask to join a lab"),
        heading=Heading.LAB,
        roles=any_of(Role.ACCOUNT),
        stages=ALIVE,
    )

    MEMBER_ADMIT = ActRow(
        "member:admit",
        mark("Admit a member"),
        heading=Heading.LAB,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
    )

    PEOPLE_JOIN = ActRow(
        "people:join",
        mark("Say that two lines of the list of people are one person"),
        heading=Heading.LAB,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("Two lines of the list of people were joined: they are one person"),
    )

    PEOPLE_PART = ActRow(
        "people:part",
        mark("Undo within a day that two lines are one person"),
        heading=Heading.LAB,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("Two lines of the list of people were parted again"),
    )

    PEOPLE_OBJECT = ActRow(
        "people:object",
        mark("Say that one's line was joined with another person's"),
        heading=Heading.LAB,
        roles=any_of(Role.ACCOUNT),
        stages=ALL,
        sentence=mark("Somebody said that their line was joined with another person's"),
    )

    PEOPLE_AGREE = ActRow(
        "people:agree",
        mark("Say that both lines that were joined are oneself"),
        heading=Heading.LAB,
        roles=any_of(Role.ACCOUNT),
        stages=ALL,
        sentence=mark("Somebody said that the line joined with theirs is their own too"),
    )

    ROLE_GIVE = ActRow(
        "role:give",
        mark("Give and end roles in the lab"),
        heading=Heading.LAB,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        tells_no_reason=True,
    )

    INTEREST_DECLARE = ActRow(
        "interest:declare",
        mark("Declare office, candidacy, and work for an entity that owes the lab"),
        heading=Heading.LAB,
        roles=any_of(Role.ACCOUNT),
        stages=ALL,
        sentence=mark("Somebody declared, before serving, on office, candidacy and contracts"),
    )

    LAB_ENTRUST = ActRow(
        "lab:entrust",
        mark("Name who facilitates a lab that nobody facilitates"),
        heading=Heading.LAB,
        roles=any_of(Role.REVIEWER),
        stages=ALIVE,
        relation=Relation.NOT_OWN_LAB,
        sentence=mark("ANTAI named who facilitates the lab"),
        stirs=True,
    )

    MEMBER_DISMISS = ActRow(
        "member:dismiss",
        mark("Take somebody off the list of members, with a reason"),
        heading=Heading.LAB,
        roles=any_of(Role.FACILITATOR),
        stages=ALIVE,
        sentence=mark("Somebody was taken off the list of members"),
        tells_no_reason=True,
    )

    DISMISSAL_APPEAL = ActRow(
        "dismissal:appeal",
        mark("Appeal to ANTAI against being taken off the list of members"),
        heading=Heading.LAB,
        roles=any_of(Role.ACCOUNT),
        stages=ALL,
        sentence=mark("Somebody taken off the list of members appealed to ANTAI"),
        is_private=True,
    )

    DISMISSAL_RULE = ActRow(
        "dismissal:rule",
        mark("Hear the appeal of somebody taken off the list of members"),
        heading=Heading.LAB,
        roles=any_of(Role.REVIEWER),
        stages=ALL,
        relation=Relation.NOT_OWN_LAB,
        sentence=mark("ANTAI heard the appeal of somebody taken off the list of members"),
        is_private=True,
    )

    DISMISSAL_EXPIRE = ActRow(
        "dismissal:expire",
        mark("Give a membership back whose appeal was not heard in its term"),
        heading=Heading.LAB,
        roles=any_of(),
        sentence=mark("The appeal was not heard in its term, and the membership is back"),
    )
