"""The record only grows: the database itself refuses to change or delete an entry

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-22

"""
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

_SENTENCE = 'the record only grows'


def upgrade():
    if op.get_bind().dialect.name == 'sqlite':
        for verb in ('UPDATE', 'DELETE'):
            op.execute(
                f"CREATE TRIGGER entry_no_{verb.lower()} BEFORE {verb} ON entry "
                f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION entry_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        op.execute(
            "CREATE TRIGGER entry_only_grows BEFORE UPDATE OR DELETE ON entry "
            "FOR EACH ROW EXECUTE FUNCTION entry_only_grows()"
        )


def downgrade():
    if op.get_bind().dialect.name == 'sqlite':
        for verb in ('update', 'delete'):
            op.execute(f'DROP TRIGGER entry_no_{verb}')
    else:
        op.execute('DROP TRIGGER entry_only_grows ON entry')
        op.execute('DROP FUNCTION entry_only_grows()')
