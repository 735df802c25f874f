"""What the social audit brings: works, committees, visits and findings; seats counted anew."""

from labapp.audits import queries, service, tasks, views
from labapp.audits.models import (
    Committee,
    DeclaredTie,
    Finding,
    Visit,
    VisitAddendum,
    Work,
)
from labapp.audits.service import independence, status_copy
from labapp.domain.kinds import Kind
from labapp.room import PublicTexts, Room
from labapp.thread.service.texts import ColumnTexts

_COMMITTEE = frozenset({Kind.COMMITTEE})
_PUBLIC_TEXTS: tuple[PublicTexts, ...] = (
    ColumnTexts(
        frozenset({Kind.WORK}),
        lambda thing_id: Work.id == thing_id,
        columns=(Work.reference, Work.contractor, Work.override_reason),
    ),
    ColumnTexts(
        _COMMITTEE,
        lambda thing_id: Committee.id == thing_id,
        heads=(Committee.name,),
        columns=(Committee.chosen_how, Committee.certificate, Committee.report),
    ),
    ColumnTexts(
        _COMMITTEE,
        lambda thing_id: DeclaredTie.committee_id == thing_id,
        columns=(DeclaredTie.words,),
    ),
    ColumnTexts(
        frozenset({Kind.VISIT}), lambda thing_id: Visit.id == thing_id, columns=(Visit.notes,)
    ),
    ColumnTexts(
        frozenset({Kind.VISIT}),
        lambda thing_id: VisitAddendum.visit_id == thing_id,
        columns=(VisitAddendum.text,),
    ),
    ColumnTexts(
        frozenset({Kind.FINDING}),
        lambda thing_id: Finding.id == thing_id,
        heads=(Finding.text,),
        columns=(Finding.reply, Finding.second_look),
    ),
)

room = Room(
    blueprints=(views.bp,),
    every_minute=(tasks.end_terms,),
    originals=queries.ORIGINALS,
    drifts=(queries.forgotten_replies,),
    on_leaving=(service.end_seats_of,),
    before_join=(independence.require_no_seat_across,),
    debtors=(queries.independence.announcers,),
    watchers=(queries.independence.watches,),
    on_grant=(independence.require_free_of_seats,),
    on_join=(status_copy.copy_anew,),
    public_texts=_PUBLIC_TEXTS,
)
