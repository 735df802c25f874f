"""One person is one line of a lab's list of people, whatever they came with

Revision ID: 0018
Revises: 0017
Create Date: 2026-11-29

"""
import sqlalchemy as sa
from alembic import op

import labapp.db

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

_TIME = labapp.db.UTCDateTime()


def upgrade():
    with op.batch_alter_table('person') as batch:
        batch.add_column(sa.Column('same_as_id', sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f('fk_person_same_as_id_person'), 'person', ['same_as_id'], ['id']
        )
        batch.create_index(op.f('ix_person_same_as_id'), ['same_as_id'])
    op.create_table(
        'lab_person',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('lab_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('line_id', sa.Integer(), nullable=False),
        sa.Column('known_as', sa.String(length=60), server_default='', nullable=False),
        sa.Column('listed_at', _TIME, nullable=False),
        sa.Column('listed_by_id', sa.Integer(), nullable=True),
        *_keys('lab_person', lab_id='lab', person_id='person', line_id='person',
               listed_by_id='person'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_lab_person')),
        sa.UniqueConstraint('lab_id', 'person_id', name=op.f('uq_lab_person_lab_id_person_id')),
    )
    op.create_index('ix_lab_person_lab_id_line_id', 'lab_person', ['lab_id', 'line_id'])
    op.create_index('ix_lab_person_person_id', 'lab_person', ['person_id'])
    op.create_table(
        'same_person',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('lab_id', sa.Integer(), nullable=False),
        sa.Column('kept_id', sa.Integer(), nullable=False),
        sa.Column('other_id', sa.Integer(), nullable=False),
        sa.Column('joined_at', _TIME, nullable=False),
        sa.Column('joined_by_id', sa.Integer(), nullable=True),
        sa.Column('objected_at', _TIME, nullable=True),
        sa.Column('undone_at', _TIME, nullable=True),
        sa.Column('undone_by_id', sa.Integer(), nullable=True),
        sa.CheckConstraint('kept_id <> other_id', name=op.f('ck_same_person_two_numbers')),
        sa.CheckConstraint(
            'undone_at IS NULL OR undone_at >= joined_at', name=op.f('ck_same_person_joined_first')
        ),
        *(
            sa.ForeignKeyConstraint(
                ['lab_id', number],
                ['lab_person.lab_id', 'lab_person.person_id'],
                name=op.f(f'fk_same_person_lab_id_{number}_lab_person'),
            )
            for number in ('kept_id', 'other_id')
        ),
        *_keys('same_person', lab_id='lab', kept_id='person', other_id='person',
               joined_by_id='person', undone_by_id='person'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_same_person')),
    )
    op.create_index(
        'uq_same_person_lab_id_other_id_current',
        'same_person',
        ['lab_id', 'other_id'],
        unique=True,
        sqlite_where=sa.text('undone_at IS NULL'),
        postgresql_where=sa.text('undone_at IS NULL'),
    )
    op.create_index('ix_same_person_kept_id', 'same_person', ['kept_id'])
    op.create_index('ix_same_person_other_id', 'same_person', ['other_id'])
    # Somebody checked in twice at a meeting was counted twice: the first stands.
    op.execute(
        'DELETE FROM check_in WHERE EXISTS (SELECT 1 FROM check_in AS earlier WHERE '
        'earlier.meeting_id = check_in.meeting_id AND earlier.person_id = check_in.person_id '
        'AND earlier.id < check_in.id)'
    )
    with op.batch_alter_table('check_in') as batch:
        batch.create_unique_constraint(
            op.f('uq_check_in_meeting_id_person_id'), ['meeting_id', 'person_id']
        )
    op.execute(
        'INSERT INTO lab_person (lab_id, person_id, line_id, listed_at) '
        'SELECT lab_id, person_id, person_id, min(since) FROM ('
        'SELECT lab_id, person_id, granted_at AS since FROM lab_grant '
        'UNION ALL SELECT lab_id, person_id, decided_at FROM join_request WHERE admitted '
        'UNION ALL SELECT thing.lab_id, check_in.person_id, '
        'coalesce(meeting.began_at, meeting.announced_at) FROM check_in '
        'JOIN meeting ON meeting.id = check_in.meeting_id JOIN thing ON thing.id = meeting.id '
        'WHERE check_in.person_id IS NOT NULL AND thing.lab_id IS NOT NULL'
        ') AS there GROUP BY lab_id, person_id ORDER BY min(since), person_id'
    )


def downgrade():
    with op.batch_alter_table('check_in') as batch:
        batch.drop_constraint(op.f('uq_check_in_meeting_id_person_id'), type_='unique')
    op.drop_table('same_person')
    op.drop_table('lab_person')
    with op.batch_alter_table('person') as batch:
        batch.drop_index(op.f('ix_person_same_as_id'))
        batch.drop_constraint(op.f('fk_person_same_as_id_person'), type_='foreignkey')
        batch.drop_column('same_as_id')


def _keys(table, **columns):
    for column, there in columns.items():
        name = op.f(f'fk_{table}_{column}_{there}')
        yield sa.ForeignKeyConstraint([column], [f'{there}.id'], name=name)
