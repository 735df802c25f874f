"""Names and turnout part when a vote ends; whoever is not on its list may object before it opens

Revision ID: 0017
Revises: 0016
Create Date: 2026-11-29

"""
import sqlalchemy as sa
from alembic import op

import labapp.db

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

_FROZEN = 'an open vote is frozen'
_PARTED = 'names and turnout part when a vote ends'
_ENDED = 'SELECT id FROM consultation WHERE published_at IS NOT NULL OR annulled_at IS NOT NULL'
#: A row of turnout that names somebody of a vote that has ended.
_NAMES_STILL = f'NEW.person_id IS NOT NULL AND NEW.consultation_id IN ({_ENDED})'
#: A vote that ends while its turnout names somebody.
_ENDS_NAMED = (
    '(NEW.published_at IS NOT NULL OR NEW.annulled_at IS NOT NULL) AND EXISTS'
    ' (SELECT 1 FROM turnout WHERE consultation_id = NEW.id AND person_id IS NOT NULL)'
)
#: An objection to the list of a vote that has opened.
_TOO_LATE = 'NEW.consultation_id IN (SELECT id FROM consultation WHERE opened_at IS NOT NULL)'
#: Table -> the acts on it that are watched, when they are refused, PostgreSQL's function, and why.
_RULES = {
    'turnout': (('INSERT', 'UPDATE'), _NAMES_STILL, 'turnout_names_nobody', _PARTED),
    'consultation': (('UPDATE',), _ENDS_NAMED, 'vote_ends_unnamed', _PARTED),
    'roll_objection': (('INSERT',), _TOO_LATE, 'objection_comes_before', _FROZEN),
}


def upgrade():
    op.create_table(
        'unwiped_vote',
        sa.Column('consultation_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['consultation_id'],
            ['consultation.id'],
            name=op.f('fk_unwiped_vote_consultation_id_consultation'),
        ),
        sa.PrimaryKeyConstraint('consultation_id', name=op.f('pk_unwiped_vote')),
    )
    op.execute(
        'INSERT INTO unwiped_vote (consultation_id)'
        f' SELECT DISTINCT consultation_id FROM turnout WHERE consultation_id IN ({_ENDED})'
    )
    if _lite():
        _rewrite_turnout()
    else:
        op.execute('ALTER TABLE turnout ALTER COLUMN person_id DROP NOT NULL')
        op.execute(
            "UPDATE turnout SET person_id = NULL, id = replace(gen_random_uuid()::text, '-', '')"
            f' WHERE consultation_id IN ({_ENDED})'
        )
    _make_objections()
    for table, (verbs, when, function, sentence) in _RULES.items():
        _refuse(table, verbs, when, function, sentence)


def downgrade():
    # The column stays as it is: who took part in a vote that ended is gone, and its rows count.
    for table, (verbs, _when, function, _sentence) in _RULES.items():
        if _lite():
            for verb in verbs:
                op.execute(f'DROP TRIGGER {table}_watch_{verb.lower()}')
        else:
            op.execute(f'DROP TRIGGER {table}_watch ON {table}')
            op.execute(f'DROP FUNCTION {function}()')
    op.drop_table('roll_objection')
    op.drop_table('unwiped_vote')


def _lite():
    return op.get_bind().dialect.name == 'sqlite'


def _rewrite_turnout():
    """Make the table anew, as SQLite must to let a column be empty: no row of it names an end."""
    op.execute(
        'CREATE TABLE turnout_anew ('
        ' id VARCHAR(32) NOT NULL,'
        ' consultation_id INTEGER NOT NULL,'
        ' person_id INTEGER,'
        " channel VARCHAR(32) DEFAULT 'account' NOT NULL,"
        ' CONSTRAINT pk_turnout PRIMARY KEY (id),'
        ' CONSTRAINT fk_turnout_consultation_id_consultation'
        ' FOREIGN KEY(consultation_id) REFERENCES consultation (id),'
        ' CONSTRAINT fk_turnout_person_id_person FOREIGN KEY(person_id) REFERENCES person (id),'
        ' CONSTRAINT uq_turnout_consultation_id_person_id UNIQUE (consultation_id, person_id)'
        ') WITHOUT ROWID'
    )
    op.execute(
        'INSERT INTO turnout_anew SELECT'
        f' CASE WHEN consultation_id IN ({_ENDED}) THEN lower(hex(randomblob(16))) ELSE id END,'
        ' consultation_id,'
        f' CASE WHEN consultation_id IN ({_ENDED}) THEN NULL ELSE person_id END,'
        ' channel FROM turnout'
    )
    op.drop_table('turnout')
    op.rename_table('turnout_anew', 'turnout')
    op.create_index(
        'ix_turnout_consultation_id_channel', 'turnout', ['consultation_id', 'channel']
    )


def _make_objections():
    op.create_table(
        'roll_objection',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('consultation_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('spoken_by', sa.String(length=200), nullable=False),
        sa.Column('noted_by_id', sa.Integer(), nullable=True),
        sa.Column('kind', sa.String(length=32), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('objected_at', labapp.db.UTCDateTime(), nullable=False),
        sa.Column('answered_at', labapp.db.UTCDateTime(), nullable=True),
        sa.Column('accepted', sa.Boolean(), nullable=True),
        sa.Column('answer', sa.Text(), nullable=False),
        sa.Column('answered_by', sa.String(length=32), nullable=True),
        sa.CheckConstraint('length(words) > 0', name=op.f('ck_roll_objection_words')),
        sa.CheckConstraint(
            'person_id IS NOT NULL OR length(spoken_by) > 0',
            name=op.f('ck_roll_objection_of_somebody'),
        ),
        sa.CheckConstraint(
            "spoken_by = '' OR noted_by_id IS NOT NULL",
            name=op.f('ck_roll_objection_noted_by_somebody'),
        ),
        sa.CheckConstraint(
            '(answered_at IS NULL) = (accepted IS NULL)'
            ' AND (answered_at IS NULL) = (answered_by IS NULL)'
            " AND (answered_at IS NULL) = (answer = '')",
            name=op.f('ck_roll_objection_answered_whole'),
        ),
        sa.ForeignKeyConstraint(
            ['consultation_id'],
            ['consultation.id'],
            name=op.f('fk_roll_objection_consultation_id_consultation'),
        ),
        sa.ForeignKeyConstraint(
            ['person_id'], ['person.id'], name=op.f('fk_roll_objection_person_id_person')
        ),
        sa.ForeignKeyConstraint(
            ['noted_by_id'], ['person.id'], name=op.f('fk_roll_objection_noted_by_id_person')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_roll_objection')),
    )
    waiting = sa.text('answered_at IS NULL')
    op.create_index(
        'uq_roll_objection_unanswered',
        'roll_objection',
        ['consultation_id', 'person_id', 'kind'],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def _refuse(table, verbs, when, function, sentence):
    """Make the triggers that refuse these acts on a table's rows."""
    if _lite():
        for verb in verbs:
            op.execute(
                f'CREATE TRIGGER {table}_watch_{verb.lower()} BEFORE {verb} ON {table}'
                f" WHEN {when} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            )
        return
    # A condition of a trigger may hold no query on PostgreSQL: the function asks.
    op.execute(
        f'CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN'
        f" IF {when} THEN RAISE EXCEPTION '{sentence}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_watch BEFORE {' OR '.join(verbs)} ON {table}"
        f' FOR EACH ROW EXECUTE FUNCTION {function}()'
    )
