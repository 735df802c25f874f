"""Cover what removals take away of a thing, and uncover what they do no longer.

The texts as they were sent are kept once; what the rooms hold is worked out anew from them and from
every removal that stands, so that removals come and go in any order.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from labapp import hooks
from labapp.db import db
from labapp.domain.blackout import BLOCK, black_out, holds
from labapp.domain.errors import Conflict, mark
from labapp.domain.removal import RemovalEnd, RemovalScope
from labapp.domain.removal_code import RemovalCode
from labapp.domain.roles import Role
from labapp.files import queries as files
from labapp.files.models import StoredFile
from labapp.moderation import queries
from labapp.moderation.models import CoveredText, KeptText, Removal
from labapp.room import PublicText
from labapp.thread import service as thread
from labapp.thread.models import Thing
from labapp.thread.service import texts


def choose(removal: Removal) -> None:
    """Note which texts and files of its thing a removal covers, as they stand now. Flushes.

    Raises:
        Conflict: no text holds any of the words, one of them stands nowhere, or the file is not
            one of the thing's.
    """
    thing = removal.thing
    hung = [file.id for file in files.of_thing(thing.id)]
    if removal.scope is RemovalScope.FILE:
        if removal.file_id not in hung:
            raise Conflict(mark("That photo or file is not here, or was taken away already."))
        keys = [_file_key(removal.file_id)]
    elif removal.scope is RemovalScope.WHOLE:
        own = removal.code is RemovalCode.OWN_WISH
        keys = [text.key for text in _within_reach(removal) if text.own or not own]
        keys += map(_file_key, hung)
        if not keys or _covered_whole(thing).issuperset(keys):
            raise Conflict(mark("It was taken away already."))
    else:
        keys = _holding(_within_reach(removal), removal.hidden_words.splitlines())
    db.session.execute(delete(CoveredText).where(CoveredText.removal_id == removal.id))
    db.session.add_all(CoveredText(removal_id=removal.id, key=key) for key in keys)
    db.session.flush()
    db.session.refresh(removal, ["covered"])


def apply(thing: Thing, now: datetime) -> None:
    """Have the rooms hold of a thing what stands uncovered, and no more. Flushes."""
    standing = queries.standing(thing.id)
    covers: dict[str, list[Removal]] = {}
    for removal in standing:
        for text in removal.covered:
            covers.setdefault(text.key, []).append(removal)
    _cover_texts(thing, covers)
    _cover_files(thing, covers)
    last = standing[-1] if standing else None
    whole = [row.decided_at for row in standing if row.scope is RemovalScope.WHOLE]
    thread.note_removal(
        thing,
        at=last.decided_at if last else None,
        code=last.code if last else None,
        hidden_at=whole[0] if whole else None,
    )
    hooks.on_rewritten.call(thing.id, now)


def require_not_said_again(thing: Thing) -> None:
    """Refuse words of an author that hold what was blacked out of the former.

    Raises:
        Conflict: one of the texts that nothing covers holds a phrase that is blacked out.
    """
    standing = queries.standing(thing.id)
    covered = {text.key for removal in standing for text in removal.covered}
    covered -= {key for key, kept in queries.kept_texts(thing.id).items() if _is_stale(thing, kept)}
    new = [text.text for text in texts.all_of(thing) if text.own and text.key not in covered]
    for phrase in (line for removal in standing for line in removal.hidden_words.splitlines()):
        if any(holds(text, phrase) for text in new):
            again = mark("“%(words)s” was blacked out, and stands there again.")
            raise Conflict(again, words=phrase)


def forget_own_texts(thing: Thing) -> None:
    """Forget the words of an author who wrote others: what covers them covers them no more.

    What somebody else said of the thing is another's, and stays as covered as it was. Flushes.
    """
    own = [text.key for text in texts.all_of(thing) if text.own]
    ids = [removal.id for removal in queries.standing(thing.id)]
    db.session.execute(delete(KeptText).where(KeptText.thing_id == thing.id, KeptText.key.in_(own)))
    db.session.execute(
        delete(CoveredText).where(CoveredText.removal_id.in_(ids), CoveredText.key.in_(own))
    )
    db.session.expire_all()


def _cover_texts(thing: Thing, covers: dict[str, list[Removal]]) -> None:
    kept = queries.kept_texts(thing.id)
    here = {text.key: text for text in texts.all_of(thing)}
    for key in covers.keys() & here.keys() - kept.keys():
        kept[key] = KeptText(thing_id=thing.id, key=key, text=here[key].text, shown="")
        db.session.add(kept[key])
    for key in kept.keys() & here.keys():
        # What was written over meanwhile, by whoever may, is what is covered now.
        if kept[key].shown and kept[key].shown != here[key].text:
            kept[key].text = here[key].text
    heading = next((t.key for t in here.values() if t.heads), next(iter(here), ""))
    shown = {}
    for key, text in kept.items():
        is_heading = key in here and (here[key].heads or key == heading)
        shown[key] = _covered(text.text, covers.get(key, ()), is_heading=is_heading)
        text.shown = shown[key]
        # What may not be written over now, as an opened vote's paper, is kept all the same.
        if key not in covers and key in here:
            db.session.delete(text)
    texts.rewrite(thing, shown)


def _covered(text: str, removals: Sequence[Removal], *, is_heading: bool) -> str:
    whole = next((row for row in removals if row.scope is RemovalScope.WHOLE), None)
    if whole is not None:
        return whole.notice if is_heading else BLOCK
    words = [line for row in removals for line in row.hidden_words.splitlines()]
    return black_out(text, words)


def _cover_files(thing: Thing, covers: dict[str, list[Removal]]) -> None:
    for file in files.of_thing(thing.id):
        for removal in covers.get(_file_key(file.id), ())[:1]:
            file.removed_at, file.removed_for = removal.decided_at, removal.code
    for file in _uncovered(thing, covers):
        file.removed_at = file.removed_for = None
    db.session.flush()


def _uncovered(thing: Thing, covers: dict[str, list[Removal]]) -> list[StoredFile]:
    """Return the files that a removal covered and none covers now.

    Those of a text that its author wrote anew stay away: they were no part of what was written.
    """
    ended = [row for row in queries.of_thing(thing.id) if row.ended_by != RemovalEnd.REWRITTEN]
    once = {(text.key, row.decided_at) for row in ended for text in row.covered}
    return [
        file
        for file in files.files_removed_from(thing.id)
        # One that its sender took away since, at another instant, stays away.
        if (_file_key(file.id), file.removed_at) in once and _file_key(file.id) not in covers
    ]


def _within_reach(removal: Removal) -> list[PublicText]:
    """Return the texts that this side takes away: what an office said, ANTAI alone."""
    is_antai = removal.role is Role.REVIEWER
    return [text for text in texts.all_of(removal.thing) if is_antai or not text.official]


def _holding(within: Sequence[PublicText], hidden_words: Sequence[str]) -> list[str]:
    """Return the keys of the texts in which any of the words still stand."""
    for words in hidden_words:
        if not any(holds(text.text, words) for text in within):
            raise Conflict(
                mark("“%(words)s” does not stand there. Copy the words as they are written."),
                words=words,
            )
    return [text.key for text in within if any(holds(text.text, w) for w in hidden_words)]


def _covered_whole(thing: Thing) -> set[str]:
    standing = queries.standing(thing.id)
    whole = (row for row in standing if row.scope is RemovalScope.WHOLE)
    return {text.key for row in whole for text in row.covered}


def _is_stale(thing: Thing, kept: KeptText) -> bool:
    """Tell whether a text was written over since it was covered."""
    here = {text.key: text.text for text in texts.all_of(thing)}
    return kept.key in here and here[kept.key] != kept.shown


def _file_key(file_id: int | None) -> str:
    return f"file.{file_id}"
