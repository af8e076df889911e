"""Signs of life of bot, worker and scheduler: each notes by the database's clock that it lives and reaches it."""

from datetime import timedelta

from sqlalchemy import Connection, Engine, delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert

from storage.tables import heartbeat

EVERY_SECONDS = 10.0
OLD = timedelta(seconds=60)  # a part that was silent for so long is dead, stuck or without its database
_FORGOTTEN = timedelta(days=1)  # a container that is gone for so long does not come back under its name


def beat(engine: Engine, part: str, host: str) -> None:
    """Notes that a part on a machine lives."""
    at = {"at": func.now()}
    statement = upsert(heartbeat).values(part=part, host=host, **at)
    with engine.begin() as connection:
        connection.execute(statement.on_conflict_do_update(index_elements=["part", "host"], set_=at))


def ages(connection: Connection, host: str | None = None) -> dict[str, timedelta]:
    """How long each part has been silent, on one machine or on the one where it was heard last."""
    age = func.min(func.now() - heartbeat.c.at)
    wanted = select(heartbeat.c.part, age).group_by(heartbeat.c.part)
    if host is not None:
        wanted = wanted.where(heartbeat.c.host == host)
    return {row[0]: row[1] for row in connection.execute(wanted)}


def forget_heartbeats(connection: Connection) -> None:
    """Deletes those of machines that are long gone."""
    connection.execute(delete(heartbeat).where(heartbeat.c.at < func.now() - _FORGOTTEN))
