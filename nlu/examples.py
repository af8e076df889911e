"""What Rasa's classifier learns from: the intents' own examples, and the marked messages that want one thing.

`python -m nlu.examples FOLDER` writes them, as `parley nlu train` does before it trains.
"""

import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from nlu.reading.labels import NOTHING
from nlu.reading.marks import Marked, read_marks
from nlu.reading.wishes import INTENTS
from nlu.rules.patterns import rule

DATA = Path(__file__).parent / "data"
WEIGHT = 0.25  # of a marked message against an example: most of them want to buy, and they would drown the others
MOST_MARKED = 400  # of an intent: more make training slow, and the classifier no better
# Acts whose messages are no examples of their intent: refusals of something, and no to a question that was not asked.
_LEFT_OUT = {"skip", "keep_order"}
_ADDS = rule(r"(?i)\b(?:add|adding|also|too|cart|basket|bag|trolley|throw|chuck|pop|as well|another|more)\b")
_FORGETS = rule(r"(?i)\b(?:forget|delete|erase|remove|wipe|close|get rid)\b")


def write_examples(folder: Path, data: Path = DATA) -> None:
    """Puts all examples into a folder, which is made where it is not there, as Rasa reads them."""
    folder.mkdir(parents=True, exist_ok=True)
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
        {"intent": intent, "metadata": {"weight": WEIGHT}, "examples": "".join(f"- {text}\n" for text in _some(texts))}
        for intent, texts in by_intent.items()
    ]
    (folder / "marked.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}), encoding="utf-8")


def _some(texts: Sequence[str]) -> Sequence[str]:
    """As many as are learned from, evenly from all writers."""
    return texts[:: -(-len(texts) // MOST_MARKED)]


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
        elif act == "swap":
            yield marked.text, "change_quantity"
        elif act not in _LEFT_OUT:
            yield marked.text, INTENTS[act]  # where the reader alone tells it (undo, checkout …), no example is written


if __name__ == "__main__":
    write_examples(Path(sys.argv[1]))
