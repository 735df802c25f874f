"""A lateness once public stays; each debt of a close has its row, and ANTAI agrees to the close

Of findings closed before without their reply, the lateness that was erased comes back.

Revision ID: 0022
Revises: 0021
Create Date: 2026-11-29

"""
import sqlalchemy as sa
from alembic import op

import labapp.db

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

_OPEN = 'met_on IS NULL AND waived_on IS NULL'
_WAITS = 'withdrawn_at IS NULL AND decided_at IS NULL'
#: A request names each thing once, and what is of the whole lab once.
_ONCE = (
    ('uq_owed_thing', ['request_id', 'need', 'thing_id'], 'thing_id IS NOT NULL'),
    ('uq_owed_alone', ['request_id', 'need'], 'thing_id IS NULL'),
)
_STAYS = 'a lateness once public stays'
_WAS_LATE = (
    'OLD.waived_on IS NOT NULL OR OLD.met_on > OLD.due_on'
    ' OR (OLD.noted_on IS NOT NULL AND OLD.noted_on > OLD.due_on)'
)
#: The findings that were closed after the day of their reply, without one.
_ERASED = (
    'INSERT INTO duty (thing_id, lab_id, what, owed_by, due_on, basis, waived_on)'
    " SELECT finding.id, thing.lab_id, 'reply', organization.name, finding.reply_due_on,"
    " 'term set by this site', finding.closed_on"
    ' FROM finding JOIN thing ON thing.id = finding.id'
    ' JOIN committee ON committee.id = finding.committee_id'
    ' JOIN work ON work.id = committee.work_id'
    ' LEFT JOIN agreement ON agreement.id = work.agreement_id'
    ' JOIN organization'
    ' ON organization.id = COALESCE(agreement.organization_id, work.announced_by_id)'
    ' WHERE finding.replied_on IS NULL AND finding.closed_on > finding.reply_due_on'
    " AND NOT EXISTS (SELECT 1 FROM duty WHERE thing_id = finding.id AND what = 'reply')"
)


