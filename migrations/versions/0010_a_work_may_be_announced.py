"""A public work may be announced by an entity, without an agreement of the lab

Revision ID: 0010
Revises: 0004
Create Date: 2026-11-22

"""
import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('work') as batch:
        batch.alter_column('agreement_id', existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column('announced_by_id', sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f('fk_work_announced_by_id_organization'), 'organization', ['announced_by_id'], ['id']
        )
        batch.create_check_constraint(
            'agreed_or_announced', '(agreement_id IS NULL) = (announced_by_id IS NOT NULL)'
        )


def downgrade():
    # No agreement can be made up for them: they go, and nothing leads to where they were.
    announced = 'SELECT id FROM work WHERE agreement_id IS NULL'
    watching = f'SELECT id FROM committee WHERE work_id IN ({announced})'
    findings = f'SELECT id FROM finding WHERE committee_id IN ({watching})'
    for gone in (findings, watching, announced):
        op.execute(f'UPDATE thing SET published_at = NULL WHERE id IN ({gone})')
        op.execute(f'DELETE FROM duty WHERE thing_id IN ({gone})')
    op.execute(f'DELETE FROM finding WHERE committee_id IN ({watching})')
    op.execute(f'DELETE FROM seat WHERE committee_id IN ({watching})')
    op.execute(f'DELETE FROM committee WHERE work_id IN ({announced})')
    op.execute('DELETE FROM work WHERE agreement_id IS NULL')
    with op.batch_alter_table('work') as batch:
        batch.drop_constraint(op.f('ck_work_agreed_or_announced'), type_='check')
        batch.drop_constraint(op.f('fk_work_announced_by_id_organization'), type_='foreignkey')
        batch.drop_column('announced_by_id')
        batch.alter_column('agreement_id', existing_type=sa.Integer(), nullable=False)
