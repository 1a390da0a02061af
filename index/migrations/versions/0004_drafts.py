"""drafts of teaching material, and their versions

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'drafts',
        sa.Column('id', sa.String(length=64), nullable=False),
        sa.Column('user_key', _KEY, nullable=True),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['user_key'], ['users.key'], name=op.f('fk_drafts_user_key'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_drafts')),
    )
    op.create_index(op.f('ix_drafts_user_key'), 'drafts', ['user_key'])
    op.create_table(
        'draft_versions',
        sa.Column('key', _KEY, autoincrement=True, nullable=False),
        sa.Column('draft_id', sa.String(length=64), nullable=False),
        sa.Column('ordinal', sa.Integer(), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('content', sa.Text(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['draft_id'], ['drafts.id'], name=op.f('fk_draft_versions_draft_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('key', name=op.f('pk_draft_versions')),
        sa.UniqueConstraint('draft_id', 'ordinal', name=op.f('uq_draft_versions_draft_id_ordinal')),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table('draft_versions')
    op.drop_index(op.f('ix_drafts_user_key'), table_name='drafts')
    op.drop_table('drafts')
