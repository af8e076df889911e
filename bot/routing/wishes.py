"""Two readings of a message, the rules' and the learned reader's, and the catalogue decides between them.

The rules are right about the sentences that they know, and take what they do not know for a product's name; the reader
reads any sentence, and none to the letter. A reading that names what the shop has is the better one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from bot.shopping import cart_lines, meaning, replacing
from bot.turn import CLEAR, UNKNOWN, About, Turn
from domain.conversation import Asked
from domain.products.catalogue import find_category, words
from nlu.languages import language_of
from nlu.rules.act_heads import CHECKOUT, KEEP, REPLACE
from nlu.rules.replacements import Replacement, find_replacement
from nlu.rules.said import Saying
from nlu.understanding import Entity, Guess, Understanding, WantedLine, Wish

LEAST = 0.6  # how sure the reader must be of each wish
MOST_CERTAIN = 0.95  # and where both name the same
LIKELY = 0.7  # and where the model is not sure of anything
CERTAIN = 0.9  # and where the model is not far from sure of something else
MOST_NAMES = 12  # of both readings of a message, each of which is looked up once
LANGUAGE = "other_language"
SURE_OF_LANGUAGE = 0.8
SWAP = "swap"  # no intent of the model
_BESIDE = {"affirm", "deny", "greet", "thanks"}  # they want nothing of their own beside a wish
_NAMING = {"product", "replaced", "left_out", "kept", "stays"}
_WHERE = {"change_address", "provide_address"}  # closed rules read addresses
_CLOSED = {"email", "address", "zip"}
_POINTING = {"product", "replaced", "reference"}
_ALIKE = {"keep": KEEP, "checkout": CHECKOUT, SWAP: REPLACE}  # what is done beside other wishes only, but for a swap


def wishes_of(turn: Turn) -> Sequence[Wish]:
    """The reader's wishes where it is sure of all; none where a question is answered in words of one's own."""
    if _answers(turn) or turn.message.choice or turn.only_names or turn.reduced:
        return ()
    wishes = [wish for wish in turn.understanding.wishes if wish.intent not in _BESIDE]
    sure = [wish for wish in wishes if wish.confidence >= LEAST or wish.entities]
    wishes = sure or wishes  # words that name nothing, and whose meaning is not sure, are a story
    kept = any(entity.name == "kept" for wish in wishes for entity in wish.entities)
    if turn.said(Saying.ALL_ELSE) and not kept:
        return ()
    if all(turn.intents.get(wish.intent, UNKNOWN).about is About.CONTACT for wish in wishes):
        return ()
    known = {*turn.intents, *_ALIKE}
    return wishes if all(wish.confidence >= LEAST and wish.intent in known for wish in wishes) else ()


def _answers(turn: Turn) -> bool:
    """Whether words of one's own may answer what is asked; on the way to an order goods are named, too."""
    asked = turn.asked
    if asked is None or not (asked.first or asked.answered_in_words):
        return False
    contact = any(map(turn.understanding.first, ("address", "email"))) or turn.meant.about is About.CONTACT
    return contact or asked.kind not in (Asked.EMAIL, Asked.ADDRESS, Asked.WHAT_TO_CHANGE, Asked.OPEN_LINE)


def fits_better(turn: Turn, wishes: Sequence[Wish], entities: Iterable[Entity], *, unsure: bool) -> bool:
    """Whether the reader names what the shop has, and the rules do not.

    Args:
        turn: the turn.
        wishes: the reader's reading.
        entities: what the rules found.
        unsure: the model is not sure enough of what the rules go by.
    """
    read, ruled = _names(entity for wish in wishes for entity in wish.entities), _names(entities)
    names = read | ruled
    if not wishes or len(names) > MOST_NAMES:
        return False
    certain = all(wish.confidence >= CERTAIN for wish in wishes)
    counts = any(entity.name in ("quantity", "reference") for wish in wishes for entity in wish.entities)
    kept = {entity.value for wish in wishes for entity in wish.entities if entity.name == "kept"}
    if kept & {entity.value for entity in entities if entity.name in ("product", "left_out")}:
        return turn.said(Saying.KEEPS) is not None  # "everything except the teapot" keeps all else
    if read == ruled and not unsure:
        if certain and any(wish.intent == SWAP for wish in wishes):
            known = find_replacement(turn.message.text)
            return known is None or not known.explicit
        if all(wish.confidence >= MOST_CERTAIN for wish in wishes) and _counts_otherwise(wishes, entities):
            return turn.said(Saying.TAKES_BACK_WORDS) is None
        wavers = turn.understanding.confidence < CLEAR and not turn.meant.fills_cart
        return certain and counts and wavers and all(_says_what(turn, wish) for wish in wishes)
    has = {name: _held(turn, name) for name in names}
    likely = all(wish.confidence >= LIKELY for wish in wishes)
    if unsure and likely and (read or turn.asked is None) and all(has[name] for name in read):
        return all(_says_what(turn, wish) for wish in wishes)
    better = _worth(has, read) - _worth(has, ruled)
    return bool(read or (counts and certain)) and (better > 0 or (better == 0 and certain and read != ruled))


