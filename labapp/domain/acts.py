"""Everything that can be done, named ``object:verb``, and what the public thread says of it."""

from enum import StrEnum

from labapp.domain.errors import mark


class Act(StrEnum):
    """An act a person or the clock performs. The value is stored in the record."""

    SITE_VIEW = "site:view"
    ACCOUNT_OPEN = "account:open"
    ACCOUNT_KEEP = "account:keep"
    ROLE_GRANT = "role:grant"
    RECOVERY_MAKE = "recovery:make"
    PLAN_VIEW = "plan:view"
    PLAN_EDIT = "plan:edit"
    ORGANIZATION_ADD = "organization:add"
    DESK_VIEW = "desk:view"
    RECORD_VIEW = "record:view"

    LAB_DRAFT = "lab:draft"
    LAB_VIEW = "lab:view"
    LAB_EDIT = "lab:edit"
    LAB_APPROVE = "lab:approve"
    LAB_MOVE = "lab:move"
    LAB_STOP = "lab:stop"
    LAB_REOPEN = "lab:reopen"
    LAB_WORK = "lab:work"
    AUTHORITY_RECORD = "authority:record"
    VERDICT_GIVE = "verdict:give"
    MEMBER_ASK = "member:ask"
    MEMBER_ADMIT = "member:admit"
    ROLE_GIVE = "role:give"

    PROBLEM_TELL = "problem:tell"
    PROBLEM_ADD = "problem:add"
    PROBLEM_CORRECT = "problem:correct"
    PROBLEM_PUBLISH = "problem:publish"
    PROBLEM_RETURN = "problem:return"
    PROBLEM_REJECT = "problem:reject"
    PROBLEM_MERGE = "problem:merge"
    PROBLEM_SUPPORT = "problem:support"
    HANDS_COUNT = "hands:count"
    MODERATION_VIEW = "moderation:view"

    MEETING_ANNOUNCE = "meeting:announce"
    MEETING_RUN = "meeting:run"
    MEETING_CLOSE = "meeting:close"
    MEETING_CANCEL = "meeting:cancel"
    ATTENDANCE_NOTE = "attendance:note"
    CONTRIBUTION_NOTE = "contribution:note"
    RESPONSE_GIVE = "response:give"

    PROPOSAL_WRITE = "proposal:write"
    PROPOSAL_EDIT = "proposal:edit"
    PROPOSAL_SEND = "proposal:send"
    OPINION_GIVE = "opinion:give"
    PROPOSAL_ADMIT = "proposal:admit"
    PROPOSAL_REFUSE = "proposal:refuse"

    VOTE_SET = "vote:set"
    VOTE_OPEN = "vote:open"
    VOTE_CLOSE = "vote:close"
    VOTE_DRAW = "vote:draw"
    VOTE_PUBLISH = "vote:publish"
    VOTE_ANNUL = "vote:annul"
    BALLOT_CAST = "ballot:cast"
    ROLL_CONSULT = "roll:consult"
    HALL_KEEP = "hall:keep"
    CARD_PRINT = "card:print"
    CARD_VOID = "card:void"
    CARD_CAST = "card:cast"
    PAPER_PRINT = "paper:print"
    BATCH_ADD = "batch:add"
    BATCH_TYPE = "batch:type"
    BATCH_DROP = "batch:drop"
    HANDS_NOTE = "hands:note"
    CHANNEL_RECONCILE = "channel:reconcile"

    LETTER_SEND = "letter:send"
    LETTER_ANSWER = "letter:answer"
    AGREEMENT_DRAFT = "agreement:draft"
    AGREEMENT_STEP = "agreement:step"
    AGREEMENT_ACCEPT = "agreement:accept"
    LINK_ISSUE = "link:issue"
    LINK_REVOKE = "link:revoke"
    PROGRESS_DECLARE = "progress:declare"
    EVIDENCE_ADD = "evidence:add"
    MILESTONE_CONFIRM = "milestone:confirm"

    WORK_REGISTER = "work:register"
    WORK_ACCEPT = "work:accept"
    COMMITTEE_FORM = "committee:form"
    COMMITTEE_SEAT = "committee:seat"
    SEAT_KEEP = "seat:keep"
    COMMITTEE_REPORT = "committee:report"
    COMMITTEE_CERTIFY = "committee:certify"
    VISIT_RECORD = "visit:record"
    MILESTONE_VERIFY = "milestone:verify"
    FINDING_RAISE = "finding:raise"
    FINDING_REPLY = "finding:reply"
    FINDING_LOOK = "finding:look"
    FINDING_CLOSE = "finding:close"
    REPORT_DELIVER = "report:deliver"

    REVIEW_SEND = "review:send"
    REVIEW_RETURN = "review:return"
    REVIEW_ANSWER = "review:answer"
    REVIEW_VALIDATE = "review:validate"
    REVIEW_IRM = "review:irm"


