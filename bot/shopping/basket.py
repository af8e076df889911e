"""Puts what a customer asked for into the cart, or keeps it as an open line when a question must come first.

Every function returns notes: sentences for what could not be done, so that nothing of a message is dropped silently.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.messages import Verb
from bot.phrases import shopping as phrases_shopping
from bot.phrases import variants as phrases_variants
from bot.shopping import assorting, cart_lines, meaning, packs, variants
from bot.shopping.joining import AND, SAME, for_each, joined
from bot.shopping.references import Meant as Pointed
from bot.shopping.references import by_numbers, resolve
from bot.shopping.variants import Meant
from bot.turn import Turn
from domain.conversation import CartLine, OpenLine, Problem
from domain.model import Product
from domain.products.catalogue import Match, words
from domain.products.measures import CARRIERS, COUNTING, PACKS
from domain.products.variants import closest, one_of_each
from nlu.rules.said import Saying
from nlu.rules.vocabulary import CHANGING, FILLERS
from nlu.sayings import hear
from nlu.understanding import WantedLine, wanted_lines

FIRST = 4  # characters before what takes back at a message's beginning: "oh no, three combs"


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


def numbered(turn: Turn) -> list[WantedLine]:
    """ "Vol 1, 2 and 3" of what is shown: a line for each; none where a message says something else."""
    meant = by_numbers(words(turn.message.text), turn.screen)
    return [WantedLine(phrase=product.product_id) for product in meant] if len(meant) > 1 else []


def leave_out(turn: Turn) -> list[str]:
    """Says what the message does not want, and takes it out of the cart, unless it only is not to be added."""
    notes: list[str] = []
    for entity in turn.understanding.all("left_out"):
        there = cart_lines.target(turn, WantedLine(phrase=entity.value)).product_ids
        if there and entity.role != "added":
            notes += change(turn, there, "set", 0)
            notes.append(phrases_shopping.taken_out(phrase=entity.value))
        else:
            notes.append(phrases_shopping.left_out(phrase=entity.value))
    return notes


def add(turn: Turn, lines: Iterable[WantedLine]) -> list[str]:
    """Adds lines to the cart, each by name or by its place in the last list."""
    lines = list(lines)
    if lines:
        turn.conversation.remember_cart()
    kinds = assorting.assorted(turn, lines)
    notes = [note for one in kinds.values() if one is not None for note in add_variant(turn, *one)]
    lines = [line for place, line in enumerate(lines) if place not in kinds]
    lines = joined(turn, [_with_word_before(turn, _counted_in_the_name(turn, line)) for line in lines])
    lines = [replace(line, quantity=None) if line.operation == "parts" else line for line in for_each(turn, lines)]
    for place, line in enumerate(lines):
        if line.phrase and _says_nothing_new(turn, line, first=not place):
            continue
        again = _said_before(turn, line, lines[:place])
        notes += again if again is not None else _add_named(turn, line) if line.phrase else _add_pointed(turn, line)
    return notes


def _says_nothing_new(turn: Turn, line: WantedLine, *, first: bool) -> bool:
    """Whether a line tells which of what is asked about, what a refusal leaves, or how what was just added comes."""
    answers = any(one.problem is Problem.WHICH for one in turn.conversation.open_lines)
    if answers and line.phrase not in turn.named and meaning.only_describes(line.phrase):
        return True
    if line.quantity is not None:
        return False
    if turn.understanding.first("left_out") and cart_lines.target(turn, line).product_ids:
        return True  # "the mugs but not the teapot": they are in the cart
    added = not first and turn.conversation.cart != list(turn.cart_then)
    packed = _packed(turn, line) if added else None
    return packed is not None and packed[1] == 1  # "one night light, just the single"


def _add_named(turn: Turn, line: WantedLine) -> list[str]:
    if (packed := _packed(turn, line)) is not None:
        product, quantity = packed
        anew = _counts_anew(turn, line, product)
        return change(turn, [product.product_id], "set", quantity) if anew else settle(turn, product, quantity)
    if (there := _of_the_cart(turn, line)) is not None:
        return change(turn, [there.product_id], "set", _how_many(turn, line))
    if (more := _more_of(turn, line)) is not None:
        return settle(turn, more, _how_many(turn, line))
    return _add_by_name(turn, line.phrase, _how_many(turn, line))


def _add_pointed(turn: Turn, line: WantedLine) -> list[str]:
    if (told := _told_by_number(turn, line)) is not None:
        return settle(turn, told, 1)
    if (meant := _several_shown(turn, line.reference)) is not None:
        return _take_shown(turn, meant, line.quantity or meant.quantity or 1)
    product, note = by_reference(turn, line.reference)
    if product is None:
        return [note] if note else []
    quantity = _how_many(turn, line)
    anew = _counts_anew(turn, line, product)
    return change(turn, [product.product_id], "set", quantity) if anew else settle(turn, product, quantity)


def _said_before(turn: Turn, line: WantedLine, before: Sequence[WantedLine]) -> list[str] | None:
    """What comes of a line that an earlier one of the message names too: "city helmet, size L. One piece"; else None.

    What is said once more tells no more of it, unless it is counted twice and nothing is taken back.
    """
    product = _named(turn, line) if line.phrase else None
    if product is None or not turn.conversation.quantity_of(product.product_id):
        return None
    first = next((one for one in reversed(before) if one.phrase and _named(turn, one) == product), None)
    if first is None:
        return None
    between = turn.message.text.lower().partition(first.phrase.lower())[2].partition(line.phrase.lower())[0]
    there, new = first.quantity, line.quantity
    counted_twice = there is not None and new is not None
    takes_back = hear(between, Saying.TAKES_BACK_WORDS) is not None
    if (counted_twice or AND.search(f" {between} ")) and not takes_back:
        return None
    return change(turn, [product.product_id], "set", new) if new is not None and (counted_twice or new > 1) else []


def _named(turn: Turn, line: WantedLine) -> Product | None:
    return meaning.found(turn, line.phrase).product


def _packed(turn: Turn, line: WantedLine) -> tuple[Product, int] | None:
    """ "the 6 pack", "two packs" of what was spoken of last: the product and how many; None where more is said."""
    if turn.conversation.open_lines:
        return None  # it answers what is asked
    said = set(words(line.phrase))
    plain = {word for word in said if not word.isdecimal()}
    if not plain or not (
        plain <= COUNTING or (plain <= CARRIERS | PACKS and not meaning.found(turn, line.phrase).known)
    ):
        return None
    focus = turn.focus
    of_name = {word for word in said if word.isdecimal()}
    numbers = of_name or ({str(line.quantity)} if line.quantity else set())
    near = [one for one in turn.screen if numbers and numbers <= set(words(one.title))]
    if len(near) == 1:
        return near[0], (line.quantity or 1) if of_name else 1
    return None if focus is None or of_name else (focus, _how_many(turn, line))


def _told_by_number(turn: Turn, line: WantedLine) -> Product | None:
    """ "With 100 pieces": the one of several shown whose name has the number as the message says it."""
    if not line.quantity or len(turn.screen) < 2:
        return None
    told = [one for one in turn.screen if meaning.is_of_the_name(turn, line.quantity, one)]
    return told[0] if len(told) == 1 else None


def _how_many(turn: Turn, line: WantedLine) -> int:
    """One where no number is said; "the same number" is that of what was spoken of last."""
    if line.quantity is not None:
        return line.quantity
    there = turn.conversation.quantity_of(turn.conversation.focus) if turn.said(Saying.AS_MANY) else 0
    return there or 1


def _more_of(turn: Turn, line: WantedLine) -> Product | None:
    """ "one more mug": the product in the cart that there shall be more of."""
    adds = line.operation == "add" or turn.message.text.lstrip().startswith("+")
    there = cart_lines.target(turn, line).product_ids if adds else ()
    return turn.products(there).get(there[0]) if len(there) == 1 else None


def _counts_anew(turn: Turn, line: WantedLine, product: Product) -> bool:
    """Whether a number counts what is in the cart: "just one of it", "then 2 of the sun cream"; "2 more" do not."""
    there = next((one.quantity for one in turn.cart_then if one.product_id == product.product_id), 0)
    if not there or not line.quantity or line.operation != "set" or turn.said(Saying.ADDS):
        return False
    settles = turn.said(Saying.SETTLES_ON) or turn.said(Saying.TAKES_BACK_WORDS) or turn.said(Saying.FEWER)
    return line.quantity >= there or settles is not None


def _of_the_cart(turn: Turn, line: WantedLine) -> Product | None:
    """What "then 2 of the sun cream" counts anew: the one thing in the cart that it can mean."""
    corrects = hear(turn.message.text, Saying.TAKES_BACK_WORDS)
    only = {"only", "just"} & turn.plain_words  # "coral only 6"
    if not meaning.points(turn, line.phrase) and not only and (corrects is None or corrects.start > FIRST):
        return None
    there = cart_lines.target(turn, line).product_ids
    product = turn.products(there).get(there[0]) if len(there) == 1 else None
    if product is None or not _counts_anew(turn, line, product) or _shown_besides(turn, line, product):
        return None
    match = meaning.look_up(turn, line.phrase)
    return product if match.product == product or product in match.options else None


def _shown_besides(turn: Turn, line: WantedLine, product: Product) -> bool:
    """Whether the last answer showed something else of that name, and not what is in the cart."""
    said, screen = set(words(line.phrase)), turn.screen
    return product not in screen and any(said <= set(words(one.title)) for one in screen)


def _several_shown(turn: Turn, reference: str) -> Pointed | None:
    """What words that point mean where the last answer showed several products; None where it is one of them."""
    screen = turn.screen
    if turn.said(Saying.REFUSES) or turn.understanding.first("left_out") is not None:
        return None
    if len(screen) < 2 or (reference not in SAME and reference not in ("", "all")):
        return None
    if reference == "all":
        said = [turn.understanding.text[one.start : one.end] for one in turn.understanding.all("reference")]
        return (resolve(said[0], screen=screen) if said else None) or Pointed(products=screen)
    return None if turn.focus in screen else Pointed(products=screen, unclear=True)


def _take_shown(turn: Turn, meant: Pointed, quantity: int) -> list[str]:
    if meant.unclear:
        ask_which(turn, turn.conversation.listing.kind or phrases_shopping.OF_THOSE, quantity, meant.products)
        return []
    return [note for product in meant.products for note in settle(turn, product, quantity)]


def _with_word_before(turn: Turn, line: WantedLine) -> WantedLine:
    """The line with the word before its words, where the catalogue has both together: "City" and "Pram"."""
    before = meaning.word_before(turn, line.phrase) if line.phrase not in ("", *turn.named) else ""
    if not before or before.lower() in FILLERS | CHANGING:
        return line
    longer = f"{before} {line.phrase}"
    match = meaning.found(turn, longer)
    told = [one for one in (match.product, *match.options) if one is not None]
    whole = bool(told) and all(set(words(longer)) <= set(words(one.title)) for one in told)
    return replace(line, phrase=longer) if whole else line


def _counted_in_the_name(turn: Turn, line: WantedLine) -> WantedLine:
    """The line; a number that begins its words counts them, where only the rest is a name: "6 pocket diaries"."""
    leads = hear(line.phrase, Saying.COUNTED_NAME)
    if line.quantity is not None or leads is None:
        return line
    product = meaning.found(turn, line.phrase).product
    if product is not None and leads.values["count"] in words(product.title):
        return line
    if _is_of_an_option(turn, line.phrase, leads.values["count"], leads.values["rest"]):
        return line
    known = product is not None or meaning.found(turn, leads.values["rest"]).known
    return replace(line, phrase=leads.values["rest"], quantity=int(leads.values["count"])) if known else line


def _is_of_an_option(turn: Turn, phrase: str, count: str, rest: str) -> bool:
    """Whether a number says how a variant shall be: that of "1000 piece puzzle", and not that of "500 puzzles"."""
    match = meaning.found(turn, rest)
    group = variants.one_group(turn, match.options if match.product is None else (match.product,))
    if group is None or not rest or variants.names(rest.split(maxsplit=1)[0], group):
        return False
    wish = variants.wish_in(phrase, group)
    return count not in wish.left and any(count in " ".join(values).split() for values in wish.wanted.values())


def _add_by_name(turn: Turn, phrase: str, quantity: int) -> list[str]:
    match = meaning.look_up(turn, phrase, turn.conversation.focus)
    if (
        quantity > 1
        and phrase not in turn.named
        and (sized := meaning.in_size(turn, phrase, quantity, match)) is not None
    ):
        return settle(turn, sized, 1)
    if (told := variants.meant_by(turn, phrase, match)) is not None:
        return add_variant(turn, told, quantity)
    if (shown := meaning.on_screen(turn, phrase, match)) is not None:
        match = Match(product=shown)
    elif match.product is None:
        match = meaning.in_sight(turn, phrase, match)
    if match.product is not None:
        counted = packs.count(turn.message.text, phrase, quantity, match.product)
        if counted.in_doubt and not turn.conversation.quantity_of(match.product.product_id):
            _ask_packs(turn, match.product, quantity)
            return []
        return settle(turn, match.product, counted.quantity)
    parts = [part for part in AND.split(phrase) if part.strip()]
    if len(parts) > 1 and all(meaning.found(turn, part).known for part in parts):
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
    turn.noted.not_done = True
    return [phrases_shopping.not_found(phrase=phrase, close=[product.title for product in match.close])]


def add_variant(turn: Turn, told: Meant, quantity: int, *, place: int | None = None) -> list[str]:
    """Adds the variant that is meant, or asks for the one option that is missing, with what is there."""
    if len(told.variants) == 1:
        return settle(turn, told.variants[0], quantity, place=place, told=True)
    near = told.variants or closest(told.group, told.wish)
    if near:
        ask_which(turn, told.group.name, quantity, near, place=place)
    if told.variants:
        return []
    return [phrases_variants.no_such(name=told.group.name, how=told.asked_in_vain)]


def _without_left_out(turn: Turn, options: Sequence[Product]) -> Sequence[Product]:
    """The options that are not what the message does not want: "marmalade, but not thick cut"."""
    unwanted = [set(words(entity.value)) for entity in turn.understanding.all("left_out")]
    rest = [one for one in options if not any(its and its <= set(words(one.title)) for its in unwanted)]
    return rest or options


def ask_which(turn: Turn, phrase: str, quantity: int, options: Iterable[Product], *, place: int | None = None) -> None:
    """Keeps a line open until the customer has chosen; the same words of what may be the same are the same line."""
    conversation = turn.conversation
    ids = tuple(product.product_id for product in one_of_each(tuple(options)))
    line = OpenLine(
        phrase=phrase,
        quantity=max(quantity, 1),
        problem=Problem.WHICH,
        options=ids,
        place=conversation.next_place() if place is None else place,
    )
    conversation.open_lines = [
        one for one in conversation.open_lines if one.phrase != phrase or set(one.options).isdisjoint(ids)
    ]
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


def by_reference(turn: Turn, reference: str) -> tuple[Product | None, str]:
    """The product that "it" or "the second one" means, or a note that says why none."""
    conversation = turn.conversation
    known = turn.products([*conversation.listing.product_ids, conversation.focus])
    focus = known.get(conversation.focus)
    if reference in SAME or reference == "":
        shown = turn.screen
        if len(shown) == 1:
            return shown[0], ""
        return (focus if not shown or focus in shown else None), ""  # of several that are shown none is "it"
    listed = conversation.listing.product_ids
    if reference == "last" or reference.isdecimal():  # a place counts what is gone by now, too
        place = len(listed) if reference == "last" else int(reference)
        product = known.get(listed[place - 1]) if 1 <= place <= len(listed) else None
        gone = product is None and reference.isdecimal()
        turn.noted.not_done |= gone
        return product, phrases_shopping.no_such_number(number=reference) if gone else ""
    meant = resolve(reference, screen=[known[one] for one in listed if one in known], focus=focus)
    return (meant.products[0] if meant is not None and len(meant.products) == 1 else None), ""


def settle(
    turn: Turn, product: Product, quantity: int, *, adds: bool = True, place: int | None = None, told: bool = False
) -> list[str]:
    """Brings one product into the cart, `adds` to what is there or sets the quantity.

    Sold-out products and impossible quantities become notes; large ones and short stock become open lines. A product
    that stood for all variants of a thing is asked about, unless it is `told` which one is meant.
    """
    conversation, terms = turn.conversation, turn.shop.terms
    if not told and (group := variants.shown_as_group(turn, product)) is not None:
        meant = variants.meant_of(group, variants.wish_in(turn.message.text, group))
        return add_variant(turn, meant, quantity, place=place)
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
    if wanted > stock:
        turn.noted.missing(product, wanted, stock)
    if not stock:
        return [phrases_shopping.sold_out(title=product.title), *variants.nearest_note(turn, product)]
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
    return any(choice.verb in (Verb.ADD, Verb.GROUP) and choice.arg in listed for choice in turn.offered)


def change(turn: Turn, product_ids: Sequence[str], operation: str, quantity: int) -> list[str]:
    """Sets, raises, lowers or multiplies the quantities of cart lines; 0 takes a line out, less is refused."""
    conversation, products = turn.conversation, turn.products(product_ids)
    if quantity < 0:
        most = turn.shop.terms.most_per_line
        return [
            phrases_shopping.bad_quantity(quantity=quantity, title=products[one].title, most=most)
            for one in product_ids
            if one in products
        ]
    conversation.remember_cart()
    notes: list[str] = []
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
