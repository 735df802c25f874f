"""What was said in a meeting can be corrected, divided, joined and withdrawn

Revision ID: 0015
Revises: 0014
Create Date: 2026-12-03

"""
import sqlalchemy as sa
from alembic import op

import labapp.db

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

#: The checks of a contribution, by name.
_CHECKS = {
    'joined_with_another': '(joined_at IS NULL) = (joined_into_id IS NULL)',
    'not_with_itself': 'joined_into_id IS NULL OR joined_into_id <> id',
    'owed_before': 'owed_on IS NULL OR joined_at IS NOT NULL OR withdrawn_at IS NOT NULL',
    'withdrawn_apart': 'withdrawn_at IS NULL OR joined_at IS NULL',
    'version': 'version >= 1',
}


def upgrade():
    with op.batch_alter_table('contribution') as batch:
        batch.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))
        batch.add_column(sa.Column('joined_at', labapp.db.UTCDateTime(), nullable=True))
        batch.add_column(sa.Column('joined_into_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('owed_on', sa.Date(), nullable=True))
        batch.add_column(sa.Column('withdrawn_at', labapp.db.UTCDateTime(), nullable=True))
        batch.create_foreign_key(
            op.f('fk_contribution_joined_into_id_contribution'),
            'contribution',
            ['joined_into_id'],
            ['id'],
        )
        batch.create_index('ix_contribution_joined_into_id', ['joined_into_id'])
        for name, check in _CHECKS.items():
            batch.create_check_constraint(name, check)
    op.create_table(
        'contribution_version',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('contribution_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('why', sa.String(length=200), nullable=False),
        sa.Column('replaced_at', labapp.db.UTCDateTime(), nullable=False),
        sa.Column('role', sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ['contribution_id'],
            ['contribution.id'],
            name=op.f('fk_contribution_version_contribution_id_contribution'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_contribution_version')),
        sa.UniqueConstraint(
            'contribution_id',
            'number',
            name=op.f('uq_contribution_version_contribution_id_number'),
        ),
    )


def downgrade():
    # What was taken away stays away: the words go, since nothing would hide them any more.
    op.execute("UPDATE contribution SET text = '…' WHERE withdrawn_at IS NOT NULL")
    op.execute(
        "UPDATE thing SET state = 'noted' WHERE kind = 'contribution'"
        " AND state IN ('joined', 'withdrawn')"
    )
    op.execute("UPDATE descent SET why = 'came from' WHERE why = 'divided from'")
    op.drop_table('contribution_version')
    with op.batch_alter_table('contribution') as batch:
        for name in _CHECKS:
            batch.drop_constraint(op.f(f'ck_contribution_{name}'), type_='check')
        batch.drop_index('ix_contribution_joined_into_id')
        batch.drop_constraint(
            op.f('fk_contribution_joined_into_id_contribution'), type_='foreignkey'
        )
        for column in ('withdrawn_at', 'owed_on', 'joined_into_id', 'joined_at', 'version'):
            batch.drop_column(column)
