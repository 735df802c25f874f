"""A meeting may be cancelled before it begins, for a reason that everybody reads

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-22

"""
import sqlalchemy as sa
from alembic import op

import labapp.db

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('meeting') as batch:
        batch.add_column(sa.Column('cancelled_at', labapp.db.UTCDateTime(), nullable=True))
        batch.add_column(
            sa.Column('cancelled_why', sa.Text(), server_default='', nullable=False)
        )
        batch.create_check_constraint(
            'cancelled_before_begun', 'cancelled_at IS NULL OR began_at IS NULL'
        )
        batch.create_check_constraint(
            'cancelled_why', "(cancelled_at IS NULL) = (cancelled_why = '')"
        )


def downgrade():
    with op.batch_alter_table('meeting') as batch:
        batch.drop_constraint(op.f('ck_meeting_cancelled_why'), type_='check')
        batch.drop_constraint(op.f('ck_meeting_cancelled_before_begun'), type_='check')
        batch.drop_column('cancelled_why')
        batch.drop_column('cancelled_at')
    op.execute("UPDATE thing SET state = 'announced' WHERE kind = 'meeting' AND state = 'cancelled'")
