"""Write the texts of a thing over, wherever its rooms keep them, and what is called after them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import InstrumentedAttribute

from labapp import hooks
from labapp.db import db
from labapp.domain.kinds import Kind
from labapp.record import queries as record
from labapp.record import service as record_service
from labapp.room import Original, PublicText, PublicTexts
from labapp.thread.models import Thing
from labapp.thread.queries import copies
from labapp.thread.short_title import short_title

#: What of any thing, whatever its room.
EVERY_KIND = frozenset(Kind)
_Texts = tuple[InstrumentedAttribute[str] | InstrumentedAttribute[str | None], ...]


@dataclass(frozen=True, slots=True)
class ColumnTexts:
    """Texts that stand in columns of one table.

    Attributes:
        kinds: the kinds of thing on which rows of the table hang.
        rows: receives the number of a thing and says, in a query, which rows are its own.
        heads: columns by which the thing is called.
        columns: the others.
        own: whether they are of whoever the thing is of; false for what others said of it.
        official: whether they are said in the name of an office.
    """

    kinds: frozenset[Kind]
    rows: Any
    heads: _Texts = ()
    columns: _Texts = ()
    own: bool = True
    official: bool = False

    def read(self, thing_id: int) -> Iterator[PublicText]:
        """Yield the texts of one thing, row by row. One statement."""
        texts = (*self.heads, *self.columns)
        keys = texts[0].class_.__table__.primary_key.columns
        own: ColumnElement[bool] = self.rows(thing_id)
        for row in db.session.execute(select(*keys, *texts).where(own).order_by(*keys)):
            place = "~".join(str(part) for part in row[: len(keys)])
            for column, text in zip(texts, row[len(keys) :], strict=True):
                key = f"{column.class_.__table__.name}.{place}.{column.key}"
                yield PublicText(key, text or "", column in self.heads, self.own, self.official)

    def write(self, key: str, text: str) -> None:
        """Write one of them over. Flushes."""
        _table, place, name = key.split(".")
        text_column = next(one for one in (*self.heads, *self.columns) if one.key == name)
        keys = text_column.class_.__table__.primary_key.columns
        parts = zip(keys, place.split("~"), strict=True)
        here = [column == column.type.python_type(part) for column, part in parts]
        db.session.execute(
            update(text_column.class_).where(*here).values({name: text}),
            execution_options={"synchronize_session": "fetch"},
        )


@dataclass(frozen=True, slots=True)
class ReasonTexts:
    """The reasons of a thing's entries in the record, which keeps them and shows others."""

    kinds: frozenset[Kind] = EVERY_KIND

    def read(self, thing_id: int) -> Iterator[PublicText]:
        """Yield what the public reads of each reason. One statement."""
        for entry in record.with_reason(thing_id):
            yield PublicText(f"entry.{entry.id}.reason", entry.public_reason, False, False)

    def write(self, key: str, text: str) -> None:
        """Have the public read this in place of a reason. Flushes."""
        record_service.cover_reason(int(key.split(".")[1]), text)


def all_of(thing: Thing) -> list[PublicText]:
    """Return every text of a thing that may be blacked out now and is not empty."""
    return [text for source in _sources(thing) for text in source.read(thing.id) if text.text]


def rewrite(thing: Thing, texts: Mapping[str, str]) -> None:
    """Write texts of a thing over, and every title that comes of them. Flushes.

    Args:
        thing: of whatever kind.
        texts: the new text of each key; one that may not be written over now is left alone.
    """
    for source in _sources(thing):
        for old in source.read(thing.id):
            if texts.get(old.key, old.text) != old.text:
                source.write(old.key, texts[old.key])
    db.session.flush()
    for original in hooks.originals:
        if original.kind is thing.kind:
            _copy_titles(original, Thing.id == thing.id)
        elif thing.kind in original.called_after:
            _copy_titles(original, Thing.lab_id == thing.lab_id)


def _sources(thing: Thing) -> list[PublicTexts]:
    return [source for source in hooks.public_texts if thing.kind in source.kinds]


def _copy_titles(original: Original, which: ColumnElement[bool]) -> None:
    """Copy the titles of things of one kind from their room anew. Flushes."""
    for thing, true in copies.true_copies(original, which):
        if true.title is not None and thing.title != short_title(true.title):
            thing.title = short_title(true.title)
    db.session.flush()