def _counts_otherwise(wishes: Sequence[Wish], entities: Iterable[Entity]) -> bool:
    """Whether numbers differ, or what is done with them: "+2 sticky notes" is two more."""
    read = sorted(
        (entity.value, entity.role) for wish in wishes for entity in wish.entities if entity.name == "quantity"
    )
    return read != sorted((entity.value, entity.role) for entity in entities if entity.name == "quantity")


def one_wish(turn: Turn) -> Turn:
    """The turn as the reader's one wish where that fits better.

    What takes something back, repeats it or goes on to pay is left to fixed words, and so is every yes.
    """
    wishes = wishes_of(turn)
    wish = wishes[0] if len(wishes) == 1 else None
    if wish is None or wish.intent in _WHERE or (wish.intent not in turn.intents and wish.intent != SWAP):
        return turn
    swap = _swap_of(wish) if wish.intent == SWAP else None
    if (wish.intent == SWAP) != (swap is not None):
        return turn
    if swap is not None and not replacing.what_goes(replace(turn, swap=swap), swap):
        if turn.conversation.open_lines or not swap.old:
            return turn
        wish, swap = _only_added(wish), None
    if not fits_better(turn, wishes, turn.understanding.entities, unsure=not turn.sure):
        return turn
    intent = "change_quantity" if wish.intent == SWAP else wish.intent
    if turn.meant.buys and turn.intents.get(intent, UNKNOWN).buys:
        intent = turn.meant.name  # "order" goes on to pay, "add" does not: the model tells them apart
    ranking = (Guess(intent=intent, confidence=max(wish.confidence, CLEAR)), *turn.understanding.ranking)
    understanding = replace(turn.understanding, ranking=ranking, entities=_with_contact(turn, wish))
    return replace(turn, swap=swap, understanding=understanding)


def _only_added(wish: Wish) -> Wish:
    """A swap for what is not in the cart: "sorry, the red one, not the blue one"."""
    entities = tuple(
        replace(entity, name="left_out", role="added", group="") if entity.name == "replaced" else entity
        for entity in wish.entities
    )
    return replace(wish, intent="add_to_cart", entities=entities)


def _with_contact(turn: Turn, wish: Wish) -> tuple[Entity, ...]:
    """A wish's entities, and those of the whole message that closed rules read."""
    known = {entity.name for entity in wish.entities}
    found = [one for one in turn.understanding.entities if one.name in _CLOSED and one.name not in known]
    return tuple(sorted((*wish.entities, *found), key=lambda entity: entity.start))


def other_language(turn: Turn) -> str:
    """The two letters of the language of a message that is surely not English; "" for all others.

    "??" where only the reader is sure. Names, addresses and answers in one's own words may be any.
    """
    answers = turn.asked is not None and turn.asked.answered_in_words and turn.asked.kind is not Asked.EMAIL
    if turn.message.choice or turn.named or answers or any(map(turn.understanding.first, ("address", "email"))):
        return ""
    language, read = language_of(turn.message.text), turn.understanding.wishes
    sure = bool(read) and all(wish.intent == LANGUAGE and wish.confidence >= SURE_OF_LANGUAGE for wish in read)
    if language == "en" and not sure:
        return ""
    names = _names((*turn.understanding.entities, *(entity for wish in read for entity in wish.entities)))
    known = len(names) > MOST_NAMES or any(_held(turn, name) for name in names)  # "a crème brûlée dish"
    return "" if known else "??" if language == "en" else language


