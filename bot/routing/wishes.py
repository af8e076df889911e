"""The wishes of a message, as the learned reader tells them apart: which count, and what is done with one of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from bot.orders import editing
from bot.shopping import cart_lines, meaning, replacing
from bot.turn import CLEAR, UNKNOWN, About, Turn
from domain.conversation import Asked
from domain.products.catalogue import find_category, words
from nlu.languages import language_of
from nlu.reading.wishes import INTENTS
from nlu.rules.replacements import Replacement
from nlu.rules.said import Saying
from nlu.understanding import Entity, Guess, Understanding, WantedLine, Wish, words_of

LEAST = 0.5  # how sure the reader must be of a wish
CERTAIN = 0.9  # and where the model is sure of something else
LIKELY = 0.7  # and where the model is not sure of anything
MOST_NAMES = 12  # of a message, each of which is looked up once
LANGUAGE = "other_language"
READ = frozenset(INTENTS.values())
SURE_OF_LANGUAGE = 0.8
SWAP, KEEP, UNDO, AGAIN, CHECKOUT = "swap", "keep", "undo", "again", "checkout"  # no intents of the model
_BESIDE = {"affirm", "deny", "greet", "thanks"}  # they want nothing of their own beside a wish
_NAMING = {"product", "replaced", "left_out", "kept", "stays"}
_OF_PRIVACY = ("my_data", "forget_me", "verify_email")  # one act to the reader
_WHERE = {"change_address", "provide_address"}  # closed rules read addresses
_CLOSED = {"email", "mentioned", "address", "zip", "happened", "wanted"}


def wishes_of(turn: Turn) -> Sequence[Wish]:
    """The reader's wishes where it is sure of one; none where a question is answered in words of one's own."""
    if _answers(turn) or turn.message.choice or turn.only_names or turn.reduced:
        return ()
    wishes = [_called(turn, wish) for wish in turn.understanding.wishes if wish.intent not in _BESIDE]
    told = [wish for wish in wishes if wish.confidence >= LEAST or wish.entities]
    wishes = told or wishes  # words that name nothing, and whose meaning is not sure, are a story
    if all(turn.intents.get(wish.intent, UNKNOWN).about is About.CONTACT for wish in wishes):
        return ()
    known = all(wish.intent in {*turn.intents, SWAP, KEEP, CHECKOUT, UNDO, AGAIN} for wish in wishes)
    if turn.asked is not None and turn.asked.answered_in_words and not _has_all(turn, wishes):
        return ()  # "Boulder" answers where to
    return wishes if known and any(wish.confidence >= LEAST for wish in wishes) else ()


def _has_all(turn: Turn, wishes: Iterable[Wish]) -> bool:
    """Whether the shop has all that is named."""
    names = _names(entity for wish in wishes for entity in wish.entities)
    return len(names) <= MOST_NAMES and all(_held(turn, name) for name in names)


def _called(turn: Turn, wish: Wish) -> Wish:
    """The wish; of what the reader tells not apart it is what the model finds likelier."""
    if (alone := _asks_alone(turn, wish)) is not None:
        return alone
    if wish.intent not in _OF_PRIVACY:
        return wish
    likely = {guess.intent: guess.confidence for guess in turn.understanding.ranking}
    return replace(wish, intent=max(_OF_PRIVACY, key=lambda intent: likely.get(intent, 0.0)))


def _asks_alone(turn: Turn, wish: Wish) -> Wish | None:
    """The wish as the model hears its words alone, where it names nothing and surely asks for something."""
    said = words_of(turn.understanding.text, wish)
    heard = next((clause for clause in turn.understanding.clauses if clause.text == said), None)
    if heard is None or wish.entities or heard.confidence < CLEAR:
        return None
    return replace(wish, intent=heard.intent) if turn.intents.get(heard.intent, UNKNOWN).asks else None


def _answers(turn: Turn) -> bool:
    """Whether words of one's own may answer what is asked; on the way to an order goods are named, too."""
    asked = turn.asked
    if asked is None or not (asked.first or asked.answered_in_words):
        return False
    contact = (
        turn.understanding.first("address") is not None or bool(turn.emails)
    ) or turn.meant.about is About.CONTACT
    return contact or asked.kind not in (Asked.EMAIL, Asked.ADDRESS, Asked.WHAT_TO_CHANGE, Asked.OPEN_LINE)


