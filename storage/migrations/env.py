"""Runs the migrations against the address that `storage.database` hands over."""

from alembic import context

from storage.database import owner_engine
from storage.tables import metadata

engine = owner_engine(context.config.attributes["url"])
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, include_schemas=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
