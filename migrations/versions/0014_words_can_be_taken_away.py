"""Words, files and whole things can be taken away, for a reason, and put back

Revision ID: 0014
Revises: 0013
Create Date: 2026-11-29

"""
import sqlalchemy as sa
from alembic import op

import labapp.db

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def _when(name):
    return sa.Column(name, labapp.db.UTCDateTime(), nullable=True)


def upgrade():
    with op.batch_alter_table('person') as batch:
        batch.add_column(_when('name_hidden_at'))
    with op.batch_alter_table('thing') as batch:
        batch.add_column(_when('removed_at'))
        batch.add_column(sa.Column('removed_for', sa.String(32), nullable=True))
        batch.add_column(_when('hidden_at'))
        batch.create_check_constraint(
            'removed_why', '(removed_at IS NULL) = (removed_for IS NULL)'
        )
        batch.create_check_constraint(
            'hidden_by_a_removal', 'hidden_at IS NULL OR removed_at IS NOT NULL'
        )
    with op.batch_alter_table('stored_file') as batch:
        batch.add_column(_when('removed_at'))
        batch.add_column(sa.Column('removed_for', sa.String(32), nullable=True))
        batch.create_check_constraint(
            'removed_why', '(removed_at IS NULL) = (removed_for IS NULL)'
        )
    op.create_table(
        'covered_reason',
        sa.Column('entry_id', sa.Integer(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_covered_reason_entry_id_entry')),
        sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_covered_reason')),
    )
    op.create_table(
        'kept_text',
        sa.Column('thing_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(120), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('shown', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['thing_id'], ['thing.id'], name=op.f('fk_kept_text_thing_id_thing')),
        sa.PrimaryKeyConstraint('thing_id', 'key', name=op.f('pk_kept_text')),
    )
    op.create_table(
        'removal',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('thing_id', sa.Integer(), nullable=False),
        sa.Column('lab_id', sa.Integer(), nullable=True),
        sa.Column('scope', sa.String(32), nullable=False),
        sa.Column('code', sa.String(32), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('notice', sa.String(200), nullable=False),
        sa.Column('hidden_words', sa.Text(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=True),
        sa.Column('by_two', sa.Boolean(), nullable=False),
        sa.Column('asked_at', labapp.db.UTCDateTime(), nullable=False),
        sa.Column('asked_by_id', sa.Integer(), nullable=True),
        sa.Column('role', sa.String(32), nullable=True),
        _when('decided_at'),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        _when('appealed_at'),
        sa.Column('appeal', sa.Text(), nullable=False),
        _when('appeal_due_at'),
        _when('ruled_at'),
        sa.Column('ruled_by_id', sa.Integer(), nullable=True),
        sa.Column('upheld', sa.Boolean(), nullable=True),
        sa.Column('ruling', sa.Text(), nullable=False),
        _when('ended_at'),
        sa.Column('ended_by', sa.String(32), nullable=True),
        sa.CheckConstraint("(scope = 'file') = (file_id IS NOT NULL)", name=op.f('ck_removal_a_file_is_named')),
        sa.CheckConstraint("(appealed_at IS NULL) = (appeal = '')", name=op.f('ck_removal_appealed_in_words')),
        sa.CheckConstraint('(appealed_at IS NULL) = (appeal_due_at IS NULL)', name=op.f('ck_removal_heard_by_a_day')),
        sa.CheckConstraint("(scope = 'words') = (hidden_words <> '')", name=op.f('ck_removal_words_are_named')),
        sa.CheckConstraint('ruled_at IS NULL OR appealed_at IS NOT NULL', name=op.f('ck_removal_ruled_on_appeal')),
        sa.CheckConstraint('(ruled_at IS NULL) = (upheld IS NULL)', name=op.f('ck_removal_ruled_one_way')),
        sa.CheckConstraint('(ended_at IS NULL) = (ended_by IS NULL)', name=op.f('ck_removal_ended_somehow')),
        sa.CheckConstraint('ruled_by_id <> asked_by_id', name=op.f('ck_removal_ruled_by_another_than_asked')),
        sa.CheckConstraint('ruled_by_id <> decided_by_id', name=op.f('ck_removal_ruled_by_another_than_decided')),
        sa.CheckConstraint(
            'NOT by_two OR decided_at IS NULL OR (decided_by_id IS NOT NULL AND decided_by_id <> asked_by_id)',
            name=op.f('ck_removal_by_two'),
        ),
        sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_removal_asked_by_id_person')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_removal_decided_by_id_person')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_removal_file_id_stored_file')),
        sa.ForeignKeyConstraint(['lab_id'], ['lab.id'], name=op.f('fk_removal_lab_id_lab')),
        sa.ForeignKeyConstraint(['ruled_by_id'], ['person.id'], name=op.f('fk_removal_ruled_by_id_person')),
        sa.ForeignKeyConstraint(['thing_id'], ['thing.id'], name=op.f('fk_removal_thing_id_thing')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_removal')),
    )
    op.create_index('ix_removal_thing_id', 'removal', ['thing_id'])
    op.create_index('ix_removal_lab_id_id', 'removal', ['lab_id', 'id'])
    op.create_index('ix_removal_appeal_due_at', 'removal', ['appeal_due_at'])
    op.create_table(
        'covered_text',
        sa.Column('removal_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(['removal_id'], ['removal.id'], name=op.f('fk_covered_text_removal_id_removal')),
        sa.PrimaryKeyConstraint('removal_id', 'key', name=op.f('pk_covered_text')),
    )


def downgrade():
    # Nobody is to be sent again what was taken away: its row names bytes that are not there.
    op.execute(
        "UPDATE stored_file SET sha256 = '" + '0' * 64 + "' WHERE removed_at IS NOT NULL"
    )
    for table in ('covered_text', 'removal', 'kept_text', 'covered_reason'):
        op.drop_table(table)
    with op.batch_alter_table('person') as batch:
        batch.drop_column('name_hidden_at')
    with op.batch_alter_table('stored_file') as batch:
        batch.drop_constraint(op.f('ck_stored_file_removed_why'), type_='check')
        batch.drop_column('removed_for')
        batch.drop_column('removed_at')
    with op.batch_alter_table('thing') as batch:
        batch.drop_constraint(op.f('ck_thing_hidden_by_a_removal'), type_='check')
        batch.drop_constraint(op.f('ck_thing_removed_why'), type_='check')
        batch.drop_column('hidden_at')
        batch.drop_column('removed_for')
        batch.drop_column('removed_at')
