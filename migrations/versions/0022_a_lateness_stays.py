"""A lateness once public stays

Of findings closed before without their reply, the lateness that was erased comes back.

Revision ID: 0022
Revises: 0021
Create Date: 2026-11-29

"""
import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

_OPEN = 'met_on IS NULL AND waived_on IS NULL'
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


def downgrade():
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
