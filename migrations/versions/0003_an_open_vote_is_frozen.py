"""An open vote is frozen: the database itself refuses to change its paper, its roll and its terms

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-22

"""
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

_SENTENCE = 'an open vote is frozen'
#: Of a consultation that has opened.
_TERMS = (
    'id', 'subject', 'question', 'max_marks', 'seats', 'quorum', 'tie_rule', 'opens_at',
    'closes_at', 'announced_at', 'opened_at', 'roll_size', 'roll_hash', 'roll_salt',
)
#: Written once.
_ONCE = ('closed_at', 'published_at', 'annulled_at', 'seed')
_TABLES = ('option', 'roll_line')


def _changed(different):
    terms = ' OR '.join(f'NEW.{name} {different} OLD.{name}' for name in _TERMS)
    once = ' OR '.join(
        f'(OLD.{name} IS NOT NULL AND NEW.{name} {different} OLD.{name})' for name in _ONCE
    )
    return f'OLD.opened_at IS NOT NULL AND ({terms} OR {once})'


def _opened(row):
    return (
        f'EXISTS (SELECT 1 FROM consultation WHERE id = {row}.consultation_id'
        ' AND opened_at IS NOT NULL)'
    )


def _rows(verb):
    """The rows that a verb touches, as a trigger names them."""
    return {'INSERT': ('NEW',), 'UPDATE': ('OLD', 'NEW'), 'DELETE': ('OLD',)}[verb]


def upgrade():
    if op.get_bind().dialect.name == 'sqlite':
        _upgrade_sqlite()
    else:
        _upgrade_postgresql()


def _upgrade_sqlite():
    abort = f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
    op.execute(
        'CREATE TRIGGER consultation_no_update BEFORE UPDATE ON consultation'
        f' WHEN {_changed("IS NOT")} {abort}'
    )
    op.execute(
        'CREATE TRIGGER consultation_no_delete BEFORE DELETE ON consultation'
        f' WHEN OLD.opened_at IS NOT NULL {abort}'
    )
    for table in _TABLES:
        for verb in ('INSERT', 'UPDATE', 'DELETE'):
            when = ' OR '.join(_opened(row) for row in _rows(verb))
            op.execute(
                f'CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}'
                f' WHEN {when} {abort}'
            )


def _upgrade_postgresql():
    op.execute(
        "CREATE FUNCTION open_vote_is_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_SENTENCE}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        'CREATE TRIGGER consultation_no_update BEFORE UPDATE ON consultation FOR EACH ROW'
        f' WHEN ({_changed("IS DISTINCT FROM")}) EXECUTE FUNCTION open_vote_is_frozen()'
    )
    op.execute(
        'CREATE TRIGGER consultation_no_delete BEFORE DELETE ON consultation FOR EACH ROW'
        ' WHEN (OLD.opened_at IS NOT NULL) EXECUTE FUNCTION open_vote_is_frozen()'
    )
    # A condition of a trigger may hold no query on PostgreSQL: the function asks.
    op.execute(
        "CREATE FUNCTION paper_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP <> 'INSERT' AND {_opened('OLD')} THEN RAISE EXCEPTION '{_SENTENCE}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        f" IF TG_OP <> 'DELETE' AND {_opened('NEW')} THEN RAISE EXCEPTION '{_SENTENCE}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    for table in _TABLES:
        op.execute(
            f'CREATE TRIGGER {table}_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON {table}'
            ' FOR EACH ROW EXECUTE FUNCTION paper_is_frozen()'
        )


def downgrade():
    if op.get_bind().dialect.name == 'sqlite':
        for table in ('consultation', *_TABLES):
            for verb in ('insert', 'update', 'delete'):
                op.execute(f'DROP TRIGGER IF EXISTS {table}_no_{verb}')
    else:
        for table in _TABLES:
            op.execute(f'DROP TRIGGER {table}_is_frozen ON {table}')
        for verb in ('update', 'delete'):
            op.execute(f'DROP TRIGGER consultation_no_{verb} ON consultation')
        op.execute('DROP FUNCTION paper_is_frozen()')
        op.execute('DROP FUNCTION open_vote_is_frozen()')
