"""What the reader is taught: marked messages in full, and the intents' own examples, whose acts are known in part."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from nlu.reading.decoding import plain
from nlu.reading.labels import ACTS, NOTHING, OLD, OUTSIDE, PRODUCT, REFERENCE, SHOP, WITH, Labels
from nlu.reading.marks import Marked, read_marks
from nlu.reading.wishes import pointed
from nlu.training.augmenting import SWAPPED_IN, augment

DATA = Path(__file__).parents[1] / "data"
UNKNOWN = -100  # what the loss passes over
IN_PART = -200  # an act that is one of several
LONGEST = 128  # tokens
_ARTICLE = re.compile(r"(?:(?:the|an?|my|our|your|that|those|these|this|some|any) )+", re.IGNORECASE)
_ONE = re.compile(r"\bones?\b", re.IGNORECASE)
# The acts that an intent's examples may hold; in each, words that want nothing may stand too.
ACTS_OF: Mapping[str, tuple[str, ...]] = {
    "order": ("add", "again"), "add_to_cart": ("add",),
    "change_quantity": ("set", "more", "less", "times", "swap"),
    "remove_from_cart": ("remove", "clear", "keep", "skip", "undo", "less"),
    "cancel_order": ("cancel", "undo", "keep_order"), "order_status": ("status",), "past_orders": ("past",),
    "price_filter": ("prices", "price_of"), "stock_question": ("stock", "price_of"), "recommend": ("recommend",),
    "provide_email": ("email",), "provide_address": ("address", "change_address"),
    "affirm": ("yes", "checkout"), "deny": ("no", "skip", "keep_order", "undo"),
    "help": ("help",), "human": ("human", "after_sales"), "show_cart": ("show_cart",),
    "my_data": ("privacy",), "forget_me": ("privacy",), "verify_email": ("privacy",),
    "stop_marketing": ("ads_off",), "start_marketing": ("ads_on",),
    "ask_shop": ("shop",), "ask_fact": ("fact",), "after_sales": ("after_sales",),
    "change_order": ("change_order",), "change_address": ("change_address",), "note": ("note",),
    "greet": ("greet",), "thanks": ("thanks",),
    "out_of_scope": ("other", "language"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A message as the model takes it: for each token its act, whether one begins there, and its tag."""

    ids: tuple[int, ...]
    acts: tuple[int, ...]
    begins: tuple[int, ...]
    tags: tuple[int, ...]
    among: tuple[int, ...] = ()  # the acts that it may hold, where they are known in part


def marked_messages(data: Path = DATA) -> dict[str, list[Marked]]:
    """All marked messages in one manner of marking, by the names of their files."""
    files = sorted((data / "marked").glob("*.txt"))
    return {path.stem: [in_one_manner(marked) for marked in read_marks(path)] for path in files}


def in_one_manner(marked: Marked) -> Marked:
    """The message with articles outside of names, and words that describe a product as a name.

    Its writers marked "the lamp" of a cart in four ways.
    """
    spans = []
    for start, end, kind in marked.spans:
        words = marked.text[start:end]
        if kind == REFERENCE and pointed(words)[0] == "product" and not _ONE.search(words):
            kind = PRODUCT  # noqa: PLW2901 - it is one
        if kind in (PRODUCT, OLD, WITH) and (article := _ARTICLE.match(words)) and article.end() < len(words):
            start += article.end()  # noqa: PLW2901
        spans.append((start, end, kind))
    return Marked(text=marked.text, acts=marked.acts, spans=tuple(spans))


def product_names(marked: Sequence[Marked], data: Path = DATA) -> list[str]:
    """The names that others are replaced by: those of the messages, and a list of our own."""
    said = {
        message.text[start:end]
        for message in marked
        for start, end, kind in message.spans
        if kind == PRODUCT and _act_at(message, start) in SWAPPED_IN
    }
    listed = (data / "product_names.txt").read_text(encoding="utf-8").splitlines()
    return sorted(said | {name.strip() for name in listed if name.strip()})


def examples_of_intents(data: Path = DATA) -> Iterator[tuple[str, str]]:
    """The text and the intent of each example that the classifier learns from, where its acts are known."""
    for path in sorted(data.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                if block["intent"] in ACTS_OF:
                    yield line.removeprefix("- ").strip(), block["intent"]


def full_row(tokenizer: Any, marked: Marked, labels: Labels = SHOP) -> Row:
    """A marked message with all that is known of it."""
    encoded = tokenizer.encode(plain(marked.text))
    acts: list[int] = []
    begins: list[int] = []
    tags: list[int] = []
    names = labels.tags
    begun: set[int] = set()
    tagged: set[int] = set()
    for start, end in encoded.offsets[:LONGEST]:
        if start == end:
            for known in (acts, begins, tags):
                known.append(UNKNOWN)
            continue
        act = next((i for i, (a, b, _) in enumerate(marked.acts) if a <= start < b), len(marked.acts) - 1)
        acts.append(labels.acts.index(marked.acts[act][2]))
        begins.append(int(act not in begun))
        begun.add(act)
        span = next((i for i, (a, b, _) in enumerate(marked.spans) if a <= start < b), None)
        if span is None:
            tags.append(names.index(OUTSIDE))
        else:
            tags.append(names.index(f"{'I' if span in tagged else 'B'}-{marked.spans[span][2]}"))
            tagged.add(span)
    ids = tuple(encoded.ids[:LONGEST])
    return Row(ids=ids, acts=tuple(acts), begins=tuple(begins), tags=tuple(tags))


def part_row(tokenizer: Any, text: str, intent: str) -> Row:
    """An intent's example: only among which acts its own are is known."""
    encoded = tokenizer.encode(plain(text))
    ids = tuple(encoded.ids[:LONGEST])
    acts = tuple(UNKNOWN if start == end else IN_PART for start, end in encoded.offsets[:LONGEST])
    unknown = (UNKNOWN,) * len(ids)
    among = tuple(ACTS.index(act) for act in (NOTHING, *ACTS_OF[intent]))
    return Row(ids=ids, acts=acts, begins=unknown, tags=unknown, among=among)


def epoch(
    tokenizer: Any,
    marked: Sequence[Marked],
    names: Sequence[str],
    parts: Sequence[Row],
    rng: random.Random,
    copies: int,
) -> list[Row]:
    """The rows of one epoch: each marked message in so many variations, and a quarter of the intents' examples."""
    full = [full_row(tokenizer, augment(message, names, marked, rng)) for _ in range(copies) for message in marked]
    return [*full, *rng.sample(list(parts), len(parts) // 4)]


def _act_at(marked: Marked, place: int) -> str:
    return next((label for start, end, label in marked.acts if start <= place < end), NOTHING)
