"""Slack as the settings describe it. Its libraries take a second to load, so that is left to who has a token."""

from bot.adapters.ports import Connected, Given
from bot.support.desk import SupportDesk


def connect(given: Given) -> Connected | None:
    """What the tokens allow; None without one."""
    secrets, file = given.settings.secrets, given.settings.file
    if secrets.slack_bot_token is None:
        return None
    from bot.adapters.slack.app import SlackParts, SlackSender, slack_client

    signing = secrets.slack_signing_secret
    parts = SlackParts(
        engine=given.engine,
        chats=given.chats,
        envelopes=given.envelopes,
        clock=given.clock,
        shop=given.shop,
        unit_of_work=given.unit_of_work,
        bot_token=secrets.slack_bot_token.get_secret_value(),
        signing_secret=signing.get_secret_value() if signing else "",
        api_url=secrets.slack_api_url,
        support_channel=file.channels.support,
        support=SupportDesk(given.unit_of_work, given.clock, given.shop),
        image_base=file.web.public_url,
    )
    sender = SlackSender(slack_client(parts.bot_token, parts.api_url, repeats=False), parts.image_base)
    return Connected(parts=parts, sender=sender, room=sender, staff_room=sender)
