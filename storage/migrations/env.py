"""Runs the migrations over the connection that `storage.server.database` hands over, who also ends its transaction."""

from alembic import context

from storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, include_schemas=True)
with context.begin_transaction():
    context.run_migrations()
