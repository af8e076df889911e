"""What Rasa's classifier is taught: the intents' own examples, and the marked messages that want one thing."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from nlu.reading.labels import NOTHING
from nlu.reading.marks import Marked, read_marks
from nlu.rules.patterns import rule

DATA = Path(__file__).parent / "data"
# The intent of an act; acts that the reader alone tells (undo, checkout …) are not among them.
_INTENTS: Mapping[str, str] = {
    "set": "change_quantity", "more": "change_quantity", "less": "change_quantity", "times": "change_quantity",
    "swap": "change_quantity", "remove": "remove_from_cart", "clear": "remove_from_cart",
    "stock": "stock_question", "price_of": "stock_question", "prices": "price_filter", "recommend": "recommend",
    "fact": "ask_fact", "shop": "ask_shop", "status": "order_status", "past": "past_orders", "cancel": "cancel_order",
    "change_order": "change_order", "change_address": "change_address", "after_sales": "after_sales", "note": "note",
    "email": "provide_email", "address": "provide_address", "yes": "affirm", "no": "deny", "show_cart": "show_cart",
    "ads_on": "start_marketing", "ads_off": "stop_marketing", "human": "human", "help": "help",
    "greet": "greet", "thanks": "thanks", "other": "out_of_scope",
}  # fmt: skip
_ADDS = rule(r"(?i)\b(?:add|adding|also|too|cart|basket|bag|trolley|throw|chuck|pop|as well|another|more)\b")
_FORGETS = rule(r"(?i)\b(?:forget|delete|erase|remove|wipe|close|get rid)\b")


def write_examples(folder: Path, data: Path = DATA) -> None:
    """Puts all examples into a folder, as Rasa reads them."""
    known = []
    for path in data.glob("*.yml"):
        shutil.copy(path, folder)
        known += [block["intent"] for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]]
    by_intent: dict[str, list[str]] = {}
    for path in sorted((data / "marked").glob("*.txt")):
        for text, intent in _examples(read_marks(path)):
            if intent in known:
                by_intent.setdefault(intent, []).append(" ".join(text.split()))
    blocks = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in by_intent.items()
    ]
    (folder / "marked.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}), encoding="utf-8")


def _examples(messages: Iterator[Marked]) -> Iterator[tuple[str, str]]:
    """Each message that wants one thing, and its intent; brackets and braces would be Rasa's own marks."""
    for marked in messages:
        acts = {label for _, _, label in marked.acts if label != NOTHING}
        if len(acts) != 1 or any(mark in marked.text for mark in "[](){}"):
            continue
        (act,) = acts
        if act == "add":
            yield marked.text, "add_to_cart" if _ADDS.search(marked.text) else "order"
        elif act == "privacy":
            yield marked.text, "forget_me" if _FORGETS.search(marked.text) else "my_data"
        elif act in _INTENTS:
            yield marked.text, _INTENTS[act]
