"""Every way to vote: methods, channels, cards, batches of paper, hands, and the act of the count

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-22

"""
import sqlalchemy as sa
from alembic import op

import labapp.db

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

_SENTENCE = 'an open vote is frozen'
_OLD_TERMS = (
    'id', 'subject', 'question', 'max_marks', 'seats', 'quorum', 'tie_rule', 'opens_at',
    'closes_at', 'announced_at', 'opened_at', 'roll_size', 'roll_hash', 'roll_salt',
)
_NEW_TERMS = ('method', 'parameters', 'budget', 'funder', 'scale', 'channels', 'quorum_share')
_ONCE = ('closed_at', 'published_at', 'annulled_at', 'seed')


def _word():
    return sa.String(length=32)


def upgrade():
    # Plain ADD COLUMN: a batch would make the table anew and lose its triggers.
    op.add_column(
        'consultation', sa.Column('method', _word(), nullable=False, server_default='approval')
    )
    op.add_column(
        'consultation', sa.Column('parameters', sa.Text(), nullable=False, server_default='{}')
    )
    op.add_column('consultation', sa.Column('budget', sa.Integer(), nullable=True))
    op.add_column(
        'consultation',
        sa.Column('funder', sa.String(length=200), nullable=False, server_default=''),
    )
    op.add_column('consultation', sa.Column('scale', sa.Integer(), nullable=True))
    op.add_column(
        'consultation',
        sa.Column('channels', sa.String(length=60), nullable=False, server_default='account'),
    )
    op.add_column('consultation', sa.Column('quorum_share', sa.Integer(), nullable=True))
    op.add_column(
        'turnout', sa.Column('channel', _word(), nullable=False, server_default='account')
    )
    _freeze((*_OLD_TERMS, *_NEW_TERMS))
    op.create_table(
        'card',
        sa.Column('id', sa.String(length=32), nullable=False),
        sa.Column('consultation_id', sa.Integer(), nullable=False),
        sa.Column('serial', sa.Integer(), nullable=False),
        sa.Column('code_hash', sa.String(length=64), nullable=False),
        sa.Column('state', _word(), nullable=False),
        sa.ForeignKeyConstraint(
            ['consultation_id'], ['consultation.id'], name='fk_card_consultation_id_consultation'
        ),
        sa.PrimaryKeyConstraint('id', name='pk_card'),
        sa.UniqueConstraint('code_hash', name='uq_card_code_hash'),
        sa.UniqueConstraint('consultation_id', 'serial', name='uq_card_consultation_id_serial'),
        sqlite_with_rowid=False,
    )
    op.create_table(
        'batch',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('consultation_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('sheets', sa.Integer(), nullable=False),
        sa.Column('photo_id', sa.Integer(), nullable=True),
        sa.Column('first_by_id', sa.Integer(), nullable=True),
        sa.Column('second_by_id', sa.Integer(), nullable=True),
        sa.Column('differences', sa.Integer(), nullable=False),
        sa.Column('explained', sa.Text(), nullable=False),
        sa.Column('spoilt', sa.Integer(), nullable=False),
        sa.Column('reconciled_at', labapp.db.UTCDateTime(), nullable=True),
        sa.CheckConstraint('sheets > 0 AND spoilt >= 0', name='ck_batch_numbers'),
        sa.CheckConstraint('first_by_id <> second_by_id', name='ck_batch_two_people'),
        sa.CheckConstraint(
            'reconciled_at IS NULL OR second_by_id IS NOT NULL', name='ck_batch_typed_twice'
        ),
        sa.CheckConstraint(
            'differences = 0 OR length(explained) > 0', name='ck_batch_explained'
        ),
        sa.ForeignKeyConstraint(
            ['consultation_id'], ['consultation.id'], name='fk_batch_consultation_id_consultation'
        ),
        sa.ForeignKeyConstraint(
            ['photo_id'], ['stored_file.id'], name='fk_batch_photo_id_stored_file'
        ),
        sa.ForeignKeyConstraint(
            ['first_by_id'], ['person.id'], name='fk_batch_first_by_id_person'
        ),
        sa.ForeignKeyConstraint(
            ['second_by_id'], ['person.id'], name='fk_batch_second_by_id_person'
        ),
        sa.PrimaryKeyConstraint('id', name='pk_batch'),
        sa.UniqueConstraint('consultation_id', 'number', name='uq_batch_consultation_id_number'),
    )
    op.create_table(
        'sheet',
        sa.Column('batch_id', sa.Integer(), nullable=False),
        sa.Column('turn', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('content', sa.String(length=200), nullable=False),
        sa.Column('spoilt', sa.Boolean(), nullable=False),
        sa.CheckConstraint('turn IN (1, 2)', name='ck_sheet_turn'),
        sa.ForeignKeyConstraint(['batch_id'], ['batch.id'], name='fk_sheet_batch_id_batch'),
        sa.PrimaryKeyConstraint('batch_id', 'turn', 'number', name='pk_sheet'),
    )
    op.create_table(
        'hands',
        sa.Column('consultation_id', sa.Integer(), nullable=False),
        sa.Column('people', sa.Integer(), nullable=False),
        sa.Column('first_witness', sa.String(length=200), nullable=False),
        sa.Column('second_witness', sa.String(length=200), nullable=False),
        sa.CheckConstraint('people >= 0', name='ck_hands_people'),
        sa.ForeignKeyConstraint(
            ['consultation_id'], ['consultation.id'], name='fk_hands_consultation_id_consultation'
        ),
        sa.PrimaryKeyConstraint('consultation_id', name='pk_hands'),
    )
    op.create_table(
        'hand_count',
        sa.Column('consultation_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('votes', sa.Integer(), nullable=False),
        sa.CheckConstraint('votes >= 0', name='ck_hand_count_votes'),
        sa.ForeignKeyConstraint(
            ['consultation_id'],
            ['hands.consultation_id'],
            name='fk_hand_count_consultation_id_hands',
        ),
        sa.PrimaryKeyConstraint('consultation_id', 'position', name='pk_hand_count'),
    )
    op.create_table(
        'reconciliation',
        sa.Column('consultation_id', sa.Integer(), nullable=False),
        sa.Column('channel', _word(), nullable=False),
        sa.Column('issued', sa.Integer(), nullable=False),
        sa.Column('used', sa.Integer(), nullable=False),
        sa.Column('returned', sa.Integer(), nullable=False),
        sa.Column('voided', sa.Integer(), nullable=False),
        sa.Column('explained', sa.Text(), nullable=False),
        sa.Column('reconciled_at', labapp.db.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            'issued >= 0 AND used >= 0 AND returned >= 0 AND voided >= 0',
            name='ck_reconciliation_numbers',
        ),
        sa.CheckConstraint(
            'issued = used + returned + voided OR length(explained) > 0',
            name='ck_reconciliation_adds_up',
        ),
        sa.ForeignKeyConstraint(
            ['consultation_id'],
            ['consultation.id'],
            name='fk_reconciliation_consultation_id_consultation',
        ),
        sa.PrimaryKeyConstraint('consultation_id', 'channel', name='pk_reconciliation'),
    )
    op.create_table(
        'tally_act',
        sa.Column('consultation_id', sa.Integer(), nullable=False),
        sa.Column('ballots_root', sa.String(length=64), nullable=False),
        sa.Column('receipts_root', sa.String(length=64), nullable=False),
        sa.Column('pdf_id', sa.Integer(), nullable=True),
        sa.Column('bundle_id', sa.Integer(), nullable=True),
        sa.Column('written_at', labapp.db.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ['consultation_id'],
            ['consultation.id'],
            name='fk_tally_act_consultation_id_consultation',
        ),
        sa.ForeignKeyConstraint(
            ['pdf_id'], ['stored_file.id'], name='fk_tally_act_pdf_id_stored_file'
        ),
        sa.ForeignKeyConstraint(
            ['bundle_id'], ['stored_file.id'], name='fk_tally_act_bundle_id_stored_file'
        ),
        sa.PrimaryKeyConstraint('consultation_id', name='pk_tally_act'),
    )


def downgrade():
    for table in (
        'tally_act', 'reconciliation', 'hand_count', 'hands', 'sheet', 'batch', 'card',
    ):
        op.drop_table(table)
    _freeze(_OLD_TERMS)
    for name in _NEW_TERMS:
        op.drop_column('consultation', name)
    op.drop_column('turnout', 'channel')


def _freeze(terms):
    """Make the trigger anew, so that it names every term of the vote."""
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TRIGGER consultation_no_update')
        op.execute(
            'CREATE TRIGGER consultation_no_update BEFORE UPDATE ON consultation'
            f' WHEN {_changed(terms, "IS NOT")}'
            f" BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
        )
    else:
        op.execute('DROP TRIGGER consultation_no_update ON consultation')
        op.execute(
            'CREATE TRIGGER consultation_no_update BEFORE UPDATE ON consultation FOR EACH ROW'
            f' WHEN ({_changed(terms, "IS DISTINCT FROM")})'
            ' EXECUTE FUNCTION open_vote_is_frozen()'
        )


def _changed(names, different):
    terms = ' OR '.join(f'NEW.{name} {different} OLD.{name}' for name in names)
    once = ' OR '.join(
        f'(OLD.{name} IS NOT NULL AND NEW.{name} {different} OLD.{name})' for name in _ONCE
    )
    return f'OLD.opened_at IS NOT NULL AND ({terms} OR {once})'
