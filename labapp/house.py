"""The rooms of the house, from the lowest to the latest: the one list that names each of them."""

from labapp import hooks
from labapp.accounts.room import room as accounts
from labapp.audits.room import room as audits
from labapp.files.room import room as files
from labapp.followup.room import room as followup
from labapp.home.room import room as home
from labapp.labs.room import room as labs
from labapp.moderation.room import room as moderation
from labapp.organizations.room import room as organizations
from labapp.plans.room import room as plans
from labapp.polling.room import room as polling
from labapp.problems.room import room as problems
from labapp.proposals.room import room as proposals
from labapp.record.room import room as record
from labapp.responses.room import room as responses
from labapp.results.room import room as results
from labapp.review.room import room as review
from labapp.room import Room
from labapp.sessions.room import room as sessions
from labapp.stages.room import room as stages
from labapp.territory.room import room as territory
from labapp.thread.room import room as thread
from labapp.voting.room import room as voting
from labapp.web.room import room as web

#: In this order pages are registered, and what is due is done.
ROOMS: tuple[Room, ...] = (
    web,
    record,
    files,
    territory,
    accounts,
    organizations,
    plans,
    labs,
    thread,
    moderation,
    responses,
    problems,
    sessions,
    proposals,
    voting,
    followup,
    polling,
    results,
    audits,
    review,
    stages,
    home,
)


def install_hooks() -> None:
    """Have each room do, and be asked for, what it named in its ``room.py``."""
    hooks.on_act.install(hook for room in ROOMS for hook in room.on_act)
    hooks.on_leaving.install(hook for room in ROOMS for hook in room.on_leaving)
    hooks.before_judging.install(hook for room in ROOMS for hook in room.before_judging)
    hooks.on_grant.install(hook for room in ROOMS for hook in room.on_grant)
    hooks.on_reconciled.install(hook for room in ROOMS for hook in room.on_reconciled)
    hooks.on_rewritten.install(hook for room in ROOMS for hook in room.on_rewritten)
    hooks.on_publication_won.install(hook for room in ROOMS for hook in room.on_publication_won)
    hooks.originals.install(original for room in ROOMS for original in room.originals)
    hooks.public_texts.install(texts for room in ROOMS for texts in room.public_texts)
    hooks.desk_parts.install(part for room in ROOMS for part in room.desk_parts)
    hooks.watchers.install(watcher for room in ROOMS for watcher in room.watchers)
    hooks.before_join.install(hook for room in ROOMS for hook in room.before_join)
    hooks.before_part.install(hook for room in ROOMS for hook in room.before_part)
    hooks.on_join.install(hook for room in ROOMS for hook in room.on_join)
    hooks.before_dismissal.install(hook for room in ROOMS for hook in room.before_dismissal)
    hooks.debtors.install(debtors for room in ROOMS for debtors in room.debtors)
