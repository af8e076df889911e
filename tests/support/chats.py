"""Chats as the adapters make them of the ids that Slack and Telegram give them."""

from domain.conversation import ChatRef


def chat_in(channel: str, chat_id: str) -> ChatRef:
    """The chat of that id; ids of Slack's channels and of Telegram's groups are those of public ones."""
    public = chat_id.startswith({"slack": ("C", "G"), "telegram": ("-",)}.get(channel, ("\0",)))
    return ChatRef(channel=channel, chat_id=chat_id, public=public)
