"""A long count tells how far it is, and what it found need not be searched for again

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-29

"""
import sqlalchemy as sa
from alembic import op

import labapp.db

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'counting',
        sa.Column('consultation_id', sa.Integer(), nullable=False),
        sa.Column('seed', sa.String(length=200), nullable=False),
        sa.Column('raises', sa.Integer(), nullable=False),
        sa.Column('spent', sa.Integer(), nullable=False),
        sa.Column('found_at', labapp.db.UTCDateTime(), nullable=True),
        sa.CheckConstraint('raises >= 0 AND spent >= 0', name=op.f('ck_counting_numbers')),
        sa.ForeignKeyConstraint(
            ['consultation_id'],
            ['consultation.id'],
            name=op.f('fk_counting_consultation_id_consultation'),
        ),
        sa.PrimaryKeyConstraint('consultation_id', name=op.f('pk_counting')),
    )


def downgrade():
    op.drop_table('counting')
