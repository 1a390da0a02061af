"""vectors of the sentences that can be quoted

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('units',
    sa.Column('passage_key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text_sha256', sa.LargeBinary(length=32), nullable=False),
    sa.ForeignKeyConstraint(['passage_key'], ['passages.key'], name=op.f('fk_units_passage_key_passages'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('passage_key', 'text_sha256', name=op.f('pk_units'))
    )
    with op.batch_alter_table('units', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_units_text_sha256'), ['text_sha256'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('units', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_units_text_sha256'))

    op.drop_table('units')
