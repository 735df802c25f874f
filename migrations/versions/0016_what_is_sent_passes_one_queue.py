"""What is sent passes one queue; its teller corrects it, withdraws it, takes a photo away

Revision ID: 0016
Revises: 0015
Create Date: 2026-11-29

"""
import sqlalchemy as sa
from alembic import op

import labapp.db

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

_RETURNED_ONCE = 'returns >= 0 AND returns <= 1 AND (returned_at IS NULL OR returns = 1)'


def _at(name):
    return sa.Column(name, labapp.db.UTCDateTime(), nullable=True)


def _code(name):
    return sa.Column(name, sa.String(length=32), nullable=True)


def _words():
    return sa.Column('review_words', sa.Text(), server_default='', nullable=False)


def _returns():
    return sa.Column('returns', sa.Integer(), server_default='0', nullable=False)


def upgrade():
    op.add_column(
        'lab',
        sa.Column('proposals_at_once', sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    _problems()
    _proposals()
    _versions()


def _problems():
    with op.batch_alter_table('problem') as batch:
        batch.add_column(_code('rejected_code'))
        batch.add_column(_returns())
        batch.add_column(_at('withdrawn_at'))
    op.execute('UPDATE problem SET returns = 1 WHERE returned_at IS NOT NULL')
    with op.batch_alter_table('problem') as batch:
        batch.create_check_constraint(
            'code_of_a_rejection', 'rejected_code IS NULL OR rejected_at IS NOT NULL'
        )
        batch.create_check_constraint('returned_once', _RETURNED_ONCE)
        batch.create_check_constraint(
            'withdrawn_in_public', 'withdrawn_at IS NULL OR published_at IS NOT NULL'
        )
    op.create_table(
        'problem_version',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('problem_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('what', sa.Text(), nullable=False),
        sa.Column('place_said', sa.String(length=200), nullable=False),
        sa.Column('since', sa.String(length=200), nullable=False),
        sa.Column('affects', sa.String(length=200), nullable=False),
        sa.Column('written_at', labapp.db.UTCDateTime(), nullable=False),
        _at('shown_at'),
        _at('declined_at'),
        _code('declined_code'),
        sa.Column('review_words', sa.Text(), nullable=False),
        sa.CheckConstraint(
            'shown_at IS NULL OR declined_at IS NULL',
            name=op.f('ck_problem_version_decided_once'),
        ),
        sa.CheckConstraint(
            '(declined_at IS NULL) = (declined_code IS NULL)'
            ' AND (declined_at IS NULL OR length(review_words) > 0)',
            name=op.f('ck_problem_version_declined_with_code'),
        ),
        sa.ForeignKeyConstraint(
            ['problem_id'], ['problem.id'], name=op.f('fk_problem_version_problem_id_problem')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_problem_version')),
        sa.UniqueConstraint(
            'problem_id', 'number', name=op.f('uq_problem_version_problem_id_number')
        ),
    )


def _proposals():
    with op.batch_alter_table('proposal') as batch:
        for name in ('published_at', 'returned_at', 'rejected_at', 'withdrawn_at'):
            batch.add_column(_at(name))
        batch.add_column(_code('rejected_code'))
        batch.add_column(_words())
        batch.add_column(_returns())
        batch.drop_constraint(op.f('ck_proposal_sent_before_decided'), type_='check')
    op.execute('UPDATE proposal SET published_at = sent_at')
    with op.batch_alter_table('proposal') as batch:
        batch.create_check_constraint(
            'sent_before_reviewed',
            '(published_at IS NULL AND returned_at IS NULL AND rejected_at IS NULL)'
            ' OR sent_at IS NOT NULL',
        )
        batch.create_check_constraint(
            'published_before_decided',
            '(admitted_at IS NULL AND refused_at IS NULL AND withdrawn_at IS NULL)'
            ' OR published_at IS NOT NULL',
        )
        batch.create_check_constraint(
            'reviewed_once',
            '(published_at IS NULL OR (returned_at IS NULL AND rejected_at IS NULL))'
            ' AND (returned_at IS NULL OR rejected_at IS NULL)',
        )
        batch.create_check_constraint(
            'sent_back_with_words',
            '(returned_at IS NULL AND rejected_at IS NULL) OR length(review_words) > 0',
        )
        batch.create_check_constraint(
            'rejected_with_code', '(rejected_at IS NULL) = (rejected_code IS NULL)'
        )
        batch.create_check_constraint('returned_once', _RETURNED_ONCE)
        batch.create_check_constraint(
            'withdrawn_undecided',
            'withdrawn_at IS NULL OR (admitted_at IS NULL AND refused_at IS NULL)',
        )


def _versions():
    with op.batch_alter_table('version') as batch:
        batch.add_column(_at('shown_at'))
        batch.add_column(_at('declined_at'))
        batch.add_column(_code('declined_code'))
        batch.add_column(_words())
    op.execute(
        'UPDATE version SET shown_at = (SELECT CASE WHEN proposal.sent_at > version.written_at'
        ' THEN proposal.sent_at ELSE version.written_at END FROM proposal'
        ' WHERE proposal.id = version.proposal_id AND proposal.sent_at IS NOT NULL)'
    )
    with op.batch_alter_table('version') as batch:
        batch.create_check_constraint(
            'decided_once', 'shown_at IS NULL OR declined_at IS NULL'
        )
        batch.create_check_constraint(
            'declined_with_code',
            '(declined_at IS NULL) = (declined_code IS NULL)'
            ' AND (declined_at IS NULL OR length(review_words) > 0)',
        )


def downgrade():
    op.execute(
        'DELETE FROM version WHERE number > (SELECT proposal.version FROM proposal'
        ' WHERE proposal.id = version.proposal_id)'
    )
    with op.batch_alter_table('version') as batch:
        for name in ('decided_once', 'declined_with_code'):
            batch.drop_constraint(op.f(f'ck_version_{name}'), type_='check')
        for name in ('review_words', 'declined_code', 'declined_at', 'shown_at'):
            batch.drop_column(name)
    op.execute(
        "UPDATE thing SET state = 'draft' WHERE kind = 'proposal'"
        " AND state IN ('waiting', 'returned', 'rejected')"
    )
    op.execute("UPDATE thing SET state = 'sent' WHERE kind = 'proposal' AND state = 'withdrawn'")
    op.execute('UPDATE proposal SET sent_at = published_at')
    with op.batch_alter_table('proposal') as batch:
        for name in (
            'sent_before_reviewed', 'published_before_decided', 'reviewed_once',
            'sent_back_with_words', 'rejected_with_code', 'returned_once', 'withdrawn_undecided',
        ):
            batch.drop_constraint(op.f(f'ck_proposal_{name}'), type_='check')
        for name in (
            'returns', 'review_words', 'rejected_code', 'withdrawn_at', 'rejected_at',
            'returned_at', 'published_at',
        ):
            batch.drop_column(name)
        batch.create_check_constraint(
            'sent_before_decided',
            '(admitted_at IS NULL AND refused_at IS NULL) OR sent_at IS NOT NULL',
        )
    op.drop_table('problem_version')
    op.execute(
        "UPDATE thing SET state = 'published' WHERE kind = 'problem' AND state = 'withdrawn'"
    )
    with op.batch_alter_table('problem') as batch:
        for name in ('code_of_a_rejection', 'returned_once', 'withdrawn_in_public'):
            batch.drop_constraint(op.f(f'ck_problem_{name}'), type_='check')
        for name in ('withdrawn_at', 'returns', 'rejected_code'):
            batch.drop_column(name)
    op.drop_column('lab', 'proposals_at_once')
