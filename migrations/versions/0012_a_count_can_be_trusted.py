"""A count can be trusted: what was handed out bounds what votes

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-30

"""
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

#: What each card that votes asks: how many were handed out, and how many voted.
_INDEXES = {'turnout': 'channel', 'card': 'state'}


def upgrade():
    for table, column in _INDEXES.items():
        op.create_index(f'ix_{table}_consultation_id_{column}', table, ['consultation_id', column])


def downgrade():
    for table, column in _INDEXES.items():
        op.drop_index(f'ix_{table}_consultation_id_{column}', table)
