"""Only a meeting that was held proves: one may be typed in afterwards, and a committee names its own

Revision ID: 0021
Revises: 0020
Create Date: 2026-11-29

"""
import sqlalchemy as sa
from alembic import op

import labapp.db

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

_TYPED_IN = {
    'ck_meeting_typed_in_after_it_was_held':
        'typed_at IS NULL OR (began_at IS NOT NULL AND began_at = starts_at AND typed_at >= ends_at)',
    'ck_meeting_typed_in_at_its_hours':
        'typed_at IS NULL OR closed_at IS NULL OR closed_at = ends_at',
}


def upgrade():
    with op.batch_alter_table('meeting') as batch:
        batch.add_column(sa.Column('typed_at', labapp.db.UTCDateTime(), nullable=True))
        for name, rule in _TYPED_IN.items():
            batch.create_check_constraint(op.f(name), rule)
    with op.batch_alter_table('committee') as batch:
        batch.add_column(sa.Column('chosen_in_id', sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f('fk_committee_chosen_in_id_thing'), 'thing', ['chosen_in_id'], ['id']
        )
    # Where nothing was written of how its members were chosen, the page says so.
    op.execute("UPDATE committee SET chosen_how = '?' WHERE chosen_how = ''")
    with op.batch_alter_table('committee') as batch:
        batch.create_check_constraint(
            op.f('ck_committee_chosen_somehow'), "chosen_in_id IS NOT NULL OR chosen_how <> ''"
        )


def downgrade():
    op.execute(
        "UPDATE committee SET chosen_how = (SELECT kind || ' ' || number FROM thing "
        "WHERE thing.id = committee.chosen_in_id) WHERE chosen_how = ''"
    )
    op.execute("DELETE FROM descent WHERE why = 'chosen in'")
    with op.batch_alter_table('committee') as batch:
        batch.drop_constraint(op.f('ck_committee_chosen_somehow'), type_='check')
        batch.drop_constraint(op.f('fk_committee_chosen_in_id_thing'), type_='foreignkey')
        batch.drop_column('chosen_in_id')
    with op.batch_alter_table('meeting') as batch:
        for name in _TYPED_IN:
            batch.drop_constraint(op.f(name), type_='check')
        batch.drop_column('typed_at')
