"""Where the shop's database is; apart from `wiring`, which brings the whole shop, as a look at its health must not."""

from bot.config import Settings
from storage.server import embedded


def database_url(settings: Settings) -> str:
    """The configured database, or the embedded one, which is started if need be.

    Raises:
        DatabaseUnreachable: the embedded server did not start.
    """
    return settings.secrets.database_url or embedded.start(settings.state_folder).url
