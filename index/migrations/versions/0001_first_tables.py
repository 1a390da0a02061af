"""first tables

Revision ID: 0001
Revises: 
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('documents',
    sa.Column('key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('id', sa.String(length=512), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=True),
    sa.Column('number_key', sa.Text(), nullable=True),
    sa.Column('kind', sa.String(length=64), nullable=False),
    sa.Column('issuer', sa.Text(), nullable=True),
    sa.Column('province', sa.Text(), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('status', sa.String(length=64), nullable=False),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('access', sa.String(length=64), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_documents')),
    sa.UniqueConstraint('id', name=op.f('uq_documents_id')),
    sa.UniqueConstraint('sha256', name=op.f('uq_documents_sha256')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('documents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_documents_number_key'), ['number_key'], unique=False)

    op.create_table('meta',
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_meta'))
    )
    op.create_table('removals',
    sa.Column('passage_key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('generation', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('passage_key', name=op.f('pk_removals'))
    )
    with op.batch_alter_table('removals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_removals_generation'), ['generation'], unique=False)

    op.create_table('users',
    sa.Column('key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('display_name', sa.Text(), nullable=False),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('password_hash', sa.Text(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_users')),
    sa.UniqueConstraint('name', name=op.f('uq_users_name')),
    sqlite_autoincrement=True
    )
    op.create_table('vectors',
    sa.Column('text_sha256', sa.LargeBinary(length=32), nullable=False),
    sa.Column('model', sa.String(length=255), nullable=False),
    sa.Column('vector', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('text_sha256', 'model', name=op.f('pk_vectors'))
    )
    op.create_table('conversations',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('user_key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_key'], ['users.key'], name=op.f('fk_conversations_user_key'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversations'))
    )
    with op.batch_alter_table('conversations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conversations_user_key'), ['user_key'], unique=False)

    op.create_table('files',
    sa.Column('key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('given', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('mtime_ns', sa.BigInteger(), nullable=False),
    sa.Column('sidecar_sha256', sa.String(length=64), nullable=True),
    sa.Column('sidecar_size', sa.BigInteger(), nullable=True),
    sa.Column('sidecar_mtime_ns', sa.BigInteger(), nullable=True),
    sa.Column('recipe', sa.String(length=64), nullable=False),
    sa.Column('document_key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ingested_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_key'], ['documents.key'], name=op.f('fk_files_document_key'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_files')),
    sa.UniqueConstraint('path', name=op.f('uq_files_path')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_files_document_key'), ['document_key'], unique=False)

    op.create_table('pages',
    sa.Column('document_key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('start', sa.Integer(), nullable=False),
    sa.Column('end', sa.Integer(), nullable=False),
    sa.Column('confidence', sa.Float(), nullable=True),
    sa.ForeignKeyConstraint(['document_key'], ['documents.key'], name=op.f('fk_pages_document_key'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('document_key', 'number', name=op.f('pk_pages'))
    )
    op.create_table('passages',
    sa.Column('key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('document_key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('start', sa.Integer(), nullable=False),
    sa.Column('end', sa.Integer(), nullable=False),
    sa.Column('text_sha256', sa.LargeBinary(length=32), nullable=False),
    sa.Column('heading', sa.Text(), nullable=False),
    sa.Column('part', sa.Text(), nullable=True),
    sa.Column('chapter', sa.Text(), nullable=True),
    sa.Column('section', sa.Text(), nullable=True),
    sa.Column('article', sa.Text(), nullable=True),
    sa.Column('clause', sa.Text(), nullable=True),
    sa.Column('point', sa.Text(), nullable=True),
    sa.Column('page', sa.Integer(), nullable=True),
    sa.Column('generation', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['document_key'], ['documents.key'], name=op.f('fk_passages_document_key'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_passages')),
    sa.UniqueConstraint('document_key', 'ordinal', name=op.f('uq_passages_document_key_ordinal')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('passages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passages_document_key'), ['document_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_passages_generation'), ['generation'], unique=False)
        batch_op.create_index(batch_op.f('ix_passages_text_sha256'), ['text_sha256'], unique=False)

    op.create_table('provenance',
    sa.Column('document_key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('field', sa.String(length=64), nullable=False),
    sa.Column('origin', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['document_key'], ['documents.key'], name=op.f('fk_provenance_document_key'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('document_key', 'field', name=op.f('pk_provenance'))
    )
    op.create_table('relations',
    sa.Column('key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('document_key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('number_key', sa.Text(), nullable=False),
    sa.Column('start', sa.Integer(), nullable=True),
    sa.Column('end', sa.Integer(), nullable=True),
    sa.Column('target_key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['document_key'], ['documents.key'], name=op.f('fk_relations_document_key'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['target_key'], ['documents.key'], name=op.f('fk_relations_target_key'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_relations')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('relations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_relations_document_key'), ['document_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_relations_number_key'), ['number_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_relations_target_key'), ['target_key'], unique=False)

    op.create_table('turns',
    sa.Column('key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('conversation_id', sa.String(length=64), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_turns_conversation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_turns')),
    sa.UniqueConstraint('conversation_id', 'ordinal', name=op.f('uq_turns_conversation_id_ordinal')),
    sqlite_autoincrement=True
    )
    op.create_table('feedback',
    sa.Column('key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('turn_key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('user_key', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['turn_key'], ['turns.key'], name=op.f('fk_feedback_turn_key'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_key'], ['users.key'], name=op.f('fk_feedback_user_key'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_feedback')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feedback_created_at'), ['created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_feedback_turn_key'), ['turn_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_feedback_user_key'), ['user_key'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_feedback_user_key'))
        batch_op.drop_index(batch_op.f('ix_feedback_turn_key'))
        batch_op.drop_index(batch_op.f('ix_feedback_created_at'))

    op.drop_table('feedback')
    op.drop_table('turns')
    with op.batch_alter_table('relations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_relations_target_key'))
        batch_op.drop_index(batch_op.f('ix_relations_number_key'))
        batch_op.drop_index(batch_op.f('ix_relations_document_key'))

    op.drop_table('relations')
    op.drop_table('provenance')
    with op.batch_alter_table('passages', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_passages_text_sha256'))
        batch_op.drop_index(batch_op.f('ix_passages_generation'))
        batch_op.drop_index(batch_op.f('ix_passages_document_key'))

    op.drop_table('passages')
    op.drop_table('pages')
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_files_document_key'))

    op.drop_table('files')
    with op.batch_alter_table('conversations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conversations_user_key'))

    op.drop_table('conversations')
    op.drop_table('vectors')
    op.drop_table('users')
    with op.batch_alter_table('removals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_removals_generation'))

    op.drop_table('removals')
    op.drop_table('meta')
    with op.batch_alter_table('documents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_documents_number_key'))

    op.drop_table('documents')