def one_wish(turn: Turn) -> Turn:
    """The turn as the reader's one wish where the model is not sure, and where it is a swap.

    What takes something back, repeats it or goes on to pay is left to fixed words, and so is every yes.
    """
    wishes = wishes_of(turn)
    wish = wishes[0] if len(wishes) == 1 else None
    if wish is None or wish.intent in _WHERE or (wish.intent not in turn.intents and wish.intent != SWAP):
        return turn
    swap = _swap_of(wish) if wish.intent == SWAP else None
    if (wish.intent == SWAP) != (swap is not None):
        return turn
    if swap is not None and _counts(turn, swap):
        wish, swap = replace(wish, intent="change_quantity", entities=_without_old(wish)), None
    if swap is not None and not replacing.what_goes(replace(turn, swap=swap), swap):
        if turn.conversation.open_lines or not swap.old:
            return turn
        if not editing.last_holds(turn, swap.old):
            wish, swap = _only_added(wish), None
    intent = "change_quantity" if wish.intent == SWAP else wish.intent
    if turn.meant.buys and turn.intents.get(intent, UNKNOWN).buys:
        intent = turn.meant.name  # "order" goes on to pay, "add" does not: the model tells them apart
    clear = turn.sure and turn.understanding.confidence >= CLEAR
    fills, takes_out = turn.intents[intent].fills_cart, _takes_out(turn, wish)
    overrules = takes_out or _surely_asks(turn, wish)
    if clear and not overrules and not (fills and (turn.meant.fills_cart or _surely_of_goods(turn, wish))):
        return turn
    if turn.asked is not None and not fills and not wish.entities:
        return turn  # what is asked is answered first
    if intent == "out_of_scope" and turn.meant.name not in READ:
        return turn  # the reader knows nothing of a shop's own intents
    least = CERTAIN if intent == "out_of_scope" else LIKELY
    if not (clear or takes_out) and wish.confidence < least:
        return turn
    if turn.meant.name == "out_of_scope" and not _has_all(turn, [wish]):
        return turn
    if any(map(turn.said, (Saying.IN_TOTAL, Saying.TOTAL_OF, Saying.SAID_BEFORE))):
        return turn  # fixed words say what the number is
    ranking = (Guess(intent=intent, confidence=max(wish.confidence, CLEAR)), *turn.understanding.ranking)
    understanding = replace(turn.understanding, ranking=ranking, entities=_with_contact(turn, wish))
    return replace(turn, swap=swap, understanding=understanding)


def _counts(turn: Turn, swap: Replacement) -> bool:
    """Whether it only says how many there shall be of what is in the cart: "make it 3 mugs"."""
    there = cart_lines.target(turn, WantedLine(phrase=swap.new)).product_ids
    return swap.quantity is not None and swap.old in ("", "it") and len(there) == 1


def _without_old(wish: Wish) -> tuple[Entity, ...]:
    return tuple(
        replace(entity, group="1") if entity.name in ("product", "quantity") else entity
        for entity in wish.entities
        if entity.name != "replaced"
    )


def _takes_out(turn: Turn, wish: Wish) -> bool:
    """Whether a no names something that is in the cart, and the reader hears a removal: "nah forget the teapot"."""
    named = [entity.value for entity in wish.entities if entity.name == "product"]
    there = (cart_lines.target(turn, WantedLine(phrase=name)).product_ids for name in named)
    refuses = wish.intent == "remove_from_cart" and turn.meant.name in ("deny", "out_of_scope", "")
    return refuses and wish.confidence >= LEAST and bool(named) and all(there)


