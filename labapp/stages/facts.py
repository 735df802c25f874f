"""Gather, from every room, what the workflow needs to know of a lab."""

from labapp.audits import queries as audits
from labapp.domain.roles import Role
from labapp.domain.workflow import Facts
from labapp.followup import queries as followup
from labapp.labs import queries as labs
from labapp.labs.models import Lab
from labapp.problems import queries as problems
from labapp.proposals import queries as proposals
from labapp.review import queries as review
from labapp.sessions import queries as sessions
from labapp.territory import queries as territory
from labapp.voting import queries as voting


def gather(lab: Lab) -> Facts:
    """Return the facts of the lab as they stand in the database now."""
    problem_facts, proposed = problems.facts(lab.id), proposals.facts(lab.id)
    votes_open, votes_published = voting.facts(lab.id)
    in_force, silent_letters, unmet_steps = followup.facts(lab.id)
    findings_open, reports_missing = audits.facts(lab.id)
    return Facts(
        kind=lab.kind,
        approved=lab.approved_at is not None,
        in_comarca=territory.is_in_comarca(labs.places(lab)),
        authority_recorded=labs.authority_record(lab.id) is not None,
        earlier_lab=lab.earlier_lab_id is not None,
        earlier_problem=lab.earlier_problem_id is not None,
        facilitators=labs.count_holding(lab.id, Role.FACILITATOR),
        problems_received=problem_facts.received,
        problems_published=problem_facts.published,
        problems_waiting=problem_facts.waiting,
        problems_unanswered=problem_facts.unanswered,
        meetings_held=sessions.closed_meeting_count(lab.id),
        contributions_unanswered=sessions.unanswered_count(lab.id),
        proposals_admitted=proposed.admitted,
        proposals_undecided=proposed.undecided,
        proposals_unanswered=proposed.unanswered,
        votes_open=votes_open,
        votes_published=votes_published,
        agreements_in_force=in_force,
        letters_unanswered=silent_letters,
        milestones_unmet=unmet_steps,
        findings_open=findings_open,
        reports_missing=reports_missing,
        review_validated=review.last_validated(lab.id),
        verdict_given=lab.verdict_at is not None,
        left_from=lab.left_from,
    )
