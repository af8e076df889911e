"""Which channels there are, a row each: all that the rest of the program must know of one. See docs/channels.md."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel:
    """What the rooms, the jobs and the settings ask of a channel.

    Attributes:
        name: what it is called in conversations, orders, the audit log and the settings ("slack:U…").
        adapter: the module whose `connect` makes it of the settings; empty where it is served otherwise.
        pushes: what nobody waits for is brought there; elsewhere it lies until somebody comes.
        knows_people: who writes is who they say to be, so roles may be given to them.
        people: a pattern of the ids that roles are given to.
        mentions: how such an id is written there in a message, with the id as the first group.
        rooms: a pattern of the ids of what many read, where posts and reports may go; empty: there are none.
        hides_commands: the answer to a command is shown to its sender alone, wherever it is given.
        carries_files: a command there can have a file with it.
        slash: what stands before a customer's command there.
    """

    name: str
    adapter: str = ""
    pushes: bool = False
    knows_people: bool = False
    people: str = ""
    mentions: tuple[str, ...] = ()
    rooms: str = ""
    hides_commands: bool = False
    carries_files: bool = False
    slash: str = ""


CHANNELS: dict[str, Channel] = {
    channel.name: channel
    for channel in (
        Channel(name="web"),
        Channel(name="console"),
        Channel(
            name="slack",
            adapter="bot.adapters.slack.connecting",
            pushes=True,
            knows_people=True,
            people=r"[USW][A-Z0-9]{1,20}",  # users and user groups
            mentions=(r"<@([UW][A-Z0-9]{1,20})(?:\|[^<>]*)?>", r"<!subteam\^(S[A-Z0-9]{1,20})(?:\|[^<>]*)?>"),
            rooms=r"[CG][A-Z0-9]+",
            hides_commands=True,
        ),
        Channel(
            name="telegram",
            adapter="bot.adapters.telegram.connecting",
            pushes=True,
            knows_people=True,
            people=r"[1-9][0-9]{0,18}",
            rooms=r"-\d+|@\w+",
            carries_files=True,
            slash="/",
        ),
    )
}


def channel_of(name: str) -> Channel:
    """The channel of that name; one that nobody registered can nothing."""
    return CHANNELS.get(name) or Channel(name=name)


def names_somebody(subject: str) -> bool:
    """Whether it is one to whom roles can be given: "slack:U0123", "telegram:42"."""
    name, _, person = subject.partition(":")
    channel = channel_of(name)
    return channel.knows_people and re.fullmatch(channel.people, person) is not None


def names_room(room: str) -> bool:
    """Whether it is where many read: "slack:C0123456", "telegram:-100123456"."""
    name, _, address = room.partition(":")
    channel = channel_of(name)
    return bool(channel.rooms) and re.fullmatch(channel.rooms, address) is not None


def mentioned(text: str) -> str:
    """Whom a text names, "slack:U0123", however it is written there; empty where that is nobody."""
    if names_somebody(text):
        return text
    for channel in CHANNELS.values():
        for pattern in channel.mentions:
            if found := re.fullmatch(pattern, text):
                return f"{channel.name}:{found[1]}"
    return ""
