"""Answers how a thing comes: in how many kinds, in which colours, and what there is in a size, whatever it is."""

from dataclasses import replace

from bot.finding.price_lists import search
from bot.finding.prices import read_bounds
from bot.messages import Reply
from bot.phrases import variants as phrases
from bot.shopping import checkout, opting, things, variant_cards, variants
from bot.turn import Turn
from domain.conversation import Asked
from domain.products.measures import SIZES
from domain.products.variants import Group, value_of
from nlu.reading.entities import find_entities
from nlu.rules.options import OptionWish
from nlu.rules.said import Saying

_WAITING = (Asked.CHECKOUT, Asked.CONFIRM, Asked.EMAIL, Asked.ADDRESS, Asked.OPEN_LINE)


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to who asks in what, or in how many kinds, a thing comes; None of all else."""
    waits = turn.asked is not None and turn.asked.kind not in _WAITING
    if turn.message.choice is not None or waits or turn.only_names:
        return None
    counts, asks = turn.said(Saying.COUNTS_KINDS), turn.said(Saying.WHICH_VALUES)
    if counts is None and asks is None:
        return _in_size(turn) or _asked_of_a_thing(turn)
    group = _spoken_of(turn)
    if group is None:
        return _in_size(turn)
    wish = variants.wish_in(turn.message.text, group)
    if counts is None and not wish.asked:
        return None
    turn.note_done("stock_question")
    before = turn.conversation.pending
    told = variants.meant_of(group, wish)
    meant = _all_of(group, wish)
    said = [_count(meant)] if counts is not None else []
    if wish.strange or (wish and not told.variants):
        said = [phrases.no_such(name=group.name, how=told.asked_in_vain)]
    reply = variant_cards.card(turn, meant, *said)
    return [reply, *(checkout.reminder(turn) if before is not None and before.kind is Asked.OPEN_LINE else [])]


def _asked_of_a_thing(turn: Turn) -> list[Reply] | None:
    """The answer to who asks whether a thing comes in a way: "do the lamps come in brass?"; None of all else."""
    if not turn.only_asks:
        return None
    group = things.named(turn)
    wish = variants.wish_in(turn.message.text, group) if group is not None else None
    if group is None or not wish or not variants.says_no_more(wish):
        return None
    turn.note_done("stock_question")
    return opting.show(turn, variants.meant_of(group, wish))


def _all_of(group: Group, wish: OptionWish) -> Group:
    """A thing with those of its variants that have what is wanted, sold out or not; all where there is none."""
    wanted = wish.wanted.items()
    told = [one for one in group.variants if all(value_of(one, axis) in values for axis, values in wanted)]
    return replace(group, variants=tuple(told) or group.variants)


def _count(group: Group) -> str:
    there = len(group.buyable)
    return phrases.kinds(count=there, name=group.name, gone=len(group.variants) - there)


def _spoken_of(turn: Turn) -> Group | None:
    """The thing that a question names, or else the one that was spoken of last."""
    if (named := things.named(turn)) is not None:
        return named
    focus = turn.focus
    group = variants.group_of(turn, focus) if focus is not None else None
    if group is None:
        return None
    wish = variants.wish_in(turn.message.text, group)
    strange = {word.lower() for word in wish.left} - things.CLOSED - _spellings(wish)
    return None if strange else group


def _spellings(wish: OptionWish) -> set[str]:
    """How the options that are asked about may be written: "colour", "colors"."""
    plain = {word for name in wish.asked for word in name.lower().split()}
    plain |= {word.replace("or", "our") for word in plain} | {word.replace("our", "or") for word in plain}
    return plain | {f"{word}s" for word in plain}


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
