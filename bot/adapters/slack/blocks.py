"""Draws replies as Slack blocks, and owns Slack's limits: whatever a reply holds, what comes out is accepted."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlsplit

from bot.adapters.slack.forms import opener
from bot.adapters.slack.sections import MOST_SECTION_CHARACTERS, Block, long_title, parts, section, sections_of
from bot.adapters.slack.text import escape, mrkdwn, printable
from bot.messages import Button, Choice, Line, Reply, Style
from bot.phrases import talk as phrases_talk
from bot.phrases.slack import PICTURE

# https://docs.slack.dev/reference/block-kit/blocks
MOST_BLOCKS = 50
MOST_HEADER_CHARACTERS = 150
MOST_LABEL_CHARACTERS = 75
MOST_ALT_CHARACTERS = 2000
MOST_IMAGE_URL_CHARACTERS = 3000
MOST_FALLBACK_CHARACTERS = 3000
BUTTONS_IN_A_ROW = 5  # Slack allows 25, but five fit a phone

_NOTE = "chosen"


def to_blocks(reply: Reply, *, image_base: str = "", owner: str = "") -> tuple[list[Block], str]:
    """A reply as blocks, and as the text for notifications and screen readers; both are empty for an empty reply.

    `image_base` is the public address that relative pictures lie under; without one they are left out. `owner` is the
    user the buttons are for; with none they are for everybody.
    """
    drawing = _Drawing(image_base, owner)
    if reply.cards:
        drawing.title(reply.title)
        drawing.text(reply.heading)
        for card in reply.cards:
            drawing.product(card)
        drawing.buttons(reply.below_cards)
    else:
        drawing.title(reply.title)
        drawing.text(reply.body, picture=drawing.picture(reply))
        drawing.buttons(reply.buttons)
    if reply.form is not None and (button := opener(reply.form)) is not None:
        drawing.add(button)
    fallback = mrkdwn([*filter(None, [reply.title]), *reply.body]).replace("*", "")
    return drawing.blocks[:MOST_BLOCKS], _cut(fallback, MOST_FALLBACK_CHARACTERS)


def settled(blocks: Sequence[Block], action_id: str) -> list[Block]:
    """A card after one of its buttons was tapped: what was chosen is said, and no button is left that is outdated.

    The other buttons of a list that add or dismiss a product stay, for they mean the same as long as it exists.
    """
    pressed = _button(blocks, action_id)
    lasting = _lasts(pressed)

    def stays(button: Block) -> bool:
        return lasting and _lasts(button) and button["action_id"] != action_id

    kept: list[Block] = []
    for block in map(_as_drawn, blocks):
        if block.get("block_id") == _NOTE:
            continue
        if block["type"] == "actions":
            elements = [button for button in block["elements"] if stays(button)]
            kept += [{**block, "elements": elements}] if elements else []
        elif block.get("accessory", {}).get("type") == "button" and not stays(block["accessory"]):
            kept.append(_bare(block))
        else:
            kept.append(block)
    label = str(pressed.get("text", {}).get("text", ""))
    if not label:
        return kept
    said = {"type": "plain_text", "text": phrases_talk.chosen(label=label), "emoji": False}
    note = {"type": "context", "block_id": _NOTE, "elements": [said]}
    return [*kept[: MOST_BLOCKS - 1], note]


def owner_of(block_id: str) -> str:
    """Whom a row of buttons is for; empty: everybody."""
    parts = block_id.split(":")
    return parts[1] if len(parts) == 3 and parts[0] == "for" else ""


def without_pictures(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks without pictures, for when Slack cannot fetch one and refuses the whole message."""
    return [_bare(block) if block.get("accessory", {}).get("type") == "image" else block for block in blocks]


