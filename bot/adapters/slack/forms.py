"""Forms as Slack modals: the button that opens one, the modal, and what comes back when it is sent."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.adapters.slack.text import printable
from bot.messages import Command, Form
from bot.phrases.slack import CANCEL, FILL_IN, SEND
from bot.values import wrong_values

FORM = "form"  # the button's action_id and the modal's callback_id

# https://docs.slack.dev/reference/views and https://docs.slack.dev/reference/block-kit/block-elements
MOST_VALUE_CHARACTERS = 2000
MOST_METADATA_CHARACTERS = 3000
MOST_TITLE_CHARACTERS = 24
MOST_LABEL_CHARACTERS = 2000
MOST_PLACEHOLDER_CHARACTERS = 150
MOST_INPUT_CHARACTERS = 3000
MOST_TEXT_CHARACTERS = 3000
MOST_FIELDS = 50

_FORM = TypeAdapter(Form)
_INPUT = "value"


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where a form was opened, which is where its answer belongs."""

    channel: str
    chat_id: str
    thread: str = ""
    hook: str = ""  # the response_url of an answer that only the sender sees


@dataclass(frozen=True, kw_only=True, slots=True)
class Submitted:
    """A form that was filled in and sent; `message_id` is the same when Slack delivers it again."""

    message_id: str
    origin: Origin
    text: str
    command: Command | None


_SUBMITTED = TypeAdapter(Submitted)


def opener(form: Form) -> dict[str, Any] | None:
    """The button that opens a form; None when the form is too large to travel with it."""
    value = _FORM.dump_json(form, exclude_defaults=True).decode()
    if len(value) > MOST_VALUE_CHARACTERS:
        return None
    return {
        "type": "button",
        "action_id": FORM,
        "value": value,
        "text": {"type": "plain_text", "text": FILL_IN, "emoji": False},
    }


def opened(value: str) -> Form | None:
    """The form that a button holds; None when it holds none."""
    try:
        return _FORM.validate_json(value)
    except ValidationError:
        return None


def modal(form: Form, text: str, origin: Origin) -> dict[str, Any] | None:
    """A form as a modal with `text` above its fields; None when it does not fit into one."""
    command = form.command
    kept = {
        "origin": asdict(origin),
        "command": [command.name, command.text] if command is not None else None,
        "hidden": [[field.name, field.value] for field in form.fields if field.hidden],
    }
    metadata = json.dumps(kept, separators=(",", ":"))
    shown = [field for field in form.fields if not field.hidden]
    if len(metadata) > MOST_METADATA_CHARACTERS or not 0 < len(shown) <= MOST_FIELDS:
        return None
    blocks: list[dict[str, Any]] = []
    if text.strip():
        blocks.append(
            {
                "type": "section",
                "text": _plain(printable(text), MOST_TEXT_CHARACTERS),
            }
        )
    for field in shown:
        entry: dict[str, Any] = {
            "type": "plain_text_input",
            "action_id": _INPUT,
            "multiline": field.multiline,
            "max_length": MOST_INPUT_CHARACTERS,
        }
        if field.value:
            entry["initial_value"] = field.value[:MOST_INPUT_CHARACTERS]
        if field.hint:
            entry["placeholder"] = _plain(field.hint, MOST_PLACEHOLDER_CHARACTERS)
        blocks.append(
            {
                "type": "input",
                "block_id": field.name,
                "optional": field.optional,
                "label": _plain(field.label or field.name, MOST_LABEL_CHARACTERS),
                "element": entry,
            }
        )
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": _plain(form.title or FILL_IN, MOST_TITLE_CHARACTERS),
        "submit": _plain(SEND, MOST_TITLE_CHARACTERS),
        "close": _plain(CANCEL, MOST_TITLE_CHARACTERS),
        "private_metadata": metadata,
        "blocks": blocks,
    }


def submitted(view: dict[str, Any]) -> Submitted:
    """What a sent modal says: a command with fields, or a text of the values joined by commas."""
    kept = json.loads(view["private_metadata"])
    values = view["state"]["values"]
    fields = [
        (block["block_id"], (values.get(block["block_id"], {}).get(_INPUT, {}).get("value") or "").strip())
        for block in view["blocks"]
        if block["type"] == "input"
    ]
    command = None
    if kept["command"] is not None:
        name, text = kept["command"]
        hidden = [(field, value) for field, value in kept["hidden"]]
        command = {"name": name, "text": text, "fields": (*fields, *hidden)}
    read = {
        "message_id": f"{view['id']}:{view.get('hash') or ''}",
        "origin": kept["origin"],
        "text": "" if command is not None else ", ".join(value for _, value in fields if value),
        "command": command,
    }
    return _SUBMITTED.validate_python(read)


def wrong_fields(view: dict[str, Any]) -> dict[str, str]:
    """Why what was filled in cannot be used, by field; Slack keeps the modal open then and says it there.

    What was left as it was is not looked at: a file may have brought values that a form would not take.
    """
    sent = submitted(view)
    if sent.command is None:
        return {}
    began = {
        block["block_id"]: (block.get("element", {}).get("initial_value") or "").strip()
        for block in view["blocks"]
        if block["type"] == "input"
    }
    filled = {name: value for name, value in sent.command.fields if name in began and value != began[name]}
    return wrong_values(f"{sent.command.name} {sent.command.text}", filled)


def _plain(text: str, most: int) -> dict[str, Any]:
    cut = text if len(text) <= most else f"{text[: most - 1]}…"
    return {"type": "plain_text", "text": cut, "emoji": False}
