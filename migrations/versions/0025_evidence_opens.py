"""Evidence opens; its original is kept apart, and no file bears its sender's name for it

Files of evidence are called by its number from now on; what their senders called them is gone.
A document of before is an original without a public copy, until ``labapp documents copy`` makes it.
Evidence that is reserved shows that it is there, under the reason why it is not shown.

Revision ID: 0025
Revises: 0024
Create Date: 2026-11-29

"""
import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

_NUMBER = '(SELECT number FROM thing WHERE thing.id = stored_file.thing_id)'
_ENDING = "CASE media_type WHEN 'application/pdf' THEN '.pdf' ELSE '.jpg' END"


def upgrade():
    with op.batch_alter_table('stored_file') as batch:
        batch.add_column(sa.Column('original_sha256', sa.String(64), nullable=True))
        batch.add_column(sa.Column('original_type', sa.String(60), nullable=True))
        batch.create_index(batch.f('ix_stored_file_original_sha256'), ['original_sha256'])
        batch.create_check_constraint(
            'original_of_a_type', '(original_sha256 IS NULL) = (original_type IS NULL)'
        )
    op.execute(
        f"UPDATE stored_file SET name = 'evidencia-' || {_NUMBER} || {_ENDING}"
        " WHERE thing_id IN (SELECT id FROM evidence)"
    )
    op.execute(
        'UPDATE stored_file SET original_sha256 = sha256, original_type = media_type'
        " WHERE media_type = 'application/pdf' AND thing_id IN (SELECT id FROM evidence)"
    )
    op.execute(
        f"UPDATE stored_file SET name = 'foto' || {_ENDING}"
        " WHERE thing_id IN (SELECT id FROM problem)"
    )
    _head(
        'SELECT id, withheld_why, added_at FROM evidence WHERE public = :public', public=False
    )


def downgrade():
    _head('SELECT id, caption, NULL FROM evidence WHERE public = :public', public=False)
    # What was sent is kept again as it came.
    op.execute(
        'UPDATE stored_file SET sha256 = original_sha256 WHERE original_type = media_type'
        " AND media_type = 'application/pdf'"
    )
    with op.batch_alter_table('stored_file') as batch:
        batch.drop_constraint(batch.f('ck_stored_file_original_of_a_type'), type_='check')
        batch.drop_index(batch.f('ix_stored_file_original_sha256'))
        batch.drop_column('original_type')
        batch.drop_column('original_sha256')


def _head(asked, **values):
    """Call the things of these rows by the words beside them, published at that instant."""
    bind = op.get_bind()
    for key, words, at in bind.execute(sa.text(asked), values).all():
        line = ' '.join(words.split())
        bind.execute(
            sa.text('UPDATE thing SET title = :title, published_at = :at WHERE id = :key'),
            {'title': line if len(line) <= 140 else line[:139].rstrip() + '…', 'at': at, 'key': key},
        )
