"""what a saved conversation, its turns and feedback carry

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('conversations', sa.Column('filters', sa.Text(), server_default='{}', nullable=False))
    op.add_column('conversations', sa.Column('language', sa.String(length=8), nullable=True))
    op.add_column('conversations', sa.Column('folded', sa.Text(), server_default='', nullable=False))
    op.add_column('turns', sa.Column('state', sa.String(length=16), server_default='answered', nullable=False))
    op.add_column('turns', sa.Column('reason', sa.Text(), server_default='', nullable=False))
    op.add_column('turns', sa.Column('folded', sa.Text(), server_default='', nullable=False))
    op.add_column('feedback', sa.Column('reason', sa.String(length=32), nullable=True))
    op.add_column('feedback', sa.Column('history', sa.Text(), server_default='[]', nullable=False))


def downgrade() -> None:
    for table, columns in (
        ('feedback', ('history', 'reason')),
        ('turns', ('folded', 'reason', 'state')),
        ('conversations', ('folded', 'language', 'filters')),
    ):
        for column in columns:
            op.drop_column(table, column)