class _Drawing:
    """Blocks that are being collected; numbers the buttons, whose ids must differ within a message."""

    def __init__(self, image_base: str, owner: str) -> None:
        self._image_base = image_base
        self._owner = owner
        self._buttons = 0
        self._rows = 0
        self.blocks: list[Block] = []

    def title(self, title: str) -> None:
        """A heading, or bold text when it is too long for one."""
        title = printable(title).replace("\n", " ").strip()
        if len(title) > MOST_HEADER_CHARACTERS:
            self.blocks += long_title(title)
        elif title:
            self.blocks.append({"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}})

    def text(self, lines: Iterable[Line], *, picture: Block | None = None) -> None:
        """Lines in sections; the picture stands beside the first."""
        sections = sections_of(lines)
        if sections and picture is not None:
            sections[0]["accessory"] = picture
        self.blocks += sections

    def product(self, card: Reply) -> None:
        """One product; its button stands beside it, or below when there is a picture."""
        text = mrkdwn(card.body)
        title = f"*{escape(_cut(card.title, MOST_HEADER_CHARACTERS))}*\n" if card.title else ""
        first, *rest = parts(f"{title}{text}", MOST_SECTION_CHARACTERS)
        block = section((first if not rest else f"{first[: MOST_SECTION_CHARACTERS - 2]}…").strip() or "…")
        picture = self.picture(card)
        if picture is not None:
            block["accessory"] = picture
        elif len(card.buttons) == 1:
            block["accessory"] = self._button(card.buttons[0])
            block["block_id"] = self._row_id()
        self.blocks.append(block)
        if "block_id" not in block:
            self.buttons(card.buttons)

    def buttons(self, buttons: Sequence[Button]) -> None:
        """Buttons, five in a row."""
        drawn = [self._button(button) for button in buttons]
        for start in range(0, len(drawn), BUTTONS_IN_A_ROW):
            self.row(drawn[start : start + BUTTONS_IN_A_ROW])

    def row(self, elements: list[Block]) -> None:
        """A row of drawn buttons."""
        self.blocks.append({"type": "actions", "block_id": self._row_id(), "elements": elements})

    def add(self, element: Block) -> None:
        """One more drawn button, in the last row if that has room."""
        last: Block = self.blocks[-1] if self.blocks else {"type": "nothing"}
        if last["type"] == "actions" and len(last["elements"]) < BUTTONS_IN_A_ROW:
            last["elements"].append(element)
        else:
            self.row([element])

    def picture(self, reply: Reply) -> Block | None:
        """The picture of a reply, if Slack can fetch it."""
        address = _public(reply.image or "", self._image_base)
        if not address:
            return None
        alt = _cut(reply.title, MOST_ALT_CHARACTERS) or PICTURE
        return {"type": "image", "image_url": address, "alt_text": alt}

    def _button(self, button: Button) -> Block:
        drawn: Block = {
            "type": "button",
            "action_id": f"choice:{self._buttons}",
            "value": button.choice.encode(),
            "text": {
                "type": "plain_text",
                "text": _cut(printable(button.label).strip() or "…", MOST_LABEL_CHARACTERS),
                "emoji": False,
            },
        }
        if button.trait.style is not Style.PLAIN:
            drawn["style"] = button.trait.style.value
        self._buttons += 1
        return drawn

    def _row_id(self) -> str:
        self._rows += 1
        return f"for:{self._owner}:{self._rows}"


def _as_drawn(block: Block) -> Block:
    """A block as it was sent: Slack hands pictures back with sizes, which it does not take again."""
    if block.get("accessory", {}).get("type") != "image":
        return block
    picture = {key: block["accessory"][key] for key in ("type", "image_url", "alt_text")}
    return {**block, "accessory": picture}


def _bare(block: Block) -> Block:
    """A section without what stands beside it."""
    return {key: value for key, value in block.items() if key != "accessory"}


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _button(blocks: Iterable[Block], action_id: str) -> Block:
    """The button of that id, or nothing."""
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory", {})]:
            if element.get("action_id") == action_id:
                return dict(element)
    return {}


def _lasts(button: Block) -> bool:
    return Choice.decode(str(button.get("value", ""))).trait.lasting


def _public(image: str, base: str) -> str:
    if base and image and "://" not in image:
        image = f"{base.rstrip('/')}/{quote(image.lstrip('/'))}"
    elif urlsplit(image).scheme != "https" and not (base and image.startswith(base)):
        return ""
    return image if len(image) <= MOST_IMAGE_URL_CHARACTERS else ""
