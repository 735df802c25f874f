"""Who serves a lab declares; nothing of a declaration changes

Revision ID: 0023
Revises: 0022
Create Date: 2026-11-29

"""
import sqlalchemy as sa
from alembic import op

import labapp.db

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

#: Tables that name the witnesses of a count.
_WITNESSED = ('hands', 'reconciliation')
_KEPT = 'a declaration is kept as it was made'


def upgrade():
    op.create_table(
        'interest_declaration',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('lab_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('holds_office', sa.Boolean(), nullable=False),
        sa.Column('is_candidate', sa.Boolean(), nullable=False),
        sa.Column('has_contract', sa.Boolean(), nullable=False),
        sa.Column('declared_at', labapp.db.UTCDateTime(), nullable=False),
        sa.Column('declared_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ['declared_by_id'], ['person.id'],
            name=op.f('fk_interest_declaration_declared_by_id_person'),
        ),
        sa.ForeignKeyConstraint(
            ['lab_id'], ['lab.id'], name=op.f('fk_interest_declaration_lab_id_lab')
        ),
        sa.ForeignKeyConstraint(
            ['person_id'], ['person.id'], name=op.f('fk_interest_declaration_person_id_person')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_interest_declaration')),
    )
    op.create_index(
        'ix_interest_declaration_lab_id_person_id', 'interest_declaration', ['lab_id', 'person_id']
    )
    _keep_declarations()
    for table in _WITNESSED:
        op.add_column(
            table,
            sa.Column(
                'witnesses_declared', sa.Boolean(), server_default=sa.false(), nullable=False
            ),
        )


def downgrade():
    for table in _WITNESSED:
        op.drop_column(table, 'witnesses_declared')
    if not _on_sqlite():
        op.execute('DROP TRIGGER interest_declaration_kept ON interest_declaration')
        op.execute('DROP FUNCTION interest_declaration_kept()')
    op.drop_table('interest_declaration')


def _on_sqlite():
    return op.get_bind().dialect.name == 'sqlite'


def _keep_declarations():
    if _on_sqlite():
        for verb in ('UPDATE', 'DELETE'):
            op.execute(
                f'CREATE TRIGGER interest_declaration_no_{verb.lower()} '
                f'BEFORE {verb} ON interest_declaration '
                f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
            )
        return
    op.execute(
        'CREATE FUNCTION interest_declaration_kept() RETURNS trigger LANGUAGE plpgsql AS '
        f"$$ BEGIN RAISE EXCEPTION '{_KEPT}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        'CREATE TRIGGER interest_declaration_kept BEFORE UPDATE OR DELETE ON interest_declaration '
        'FOR EACH ROW EXECUTE FUNCTION interest_declaration_kept()'
    )