def part_of(turn: Turn, wish: Wish) -> Turn:
    """The turn as if only one wish had been said."""
    whole = turn.understanding
    said, act = words_of(turn, wish), act_of(wish)
    start = whole.text.index(said, wish.start)
    understanding = Understanding(
        text=said,
        ranking=(Guess(intent=act, confidence=1.0),),
        entities=tuple(
            replace(entity, start=entity.start - start, end=entity.end - start)
            for entity in wish.entities
            if entity.start >= start
        )
        + (whole.complaint if act == "after_sales" else ()),
        vector=next((clause.vector for clause in whole.clauses if clause.text == said), None),
    )
    return replace(
        turn,
        message=replace(turn.message, text=said),
        understanding=understanding,
        swap=_swap_of(wish) if act == REPLACE else None,
        goes_on=True,
    )


def words_of(turn: Turn, wish: Wish) -> str:
    """What was said of a wish, without the word that joins it to the others."""
    said = turn.understanding.text[wish.start : wish.end].strip(" ,;.&\n")
    for joint in ("and ", "then ", "also ", "but ", "plus "):
        said = said.removeprefix(joint)
    return said


def act_of(wish: Wish) -> str:
    """What a wish is called among the acts; beside others a swap that names nothing that goes only adds."""
    swap = _swap_of(wish) if wish.intent == SWAP else None
    return "add_to_cart" if swap is not None and not swap.old else _ALIKE.get(wish.intent, wish.intent)


def _swap_of(wish: Wish) -> Replacement | None:
    """What shall be replaced by what; None where what goes, or what comes for it, is not one thing at most."""
    replaced = [entity for entity in wish.entities if entity.name == "replaced"]
    numbers = [entity.value for entity in replaced if entity.value.isdecimal()]
    old = [entity for entity in replaced if not entity.value.isdecimal() or len(replaced) == 1]
    old += [entity for entity in wish.entities if entity.name == "reference" and entity.value != "it"]
    new = [entity for entity in wish.entities if entity.name == "product"]
    if len(old) > 1 or len(new) != 1 or (old and old[0].value in ("all", "last")):
        return None
    counts = {entity.group: entity for entity in wish.entities if entity.name == "quantity" and entity.group}
    of_new, of_old = counts.get(new[0].group), counts.get(old[0].group) if old else None
    if of_old is not None and old[0].end <= of_old.start <= new[0].start:
        of_new, of_old = of_old, None  # "the repeaters with one router"
    parts = [entity for entity in counts.values() if entity.role == "parts"]
    some = of_old.value if of_old is not None else numbers[0] if numbers and len(replaced) > 1 else None
    part = Fraction(1, int(parts[0].value)) if parts else Fraction(int(some)) if some else None
    quantity = int(of_new.value) if of_new is not None and of_new.role != "parts" else None
    return Replacement(new=new[0].value, old=old[0].value if old else "", quantity=quantity, part=part)


def _names(entities: Iterable[Entity]) -> set[str]:
    return {entity.value for entity in entities if entity.name in _NAMING and entity.role not in ("with", "kind")}


def _worth(has: Mapping[str, int], names: Iterable[str]) -> int:
    """How many words of the names the shop knows, less those of names that it has nothing of."""
    return sum(has[name] or -max(len(words(name)), 1) for name in names)


def _held(turn: Turn, name: str) -> int:
    """How many words of a name the shop knows: those of a product, of several with all of it, of the cart."""
    said = set(words(name))
    if name in turn.named:
        return max(len(said), 1)
    match = meaning.found(turn, name)
    if match.product is not None:
        return max(len(said & set(words(match.product.title))), 1)
    there = cart_lines.target(turn, WantedLine(phrase=name))
    whole = any(said <= set(words(product.title)) for product in match.options)
    known = whole or bool(there.product_ids) or there.unclear or bool(find_category(turn.uow, name, in_part=True))
    return max(len(said), 1) if known else 0


def _says_what(turn: Turn, wish: Wish) -> bool:
    """Whether a change of the cart says of what; all else need not. A number alone counts what is spoken of."""
    changes = wish.intent == SWAP or turn.intents.get(wish.intent, UNKNOWN).fills_cart
    pointed = {*_POINTING, "quantity"} if turn.conversation.focus else _POINTING
    return not changes or any(entity.name in pointed for entity in wish.entities)
