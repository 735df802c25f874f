"""A count can be trusted: bound by what was handed out, witnessed, never deleted, its act final

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-30

"""
import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

#: What each card that votes asks: how many were handed out, and how many voted.
_INDEXES = {'turnout': 'channel', 'card': 'state'}

_FROZEN = 'an open vote is frozen'
_DELETED = 'a vote is annulled, never deleted'
_FINAL = 'the act of a count is final'
#: Of a consultation that has opened.
_TERMS = (
    'id', 'subject', 'question', 'max_marks', 'seats', 'quorum', 'tie_rule', 'opens_at',
    'closes_at', 'announced_at', 'opened_at', 'roll_size', 'roll_hash', 'roll_salt', 'method',
    'parameters', 'budget', 'funder', 'scale', 'channels', 'quorum_share',
)
#: Written once.
_ONCE = ('closed_at', 'published_at', 'annulled_at', 'seed')
_NOW_ONCE = (*_ONCE, 'shuffled_at')
#: Nothing of these is written after the publication, nor the last one after an annulment.
_ENDED = ('seed', 'annulled_at', 'annulled_why')
_ACT, _DOCUMENTS = (
    ('consultation_id', 'ballots_root', 'receipts_root', 'written_at'),
    ('pdf_id', 'bundle_id'),
)
#: Of paper; a plain ADD COLUMN takes its check along on both engines.
_WITNESSES = (
    '(first_witness IS NULL) = (second_witness IS NULL)'
    ' AND length(first_witness) > 0 AND length(second_witness) > 0'
    ' AND first_witness <> second_witness'
)
#: Functions of PostgreSQL's triggers, with what they say.
_FUNCTIONS = {'vote_is_never_deleted': _DELETED, 'act_is_final': _FINAL}


def upgrade():
    for table, column in _INDEXES.items():
        op.create_index(f'ix_{table}_consultation_id_{column}', table, ['consultation_id', column])
    op.execute('ALTER TABLE reconciliation ADD COLUMN first_witness VARCHAR(200)')
    op.execute(
        'ALTER TABLE reconciliation ADD COLUMN second_witness VARCHAR(200)'
        f' CONSTRAINT ck_reconciliation_two_witnesses CHECK ({_WITNESSES})'
    )
    op.create_table(
        'reading',
        sa.Column('batch_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('turn', sa.Integer(), nullable=False),
        sa.Column('content', sa.String(length=200), nullable=False),
        sa.Column('spoilt', sa.Boolean(), nullable=False),
        sa.Column('why', sa.String(length=200), nullable=False),
        sa.CheckConstraint('turn IN (1, 2)', name='ck_reading_turn'),
        sa.ForeignKeyConstraint(['batch_id'], ['batch.id'], name='fk_reading_batch_id_batch'),
        sa.PrimaryKeyConstraint('batch_id', 'number', name='pk_reading'),
    )
    for function, sentence in _FUNCTIONS.items():
        _say(function, sentence)
    _drop('consultation', 'update')
    _drop('consultation', 'delete')
    if _lite():
        _drop('option', 'delete')
    _refuse('consultation', 'update', _frozen_now(), 'open_vote_is_frozen', _FROZEN)
    for table in ('consultation', 'option'):
        _refuse(table, 'delete', '', 'vote_is_never_deleted', _DELETED)
    changed = f'{_differ(_ACT)} OR {_differ_once(_DOCUMENTS)}'
    _refuse('tally_act', 'update', changed, 'act_is_final', _FINAL)
    _refuse('tally_act', 'delete', '', 'act_is_final', _FINAL)


def downgrade():
    for table in ('consultation', 'tally_act'):
        for verb in ('update', 'delete'):
            _drop(table, verb)
    _drop('option', 'delete')
    before = f'OLD.opened_at IS NOT NULL AND ({_differ(_TERMS)} OR {_differ_once(_ONCE)})'
    _refuse('consultation', 'update', before, 'open_vote_is_frozen', _FROZEN)
    opened = 'OLD.opened_at IS NOT NULL'
    _refuse('consultation', 'delete', opened, 'open_vote_is_frozen', _FROZEN)
    if _lite():
        opened = (
            'EXISTS (SELECT 1 FROM consultation WHERE id = OLD.consultation_id'
            ' AND opened_at IS NOT NULL)'
        )
        _refuse('option', 'delete', opened, '', _FROZEN)
    else:
        for function in _FUNCTIONS:
            op.execute(f'DROP FUNCTION {function}()')
    op.drop_table('reading')
    # The second takes its check along; SQLite drops no column that a check still names.
    for column in ('second_witness', 'first_witness'):
        op.execute(f'ALTER TABLE reconciliation DROP COLUMN {column}')
    for table, column in _INDEXES.items():
        op.drop_index(f'ix_{table}_consultation_id_{column}', table)


def _frozen_now():
    """What of a consultation may not change: its terms, what is written once, how it ended."""
    begun = 'OLD.opened_at IS NOT NULL OR OLD.annulled_at IS NOT NULL'
    return (
        f'(({begun}) AND ({_differ(_TERMS)})) OR {_differ_once(_NOW_ONCE)}'
        f' OR (OLD.annulled_at IS NOT NULL AND ({_differ(_ENDED[-1:])}))'
        f' OR (OLD.published_at IS NOT NULL AND ({_differ(_ENDED)}))'
    )


def _lite():
    return op.get_bind().dialect.name == 'sqlite'


def _differ(names):
    different = 'IS NOT' if _lite() else 'IS DISTINCT FROM'
    return ' OR '.join(f'NEW.{name} {different} OLD.{name}' for name in names)


def _differ_once(names):
    return ' OR '.join(f'(OLD.{name} IS NOT NULL AND {_differ((name,))})' for name in names)


def _refuse(table, verb, when, function, sentence):
    """Make the trigger that refuses a verb on a table's rows, all of them or some."""
    when = f' WHEN ({when})' if when else ''
    rows, then = (
        ('', f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END")
        if _lite()
        else (' FOR EACH ROW', f'EXECUTE FUNCTION {function}()')
    )
    op.execute(
        f'CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table}{rows}{when} {then}'
    )


def _drop(table, verb):
    op.execute(f'DROP TRIGGER {table}_no_{verb}' + ('' if _lite() else f' ON {table}'))


def _say(function, sentence):
    """Make a function of PostgreSQL's that refuses with a sentence."""
    if not _lite():
        op.execute(
            f'CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS '
            f"$$ BEGIN RAISE EXCEPTION '{sentence}'"
            " USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
