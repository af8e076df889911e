"""Two readings of a message, the rules' and the learned reader's, and the catalogue decides between them.

The rules are right about the sentences that they know, and take what they do not know for a product's name; the reader
reads any sentence, and none to the letter. A reading that names what the shop has is the better one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.shopping import basket
from bot.turn import CLEAR, SURE, UNKNOWN, About, Turn
from domain.products.catalogue import find_category, words
from nlu.rules.act_heads import CHECKOUT, KEEP, REPLACE
from nlu.rules.said import Saying
from nlu.understanding import Entity, Guess, Understanding, WantedLine, Wish

LEAST = 0.6  # how sure the reader must be of each wish
LANGUAGE = "other_language"
SURE_OF_LANGUAGE = 0.8
SWAP, UNDO, AGAIN = "swap", "undo", "again"  # wishes that are no intents of the model
_BESIDE = {"affirm", "deny", "greet", "thanks"}  # they want nothing of their own beside a wish
_NAMING = {"product", "replaced", "left_out"}
_READ_BY_RULES = ("left_out", "kept", "stays")  # a sentence that has these is one that the rules know
_POINTING = {*_NAMING, "reference"}
_ALIKE = {"keep": KEEP, "checkout": CHECKOUT, SWAP: REPLACE}
_HANDLED_AS = {SWAP: "change_quantity", "keep": "show_cart", "checkout": "show_cart", UNDO: "show_cart", AGAIN: "order"}
_WORDS_FOR = {UNDO: "undo", AGAIN: "the same again", "checkout": "check out"}  # as those who answer it hear it


def wishes_of(turn: Turn) -> Sequence[Wish]:
    """The reader's wishes where it is sure of all; none of what is no sentence."""
    if turn.message.choice or turn.only_names or turn.reduced:
        return ()
    wishes = [wish for wish in turn.understanding.wishes if wish.intent not in _BESIDE]
    if len(wishes) > 1 and any(wish.intent in (UNDO, AGAIN) for wish in wishes):
        return ()
    if any(map(turn.understanding.first, _READ_BY_RULES)) or turn.said(Saying.ALL_ELSE):
        return ()
    if all(turn.intents.get(wish.intent, UNKNOWN).about is About.CONTACT for wish in wishes):
        return ()
    return wishes if all(wish.confidence >= LEAST and _known_wish(turn, wish) for wish in wishes) else ()


def fits_better(turn: Turn, wishes: Sequence[Wish], entities: Iterable[Entity], *, unsure: bool) -> bool:
    """Whether the reader names what the shop has, and the rules do not.

    Args:
        turn: the turn.
        wishes: the reader's reading.
        entities: what the rules found.
        unsure: the rules' reading is one that would be asked about.
    """
    if not wishes:
        return False
    read, ruled = _names(entity for wish in wishes for entity in wish.entities), _names(entities)
    has = {name: _has(turn, name) for name in read} if unsure or read != ruled else {}
    if unsure and (read or turn.asked is None) and all(has.values()):
        return all(_says_what(turn, wish) for wish in wishes)
    return bool(has) and _worth(has) > _worth({name: _has(turn, name) for name in ruled})


def one_wish(turn: Turn) -> Turn:
    """The turn as the reader's one wish where that fits better; a swap and the like in words that the rules know."""
    wishes = wishes_of(turn)
    answers = turn.asked is not None and (turn.asked.first or turn.asked.answered_in_words)
    if len(wishes) != 1 or answers:
        return turn
    (wish,) = wishes
    unsure = turn.meant is UNKNOWN or turn.understanding.confidence < max(turn.meant.least, SURE)
    if not fits_better(turn, wishes, turn.understanding.entities, unsure=unsure):
        return turn
    intent = _HANDLED_AS.get(wish.intent, wish.intent)
    ranking = (Guess(intent=intent, confidence=max(wish.confidence, CLEAR)), *turn.understanding.ranking)
    understanding = replace(turn.understanding, ranking=ranking, entities=wish.entities)
    if (said := _in_words(wish)) is None:
        return replace(turn, understanding=understanding)
    return replace(turn, message=replace(turn.message, text=said), understanding=replace(understanding, text=said))


def in_another_language(turn: Turn) -> bool:
    """Whether the reader is sure that nothing of a message is English; names, addresses and answers may be any."""
    answers = turn.asked is not None and turn.asked.answered_in_words
    if turn.message.choice or turn.named or answers or any(map(turn.understanding.first, ("address", "email"))):
        return False
    read = turn.understanding.wishes
    return bool(read) and all(wish.intent == LANGUAGE and wish.confidence >= SURE_OF_LANGUAGE for wish in read)


def part_of(turn: Turn, wish: Wish) -> Turn:
    """The turn as if only one wish had been said."""
    said = _in_words(wish) or words_of(turn, wish)
    entities = (
        replace(entity, start=entity.start - wish.start, end=entity.end - wish.start) for entity in wish.entities
    )
    understanding = Understanding(
        text=turn.understanding.text[wish.start : wish.end],
        ranking=(Guess(intent=act_of(wish), confidence=1.0),),
        entities=tuple(entities),
    )
    return replace(turn, message=replace(turn.message, text=said), understanding=understanding, goes_on=True)


def words_of(turn: Turn, wish: Wish) -> str:
    """What was said of a wish, without the word that joins it to the others."""
    said = turn.understanding.text[wish.start : wish.end].strip(" ,;.&\n")
    for joint in ("and ", "then ", "also ", "but ", "plus "):
        said = said.removeprefix(joint)
    return said


def act_of(wish: Wish) -> str:
    """What a wish is called among the acts."""
    return _ALIKE.get(wish.intent, wish.intent)


def _known_wish(turn: Turn, wish: Wish) -> bool:
    return wish.intent in turn.intents or wish.intent in (SWAP, UNDO, AGAIN, *_ALIKE)


def _in_words(wish: Wish) -> str | None:
    """A wish that is no intent in words that the rules know: "swap the mugs for 2 teapots"."""
    if wish.intent != SWAP:
        return _WORDS_FOR.get(wish.intent)
    old = next((entity.value for entity in wish.entities if entity.name == "replaced"), "it")
    new = next((entity.value for entity in wish.entities if entity.name == "product"), "")
    count = next((f"{entity.value} " for entity in wish.entities if entity.name == "quantity"), "")
    return f"swap {old} for {count}{new}" if new else None


def _names(entities: Iterable[Entity]) -> set[str]:
    return {entity.value.lower() for entity in entities if entity.name in _NAMING and not entity.role}


def _worth(names: Mapping[str, bool]) -> int:
    """How many of the names the shop knows, less those it does not."""
    return sum(1 if known else -1 for known in names.values())


def _has(turn: Turn, name: str) -> bool:
    """Whether the shop knows of something of that name, or of several with all its words, or the cart holds it."""
    match = basket.look_up(turn, name, turn.conversation.focus)
    if match.product is not None or any(set(words(name)) <= set(words(product.title)) for product in match.options):
        return True
    there = basket.target(turn, WantedLine(phrase=name))
    return bool(there.product_ids) or there.unclear or bool(find_category(turn.uow, name))


def _says_what(turn: Turn, wish: Wish) -> bool:
    """Whether a change of the cart says of what; all else need not."""
    changes = wish.intent == SWAP or turn.intents.get(wish.intent, UNKNOWN).fills_cart
    return not changes or any(entity.name in _POINTING for entity in wish.entities)
