"""What a product's words mean in this shop: the whole catalogue, what is on screen, what was spoken of, a size."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.shopping import packs, variants
from bot.shopping.references import of_size, resolve, without_size
from bot.turn import Turn
from domain.model import Product
from domain.products.catalogue import Match, choose, find, says_whole_name, single_of, singular, words
from domain.products.measures import CARRIERS, MEASURING, SIZES
from domain.products.variants import choose as choose_variant
from nlu.rules.values import find_numbers
from nlu.rules.vocabulary import ADJECTIVES

_TELLING = (*ADJECTIVES, *SIZES, *SIZES.values(), "pack", "size")
_DESCRIBING = {word for said in _TELLING for word in words(said)} | MEASURING
MOST_ALIKE = 30
LONGEST_VARIANT = 2  # "dark green": more words name a product of their own
# Where what is said behind a name ends: a comma does not end it where a size, or "the …", follows.
_ENDS_OF_A_LINE = re.compile(
    r"\n|;|\+|&|[.!?](?: |$)|\b(?:and|plus|also|then|for|not|no|but|except|without|ship|send|deliver|please|to|at)\b"
    r"|,(?! ?(?:the|in|size|\d{1,5} ?(?:cm|mm|m|l|ml|kg|g|w|watts?|inch|litres?|liters?|pack)\b))",
    re.IGNORECASE,
)
_SIZED = {"in", "size"}  # and then its number
_WORD = re.compile(r"[^\W_]+")
LONGEST_TELLING = 50  # characters behind a name that may tell which is meant


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
    if known is not None and (told := _variant_of(turn, phrase, known)) is not None:
        return told
    said = words(phrase)
    if known is not None and len(said) == 1 and said[0] in SIZES and not set(said) <= set(words(known.title)):
        said = (SIZES[said[0]], *said[1:]) if any(size in words(known.title) for size in SIZES.values()) else said
    if known is None or not 0 < len(said) <= LONGEST_VARIANT:
        return None
    own = {word for word in words(known.title) if not word.isdecimal()}
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
        if word in said or word.isdecimal():
            continue
        match = choose(f"{phrase} {word}", turn.uow.catalogue.candidates(f"{phrase} {word}", 20))
        if match.product is not None and match.product != known:
            return match.product
    return None


def _variant_of(turn: Turn, phrase: str, known: Product) -> Product | None:
    """The one variant beside another that differs in what a phrase says, and in nothing else."""
    group = variants.group_of(turn, known)
    if group is None or not variants.only_options(phrase, group):
        return None
    found = choose_variant(group, variants.wish_in(phrase, group), known)
    return found[0] if len(found) == 1 and found[0].product_id != known.product_id else None


def in_size(turn: Turn, phrase: str, quantity: int, match: Match) -> Product | None:
    """The product whose size a number says: "24 cm glass lid", "chef's knife 20"; None where it counts.

    Before a unit a number is a measure; behind a name it is one where just one of several has it, and beside a word
    as it stands in the name.
    """
    said = words(f"{quantity} {phrase}")
    if len(said) > 1 and said[1] in MEASURING:
        return found(turn, f"{quantity} {phrase}").product
    if match.product is not None:
        of_name = packs.size_of(match.product) != quantity and is_of_the_name(turn, quantity, match.product)
        told = of_name or _begins_a_name(str(quantity), said[1:], match.product)
        return match.product if told else None
    having = [one for one in match.options if str(quantity) in words(one.title)]
    if len(named := [one for one in having if is_of_the_name(turn, quantity, one)]) == 1:
        return named[0]
    behind = f"{phrase} {quantity}".lower() in " ".join(turn.message.text.split()).lower()
    return having[0] if behind and len(having) == 1 and len(match.options) > 1 else None


def _begins_a_name(number: str, said: Sequence[str], product: Product) -> bool:
    """Whether a name has the number before the first of the words: "Seven Seas scarf"; packs are counted elsewhere."""
    pairs = set(pairwise(words(product.title)))
    return (
        bool(said) and said[0] not in CARRIERS and (number, said[0]) in pairs and str(packs.size_of(product)) != number
    )


def is_of_the_name(turn: Turn, quantity: int, product: Product) -> bool:
    """Whether a number stands everywhere in the message as in the name: "sweet 100", "29 x 2.25", "in 40"."""
    number, title = str(quantity), [singular(word) for word in _WORD.findall(product.title.lower())]
    said = ["", *(singular(word) for word in _WORD.findall(turn.message.text.lower())), ""]
    beside = [(said[at - 1], said[at + 1]) for at, word in enumerate(said) if word == number]
    if number not in title or not beside:
        return False
    pairs = set(pairwise(title))
    return all((before, number) in pairs or (number, behind) in pairs or before in _SIZED for before, behind in beside)


def on_screen(turn: Turn, phrase: str, match: Match) -> Product | None:
    """The only product on screen that has all the words, where they are not the whole name of another."""
    said = set(words(phrase))
    if match.product is not None and (says_whole_name(phrase, match.product) or phrase in turn.named):
        return None
    if not said or not points(turn, phrase):
        return None
    having = [product for product in turn.screen if said <= set(words(product.title))]
    return having[0] if len(having) == 1 else None


def in_sight(turn: Turn, phrase: str, match: Match) -> Match:
    """What a phrase means that the whole catalogue does not settle.

    That is another kind of what the message takes back, what is on screen, or what was spoken of last in another kind.
    """
    if (other := _other_than_left_out(turn, phrase)) is not None:
        return Match(product=other)
    if (single := single_of(phrase, match.options)) is not None:
        return Match(product=single)
    if len(sized := of_size(phrase, match.options)) == 1:
        return Match(product=sized[0])
    told = _told_behind(turn, phrase, match.options) or _told_before(turn, phrase, match.options)
    if told is not None:
        return Match(product=told)
    pointing, said, focus = points(turn, phrase), set(words(phrase)), turn.focus
    if focus is not None and pointing and said and said <= set(words(focus.title)):
        return Match(product=focus)
    screen = turn.screen
    among = [one for one in match.options if one in screen] if pointing else []
    lost = pointing or not match.options
    if not among and lost and (meant := resolve(phrase, screen=screen)) is not None:
        among = list(meant.products)
    unsought = pointing and bool(match.options)  # `look_up` seeks another kind where there is nothing else
    if not among and unsought:
        among = _variants(turn, phrase)
    if not among and pointing:
        among = _shown_before(turn, match.options)
    if len(among) == 1:
        return Match(product=among[0])
    return Match(options=tuple(among)) if among else match


def _variants(turn: Turn, phrase: str) -> list[Product]:
    """Another kind of what was spoken of last, or else of something in the cart."""
    if (other := variant(turn, phrase, turn.conversation.focus)) is not None:
        return [other]
    others = (variant(turn, phrase, line.product_id) for line in turn.conversation.cart)
    return list({other.product_id: other for other in others if other is not None}.values())


def _shown_before(turn: Turn, options: Sequence[Product]) -> list[Product]:
    """Those of several that an earlier answer showed, the last that showed one of them."""
    held = ([one for one in options if one.product_id in shown] for shown in turn.conversation.shown)
    return next(filter(None, held), [])


def only_describes(phrase: str) -> bool:
    """Whether words say a colour, a size or a number, and name nothing: "grey", "size 3"."""
    said = words(phrase)
    return bool(said) and all(word in _DESCRIBING or word.isdecimal() for word in said)


def points(turn: Turn, phrase: str) -> bool:
    """Whether words say which of what is known is meant: "the hedgehog", "2 grey", "42"; "add a mug" names any mug."""
    if only_describes(phrase):
        return True
    before = turn.message.text.lower().partition(phrase.lower())[0].split()[-2:]
    return bool({"the", "that", "this", "those", "these", "more", "another", "extra"} & set(before))


def _told_behind(turn: Turn, phrase: str, options: Sequence[Product]) -> Product | None:
    """The one of several that the words right behind a name tell: "a french press, the small", "bulbs, 8 watts"."""
    if len(options) < 2 or turn.understanding.first("left_out") is not None:
        return None
    behind = _behind(turn, phrase)
    if len(sized := of_size(behind, options)) == 1:
        return sized[0]
    best = told_behind(turn, phrase, options)
    return best[0] if len(best) == 1 else single_of(f"{phrase} {behind}", best)


def told_behind(turn: Turn, phrase: str, options: Sequence[Product]) -> list[Product]:
    """Those of several that have most of the words right behind a name, where one has any: "tents" "for 2 persons"."""
    common = set(words(options[0].title)).intersection(*(words(one.title) for one in options[1:]))
    said = set(words(_behind(turn, phrase))) - common - set(words(phrase))
    told = {one.product_id: len(said & set(words(one.title))) for one in options}
    most = max(told.values())
    return [one for one in options if told[one.product_id] == most > 0]


def _behind(turn: Turn, phrase: str) -> str:
    """What stands behind a phrase in the message, up to the end of its line."""
    said_at = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", turn.message.text, re.IGNORECASE)
    return _ENDS_OF_A_LINE.split(turn.message.text[said_at.end() :], maxsplit=1)[0][:LONGEST_TELLING] if said_at else ""


def _told_before(turn: Turn, phrase: str, options: Sequence[Product]) -> Product | None:
    """The one of several that the word right before the name tells: "a single" "air mattress"; numbers count."""
    before = word_before(turn, phrase)
    having = [one for one in options if set(words(before)) & set(words(one.title))] if before else []
    return having[0] if len(having) == 1 < len(options) else None


def word_before(turn: Turn, phrase: str) -> str:
    """The word right before a name as the message says it; "" where that is a number, or the name is not said so."""
    text = turn.understanding.text or turn.message.text
    said = [one.start for one in turn.understanding.all("product") if one.value == phrase]
    last = (text[: said[0]].split() if said else [""])[-1:]
    return last[0] if last and last[0].isalpha() and next(find_numbers(last[0]), None) is None else ""


def _other_than_left_out(turn: Turn, phrase: str) -> Product | None:
    """The product that is called like what the message takes back, but for these words: "large, sorry, medium"."""
    for entity in turn.understanding.all("left_out"):
        old = found(turn, entity.value).product
        if old is not None and (other := variant(turn, phrase, old.product_id)) is not None:
            return other
    return None
