"""Done means seen: who looked, on what day, by whose hand; a visit has three members

Visits of fewer than three stay, marked as short, and count no more. A step that was seen without
anything shown of it is seen no more: what it is said to be is counted again here.

Revision ID: 0024
Revises: 0023
Create Date: 2026-11-29

"""
import sqlalchemy as sa
from alembic import op

import labapp.db
from labapp.domain import progress
from labapp.domain.panama_time import local_day

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

_TIME = labapp.db.UTCDateTime()
_CHECKS = {
    'members_went': "(watcher = 'committee') = (present IS NOT NULL)",
    'typed_for_a_neighbour': (
        "typed_by_id IS NULL OR (watcher = 'neighbour' AND typed_by_id <> person_id)"
    ),
    'attested_once': '(attested_by_id IS NULL) = (attested_at IS NULL)',
    'attested_by_a_second': (
        'attested_by_id IS NULL OR (typed_by_id IS NOT NULL'
        ' AND attested_by_id <> typed_by_id AND attested_by_id <> person_id)'
    ),
}
_HANDS = ('typed_by_id', 'attested_by_id')


def upgrade():
    with op.batch_alter_table('agreement') as batch:
        batch.add_column(sa.Column('neighbours', sa.Integer(), server_default='2', nullable=False))
        batch.create_check_constraint(
            op.f('ck_agreement_two_neighbours_at_least'), 'neighbours >= 2'
        )
    with op.batch_alter_table('agreement') as batch:
        batch.alter_column('neighbours', existing_type=sa.Integer(), server_default=None)
    op.add_column(
        'milestone', sa.Column('looked', sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    with op.batch_alter_table('milestone') as batch:
        batch.alter_column('looked', existing_type=sa.Boolean(), server_default=None)
    _visits()
    _verifications()


def _visits():
    with op.batch_alter_table('visit') as batch:
        batch.add_column(
            sa.Column('was_short', sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.execute(sa.text('UPDATE visit SET was_short = (present < 3)'))
    with op.batch_alter_table('visit') as batch:
        batch.drop_constraint(op.f('ck_visit_somebody_went'), type_='check')
        batch.create_check_constraint(
            op.f('ck_visit_three_went'), 'present >= 3 OR (was_short AND present >= 1)'
        )
    op.create_table(
        'visit_addendum',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('visit_id', sa.Integer(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('added_at', _TIME, nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.CheckConstraint('length(text) > 0', name=op.f('ck_visit_addendum_says_something')),
        sa.ForeignKeyConstraint(
            ['visit_id'], ['visit.id'], name=op.f('fk_visit_addendum_visit_id_visit')
        ),
        sa.ForeignKeyConstraint(
            ['person_id'], ['person.id'], name=op.f('fk_visit_addendum_person_id_person')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_addendum')),
    )
    op.create_index(op.f('ix_visit_addendum_visit_id'), 'visit_addendum', ['visit_id'])


def _verifications():
    with op.batch_alter_table('verification') as batch:
        batch.add_column(sa.Column('present', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('looked_on', sa.Date(), nullable=True))
        batch.add_column(sa.Column('typed_by_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('attested_by_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('attested_at', _TIME, nullable=True))
    _say_when_and_how_many(op.get_bind())
    _count_anew(op.get_bind())
    with op.batch_alter_table('verification') as batch:
        batch.alter_column('looked_on', existing_type=sa.Date(), nullable=False)
        for column in _HANDS:
            batch.create_foreign_key(
                op.f(f'fk_verification_{column}_person'), 'person', [column], ['id']
            )
        for name, rule in _CHECKS.items():
            batch.create_check_constraint(op.f(f'ck_verification_{name}'), rule)


def _say_when_and_how_many(bind):
    """Say of each look its day, and of a visit how many went."""
    visits = sa.text('SELECT id, visited_on, present FROM visit').columns(visited_on=sa.Date())
    made = {key: (day, present) for key, day, present in bind.execute(visits)}
    looks = sa.text('SELECT id, watcher, visit_id, verified_at FROM verification').columns(
        verified_at=_TIME
    )
    for key, watcher, visit_id, at in bind.execute(looks).all():
        of_visit = watcher == 'committee'
        # A visit of which no row stands tells its day by when it was typed.
        day, present = made.get(visit_id, (local_day(at), 0)) if of_visit else (local_day(at), None)
        bind.execute(
            sa.text(
                'UPDATE verification SET looked_on = :day, present = :present WHERE id = :key'
            ).bindparams(sa.bindparam('day', type_=sa.Date())),
            {'day': day, 'present': present, 'key': key},
        )


def _count_anew(bind):
    """Count again what was seen of each step, as the application does from now on."""
    steps = bind.execute(
        sa.text(
            'SELECT milestone.id, milestone.declared, milestone.verified, milestone.disputed,'
            ' agreement.has_work FROM milestone JOIN agreement'
            ' ON agreement.id = milestone.agreement_id'
            ' WHERE milestone.id IN (SELECT milestone_id FROM verification)'
        ).columns(disputed=sa.Boolean(), has_work=sa.Boolean())
    ).all()
    for key, declared, verified, disputed, has_work in steps:
        sight = _sight(bind, key, has_work=has_work)
        values = {
            'key': key,
            'looked': sight.is_counted,
            'verified': sight.percent,
            'disputed': sight.disputes(declared) and (disputed or verified == 100),
        }
        bind.execute(
            sa.text(
                'UPDATE milestone SET looked = :looked, verified = :verified, disputed = :disputed'
                ' WHERE id = :key'
            ),
            values,
        )
        if verified == 100 and not sight.is_done:
            bind.execute(
                sa.text("UPDATE thing SET state = 'open' WHERE id = :key AND state = 'met'"), values
            )
            # What was met late stays so; in either case the step is owed anew beside it.
            bind.execute(_OWED_ANEW, values)


def _sight(bind, key, *, has_work):
    rows = bind.execute(_LOOKS, {'key': key}).all()
    looks = [
        progress.Look(
            number,
            watcher == 'committee',
            person,
            day,
            at,
            present=present or 0,
            by_executor=watcher != 'committee' and bool(by_executor),
        )
        for number, watcher, person, day, at, present, by_executor in rows
    ]
    stand = progress.standing(looks, has_work=has_work)
    given = [
        {question: bool(yes) for question, yes in bind.execute(_ANSWERS, {'key': look.id})}
        for look in stand
    ]
    shown = any(public or has_work for (public,) in bind.execute(_SHOWN, {'key': key}))
    return progress.Sight(stand, shown, 0, progress.together(given))


_LOOKS = sa.text(
    'SELECT verification.id, verification.watcher, COALESCE((SELECT MIN(COALESCE(p.same_as_id,'
    ' p.id)) FROM lab_person mine JOIN lab_person near ON near.lab_id = mine.lab_id'
    ' AND near.line_id = mine.line_id JOIN person p ON p.id = near.person_id'
    ' WHERE mine.person_id = person.id AND mine.lab_id = thing.lab_id),'
    ' person.same_as_id, person.id), verification.looked_on, verification.verified_at,'
    ' verification.present, EXISTS (SELECT 1 FROM lab_grant g JOIN milestone m'
    ' ON m.id = verification.milestone_id JOIN agreement a ON a.id = m.agreement_id'
    ' WHERE g.organization_id = a.organization_id AND (g.person_id IN (SELECT p.id FROM person p'
    ' WHERE p.id = person.id OR p.same_as_id = person.same_as_id) OR g.person_id IN (SELECT'
    ' near.person_id FROM lab_person mine JOIN lab_person near ON near.lab_id = mine.lab_id'
    ' AND near.line_id = mine.line_id WHERE mine.person_id = person.id'
    ' AND mine.lab_id = thing.lab_id)))'
    ' FROM verification JOIN thing ON thing.id = verification.milestone_id'
    ' LEFT JOIN person ON person.id = verification.person_id'
    ' WHERE verification.milestone_id = :key'
).columns(looked_on=sa.Date(), verified_at=_TIME)
_OWED_ANEW = sa.text(
    'INSERT INTO duty (thing_id, lab_id, what, owed_by, due_on, basis)'
    ' SELECT thing_id, lab_id, what, owed_by, due_on, basis FROM duty'
    " WHERE thing_id = :key AND what = 'step' AND met_on IS NOT NULL"
    ' ORDER BY id DESC LIMIT 1'
)
_ANSWERS = sa.text('SELECT question_id, yes FROM seen WHERE verification_id = :key')
_SHOWN = sa.text(
    'SELECT evidence.public FROM evidence JOIN thing ON thing.id = evidence.id'
    ' JOIN stored_file ON stored_file.id = evidence.file_id WHERE evidence.milestone_id = :key'
    ' AND thing.hidden_at IS NULL AND stored_file.removed_at IS NULL'
).columns(public=sa.Boolean())


def downgrade():
    with op.batch_alter_table('verification') as batch:
        for name in _CHECKS:
            batch.drop_constraint(op.f(f'ck_verification_{name}'), type_='check')
        for column in _HANDS:
            batch.drop_constraint(op.f(f'fk_verification_{column}_person'), type_='foreignkey')
        for column in ('attested_at', *_HANDS, 'looked_on', 'present'):
            batch.drop_column(column)
    op.drop_table('visit_addendum')
    with op.batch_alter_table('visit') as batch:
        batch.drop_constraint(op.f('ck_visit_three_went'), type_='check')
        batch.create_check_constraint(op.f('ck_visit_somebody_went'), 'present >= 1')
        batch.drop_column('was_short')
    with op.batch_alter_table('milestone') as batch:
        batch.drop_column('looked')
    with op.batch_alter_table('agreement') as batch:
        batch.drop_constraint(op.f('ck_agreement_two_neighbours_at_least'), type_='check')
        batch.drop_column('neighbours')
