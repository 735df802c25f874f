"""What is done with public works, and what their committees do."""

from labapp.domain.acts.row import ActRow, Heading, Turn, any_of
from labapp.domain.errors import mark
from labapp.domain.roles import Relation, Role
from labapp.domain.stage import DELIVERY, DELIVERY_AND_AFTER


class AuditActs:
    """Rows of the table of acts, in the order in which they are printed."""

    WORK_REGISTER = ActRow(
        "work:register",
        mark("Register a public work"),
        heading=Heading.WORKS,
        roles=any_of(Role.FACILITATOR),
        stages=DELIVERY,
        sentence=mark("The public work was registered"),
        stirs=True,
    )

    REPORT_EXCUSE = ActRow(
        "report:excuse",
        mark("Let a work be accepted without its committee's final report, with a reason"),
        heading=Heading.WORKS,
        roles=any_of(Role.REVIEWER),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.NOT_OWN_LAB,
        sentence=mark("ANTAI let the work be accepted without the committee's final report"),
        turn=Turn.GREAT,
        stirs=True,
    )

    WORK_ACCEPT = ActRow(
        "work:accept",
        mark("Record the formal acceptance of a public work"),
        heading=Heading.WORKS,
        roles=any_of(Role.FACILITATOR),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.NOT_EXECUTOR,
        sentence=mark("The public work was formally accepted"),
        turn=Turn.GREAT,
        stirs=True,
    )

    COMMITTEE_FORM = ActRow(
        "committee:form",
        mark("Begin a committee"),
        heading=Heading.WORKS,
        roles=any_of(Role.FACILITATOR),
        stages=DELIVERY,
        sentence=mark("The committee began to form"),
        stirs=True,
    )

    COMMITTEE_SEAT = ActRow(
        "committee:seat",
        mark("Seat and unseat its members, and say until when they sit"),
        heading=Heading.WORKS,
        roles=any_of(Role.FACILITATOR),
        stages=DELIVERY_AND_AFTER,
        stirs=True,
        tells_no_reason=True,
    )

    SEAT_KEEP = ActRow(
        "seat:keep",
        mark("Say whether one's name is published"),
        heading=Heading.WORKS,
        roles=any_of(Role.COMMITTEE),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.SEATED,
    )

    SEAT_LEAVE = ActRow(
        "seat:leave",
        mark("Give up one's seat"),
        heading=Heading.WORKS,
        roles=any_of(Role.COMMITTEE),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.SEATED,
        stirs=True,
    )

    TIE_DECLARE = ActRow(
        "tie:declare",
        mark("Declare a tie with whoever builds or pays"),
        heading=Heading.WORKS,
        roles=any_of(Role.COMMITTEE),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.SEATED,
        sentence=mark("A member of the committee declared a tie"),
    )

    TIE_END = ActRow(
        "tie:end",
        mark("Say that a tie is over"),
        heading=Heading.WORKS,
        roles=any_of(Role.COMMITTEE),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.SEATED,
        sentence=mark("A member of the committee said that a tie is over"),
    )

    COMMITTEE_REPORT = ActRow(
        "committee:report",
        mark("Tell ANTAI that a committee exists"),
        heading=Heading.WORKS,
        roles=any_of(Role.FACILITATOR, Role.COMMITTEE),
        stages=DELIVERY_AND_AFTER,
        sentence=mark("The committee told ANTAI it exists"),
        stirs=True,
    )

    COMMITTEE_CERTIFY = ActRow(
        "committee:certify",
        mark("Certify a committee"),
        heading=Heading.WORKS,
        roles=any_of(Role.REVIEWER),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.NOT_OWN_LAB,
        sentence=mark("ANTAI certified the committee"),
        turn=Turn.GREAT,
        stirs=True,
    )

    VISIT_RECORD = ActRow(
        "visit:record",
        mark("Record a visit"),
        heading=Heading.WORKS,
        roles=any_of(Role.COMMITTEE),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.SEATED,
        sentence=mark("The committee visited"),
        stirs=True,
    )

    VISIT_ADDENDUM = ActRow(
        "visit:addendum",
        mark("Say what was wrong or missing in a visit"),
        heading=Heading.WORKS,
        roles=any_of(Role.COMMITTEE),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.SEATED,
        sentence=mark("The committee added to its visit"),
        stirs=True,
    )

    FINDING_RAISE = ActRow(
        "finding:raise",
        mark("Say what was found"),
        heading=Heading.WORKS,
        roles=any_of(Role.COMMITTEE),
        stages=DELIVERY,
        relation=Relation.SEATED,
        sentence=mark("The committee found something"),
        stirs=True,
    )

    FINDING_REPLY = ActRow(
        "finding:reply",
        mark("Record the entity's reply"),
        heading=Heading.WORKS,
        roles=any_of(Role.FACILITATOR, Role.RESPONSIBLE),
        stages=DELIVERY_AND_AFTER,
        sentence=mark("The entity replied"),
        turn=Turn.SMALL,
        stirs=True,
    )

    FINDING_LOOK = ActRow(
        "finding:look",
        mark("Look at a finding again"),
        heading=Heading.WORKS,
        roles=any_of(Role.COMMITTEE),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.SEATED,
        sentence=mark("The committee looked again"),
        stirs=True,
    )

    FINDING_CLOSE = ActRow(
        "finding:close",
        mark("Close a finding"),
        heading=Heading.WORKS,
        roles=any_of(Role.COMMITTEE),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.SEATED,
        sentence=mark("The finding was closed"),
        turn=Turn.SMALL,
        stirs=True,
    )

    REPORT_DELIVER = ActRow(
        "report:deliver",
        mark("Deliver the committee's final report"),
        heading=Heading.WORKS,
        roles=any_of(Role.COMMITTEE),
        stages=DELIVERY_AND_AFTER,
        relation=Relation.SEATED,
        sentence=mark("The committee delivered its final report"),
        turn=Turn.GREAT,
        stirs=True,
    )
