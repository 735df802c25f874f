"""The words of every act, and the groups in which they are printed."""

from labapp.domain.acts import Act
from labapp.domain.errors import mark

LABELS: dict[Act, str] = {
    Act.SITE_VIEW: mark("See the site"),
    Act.ACCOUNT_OPEN: mark("Open an account"),
    Act.ACCOUNT_KEEP: mark("Keep one's own account"),
    Act.ROLE_GRANT: mark("Give and end roles on the site (ANTAI: trusted facilitators alone)"),
    Act.RECOVERY_MAKE: mark("Make a link to choose a new password"),
    Act.PLAN_VIEW: mark("See a plan and its targets"),
    Act.PLAN_EDIT: mark("Write a plan's targets"),
    Act.ORGANIZATION_ADD: mark("Add an organization"),
    Act.DESK_VIEW: mark("See ANTAI's desk"),
    Act.RECORD_VIEW: mark("Read the public record"),
    Act.LAB_DRAFT: mark("Draft a lab"),
    Act.LAB_VIEW: mark("See a lab"),
    Act.LAB_EDIT: mark("Change a lab's facts"),
    Act.LAB_APPROVE: mark("Approve a lab"),
    Act.LAB_MOVE: mark("Move a lab to another stage"),
    Act.LAB_STOP: mark("Suspend or cancel a lab, with a reason"),
    Act.LAB_REOPEN: mark("Open a lab again, with a reason"),
    Act.LAB_WORK: mark("See what is missing for the next stage"),
    Act.AUTHORITY_RECORD: mark("Record the traditional authority's agreement"),
    Act.VERDICT_GIVE: mark("Say what became of the earlier lab's problem"),
    Act.MEMBER_ASK: mark("Ask to join a lab"),
    Act.MEMBER_ADMIT: mark("Admit a member"),
    Act.ROLE_GIVE: mark("Give and end roles in the lab"),
    Act.PROBLEM_TELL: mark("Tell a problem"),
    Act.PROBLEM_ADD: mark("Add to a problem one told"),
    Act.PROBLEM_PUBLISH: mark("Publish a problem"),
    Act.PROBLEM_RETURN: mark("Return a problem with a reason"),
    Act.PROBLEM_REJECT: mark("Not publish a problem, with a reason"),
    Act.PROBLEM_MERGE: mark("Join a problem with another like it"),
    Act.PROBLEM_SUPPORT: mark("Say “it happens to me too”"),
    Act.MODERATION_VIEW: mark("See what is waiting to be reviewed"),
    Act.MEETING_ANNOUNCE: mark("Announce a meeting"),
    Act.MEETING_RUN: mark("Run a meeting"),
    Act.ATTENDANCE_NOTE: mark("Check people in at a meeting"),
    Act.MEETING_CLOSE: mark("Close a meeting with its minutes"),
    Act.CONTRIBUTION_NOTE: mark("Note what was said in a meeting"),
    Act.RESPONSE_GIVE: mark("Answer what was decided and why"),
    Act.PROPOSAL_WRITE: mark("Write a proposal"),
    Act.PROPOSAL_EDIT: mark("Write a new version of a proposal"),
    Act.PROPOSAL_SEND: mark("Send a proposal"),
    Act.OPINION_GIVE: mark("Give a technical opinion"),
    Act.PROPOSAL_ADMIT: mark("Admit a proposal to the vote"),
    Act.PROPOSAL_REFUSE: mark("Not admit a proposal, with a reason"),
    Act.VOTE_SET: mark("Announce a vote"),
    Act.VOTE_OPEN: mark("Open a vote"),
    Act.VOTE_CLOSE: mark("Close a vote"),
    Act.VOTE_PUBLISH: mark("Count a vote and publish the result"),
    Act.VOTE_ANNUL: mark("Annul a vote, with a reason"),
    Act.BALLOT_CAST: mark("Vote"),
    Act.ROLL_CONSULT: mark("Consult the list of those who may vote"),
    Act.LETTER_SEND: mark("Hand in a letter"),
    Act.LETTER_ANSWER: mark("Record the answer to a letter"),
    Act.AGREEMENT_DRAFT: mark("Write an agreement"),
    Act.AGREEMENT_ACCEPT: mark("Accept an agreement, or record its acceptance"),
    Act.LINK_ISSUE: mark("Give an entity a link to report by"),
    Act.LINK_REVOKE: mark("End such a link"),
    Act.PROGRESS_DECLARE: mark("Say how far a step is"),
    Act.EVIDENCE_ADD: mark("Add evidence"),
    Act.MILESTONE_CONFIRM: mark("Check a step as a neighbour"),
    Act.WORK_REGISTER: mark("Register a public work"),
    Act.WORK_ACCEPT: mark("Record the formal acceptance of a public work"),
    Act.COMMITTEE_FORM: mark("Begin a committee"),
    Act.COMMITTEE_SEAT: mark("Seat and unseat its members"),
    Act.COMMITTEE_REPORT: mark("Tell ANTAI that a committee exists"),
    Act.COMMITTEE_CERTIFY: mark("Certify a committee"),
    Act.VISIT_RECORD: mark("Record a visit"),
    Act.MILESTONE_VERIFY: mark("Check a step as the committee"),
    Act.FINDING_RAISE: mark("Say what was found"),
    Act.FINDING_REPLY: mark("Record the entity's reply"),
    Act.FINDING_CLOSE: mark("Close a finding"),
    Act.REPORT_DELIVER: mark("Deliver the committee's final report"),
    Act.REVIEW_SEND: mark("Send the follow-up to ANTAI"),
    Act.REVIEW_RETURN: mark("Return the follow-up with observations"),
    Act.REVIEW_ANSWER: mark("Answer ANTAI's observations"),
    Act.REVIEW_VALIDATE: mark("Validate the follow-up"),
}

#: A heading, and the objects whose acts stand under it.
_OBJECTS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        mark("The site"),
        frozenset(
            {"site", "account", "role", "recovery", "plan", "organization", "desk", "record"}
        ),
    ),
    (mark("The lab"), frozenset({"lab", "authority", "verdict", "member"})),
    (mark("Problems"), frozenset({"problem", "moderation"})),
    (
        mark("Meetings and answers"),
        frozenset({"attendance", "meeting", "contribution", "response"}),
    ),
    (mark("Proposals"), frozenset({"proposal", "opinion"})),
    (mark("Votes"), frozenset({"hands", "vote", "ballot", "roll"})),
    (
        mark("Letters and agreements"),
        frozenset({"letter", "agreement", "link", "progress", "evidence", "milestone"}),
    ),
    (
        mark("Public works and committees"),
        frozenset({"work", "committee", "seat", "visit", "finding", "report"}),
    ),
    (mark("ANTAI's review"), frozenset({"review"})),
)

GROUPS: tuple[tuple[str, tuple[Act, ...]], ...] = tuple(
    (words, tuple(act for act in Act if act.value.split(":")[0] in objects))
    for words, objects in _OBJECTS
)
