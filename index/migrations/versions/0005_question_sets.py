"""sets of drafted test questions, and every decision on them

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'question_sets',
        sa.Column('id', sa.String(length=64), nullable=False),
        sa.Column('user_key', _KEY, nullable=True),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('left_out', sa.Text(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['user_key'], ['users.key'], name=op.f('fk_question_sets_user_key'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_question_sets')),
    )
    op.create_index(op.f('ix_question_sets_user_key'), 'question_sets', ['user_key'])
    op.create_table(
        'question_entries',
        sa.Column('key', _KEY, autoincrement=True, nullable=False),
        sa.Column('set_id', sa.String(length=64), nullable=False),
        sa.Column('question_id', sa.String(length=64), nullable=False),
        sa.Column('decided', sa.Boolean(), nullable=False),
        sa.Column('content', sa.Text(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['set_id'], ['question_sets.id'], name=op.f('fk_question_entries_set_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('key', name=op.f('pk_question_entries')),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_question_entries_set_id'), 'question_entries', ['set_id'])


def downgrade() -> None:
    op.drop_table('question_entries')
    op.drop_index(op.f('ix_question_sets_user_key'), table_name='question_sets')
    op.drop_table('question_sets')
