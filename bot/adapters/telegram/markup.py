"""Turns replies into Telegram messages; Telegram's limits and its HTML live here.

Limits: https://core.telegram.org/bots/api#sendmessage, #sendphoto, #inlinekeyboardbutton.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from bot.messages import Attachment, Button, Form, Line, Reply, Row

MOST_TEXT = 4096  # in UTF-16 code units and after the entities were parsed, as everything Telegram counts
MOST_CAPTION = 1024
MOST_CARDS = 5
MOST_BUTTONS = 100
LONGEST_LABEL = 64
SHORT_LABEL = 18  # two of these stand side by side on a phone

Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outgoing:
    """One message: HTML, perhaps a picture above it or a file in its place, and rows of buttons."""

    html: str = ""
    image: str = ""
    document: Attachment | None = None
    keyboard: Keyboard = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """One line as it is seen, and as HTML."""

    seen: str
    html: str


def to_messages(reply: Reply, *, mention: str = "", with_cards: bool = True) -> list[Outgoing]:
    """The messages that show a reply, in order; buttons are below the last one.

    Args:
        reply: what is to be shown.
        mention: the HTML of a mention that the first message opens with.
        with_cards: products as pictures, each a message of its own; otherwise as one list.
    """
    cards = reply.cards[:MOST_CARDS] if with_cards else ()
    body, buttons = (reply.heading, ()) if cards else (reply.body, reply.buttons)
    messages = _one(reply.title, body, reply.image, keyboard(buttons), form=reply.form, mention=mention)
    for number, card in enumerate(cards, 1):
        rows = keyboard(card.buttons) + (keyboard(reply.below_cards) if number == len(cards) else ())
        messages += _one(card.title, card.body, card.image, rows)
    if reply.attachment is not None:
        messages.append(Outgoing(document=reply.attachment))
    return messages


def mention_of(user_id: int, name: str) -> str:
    """The HTML that names a person and notifies them."""
    return f'<a href="tg://user?id={user_id}">{escape(name, quote=False)}</a>'


def seen_length(text: str) -> int:
    """How long Telegram takes a text to be: its UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def keyboard(buttons: Iterable[Button]) -> Keyboard:
    """Rows of buttons: short labels two by two, a long one alone."""
    rows: list[tuple[Button, ...]] = []
    for button in list(buttons)[:MOST_BUTTONS]:
        last = rows[-1] if rows else ()
        if len(last) == 1 and all(len(one.label) <= SHORT_LABEL for one in (*last, button)):
            rows[-1] = (*last, button)
        else:
            rows.append((button,))
    return tuple(rows)


def short_label(label: str) -> str:
    """A label that fits on a button."""
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def _one(
    title: str,
    body: Sequence[Line],
    image: str | None,
    rows: Keyboard,
    *,
    form: Form | None = None,
    mention: str = "",
) -> list[Outgoing]:
    """Lines as few messages as possible; the picture stands above it, alone when the text does not fit below."""
    lines = list(_lines(title, body, form, mention))
    seen = "\n".join(line.seen for line in lines)
    if image and seen_length(seen) <= MOST_CAPTION:
        return [Outgoing(html=_joined(lines), image=image, keyboard=rows)]
    messages = [Outgoing(image=image)] if image else []
    messages += [Outgoing(html=page) for page in _pages(lines)]
    if messages and rows:
        messages[-1] = Outgoing(html=messages[-1].html, image=messages[-1].image, keyboard=rows)
    return messages


def _lines(title: str, body: Iterable[Line], form: Form | None, mention: str) -> Iterator[_Line]:
    if mention:
        yield _Line(seen=" " * 64, html=mention)  # a Telegram name has at most 64 characters
    for piece in _cut(title) if title else ():
        yield _Line(seen=piece, html=f"<b>{_safe(piece)}</b>")
    for line in body:
        if isinstance(line, Row) and line.left:
            seen, html = f"{line.left} — {line.right}", f"{_safe(line.left)} — <b>{_safe(line.right)}</b>"
        else:
            seen, html = str(line), _safe(str(line))
        if seen_length(seen) <= MOST_TEXT:
            yield _Line(seen=seen, html=html)
        else:
            yield from (_Line(seen=piece, html=_safe(piece)) for piece in _cut(seen))
    asked = form.fields if form is not None and form.command is not None else ()  # else the text says it all
    labels = ", ".join(field.label for field in asked if not field.hidden)
    for piece in _cut(labels) if labels else ():
        yield _Line(seen=piece, html=f"<i>{_safe(piece)}</i>")


def _pages(lines: Iterable[_Line]) -> Iterator[str]:
    """Texts within the limit; one that would show nothing is left out, because Telegram refuses it."""
    page: list[_Line] = []
    length = 0
    for line in lines:
        needed = seen_length(line.seen) + 1
        if length + needed > MOST_TEXT + 1:
            yield from _shown(page)
            page, length = [], 0
        page.append(line)
        length += needed
    yield from _shown(page)


def _shown(page: list[_Line]) -> Iterator[str]:
    if any(line.html.strip() for line in page):
        yield _joined(page)


def _joined(lines: Iterable[_Line]) -> str:
    return "\n".join(line.html for line in lines).strip()


def _cut(line: str) -> Iterator[str]:
    """Pieces of a line that fit into a message, cut at a space where there is one."""
    while seen_length(line) > MOST_TEXT:
        piece = line[:MOST_TEXT]
        while seen_length(piece) > MOST_TEXT:
            piece = piece[: -max(1, (seen_length(piece) - MOST_TEXT) // 2)]
        at = piece.rfind(" ")
        piece = piece[:at] if at > 0 else piece
        yield piece
        line = line[len(piece) :].lstrip(" ")
    yield line


def _safe(text: str) -> str:
    return escape(text, quote=False)
