"""A join holds in its lab; over all labs by who it is of

Of joins made before, one between two lines with an account holds in its lab alone from now on.

Revision ID: 0019
Revises: 0018
Create Date: 2026-11-29

"""
import sqlalchemy as sa
from alembic import op

import labapp.db

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

_OWN_WORD = 'agreed_id IS NULL OR agreed_id = kept_id OR agreed_id = other_id'


def upgrade():
    with op.batch_alter_table('same_person') as batch:
        batch.add_column(sa.Column('everywhere_at', labapp.db.UTCDateTime(), nullable=True))
        batch.add_column(sa.Column('agreed_id', sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f('fk_same_person_agreed_id_person'), 'person', ['agreed_id'], ['id']
        )
        batch.create_check_constraint(op.f('ck_same_person_own_word'), _OWN_WORD)
    _say_where_they_hold(op.get_bind())


def downgrade():
    bind = op.get_bind()
    joins = bind.execute(
        sa.text('SELECT kept_id, other_id FROM same_person WHERE undone_at IS NULL')
    ).all()
    _copy(bind, joins)
    with op.batch_alter_table('same_person') as batch:
        batch.drop_constraint(op.f('ck_same_person_own_word'), type_='check')
        batch.drop_constraint(op.f('fk_same_person_agreed_id_person'), type_='foreignkey')
        batch.drop_column('agreed_id')
        batch.drop_column('everywhere_at')


def _say_where_they_hold(bind):
    accounts = set(
        bind.scalars(
            sa.text('SELECT id FROM person WHERE username IS NOT NULL OR deleted_at IS NOT NULL')
        )
    )
    lines, everywhere = {}, []
    joins = sa.text(
        'SELECT id, lab_id, kept_id, other_id FROM same_person WHERE undone_at IS NULL ORDER BY id'
    )
    for key, lab_id, kept_id, other_id in bind.execute(joins).all():
        one = lines.get((lab_id, kept_id), {kept_id})
        two = lines.get((lab_id, other_id), {other_id})
        if not (one & accounts and two & accounts):
            everywhere.append((kept_id, other_id))
            bind.execute(
                sa.text('UPDATE same_person SET everywhere_at = joined_at WHERE id = :key'),
                {'key': key},
            )
        for number in one | two:
            lines[lab_id, number] = one | two
    _copy(bind, everywhere)


def _copy(bind, joins):
    """Say of each number as whom it counts over all labs: the smallest that it reaches."""
    people = {}
    for one, two in joins:
        both = people.get(one, {one}) | people.get(two, {two})
        people.update((number, both) for number in both)
    bind.execute(sa.text('UPDATE person SET same_as_id = NULL WHERE same_as_id IS NOT NULL'))
    for number, group in sorted(people.items()):
        bind.execute(
            sa.text('UPDATE person SET same_as_id = :same WHERE id = :number'),
            {'same': min(group), 'number': number},
        )