#: What a thread page says of an act. Acts not listed leave an entry that no thread shows.
SAID: dict[Act, str] = {
    Act.LAB_DRAFT: mark("The lab was drafted"),
    Act.LAB_APPROVE: mark("ANTAI approved the lab"),
    Act.LAB_MOVE: mark("The lab moved to another stage"),
    Act.LAB_STOP: mark("The lab was stopped"),
    Act.LAB_REOPEN: mark("The lab was opened again"),
    Act.AUTHORITY_RECORD: mark("The traditional authority's agreement was recorded"),
    Act.VERDICT_GIVE: mark("The lab said what became of the earlier problem"),
    Act.PROBLEM_TELL: mark("Somebody told it"),
    Act.PROBLEM_CORRECT: mark("It was corrected and sent again"),
    Act.PROBLEM_PUBLISH: mark("It was reviewed and published"),
    Act.PROBLEM_RETURN: mark("It was returned with a reason"),
    Act.PROBLEM_REJECT: mark("It was not published, with a reason"),
    Act.PROBLEM_MERGE: mark("It was joined with another like it"),
    Act.HANDS_COUNT: mark("Hands were counted in a meeting"),
    Act.MEETING_ANNOUNCE: mark("The meeting was announced"),
    Act.MEETING_RUN: mark("The meeting began"),
    Act.MEETING_CLOSE: mark("The meeting closed with its minutes"),
    Act.MEETING_CANCEL: mark("The meeting was cancelled"),
    Act.CONTRIBUTION_NOTE: mark("It was said in a meeting"),
    Act.RESPONSE_GIVE: mark("It was answered: what was decided and why"),
    Act.PROPOSAL_WRITE: mark("The proposal was written"),
    Act.PROPOSAL_EDIT: mark("A new version was written"),
    Act.PROPOSAL_SEND: mark("The proposal was sent"),
    Act.OPINION_GIVE: mark("A technical opinion was given"),
    Act.PROPOSAL_ADMIT: mark("The proposal was admitted to the vote"),
    Act.PROPOSAL_REFUSE: mark("The proposal was not admitted, with a reason"),
    Act.VOTE_SET: mark("The vote was announced"),
    Act.VOTE_OPEN: mark("The vote opened"),
    Act.VOTE_CLOSE: mark("The vote closed"),
    Act.CARD_PRINT: mark("Voting cards were printed"),
    Act.BATCH_DROP: mark("A batch of paper ballots went into the urn"),
    Act.HANDS_NOTE: mark("A show of hands was counted before two witnesses"),
    Act.CHANNEL_RECONCILE: mark("What was handed out in the hall was reconciled"),
    Act.VOTE_DRAW: mark("What the draw of a tie gave was noted"),
    Act.VOTE_PUBLISH: mark("The result was counted and published"),
    Act.VOTE_ANNUL: mark("The vote was annulled, with a reason"),
    Act.LETTER_SEND: mark("A letter was handed in"),
    Act.LETTER_ANSWER: mark("The letter was answered"),
    Act.AGREEMENT_DRAFT: mark("The agreement was written"),
    Act.AGREEMENT_STEP: mark("The step was written, with its questions"),
    Act.AGREEMENT_ACCEPT: mark("The entity accepted the agreement"),
    Act.PROGRESS_DECLARE: mark("The entity said how far it is"),
    Act.EVIDENCE_ADD: mark("Evidence was added"),
    Act.MILESTONE_CONFIRM: mark("A neighbour checked it"),
    Act.MILESTONE_VERIFY: mark("The committee checked it"),
    Act.WORK_REGISTER: mark("The public work was registered"),
    Act.WORK_ACCEPT: mark("The public work was formally accepted"),
    Act.COMMITTEE_FORM: mark("The committee began to form"),
    Act.COMMITTEE_REPORT: mark("The committee told ANTAI it exists"),
    Act.COMMITTEE_CERTIFY: mark("ANTAI certified the committee"),
    Act.VISIT_RECORD: mark("The committee visited"),
    Act.FINDING_RAISE: mark("The committee found something"),
    Act.FINDING_REPLY: mark("The entity replied"),
    Act.FINDING_LOOK: mark("The committee looked again"),
    Act.FINDING_CLOSE: mark("The finding was closed"),
    Act.REPORT_DELIVER: mark("The committee delivered its final report"),
    Act.REVIEW_SEND: mark("The follow-up was sent to ANTAI"),
    Act.REVIEW_RETURN: mark("ANTAI returned it with observations"),
    Act.REVIEW_ANSWER: mark("The lab answered the observations"),
    Act.REVIEW_VALIDATE: mark("ANTAI validated the follow-up"),
    Act.REVIEW_IRM: mark("The independent review's coding was noted"),
}