def _surely_asks(turn: Turn, wish: Wish) -> bool:
    """Whether a wish is certainly a question where the model hears something that changes the cart."""
    asks = turn.intents.get(wish.intent, UNKNOWN).asks and wish.intent != "out_of_scope"
    return wish.confidence >= CERTAIN and asks and turn.meant.fills_cart


def _surely_of_goods(turn: Turn, wish: Wish) -> bool:
    """Whether a wish is certain, and names what the shop has, where the model hears no question and no order."""
    asks = turn.meant.asks or turn.meant.about in (About.ORDERS, About.CONTACT)
    return not asks and wish.confidence >= CERTAIN and bool(_names(wish.entities)) and _has_all(turn, [wish])


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


def takes_back(turn: Turn) -> bool:
    """Whether the reader certainly hears nothing but that the last change of the cart shall be undone."""
    read = turn.understanding.wishes
    undoes = len(read) == 1 and read[0].intent == UNDO and read[0].confidence >= CERTAIN and not read[0].entities
    if turn.said(Saying.REFUSES) or "order" in turn.plain_words or not turn.said(Saying.UNDOES):
        return False
    return undoes and turn.conversation.cart_before is not None and not turn.message.choice


def other_language(turn: Turn) -> str:
    """The two letters of the language of a message that is surely not English; "" for all others.

    "??" where only the reader is sure. Names, addresses and answers in one's own words may be any.
    """
    answers = turn.asked is not None and turn.asked.answered_in_words and turn.asked.kind is not Asked.EMAIL
    if turn.message.choice or turn.named or answers or turn.understanding.first("address") or turn.emails:
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
    said, act = words_of(whole.text, wish), _act_of(wish)
    start = whole.text.index(said, wish.start)
    entities = tuple(
        replace(entity, start=entity.start - start, end=entity.end - start)
        for entity in wish.entities
        if entity.start >= start
    )
    complaint = whole.complaint if act == "after_sales" else ()
    understanding = Understanding(
        text=said,
        ranking=(Guess(intent=act, confidence=wish.confidence),),
        entities=(*entities, *complaint),
        vector=whole.vector_of(said),
    )
    return replace(
        turn,
        message=replace(turn.message, text=said),
        understanding=understanding,
        swap=_swap_of(wish) if act == SWAP else None,
        goes_on=True,
    )


def _act_of(wish: Wish) -> str:
    """What a wish is called among the acts; beside others a swap that names nothing that goes only adds."""
    swap = _swap_of(wish) if wish.intent == SWAP else None
    return "add_to_cart" if swap is not None and not swap.old else wish.intent


def _swap_of(wish: Wish) -> Replacement | None:
    """What shall be replaced by what; None where what goes, or what comes for it, is not one thing at most."""
    replaced = [entity for entity in wish.entities if entity.name == "replaced"]
    numbers = [entity.value for entity in replaced if entity.value.isdecimal()]
    old = [entity for entity in replaced if not entity.value.isdecimal() or len(replaced) == 1]
    old += [entity for entity in wish.entities if entity.name == "reference" and entity.value != "it"]
    new = [entity for entity in wish.entities if entity.name == "product"]
    behind = [entity for entity in new if old and entity.start >= old[0].end]
    new = behind if len(new) > len(behind) == 1 else new  # "1.7 is too big, swap the kettle for the 1 litre"
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
    named = old[0].value if old and old[0].value != "it" else ""
    return Replacement(new=new[0].value, old=named, quantity=quantity, part=part)


def _names(entities: Iterable[Entity]) -> set[str]:
    return {entity.value for entity in entities if entity.name in _NAMING and entity.role not in ("with", "kind")}


def _held(turn: Turn, name: str) -> bool:
    """Whether the shop knows a name: a product's, that of several with all of it, of the cart, of a department."""
    if name in turn.named or (match := meaning.found(turn, name)).product is not None:
        return True
    there, said = cart_lines.target(turn, WantedLine(phrase=name)), set(words(name))
    whole = any(said <= set(words(product.title)) for product in match.options)
    return whole or bool(there.product_ids) or there.unclear or bool(find_category(turn.uow, name, in_part=True))
