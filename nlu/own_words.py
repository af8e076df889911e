"""Takes away what a message only repeats or takes back: quoted lines, a quoted mail, and struck words."""

import re
from itertools import zip_longest

_QUOTE_MARKS = (">", "&gt;", "＞", "»", "❯")
# "> $20" alone is a bound, however it looks.
_BOUND = re.compile(
    r"(?:>|&gt;)=? ?[$£€]? ?\d[\d.,]{0,9} ?(?:[$£€]|dollars?|bucks?|usd|euros?|pounds?)?", re.IGNORECASE
)
# Slack and Telegram strike with one tilde, Markdown with two; "~20" is no beginning without an end.
_STRUCK = re.compile(r"(?<![\w~])(~{1,2})(?=[^\s~])[^~\n]{0,2000}(?<=[^\s~])\1(?![\w~])", re.IGNORECASE)
_STRUCK_HTML = re.compile(r"<(s|del|strike)>[^<]{0,500}</\1>", re.IGNORECASE)
_STRUCK_LETTERS = re.compile("[^\u0335\u0336][\u0335\u0336]{1,4}")
# How mail programs introduce what they quote, in the languages that they speak.
_INTRODUCES = re.compile(
    r"(?:on|am|le|el|il|op|em|den)\b.{1,200}?(?<! I)\s(?:wrote|schrieb|écrit|escribió|scritto|schreef|escreveu|skrev)\b"
    r".{0,80}?:",
    re.IGNORECASE,
)
_NAMES_THE_WRITER = re.compile(r".{1,80} (?:wrote|said|schrieb):", re.IGNORECASE)
_BEGINS_A_MAIL = re.compile(
    r"(?:[-_]{2,20} ?)?(?:original|forwarded) message(?: ?[-_]{2,20})?|from: .{1,200}", re.IGNORECASE
)


def own_words(text: str) -> str:
    """The sender's own words: lines that begin with ">" and struck words are somebody else's, or no longer meant.

    What a mail program quotes below "On … wrote:" goes with its introduction. Blank where nothing else was said.
    """
    if _BOUND.fullmatch(text.strip()):
        return text
    for struck in (_STRUCK, _STRUCK_HTML, _STRUCK_LETTERS):
        text = struck.sub(" ", text)
    lines = [line for line in text.split("\n") if line.strip()]
    kept: list[str] = []
    for line, after in zip_longest(lines, lines[1:], fillvalue=""):
        bare, following = line.strip(), after.strip()
        introduction = _INTRODUCES.match(bare)
        if _begins_a_mail(bare, following):
            break
        if introduction and introduction.end() == len(bare) and not _is_quote(following):
            break  # the rest is the quoted mail, without marks
        named = _NAMES_THE_WRITER.fullmatch(bare) is not None and _is_quote(following)
        if not (introduction or named or _is_quote(bare)):
            kept.append(line)
    return "\n".join(kept).strip()


def _is_quote(line: str) -> bool:
    return line.startswith(_QUOTE_MARKS)


def _begins_a_mail(line: str, following: str) -> bool:
    """Whether a line is the head of a mail: "From:" counts only with another field below it."""
    if _BEGINS_A_MAIL.fullmatch(line) is None:
        return False
    return not line.lower().startswith("from:") or following.lower().startswith(("sent:", "to:", "date:", "subject:"))
