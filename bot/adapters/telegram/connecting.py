"""Telegram as the settings describe it. Its library takes a second to load, so that is left to who has a token."""

from bot.adapters.ports import Connected, Given
from bot.admin import commands_of_staff


def connect(given: Given) -> Connected | None:
    """What the token allows; None without one."""
    secrets = given.settings.secrets
    if secrets.telegram_token is None:
        return None
    from bot.adapters.telegram.app import TelegramParts, TelegramSender
    from bot.adapters.telegram.updates import TELEGRAM

    def staff() -> dict[str, list[str]]:
        with given.unit_of_work() as uow:
            return commands_of_staff(uow.staff, given.shop, TELEGRAM)

    secret = secrets.telegram_webhook_secret
    parts = TelegramParts(
        engine=given.engine,
        chats=given.chats,
        envelopes=given.envelopes,
        token=secrets.telegram_token.get_secret_value(),
        api_url=given.settings.telegram_api_url,
        webhook_secret=secret.get_secret_value() if secret else None,
        image_folder=given.settings.state_folder / "images",
        staff=staff,
    )
    sender = TelegramSender(parts)
    return Connected(parts=parts, sender=sender, room=sender)
