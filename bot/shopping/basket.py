"""Puts what a customer asked for into the cart, or keeps it as an open line when a question must come first.

Every function returns notes: sentences for what could not be done, so that nothing of a message is dropped silently.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from bot.messages import Verb
from bot.phrases import shopping as phrases_shopping
from bot.shopping import packs
from bot.shopping.references import of_size, resolve, without_size
from bot.turn import Turn
from domain.conversation import CartLine, OpenLine, Problem
from domain.model import Product
from domain.products.catalogue import Match, choose, find, narrow, says_whole_name, single_of, words
from domain.products.measures import CARRIERS, COUNTING, MEASURING, SIZES
from domain.products.product_ids import same
from nlu.rules.said import Saying
from nlu.rules.values import number_from_words
from nlu.rules.vocabulary import ADJECTIVES
from nlu.sayings import hear
from nlu.understanding import WantedLine, wanted_lines

DESCRIBING = {word for said in (*ADJECTIVES, *SIZES, *SIZES.values()) for word in words(said)} | MEASURING | {"pack"}
SAME = {"it", "that", "this", "them", "those", "these"}
MOST_ALIKE = 30
LONGEST_VARIANT = 2  # "dark green": more words name a product of their own
_ALL_OF = r"\b(?:both|all|every|each)(?: of)?(?: (?:the|my|those|these))? "
_EVERY, _ENDS_IN_EVERY = re.compile(_ALL_OF, re.IGNORECASE), re.compile(rf"{_ALL_OF}\Z", re.IGNORECASE)
# Where what is said behind a name ends: a comma does not end it where a size, or "the …", follows.
_ENDS_OF_A_LINE = re.compile(
    r"\n|;|\+|&|[.!?](?: |$)|\b(?:and|plus|also|then|for|not|no|but|except|without|ship|send|deliver|please|to|at)\b"
    r"|,(?! ?(?:the|in|size|\d{1,5} ?(?:cm|mm|m|l|ml|kg|g|w|watts?|inch|litres?|liters?|pack)\b))",
    re.IGNORECASE,
)
LONGEST_TELLING = 50  # characters behind a name that may tell which is meant
_AND = re.compile(r"\s{1,4}(?:and|&)\s{1,4}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Target:
    """The cart lines a change is about; empty with `unclear` when the customer must say which."""

    product_ids: tuple[str, ...] = ()
    unclear: bool = False


def lines_said(turn: Turn) -> list[WantedLine]:
    """The lines of a message. The "one" of "the green one" is no quantity, that of "one green" is."""
    understanding = turn.understanding
    names = {entity.group: entity for entity in understanding.all("product")}
    kept = tuple(
        entity
        for entity in understanding.entities
        if not (
            entity.name == "quantity"
            and understanding.text[entity.start : entity.end].lower() in ("one", "ones")
            and entity.group in names
            and 0 < entity.start - names[entity.group].end <= 1
        )
    )
    return list(wanted_lines(replace(understanding, entities=kept)))


def leave_out(turn: Turn) -> list[str]:
    """Says what the message does not want, and takes it out of the cart, unless it only is not to be added."""
    notes: list[str] = []
    for entity in turn.understanding.all("left_out"):
        there = target(turn, WantedLine(phrase=entity.value)).product_ids
        if there and entity.role != "added":
            notes += change(turn, there, "set", 0)
            notes.append(phrases_shopping.taken_out(phrase=entity.value))
        else:
            notes.append(phrases_shopping.left_out(phrase=entity.value))
    return notes


def add(turn: Turn, lines: Iterable[WantedLine]) -> list[str]:
    """Adds lines to the cart, each by name or by its place in the last list."""
    lines = joined(turn, lines)
    if lines:
        turn.conversation.remember_cart()
    notes: list[str] = []
    lines = _for_each(turn, lines)
    for line in lines:
        if (
            line.quantity is None
            and line.phrase
            and turn.understanding.first("left_out")
            and target(turn, line).product_ids
        ):
            continue  # "the mugs but not the teapot": they are in the cart
        quantity = _how_many(turn, line)
        if line.phrase and (packed := _packed(turn, line)) is not None:
            notes += settle(turn, *packed)
            continue
        product, note = by_reference(turn, line.reference) if not line.phrase else (_more_of(turn, line), "")
        if product is not None:
            notes += settle(turn, product, quantity)
        elif line.phrase:
            notes += _add_by_name(turn, line.phrase, quantity)
        elif note:
            notes.append(note)
    return notes


def joined(turn: Turn, lines: Iterable[WantedLine]) -> list[WantedLine]:
    """The lines as they belong together: what only tells which, or how many, is no line of its own."""
    return _corrected(turn, _joined(turn, _shared_out(turn, list(lines))))


def _joined(turn: Turn, lines: Sequence[WantedLine]) -> list[WantedLine]:
    """The lines; one that only tells which of what stands before it is meant is a part of that: "a belt, the brown"."""
    joined: list[WantedLine] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is not None and (number := _counts_before(last, line)):
            joined[-1] = replace(last, quantity=number)
            continue
        if last is not None and _counts_the_same(last, line):
            joined[-1] = replace(last, quantity=line.quantity)
            continue
        counted = last is not None and last.quantity is not None and line.quantity is not None
        if last is None or not (last.phrase and line.phrase) or counted or not _tells_which(turn, last, line):
            joined.append(line)
            continue
        quantity = line.quantity if last.quantity is None else last.quantity
        joined[-1] = replace(last, phrase=f"{last.phrase} {line.phrase}", quantity=quantity)
    return joined


def _between(turn: Turn, phrase: str, following: str) -> str | None:
    """What stands between two phrases of the message; None where they do not follow one another in it."""
    _, first, behind = turn.message.text.lower().partition(phrase.lower())
    between, second, _ = behind.partition(following.lower())
    return f"{between} " if first and second else None


def _counts_before(line: WantedLine, following: WantedLine) -> int:
    """The number of "black, 8 pieces"; 0 where the next line is one of its own."""
    said = words(following.phrase)
    numbers = [int(word) for word in said if word.isdecimal()] or [following.quantity or 0]
    plain = {word for word in said if not word.isdecimal()}
    carried = bool(plain) and plain <= COUNTING - {"pack"}
    return numbers[0] if line.phrase and line.quantity is None and carried and len(numbers) == 1 else 0


def _counts_the_same(line: WantedLine, following: WantedLine) -> bool:
    """ "the little one, I'll need two of it": the number is said with a word that points back."""
    points_back = not following.phrase and following.reference in SAME
    return points_back and bool(line.phrase) and line.quantity is None and following.quantity is not None


def _shared_out(turn: Turn, lines: Sequence[WantedLine]) -> list[WantedLine]:
    """The lines; a total whose parts follow goes with them: "6 beanies, 3 grey, 3 mustard"."""
    for place, line in enumerate(lines):
        parts = list(takewhile(lambda part: part.phrase and part.quantity is not None, lines[place + 1 :]))
        total = sum(part.quantity or 0 for part in parts)
        if len(parts) < 2 or not line.phrase or line.quantity not in (None, total):
            continue
        if all(_tells_which(turn, line, part) for part in parts):
            told = [replace(part, phrase=f"{line.phrase} {part.phrase}") for part in parts]
            return [*lines[:place], *told, *lines[place + 1 + len(parts) :]]
    return list(lines)


def _tells_which(turn: Turn, line: WantedLine, following: WantedLine) -> bool:
    """Whether a line names several products, and the next one is a word that some of them have, and no name itself."""
    match, said = look_up(turn, line.phrase), set(words(following.phrase))
    options = match.options
    uncounted = line.quantity is None or following.quantity is None
    if match.product is not None and uncounted and line.phrase not in turn.named:
        other = found(turn, following.phrase).product not in (None, match.product)
        joined = _between(turn, line.phrase, following.phrase)  # "one pressure cooker, the six litre one"
        return said <= set(words(match.product.title)) and not other and joined is not None and not _AND.search(joined)
    if len(options) < 2 or not said or following.phrase in turn.named:
        return False
    if len(of_size(following.phrase, options)) == 1:
        return True
    having = [product for product in options if said <= set(words(product.title))]
    if not 0 < len(having) < len(options):
        return False
    alone = found(turn, following.phrase).product
    return alone is None or alone in having


def _corrected(turn: Turn, lines: Sequence[WantedLine]) -> list[WantedLine]:
    """The lines; where words between them take back what was said, the last number counts: "5 mugs, I mean 4 mugs"."""
    text, kept = turn.message.text.lower(), list(lines)
    for line in lines:
        again = [place for place, other in enumerate(kept) if line.phrase and other.phrase == line.phrase]
        between = text.split(line.phrase.lower())[1:-1] if len(again) == 2 else []
        if len(between) == 1 and hear(between[0], Saying.TAKES_BACK_WORDS):
            del kept[again[0]]
    return kept


def _packed(turn: Turn, line: WantedLine) -> tuple[Product, int] | None:
    """ "the 6 pack", "two packs" of what was spoken of last: the product and how many; None where more is said."""
    said = set(words(line.phrase))
    plain = {word for word in said if not word.isdecimal()}
    if not plain or not (plain <= COUNTING or (plain <= CARRIERS and not found(turn, line.phrase).known)):
        return None
    focus = turn.products([turn.conversation.focus]).get(turn.conversation.focus)
    of_name = {word for word in said if word.isdecimal()}
    numbers = of_name or ({str(line.quantity)} if line.quantity else set())
    near = [one for one in turn.screen if numbers and numbers <= set(words(one.title))]
    if len(near) == 1:
        return near[0], (line.quantity or 1) if of_name else 1
    return None if focus is None or of_name else (focus, _how_many(turn, line))


def _how_many(turn: Turn, line: WantedLine) -> int:
    """One where no number is said; "the same number" is that of what was spoken of last."""
    if line.quantity is not None:
        return line.quantity
    there = turn.conversation.quantity_of(turn.conversation.focus) if turn.said(Saying.AS_MANY) else 0
    return there or 1


def _for_each(turn: Turn, lines: Sequence[WantedLine]) -> list[WantedLine]:
    """The lines; "one for each of the 25 children", "one per planter" say how many of what is named right before."""
    each = turn.said(Saying.FOR_EACH)
    if each is None:
        return list(lines)
    if "count" in each.values:
        number = number_from_words(each.values["count"])
    else:
        there = target(turn, WantedLine(phrase=each.values["thing"])).product_ids
        number = turn.conversation.quantity_of(there[0]) if len(there) == 1 else 0
    wanted = [line for line in lines if not line.phrase or line.phrase != each.values.get("thing")]
    before = turn.message.text[: each.start].lower()
    said = [place for place, line in enumerate(wanted) if line.phrase and line.phrase.lower() in before]
    if not number or not said or wanted[said[-1]].quantity not in (None, 1):
        return list(lines)
    return [*wanted[: said[-1]], replace(wanted[said[-1]], quantity=number), *wanted[said[-1] + 1 :]]


def _more_of(turn: Turn, line: WantedLine) -> Product | None:
    """ "one more mug": the product in the cart that there shall be more of."""
    adds = line.operation == "add" or turn.message.text.lstrip().startswith("+")
    there = target(turn, line).product_ids if adds else ()
    return turn.products(there).get(there[0]) if len(there) == 1 else None


def _add_by_name(turn: Turn, phrase: str, quantity: int) -> list[str]:
    match = look_up(turn, phrase, turn.conversation.focus)
    if quantity > 1 and phrase not in turn.named and (sized := _in_size(turn, phrase, quantity, match)) is not None:
        return settle(turn, sized, 1)
    if (shown := _on_screen(turn, phrase, match)) is not None:
        match = Match(product=shown)
    elif match.product is None:
        match = _in_sight(turn, phrase, match)
    if match.product is not None:
        counted = packs.count(turn.message.text, phrase, quantity, match.product)
        if counted.in_doubt and not turn.conversation.quantity_of(match.product.product_id):
            _ask_packs(turn, match.product, quantity)
            return []
        return settle(turn, match.product, counted.quantity)
    parts = [part for part in _AND.split(phrase) if part.strip()]
    if len(parts) > 1 and all(found(turn, part).known for part in parts):
        # "2 mugs and plates" names two products; the quantity was said of the first
        return [
            note
            for place, part in enumerate(parts)
            for note in _add_by_name(turn, part.strip(), quantity if place == 0 else 1)
        ]
    if match.options:
        options = _without_left_out(turn, match.options)
        if len(options) == 1 < len(match.options):
            return settle(turn, options[0], quantity)
        ask_which(turn, phrase, quantity, options)
        return []
    return [phrases_shopping.not_found(phrase=phrase, close=[product.title for product in match.close])]


def _in_size(turn: Turn, phrase: str, quantity: int, match: Match) -> Product | None:
    """The product whose size a number says: "24 cm glass lid", "chef's knife 20"; None where it counts.

    Before a unit a number is a measure; behind a name it is one where just one of several has it.
    """
    said = words(f"{quantity} {phrase}")
    if len(said) > 1 and said[1] in MEASURING:
        return found(turn, f"{quantity} {phrase}").product
    if match.product is not None:
        return match.product if _begins_a_name(str(quantity), said[1:], match.product) else None
    having = [one for one in match.options if str(quantity) in words(one.title)]
    behind = f"{phrase} {quantity}".lower() in " ".join(turn.message.text.split()).lower()
    return having[0] if behind and len(having) == 1 and len(match.options) > 1 else None


def _begins_a_name(number: str, said: Sequence[str], product: Product) -> bool:
    """Whether a name has the number before the first of the words: "Seven Seas scarf"; packs are counted elsewhere."""
    pairs = set(pairwise(words(product.title)))
    return (
        bool(said) and said[0] not in CARRIERS and (number, said[0]) in pairs and str(packs.size_of(product)) != number
    )


def _on_screen(turn: Turn, phrase: str, match: Match) -> Product | None:
    """The only product on screen that has all the words, where they are not the whole name of another."""
    said = set(words(phrase))
    if match.product is not None and (says_whole_name(phrase, match.product) or phrase in turn.named):
        return None
    having = [product for product in turn.screen if said and said <= set(words(product.title))]
    return having[0] if len(having) == 1 and _points(turn, phrase) else None


def _points(turn: Turn, phrase: str) -> bool:
    """Whether words say which of what is known is meant: "the hedgehog", "2 grey", "42"; "add a mug" names any mug."""
    said = words(phrase)
    if said and all(word in DESCRIBING or word.isdecimal() for word in said):
        return True
    before = turn.message.text.lower().partition(phrase.lower())[0].split()[-2:]
    return bool({"the", "that", "this", "those", "these", "more", "another", "extra"} & set(before))


def _in_sight(turn: Turn, phrase: str, match: Match) -> Match:
    """What a phrase means that the whole catalogue does not settle.

    That is another kind of what the message takes back, what is on screen, or what was spoken of last in another kind.
    """
    if (other := _other_than_left_out(turn, phrase)) is not None:
        return Match(product=other)
    if (single := single_of(phrase, match.options)) is not None:
        return Match(product=single)
    if len(sized := of_size(phrase, match.options)) == 1:
        return Match(product=sized[0])
    if (told := _told_behind(turn, phrase, match.options)) is not None:
        return Match(product=told)
    points, said = _points(turn, phrase), set(words(phrase))
    focus = turn.products([turn.conversation.focus]).get(turn.conversation.focus)
    if focus is not None and points and said and said <= set(words(focus.title)):
        return Match(product=focus)
    screen = turn.screen
    among = [one for one in match.options if one in screen] if points else []
    lost = points or not match.options
    if not among and lost and (meant := resolve(phrase, screen=screen)) is not None:
        among = list(meant.products)
    if not among and lost and (other := variant(turn, phrase, turn.conversation.focus)) is not None:
        among = [other]
    if len(among) == 1:
        return Match(product=among[0])
    return Match(options=tuple(among)) if among else match


def _told_behind(turn: Turn, phrase: str, options: Sequence[Product]) -> Product | None:
    """The one of several that the words right behind a name tell: "a french press, the small", "bulbs, 8 watts"."""
    if len(options) < 2 or turn.understanding.first("left_out") is not None:
        return None
    said_at = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", turn.message.text, re.IGNORECASE)
    if said_at is None:
        return None
    behind = _ENDS_OF_A_LINE.split(turn.message.text[said_at.end() :], maxsplit=1)[0][:LONGEST_TELLING]
    if len(sized := of_size(behind, options)) == 1:
        return sized[0]
    common = set(words(options[0].title)).intersection(*(words(one.title) for one in options[1:]))
    said = set(words(behind)) - common - set(words(phrase))
    told = {one.product_id: len(said & set(words(one.title))) for one in options}
    most = max(told.values())
    best = [one for one in options if told[one.product_id] == most > 0]
    return best[0] if len(best) == 1 else single_of(f"{phrase} {behind}", best)


def _other_than_left_out(turn: Turn, phrase: str) -> Product | None:
    """The product that is called like what the message takes back, but for these words: "large, sorry, medium"."""
    for entity in turn.understanding.all("left_out"):
        old = found(turn, entity.value).product
        if old is not None and (other := variant(turn, phrase, old.product_id)) is not None:
            return other
    return None


def _without_left_out(turn: Turn, options: Sequence[Product]) -> Sequence[Product]:
    """The options that are not what the message does not want: "marmalade, but not thick cut"."""
    unwanted = [set(words(entity.value)) for entity in turn.understanding.all("left_out")]
    rest = [one for one in options if not any(its and its <= set(words(one.title)) for its in unwanted)]
    return rest or options


def ask_which(turn: Turn, phrase: str, quantity: int, options: Iterable[Product], *, place: int | None = None) -> None:
    """Keeps a line open until the customer has chosen; the same words said again are the same line."""
    conversation = turn.conversation
    line = OpenLine(
        phrase=phrase,
        quantity=max(quantity, 1),
        problem=Problem.WHICH,
        options=tuple(product.product_id for product in options),
        place=conversation.next_place() if place is None else place,
    )
    conversation.open_lines = [open_line for open_line in conversation.open_lines if open_line.phrase != phrase]
    conversation.open_lines.append(line)


def _ask_packs(turn: Turn, product: Product, quantity: int) -> None:
    """Keeps a line open until it is known whether its number counts packs or pieces."""
    line = OpenLine(
        phrase=product.title,
        quantity=quantity,
        problem=Problem.PACKS,
        options=(product.product_id,),
        place=turn.conversation.next_place(),
    )
    turn.conversation.open_lines = [one for one in turn.conversation.open_lines if one.phrase != line.phrase]
    turn.conversation.open_lines.append(line)


def found(turn: Turn, phrase: str) -> Match:
    """What the whole catalogue has under these words, looked up once a message."""
    if phrase not in turn.looked_up:
        turn.looked_up[phrase] = find(turn.uow, phrase)
    return turn.looked_up[phrase]


def look_up(turn: Turn, phrase: str, like: str = "") -> Match:
    """What a phrase means; where the catalogue has nothing of that name, another kind of the product `like`."""
    if (named := turn.named.get(phrase)) is not None:
        return Match(product=named)
    match = found(turn, phrase)
    if match.product is not None or match.options:
        return match
    if (rest := without_size(phrase)) != phrase and (sized := found(turn, rest)).options:
        return replace(sized, options=of_size(phrase, sized.options) or sized.options)
    other = variant(turn, phrase, like)
    return match if other is None else Match(product=other)


def variant(turn: Turn, phrase: str, like: str) -> Product | None:
    """ "the green one": the product that is called like another one but for this word."""
    known = turn.products([like]).get(like) if like else None
    said = words(phrase)
    if known is None or not 0 < len(said) <= LONGEST_VARIANT:
        return None
    own = set(words(known.title))
    near = turn.uow.catalogue.candidates(f"{phrase} {known.title}", MOST_ALIKE)
    shared = {
        one.product_id: len(own & set(words(one.title)))
        for one in near
        if one != known and set(said) <= set(words(one.title))
    }
    most = max(shared.values(), default=0)
    if 2 * most >= len(own) and list(shared.values()).count(most) == 1:
        return next(one for one in near if shared.get(one.product_id) == most)
    for word in reversed(words(known.title)):
        if word in said:
            continue
        match = choose(f"{phrase} {word}", turn.uow.catalogue.candidates(f"{phrase} {word}", 20))
        if match.product is not None and match.product != known:
            return match.product
    return None


def by_reference(turn: Turn, reference: str) -> tuple[Product | None, str]:
    """The product that "it" or "the second one" means, or a note that says why none."""
    conversation = turn.conversation
    known = turn.products([*conversation.listing.product_ids, conversation.focus])
    focus = known.get(conversation.focus)
    if reference in SAME or reference == "":
        shown = turn.screen
        return (shown[0] if len(shown) == 1 else focus), ""
    listed = conversation.listing.product_ids
    if reference == "last" or reference.isdecimal():  # a place counts what is gone by now, too
        place = len(listed) if reference == "last" else int(reference)
        product = known.get(listed[place - 1]) if 1 <= place <= len(listed) else None
        gone = product is None and reference.isdecimal()
        return product, phrases_shopping.no_such_number(number=reference) if gone else ""
    meant = resolve(reference, screen=[known[one] for one in listed if one in known], focus=focus)
    return (meant.products[0] if meant is not None and len(meant.products) == 1 else None), ""


def settle(turn: Turn, product: Product, quantity: int, *, adds: bool = True, place: int | None = None) -> list[str]:
    """Brings one product into the cart, `adds` to what is there or sets the quantity.

    Sold-out products and impossible quantities become notes; large ones and short stock become open lines.
    """
    conversation, terms = turn.conversation, turn.shop.terms
    stock = turn.journey.stock_of(product)
    conversation.focus = product.product_id
    if quantity == 0 and conversation.quantity_of(product.product_id):
        conversation.put(product.product_id, 0)  # "0 teapots" takes them out
        return []
    wanted = quantity + (conversation.quantity_of(product.product_id) if adds else 0)
    if quantity < 1 or wanted > terms.most_per_line:
        return [phrases_shopping.bad_quantity(quantity=quantity, title=product.title, most=terms.most_per_line)]
    if product.retired_at is not None and not stock:
        return [phrases_shopping.retired(title=product.title)]
    if not stock:
        return [phrases_shopping.sold_out(title=product.title)]
    place = conversation.place_of(product.product_id) if place is None else place
    problem = None
    if wanted > stock:
        problem = Problem.SHORT
    elif quantity > terms.ask_above:
        problem = Problem.MANY
    if problem is None:
        conversation.put(product.product_id, wanted, place)
        return []
    line = OpenLine(
        phrase=product.title,
        quantity=wanted if problem is Problem.SHORT else quantity,
        problem=problem,
        options=(product.product_id,),
        adds=adds,
        place=place,
    )
    conversation.open_lines = [one for one in conversation.open_lines if one.phrase != line.phrase]
    conversation.open_lines.append(line)
    return []


def means_the_list(turn: Turn, line: WantedLine) -> bool:
    """Whether a line means a product by its place in the list that the last answer was, and not in the cart."""
    if line.phrase or not line.reference.isdecimal() or line.operation not in ("set", "add"):
        return False
    listed = turn.conversation.listing.product_ids
    return any(choice.verb == Verb.ADD and choice.arg in listed for choice in turn.offered)


def target(turn: Turn, line: WantedLine) -> Target:
    """Which cart lines a correction means: the named one, all, the last named, or the only one."""
    cart = turn.conversation.cart
    ids = tuple(cart_line.product_id for cart_line in cart)
    if not ids:
        return Target()
    if line.reference == "all":
        return Target(product_ids=ids)
    if line.phrase:
        every = _EVERY.match(line.phrase)
        phrase = line.phrase if every is None else line.phrase[every.end() :]
        named = narrow(phrase, turn.products(ids).values()) or _by_id(turn, phrase, ids)
        if len(named) != 1 and (sized := of_size(phrase, tuple(turn.products(ids).values()))):
            named = sized
        if len(named) == 1 or (named and _means_every(turn, line.phrase)):
            return Target(product_ids=tuple(product.product_id for product in named))
        return Target(unclear=bool(named))
    if line.reference.isdecimal() and 1 <= int(line.reference) <= len(ids):
        return Target(product_ids=(ids[int(line.reference) - 1],))
    if turn.conversation.focus in ids:
        return Target(product_ids=(turn.conversation.focus,))
    return Target(product_ids=ids) if len(ids) == 1 else Target(unclear=True)


def _by_id(turn: Turn, phrase: str, ids: Sequence[str]) -> tuple[Product, ...]:
    """The product among `ids` whose id or exact name a phrase is."""
    named = turn.named.get(phrase)
    said = same(phrase) if named is None else same(named.product_id)
    return tuple(product for product_id, product in turn.products(ids).items() if same(product_id) == said)


def _means_every(turn: Turn, phrase: str) -> bool:
    """Whether several of a name are meant: "both lamps", "all the mugs"."""
    text, names = turn.understanding.text, turn.understanding.all("product")
    before = [text[: entity.start] for entity in names if entity.value == phrase]
    return _EVERY.match(phrase) is not None or (bool(before) and all(map(_ENDS_IN_EVERY.search, before)))


def change(turn: Turn, product_ids: Sequence[str], operation: str, quantity: int) -> list[str]:
    """Sets, raises, lowers or multiplies the quantities of cart lines; 0 takes a line out."""
    conversation = turn.conversation
    conversation.remember_cart()
    notes: list[str] = []
    products = turn.products(product_ids)
    for product_id in product_ids:
        current = conversation.quantity_of(product_id)
        wanted = {
            "add": current + quantity,
            "subtract": max(current - quantity, 0),
            "times": current * quantity,
            "parts": -(-current // max(quantity, 1)),
        }.get(operation, quantity)
        if wanted <= 0 or product_id not in products:
            conversation.put(product_id, 0)
        else:
            notes += settle(turn, products[product_id], wanted, adds=False)
    return notes


def pieces(cart: Iterable[CartLine]) -> int:
    """How many pieces a cart holds."""
    return sum(line.quantity for line in cart)
