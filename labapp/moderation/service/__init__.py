"""Write removals: what is taken away, agreed on by two, and put back."""

from labapp.db import db
from labapp.domain.errors import Conflict, Denied, mark
from labapp.domain.policy import Act, Role
from labapp.domain.removal import (
    BY_TWO_OF_ANTAI,
    RemovalEnd,
    RemovalScope,
    RemovalState,
    scopes_of,
)
from labapp.domain.removal_code import RemovalCode
from labapp.labs.queries import identity
from labapp.moderation import queries
from labapp.moderation.models import Removal
from labapp.moderation.removal_draft import RemovalDraft
from labapp.moderation.service import cover, removal_row
from labapp.moderation.service.removal_row import AnyActing
from labapp.thread.models import Thing

_ANTAI_ALONE = mark(
    "What was promised, answered, found, reviewed or voted is taken away by ANTAI alone."
)
_PUT_BACK = mark("An appeal put this back: from now on only ANTAI takes anything of it away.")


def take_away(acting: AnyActing, draft: RemovalDraft, *, thing: Thing) -> Removal:
    """Take words, a file or a whole thing away, at once; or ask for it, where two must agree.

    Args:
        acting: a facilitator of the lab, or ANTAI.
        draft: what, and why.
        thing: of this lab, with its place in public.

    Returns:
        The removal, flushed. The public reads it no more from the commit on.

    Raises:
        Denied: wrong role; or ANTAI alone decides of this.
        Conflict: it is not public, is taken away already, or holds none of the words.
    """
    acting.require(Act.REMOVAL_DECIDE)
    is_antai = removal_row.side(acting.actor) is Role.REVIEWER
    was_won = queries.appeal_was_won(thing.id)
    by_two = thing.kind in BY_TWO_OF_ANTAI or was_won
    if by_two and not is_antai:
        raise Denied(_PUT_BACK if was_won else _ANTAI_ALONE)
    removal_row.lock(acting, thing)
    if not thing.has_place:
        raise Conflict(mark("This is not public."))
    if draft.scope not in scopes_of(thing.kind, has_files=draft.file_id is not None):
        raise Conflict(
            mark("An opened vote keeps its words, and is not hidden: ANTAI may annul the vote.")
        )
    removal = removal_row.add(acting, draft, thing, by_two=by_two)
    cover.choose(removal)
    if not by_two:
        removal_row.decide(acting, removal)
    removal_row.leave_entry(acting, Act.REMOVAL_DECIDE, removal)
    return removal


def withdraw(acting: AnyActing, *, thing: Thing, notice: str) -> Removal:
    """Take a whole thing away because its author wishes it; called by the room where that is done.

    The act, who may do it and its entry are that room's. Flushes.

    Args:
        acting: who withdraws it, or a facilitator for whoever said it in a hall.
        thing: public.
        notice: what stands in its place.

    Raises:
        Denied: the team withdraws for somebody what an appeal put back.
    """
    if removal_row.side(acting.actor) is not None and queries.appeal_was_won(thing.id):
        raise Denied(_PUT_BACK)
    draft = RemovalDraft(RemovalScope.WHOLE, RemovalCode.OWN_WISH, "", notice)
    removal = removal_row.add(acting, draft, thing, by_two=False)
    cover.choose(removal)
    removal_row.decide(acting, removal)
    return removal


def refuse_publication(
    acting: AnyActing, *, thing: Thing, code: RemovalCode, words: str
) -> Removal:
    """Note that a thing is not published; called by the room that decides so. Flushes.

    The act and its entry are that room's. Its author may appeal, as against what is taken away.
    """
    draft = RemovalDraft(RemovalScope.PUBLICATION, code, words, "")
    removal = removal_row.add(acting, draft, thing, by_two=False)
    removal.decided_at, removal.decided_by_id = acting.now, acting.actor.person_id
    db.session.flush()
    return removal


def end_rewritten(acting: AnyActing, *, thing: Thing) -> None:
    """End what was taken away of a thing, if anything was, whose author wrote other words. Flushes.

    Called by the room that publishes those words: the former ones stay black for good, and so do
    words blacked out of what others said of it.

    Raises:
        Conflict: the other words say again what was blacked out.
    """
    if thing.removed_at is None:
        return
    cover.require_not_said_again(thing)
    cover.forget_own_texts(thing)
    for removal in queries.standing(thing.id):
        is_empty = removal.scope is RemovalScope.WORDS and not removal.covered
        if removal.scope is RemovalScope.WHOLE or is_empty:
            removal_row.close(removal, RemovalEnd.REWRITTEN, acting.now)
    cover.apply(thing, acting.now)


def confirm(acting: AnyActing, *, removal: Removal, agrees: bool) -> None:
    """Agree as the second person of ANTAI, or not. Flushes.

    Raises:
        Denied: wrong role, or the same person who asked.
        Conflict: it was decided already.
    """
    acting.require(Act.REMOVAL_CONFIRM)
    removal_row.lock(acting, removal.thing)
    removal_row.require_state(removal, RemovalState.ASKED)
    if identity.are_one(acting.actor.person_id, removal.asked_by_id):
        raise Denied(mark("A second person of ANTAI must agree: not the one who asked."))
    if agrees:
        # What was said of it meanwhile is covered too.
        cover.choose(removal)
        removal_row.decide(acting, removal)
    else:
        removal_row.close(removal, RemovalEnd.DECLINED, acting.now)
    removal_row.leave_entry(acting, Act.REMOVAL_CONFIRM, removal, {"agrees": agrees})


def put_back(acting: AnyActing, *, removal: Removal) -> None:
    """Put back what one's own side took away. Flushes.

    Raises:
        Denied: wrong role, or the other side took it away.
        Conflict: ANTAI heard an appeal, it has ended, or it was its author's wish.
    """
    acting.require(Act.REMOVAL_RETURN)
    removal_row.lock(acting, removal.thing)
    removal_row.require_state(removal, RemovalState.STANDS, RemovalState.APPEALED)
    if removal.code is RemovalCode.OWN_WISH or removal.scope is RemovalScope.PUBLICATION:
        raise Conflict(mark("This is not put back from here."))
    if removal.role not in acting.actor.roles:
        raise Denied(mark("Only the side that took it away puts it back without an appeal."))
    # Whoever gives in once an appeal waits has lost it: the log and the next removal know.
    is_lost = removal.state is RemovalState.APPEALED
    end = RemovalEnd.REVERSED if is_lost else RemovalEnd.TAKEN_BACK
    removal_row.end(removal, end, acting.now)
    removal_row.leave_entry(acting, Act.REMOVAL_RETURN, removal)
