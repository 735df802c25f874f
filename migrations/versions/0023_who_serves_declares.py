"""Who serves a lab declares; ANTAI agrees to annul; who is taken off a list may appeal

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
_BY_TWO = 'ANTAI agrees to annul an opened vote'
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
    _annulments()
    _dismissals()


def downgrade():
    op.drop_table('dismissal')
    if _on_sqlite():
        op.execute('DROP TRIGGER consultation_annulled_by_two')
    else:
        op.execute('DROP TRIGGER consultation_annulled_by_two ON consultation')
        op.execute('DROP FUNCTION consultation_annulled_by_two()')
    op.drop_table('annulment_request')
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


def _annulments():
    op.create_table(
        'annulment_request',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('consultation_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('asked_at', labapp.db.UTCDateTime(), nullable=False),
        sa.Column('asked_by_id', sa.Integer(), nullable=True),
        sa.Column('due_at', labapp.db.UTCDateTime(), nullable=False),
        sa.Column('answered_at', labapp.db.UTCDateTime(), nullable=True),
        sa.Column('agreed', sa.Boolean(), nullable=True),
        sa.Column('answer', sa.Text(), nullable=False),
        sa.Column('answered_by_id', sa.Integer(), nullable=True),
        sa.CheckConstraint('length(reason) > 0', name=op.f('ck_annulment_request_asked_in_words')),
        sa.CheckConstraint(
            '(answered_at IS NULL) = (agreed IS NULL)',
            name=op.f('ck_annulment_request_answered_one_way'),
        ),
        sa.CheckConstraint(
            'answered_by_id <> asked_by_id', name=op.f('ck_annulment_request_answered_by_another')
        ),
        sa.CheckConstraint(
            'NOT agreed OR answered_by_id IS NOT NULL',
            name=op.f('ck_annulment_request_agreed_by_somebody'),
        ),
        sa.ForeignKeyConstraint(
            ['consultation_id'], ['consultation.id'],
            name=op.f('fk_annulment_request_consultation_id_consultation'),
        ),
        sa.ForeignKeyConstraint(
            ['asked_by_id'], ['person.id'], name=op.f('fk_annulment_request_asked_by_id_person')
        ),
        sa.ForeignKeyConstraint(
            ['answered_by_id'], ['person.id'],
            name=op.f('fk_annulment_request_answered_by_id_person'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_annulment_request')),
    )
    op.create_index(
        op.f('ix_annulment_request_consultation_id'), 'annulment_request', ['consultation_id']
    )
    op.create_index(
        'uq_annulment_request_consultation_id_waiting', 'annulment_request', ['consultation_id'],
        unique=True,
        sqlite_where=sa.text('answered_at IS NULL'),
        postgresql_where=sa.text('answered_at IS NULL'),
    )
    agreed = 'SELECT 1 FROM annulment_request WHERE consultation_id = OLD.id AND agreed'
    when = (
        'OLD.annulled_at IS NULL AND NEW.annulled_at IS NOT NULL AND OLD.opened_at IS NOT NULL '
        'AND OLD.published_at IS NULL'
    )
    if _on_sqlite():
        op.execute(
            'CREATE TRIGGER consultation_annulled_by_two BEFORE UPDATE OF annulled_at '
            f'ON consultation WHEN {when} AND NOT EXISTS ({agreed}) '
            f"BEGIN SELECT RAISE(ABORT, '{_BY_TWO}'); END"
        )
        return
    op.execute(
        'CREATE FUNCTION consultation_annulled_by_two() RETURNS trigger LANGUAGE plpgsql AS $$ '
        f"BEGIN IF {when} AND NOT EXISTS ({agreed}) THEN RAISE EXCEPTION '{_BY_TWO}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        'CREATE TRIGGER consultation_annulled_by_two BEFORE UPDATE OF annulled_at ON consultation '
        'FOR EACH ROW EXECUTE FUNCTION consultation_annulled_by_two()'
    )


def _dismissals():
    op.create_table(
        'dismissal',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('lab_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('made_at', labapp.db.UTCDateTime(), nullable=False),
        sa.Column('made_by_id', sa.Integer(), nullable=True),
        sa.Column('appealed_at', labapp.db.UTCDateTime(), nullable=True),
        sa.Column('appeal', sa.Text(), nullable=False),
        sa.Column('due_at', labapp.db.UTCDateTime(), nullable=True),
        sa.Column('ruled_at', labapp.db.UTCDateTime(), nullable=True),
        sa.Column('restored', sa.Boolean(), nullable=True),
        sa.Column('ruling', sa.Text(), nullable=False),
        sa.Column('ruled_by_id', sa.Integer(), nullable=True),
        sa.CheckConstraint('length(reason) > 0', name=op.f('ck_dismissal_reasoned')),
        sa.CheckConstraint(
            "(appealed_at IS NULL) = (appeal = '')", name=op.f('ck_dismissal_appealed_in_words')
        ),
        sa.CheckConstraint(
            '(appealed_at IS NULL) = (due_at IS NULL)', name=op.f('ck_dismissal_heard_by_a_day')
        ),
        sa.CheckConstraint(
            '(ruled_at IS NULL) = (restored IS NULL)', name=op.f('ck_dismissal_ruled_one_way')
        ),
        sa.CheckConstraint(
            'ruled_at IS NULL OR appealed_at IS NOT NULL', name=op.f('ck_dismissal_ruled_on_appeal')
        ),
        sa.CheckConstraint(
            'ruled_by_id <> made_by_id', name=op.f('ck_dismissal_ruled_by_another')
        ),
        sa.ForeignKeyConstraint(['lab_id'], ['lab.id'], name=op.f('fk_dismissal_lab_id_lab')),
        sa.ForeignKeyConstraint(
            ['person_id'], ['person.id'], name=op.f('fk_dismissal_person_id_person')
        ),
        sa.ForeignKeyConstraint(
            ['made_by_id'], ['person.id'], name=op.f('fk_dismissal_made_by_id_person')
        ),
        sa.ForeignKeyConstraint(
            ['ruled_by_id'], ['person.id'], name=op.f('fk_dismissal_ruled_by_id_person')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_dismissal')),
    )
    op.create_index('ix_dismissal_lab_id_person_id', 'dismissal', ['lab_id', 'person_id'])
    op.create_index('ix_dismissal_person_id', 'dismissal', ['person_id'])