def upgrade():
    with op.batch_alter_table('duty') as batch:
        batch.add_column(sa.Column('noted_on', sa.Date(), nullable=True))
        batch.add_column(sa.Column('waived_on', sa.Date(), nullable=True))
        batch.drop_constraint(op.f('uq_duty_thing_id_what'), type_='unique')
        batch.create_check_constraint(
            op.f('ck_duty_met_or_waived'), 'met_on IS NULL OR waived_on IS NULL'
        )
        batch.create_check_constraint(
            op.f('ck_duty_noted_when_met'), 'noted_on IS NULL OR met_on IS NOT NULL'
        )
    op.create_index('ix_duty_thing_id', 'duty', ['thing_id'])
    op.create_index(
        'uq_duty_open',
        'duty',
        ['thing_id', 'what'],
        unique=True,
        sqlite_where=sa.text(_OPEN),
        postgresql_where=sa.text(_OPEN),
    )
    op.execute(_ERASED)
    _watch()
    _make_requests()
    with op.batch_alter_table('owed') as batch:
        batch.add_column(sa.Column('request_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('thing_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('due_on', sa.Date(), nullable=True))
        batch.add_column(sa.Column('paid_on', sa.Date(), nullable=True))
        batch.alter_column('closed_at', existing_type=labapp.db.UTCDateTime(), nullable=True)
        batch.drop_constraint(op.f('uq_owed_lab_id_need_closed_at'), type_='unique')
        batch.create_foreign_key(
            op.f('fk_owed_request_id_closing_request'), 'closing_request', ['request_id'], ['id']
        )
        batch.create_foreign_key(op.f('fk_owed_thing_id_thing'), 'thing', ['thing_id'], ['id'])
        batch.create_check_constraint(
            op.f('ck_owed_asked_or_closed'), 'request_id IS NOT NULL OR closed_at IS NOT NULL'
        )
    for name, columns, where in _ONCE:
        op.create_index(
            name,
            'owed',
            columns,
            unique=True,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def downgrade():
    for name, _columns, _where in _ONCE:
        op.drop_index(name, 'owed')
    # Of each need one row a close may stay, as it was before debts were told apart.
    op.execute(
        'DELETE FROM owed WHERE closed_at IS NULL OR EXISTS (SELECT 1 FROM owed AS other'
        ' WHERE other.lab_id = owed.lab_id AND other.need = owed.need'
        ' AND other.closed_at = owed.closed_at AND other.id < owed.id)'
    )
    with op.batch_alter_table('owed') as batch:
        batch.drop_constraint(op.f('ck_owed_asked_or_closed'), type_='check')
        batch.drop_constraint(op.f('fk_owed_request_id_closing_request'), type_='foreignkey')
        batch.drop_constraint(op.f('fk_owed_thing_id_thing'), type_='foreignkey')
        batch.drop_column('paid_on')
        batch.drop_column('due_on')
        batch.drop_column('thing_id')
        batch.drop_column('request_id')
        batch.alter_column('closed_at', existing_type=labapp.db.UTCDateTime(), nullable=False)
        batch.create_unique_constraint(
            op.f('uq_owed_lab_id_need_closed_at'), ['lab_id', 'need', 'closed_at']
        )
    op.drop_table('closing_request')
    _unwatch()
    # Of each kind one row a thing may stay: the one that is owed still, else the last.
    op.execute(
        'DELETE FROM duty WHERE EXISTS (SELECT 1 FROM duty AS other'
        ' WHERE other.thing_id = duty.thing_id AND other.what = duty.what'
        ' AND other.id > duty.id)'
    )
    op.execute('DELETE FROM duty WHERE waived_on IS NOT NULL')
    op.drop_index('uq_duty_open', 'duty')
    op.drop_index('ix_duty_thing_id', 'duty')
    with op.batch_alter_table('duty') as batch:
        batch.drop_constraint(op.f('ck_duty_met_or_waived'), type_='check')
        batch.drop_constraint(op.f('ck_duty_noted_when_met'), type_='check')
        batch.drop_column('waived_on')
        batch.drop_column('noted_on')
        batch.create_unique_constraint(op.f('uq_duty_thing_id_what'), ['thing_id', 'what'])


def _make_requests():
    """Make the table of what asks to close with things owed."""
    op.create_table(
        'closing_request',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('lab_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('asked_at', labapp.db.UTCDateTime(), nullable=False),
        sa.Column('asked_by_id', sa.Integer(), nullable=False),
        sa.Column('withdrawn_at', labapp.db.UTCDateTime(), nullable=True),
        sa.Column('decided_at', labapp.db.UTCDateTime(), nullable=True),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('agreed', sa.Boolean(), nullable=True),
        sa.Column('refusal', sa.Text(), nullable=False),
        sa.CheckConstraint(
            '(decided_at IS NULL) = (agreed IS NULL)'
            ' AND (decided_at IS NULL) = (decided_by_id IS NULL)',
            name=op.f('ck_closing_request_decided_whole'),
        ),
        sa.CheckConstraint(
            'decided_at IS NULL OR withdrawn_at IS NULL', name=op.f('ck_closing_request_ends_once')
        ),
        sa.CheckConstraint(
            'decided_by_id <> asked_by_id', name=op.f('ck_closing_request_two_people')
        ),
        sa.CheckConstraint(
            'agreed IS NULL OR agreed OR length(refusal) > 0',
            name=op.f('ck_closing_request_refused_why'),
        ),
        sa.ForeignKeyConstraint(
            ['lab_id'], ['lab.id'], name=op.f('fk_closing_request_lab_id_lab')
        ),
        sa.ForeignKeyConstraint(
            ['asked_by_id'], ['person.id'], name=op.f('fk_closing_request_asked_by_id_person')
        ),
        sa.ForeignKeyConstraint(
            ['decided_by_id'], ['person.id'], name=op.f('fk_closing_request_decided_by_id_person')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_closing_request')),
    )
    op.create_index('ix_closing_request_lab_id', 'closing_request', ['lab_id'])
    op.create_index(
        'uq_closing_request_waiting',
        'closing_request',
        ['lab_id'],
        unique=True,
        sqlite_where=sa.text(_WAITS),
        postgresql_where=sa.text(_WAITS),
    )


def _lite():
    return op.get_bind().dialect.name == 'sqlite'


def _watch():
    """Make the triggers that refuse to take away or write over what was late."""
    if _lite():
        for verb in ('UPDATE', 'DELETE'):
            op.execute(
                f'CREATE TRIGGER duty_stays_{verb.lower()} BEFORE {verb} ON duty'
                f" WHEN {_WAS_LATE} BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END"
            )
        return
    op.execute(
        'CREATE FUNCTION lateness_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN'
        f" RAISE EXCEPTION '{_STAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        'CREATE TRIGGER duty_stays BEFORE UPDATE OR DELETE ON duty'
        f' FOR EACH ROW WHEN ({_WAS_LATE}) EXECUTE FUNCTION lateness_stays()'
    )


def _unwatch():
    if _lite():
        for verb in ('update', 'delete'):
            op.execute(f'DROP TRIGGER duty_stays_{verb}')
        return
    op.execute('DROP TRIGGER duty_stays ON duty')
    op.execute('DROP FUNCTION lateness_stays()')
