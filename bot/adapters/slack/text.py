"""Text between Slack's writing and ours: escapes, mentions and links undone on the way in, applied on the way out."""

import re
from collections.abc import Iterable

from bot.messages import Line, Row

# https://docs.slack.dev/messaging/formatting-message-text#special-mentions
_MARKED = re.compile(r"<([@#!][^<>\n]*|[a-z][a-z0-9+.-]*:[^<>\n]*)>")
_REST_QUOTED = "&gt;&gt;&gt;"  # all that follows is a quote
# https://docs.slack.dev/messaging/formatting-message-text#basic-formatting
_MARKS = re.compile(r"[*~`]|(?<!\w)_|^[ \t]{0,20}>", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s*~`]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def plain(text: str, *, bot: str = "", subjects: bool = False) -> str:
    """What somebody wrote, as they saw it: links by their words, e-mails by their address, no mention of `bot`.

    With `subjects`, people and user groups are written as roles name them: "slack:U…", "slack:S…".
    """
    if bot:
        text = re.sub(rf"<@{re.escape(bot)}(?:\|[^<>]*)?>\s*[,:]?", " ", text)
    text = _MARKED.sub(lambda found: _words(found[1], subjects), text)
    before, rest_is_quoted, quoted = text.partition(_REST_QUOTED)
    if rest_is_quoted and before.rpartition("\n")[2].strip() == "":
        text = before + "\n".join(f"> {line}" for line in quoted.split("\n"))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def mentions(text: str, user: str) -> bool:
    """Whether a raw text mentions a user."""
    return re.search(rf"<@{re.escape(user)}[|>]", text) is not None


def _words(marked: str, subjects: bool) -> str:
    target, _, label = marked.partition("|")
    if target.startswith("@"):
        return f"slack:{target[1:]}" if subjects else f"@{label or target[1:]}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!subteam^"):
        group = target.removeprefix("!subteam^")
        return f"slack:{group}" if subjects else label or f"@{group}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    if target.startswith("mailto:"):
        return target.removeprefix("mailto:")
    return label or target.removeprefix("tel:")


def printable(text: str) -> str:
    """A text without control characters."""
    return _CONTROL.sub("", text)


def escape(text: str) -> str:
    """Text that Slack shows as it is, whatever is in it."""
    return printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def holds_marks(line: Line) -> bool:
    """Whether Slack would draw something of a line as bold, struck out, code or a quote; nothing of ours is meant so.

    What only stands in an address on the web does not count, which would be no link any more.
    """
    return _MARKS.search(_ADDRESS.sub("", str(line), count=1)) is not None


def unmarked(line: Line) -> str:
    """A line for a place where Slack reads no marks."""
    if isinstance(line, Row):
        return " — ".join(filter(None, (printable(line.left), printable(line.right).strip())))
    return printable(line)


def mrkdwn(lines: Iterable[Line]) -> str:
    """Lines as Slack's markup; a row's right cell follows in bold."""
    return "\n".join(_row(line) if isinstance(line, Row) else escape(line) for line in lines)


def _row(row: Row) -> str:
    left, right = escape(row.left), escape(row.right).strip()
    return f"{left} — *{right}*" if left and right else left or right
