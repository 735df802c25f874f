"""Seats end with their term or account; ties are dated; ANTAI alone excuses a report

A tie that was declared becomes a row, with the whole work, since the day of its seat. The seats of
accounts that were deleted end on the day of the deletion, and their committees stand as they are.

Revision ID: 0020
Revises: 0019
Create Date: 2026-11-29

"""
import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

_TIES = """
INSERT INTO tie (id, committee_id, person_id, words, declared_on)
SELECT id, committee_id, person_id, declared_tie, seated_on FROM seat WHERE declared_tie <> ''
"""
_SEATS_LEFT = """
UPDATE seat SET ended_on = (
    SELECT {day} FROM person WHERE person.id = seat.person_id
), ended_why = 'the account was deleted'
WHERE ended_on IS NULL
  AND person_id IN (SELECT id FROM person WHERE deleted_at IS NOT NULL)
"""
#: A stored instant as a day: CAST makes a year of it on SQLite.
_DAY = {'postgresql': 'CAST(person.deleted_at AS DATE)', 'sqlite': 'date(person.deleted_at)'}
_FELL_BELOW_FIVE = """
UPDATE thing SET state = 'inactive' WHERE id IN (
    SELECT committee.id FROM committee
    WHERE constituted_on IS NOT NULL AND report_on IS NULL AND (
        SELECT count(DISTINCT coalesce(person.same_as_id, person.id)) FROM seat
        JOIN person ON person.id = seat.person_id
        WHERE seat.committee_id = committee.id AND seat.ended_on IS NULL
    ) < 5
)
"""


def upgrade():
    bind = op.get_bind()
    op.create_table(
        'tie',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('committee_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('milestone_id', sa.Integer(), nullable=True),
        sa.Column('words', sa.String(length=200), nullable=False),
        sa.Column('declared_on', sa.Date(), nullable=False),
        sa.Column('ended_on', sa.Date(), nullable=True),
        sa.CheckConstraint(
            'ended_on IS NULL OR ended_on >= declared_on', name=op.f('ck_tie_ends_after_declared')
        ),
        sa.ForeignKeyConstraint(
            ['committee_id'], ['committee.id'], name=op.f('fk_tie_committee_id_committee')
        ),
        sa.ForeignKeyConstraint(
            ['milestone_id'], ['milestone.id'], name=op.f('fk_tie_milestone_id_milestone')
        ),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_tie_person_id_person')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_tie')),
    )
    op.create_index('ix_tie_committee_id_person_id', 'tie', ['committee_id', 'person_id'])
    bind.execute(sa.text(_TIES))
    if bind.dialect.name == 'postgresql':
        bind.execute(
            sa.text(
                "SELECT setval(pg_get_serial_sequence('tie', 'id'), max(id))"
                ' FROM tie HAVING max(id) > 0'
            )
        )
    with op.batch_alter_table('seat') as batch:
        batch.drop_column('declared_tie')
        batch.add_column(
            sa.Column('ended_why', sa.String(length=200), server_default='', nullable=False)
        )
    with op.batch_alter_table('committee') as batch:
        batch.add_column(sa.Column('term_ends_on', sa.Date(), nullable=True))
    with op.batch_alter_table('work') as batch:
        batch.add_column(sa.Column('excused_on', sa.Date(), nullable=True))
        batch.create_check_constraint(
            op.f('ck_work_excused_why'), "excused_on IS NULL OR override_reason <> ''"
        )
    bind.execute(sa.text(_SEATS_LEFT.format(day=_DAY[bind.dialect.name])))
    bind.execute(sa.text(_FELL_BELOW_FIVE))


def downgrade():
    with op.batch_alter_table('work') as batch:
        batch.drop_constraint(op.f('ck_work_excused_why'), type_='check')
        batch.drop_column('excused_on')
    with op.batch_alter_table('committee') as batch:
        batch.drop_column('term_ends_on')
    with op.batch_alter_table('seat') as batch:
        batch.drop_column('ended_why')
        batch.add_column(
            sa.Column('declared_tie', sa.String(length=200), server_default='', nullable=False)
        )
    op.get_bind().execute(
        sa.text(
            'UPDATE seat SET declared_tie = coalesce((SELECT min(words) FROM tie'
            ' WHERE tie.committee_id = seat.committee_id AND tie.person_id = seat.person_id'
            "   AND tie.ended_on IS NULL), '')"
        )
    )
    with op.batch_alter_table('seat') as batch:
        batch.alter_column('declared_tie', server_default=None)
    op.drop_index('ix_tie_committee_id_person_id', 'tie')
    op.drop_table('tie')
