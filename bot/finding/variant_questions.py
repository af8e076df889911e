"""Answers how a thing comes: in how many kinds, in which colours, and what there is in a size, whatever it is."""

from collections.abc import Iterator
from dataclasses import replace

from bot.finding.price_lists import search
from bot.finding.prices import read_bounds
from bot.messages import Reply
from bot.phrases import variants as phrases
from bot.shopping import checkout, meaning, variant_cards, variants
from bot.turn import Turn
from domain.conversation import Asked
from domain.products.measures import SIZES
from domain.products.variants import Group
from nlu.reading.entities import find_entities
from nlu.rules.options import OptionWish
from nlu.rules.said import Saying
from nlu.rules.vocabulary import CHANGING, FILLERS, PRICING, STOCK, words

_CLOSED = (
    FILLERS
    | CHANGING
    | STOCK
    | PRICING
    | words("kind kinds type types sort sorts variant variants version versions option options model models come comes")
)
MOST_SOUGHT = 4  # words, each of which is looked up alone where all of them name nothing
_WAITING = (Asked.CHECKOUT, Asked.CONFIRM, Asked.EMAIL, Asked.ADDRESS, Asked.OPEN_LINE)


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to who asks in what, or in how many kinds, a thing comes; None of all else."""
    waits = turn.asked is not None and turn.asked.kind not in _WAITING
    if turn.message.choice is not None or waits or turn.only_names:
        return None
    counts, asks = turn.said(Saying.COUNTS_KINDS), turn.said(Saying.WHICH_VALUES)
    if counts is None and asks is None:
        return _in_size(turn)
    group = _spoken_of(turn)
    if group is None:
        return _in_size(turn)
    wish = variants.wish_in(turn.message.text, group)
    if counts is None and not wish.asked:
        return None
    turn.note_done("stock_question")
    before = turn.conversation.pending
    told = variants.meant_of(group, wish)
    meant = replace(group, variants=told.variants or group.variants)
    said = [_count(meant if told.variants else group)] if counts is not None else []
    if wish.strange or (wish and not told.variants):
        said = [phrases.no_such(name=group.name, how=told.asked_in_vain)]
    reply = variant_cards.card(turn, _all_of(group, wish, meant), *said)
    return [reply, *(checkout.reminder(turn) if before is not None and before.kind is Asked.OPEN_LINE else [])]


def _all_of(group: Group, wish: OptionWish, meant: Group) -> Group:
    """The variants that are told of, sold out or not: a choice leaves out what is gone."""
    all_there = [
        one
        for one in group.variants
        if all(dict(one.options).get(axis) in values for axis, values in wish.wanted.items())
    ]
    return replace(meant, variants=tuple(all_there)) if all_there else meant


def _count(group: Group) -> str:
    there = len(group.buyable)
    return phrases.kinds(count=there, name=group.name, gone=len(group.variants) - there)


def _spoken_of(turn: Turn) -> Group | None:
    """The thing that a question names, or else the one that was spoken of last."""
    sought = list(_sought(turn))
    for phrase in sought:
        match = meaning.found(turn, phrase)
        group = variants.one_group(turn, match.options if match.product is None else (match.product,))
        if group is not None:
            return group
    focus = turn.focus
    group = variants.group_of(turn, focus) if focus is not None else None
    if group is None:
        return None
    named = variants.wish_in(turn.message.text, group)
    strange = {word.lower() for word in named.left} - _CLOSED - {name.lower() for name in named.asked}
    return None if strange - {f"{name.lower()}s" for name in named.asked} - _spellings(named) else group


def _spellings(wish: OptionWish) -> set[str]:
    """How the options that are asked about may be written: "colour", "colors"."""
    plain = {word for name in wish.asked for word in name.lower().split()}
    plain |= {word.replace("or", "our") for word in plain} | {word.replace("our", "or") for word in plain}
    return plain | {f"{word}s" for word in plain}


def _sought(turn: Turn) -> Iterator[str]:
    """What may name the thing: what the reader takes for a product, and the words that are none of asking."""
    yield from (entity.value for entity in turn.understanding.all("product"))
    said = [word.strip(".,;:!?\"'()") for word in turn.message.text.split()]
    telling = [word for word in said if word and word.lower().replace("’", "'") not in _CLOSED]
    yield " ".join(telling)
    yield from sorted(telling, key=len, reverse=True)[:MOST_SOUGHT]


def _in_size(turn: Turn) -> list[Reply] | None:
    """What there is in a size, of all kinds of things; None where the message asks nothing like that."""
    asked = turn.said(Saying.ALL_IN_SIZE)
    if asked is None or turn.asked is not None:
        return None
    said = asked.values["size"].strip()
    letters = {word: letter for letter, word in SIZES.items()}
    letters |= {"extra small": "xs", "extra large": "xl", "extra-small": "xs", "extra-large": "xl"}
    understanding = turn.understanding.meaning("price_filter")
    entities = tuple(find_entities(understanding.text, "price_filter", understanding.wishes))
    bounds = read_bounds(replace(understanding, entities=entities))
    plain = said.lower()
    spelled = [said, letters.get(plain, ""), SIZES.get(plain, ""), plain.replace(" ", "")]
    for phrase in dict.fromkeys(filter(None, spelled)):
        if replies := search(turn, replace(bounds, phrase=phrase)):
            turn.note_done("price_filter")
            return replies
    return None
