"""Finds the product that a customer's words mean, among candidates that the storage proposes."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from domain.model import Product
from domain.ports import UnitOfWork
from domain.products.measures import CARRIERS, OPPOSITES, PACKS, SIZES, in_digits, measured
from domain.products.product_ids import same

FLOOR = 0.55  # below this share nothing was found
SLIP = 0.9  # of two long words, above which one is the other with a letter too many or too few
LONG = 6
SHORT = 4
TELLING = 3  # words; beside so many but one, a letter too many or too few in a short word is a slip
CLEAR_LENGTH = 7  # of the longer of two words, from which one letter that differs is a slip and no other word
LIKENESS = 0.8  # of two words, above which one may be a misspelling of the other
CANDIDATES = 60
_STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "for",
        "with",
        "and",
        "in",
        "on",
        "to",
        "our",
        "your",
        "my",
        "some",
        "any",
        "one",
        "ones",
        "please",
        "teh",
        "ur",
    ]
)
_SIGNS = str.maketrans("™®©", "   ")
_IRREGULAR = {
    "knives": "knife",
    "canvases": "canva",
    "lenses": "len",
    "shelves": "shelf",
    "leaves": "leaf",
    "mice": "mouse",
    "glasses": "glass",
}
_ENDS_IN_IE = frozenset(
    """beanie bootie brie brownie budgie calorie collie cookie doggie foodie genie hankie hoodie kiddie lingerie magpie
    movie necktie onesie pie pinkie rookie selfie smoothie sweetie talkie tie veggie walkie zombie""".split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """What a phrase may mean: one product, several to choose from, or none; `close` holds the nearest then."""

    product: Product | None = None
    options: tuple[Product, ...] = ()
    close: tuple[Product, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the catalogue has anything that is meant."""
        return self.product is not None or bool(self.options)


@lru_cache(maxsize=8192)  # the same names are compared again and again
def words(text: str) -> tuple[str, ...]:
    """The comparable words of a name: no case, accents, hyphens, stop words or plural; measures in one spelling."""
    return tuple(singular(word) for word in measured(_said(text)))


def plain_words(text: str) -> tuple[str, ...]:
    """The same with measures and numbers as they are written."""
    return tuple(singular(word) for word in _said(text))


def _said(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"(?<=\w)['’-](?=\w)", "", in_digits(plain))
    return [word for word in re.findall(r"[^\W_]+", plain) if word not in _STOP_WORDS]


def singular(word: str) -> str:
    """The singular of an English noun, by the common rules; other words stay as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.removesuffix("s") in _ENDS_IN_IE:
        return word.removesuffix("s")
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1]


# What keys leave out, in a form that Postgres reads too: see `storage.tables`.
NO_LETTER = "\\u0001-/:-@[-`{-\\u00bf\\u00d7\\u00f7\\u02b0-\\u036f\\u2000-\\u2bff\\u3000-\\u303f\\ufe00-\\ufe0f"
ENDINGS = f"(?<=[^{NO_LETTER}][^{NO_LETTER}])(ies?|ys?|[es]{{1,8}})(?=[{NO_LETTER}]|$)"
_NO_LETTERS = re.compile(f"[{NO_LETTER}]+")
_ENDINGS = re.compile(ENDINGS)


def id_key(written: str) -> str:
    """What is the same of all spellings of an id: no case, accents, spaces or punctuation.

    The table of products holds this and `name_key` of each product; `tests/integration/test_naming.py` compares them.
    """
    return _NO_LETTERS.sub("", _plain(written))


def name_key(written: str) -> str:
    """The same of a name without its words' endings, so that plurals share it; so may a few other words."""
    return _NO_LETTERS.sub("", _ENDINGS.sub("", _plain(written)))


def _plain(written: str) -> str:
    return unicodedata.normalize("NFKD", written.translate(_SIGNS)).lower().replace("&", " and ")


def same_name(written: str, name: str) -> bool:
    """Whether two names are the same but for case, accents, spaces, punctuation, articles and plurals."""
    return "".join(words(written.replace("&", " and "))) == "".join(words(name.replace("&", " and ")))


def find(uow: UnitOfWork, phrase: str) -> Match:
    """Looks a phrase up in the catalogue; an exact id or a full name always wins."""
    candidates = uow.catalogue.candidates(phrase, CANDIDATES)
    by_id = [product for product in candidates if same(product.product_id) == same(phrase)]
    return Match(product=by_id[0]) if by_id else choose(phrase, candidates)


def find_category(uow: UnitOfWork, phrase: str, *, in_part: bool = False) -> str:
    """The category with products in stock that a phrase is the name of; "" where there is none.

    `in_part`: also the only one whose name holds the phrase.
    """
    wanted = set(words(phrase)) or {phrase.strip().lower()}
    named = {category: set(words(category)) or {category.lower()} for category, _ in uow.catalogue.categories()}
    if whole := [category for category, its in named.items() if its == wanted]:
        return whole[0]
    holding = [category for category, its in named.items() if in_part and wanted < its]
    return holding[0] if len(holding) == 1 else ""


def choose(phrase: str, candidates: Sequence[Product]) -> Match:
    """Decides among candidates by the share of the phrase's words that a product's name holds.

    All products with the best share are options. One is taken only where the words name it: it is the only one whose
    name holds all of them, or its whole name was said, with a slip in a word at most. What is only alike is an option.
    """
    wanted = words(phrase)
    if not wanted or not candidates:
        return Match(close=tuple(candidates[:3]))
    match = _choose(wanted, candidates)
    return match if match.product is not None else _without_carriers(wanted, candidates, match)


def _choose(wanted: Sequence[str], candidates: Sequence[Product]) -> Match:
    same = [product for product in candidates if words(product.title) == tuple(wanted)]
    if len(same) == 1:
        return Match(product=same[0])
    scored = sorted(
        ((_share(wanted, words(product.title)), product) for product in candidates),
        key=lambda pair: (-pair[0], pair[1].quantity == 0),
    )
    best = scored[0][0]
    if best < FLOOR:
        return Match(close=tuple(product for share, product in scored[:3] if share > 0))
    options = tuple(product for share, product in scored if share >= best - 0.05)
    named = [product for product in options if _holds(words(product.title), wanted)]
    whole = [product for product in named if _holds(wanted, words(product.title))]
    slips = [product for product in options if not named and _slipped(wanted, words(product.title))]
    for meant in (whole, named, _in_order(named, wanted), slips):
        if len(meant) == 1:
            return Match(product=meant[0])
    return Match(options=options)


def _without_carriers(wanted: Sequence[str], candidates: Sequence[Product], match: Match) -> Match:
    """What is meant if "2 packets of", "in colour" and "big" are no part of a name; a single word is an option."""
    known = {word for product in match.options or candidates for word in words(product.title)}
    telling = [word for word in wanted if word not in CARRIERS or word in known]
    if not 0 < len(telling) < len(wanted):
        return match
    lighter = _choose(telling, candidates)
    product = lighter.product
    if product is None:
        return match if match.options else lighter
    if len(telling) > 1 and not _contradicts(set(wanted) - set(telling), words(product.title)):
        return lighter
    return match if match.options else Match(options=(product,))


def _contradicts(left_out: Iterable[str], name: Sequence[str]) -> bool:
    """Whether a name says the opposite of a word that was left out: a small one is not large, a double not single."""
    held = {*name, *_sizes(name)}
    return any(held & OPPOSITES.get(word, frozenset()) for word in left_out)


def _sizes(name: Sequence[str]) -> Iterator[str]:
    """The sizes that letters of a name stand for; behind a number they are units."""
    for before, word in pairwise(("", *name)):
        if word in SIZES and not before.isdecimal():
            yield SIZES[word]


def _in_order(named: Sequence[Product], wanted: Sequence[str]) -> list[Product]:
    """Those whose numbers stand as they were said: "34/32" is not "32/34"."""
    said = [word for word in wanted if word.isdecimal()]
    if len(said) < 2:
        return []
    return [one for one in named if [word for word in words(one.title) if word in said] == said]


def single_of(phrase: str, named: Sequence[Product]) -> Product | None:
    """The one of some products that the others are packs of, where no pack was said."""
    if PACKS.intersection(words(phrase)) or len(named) < 2:
        return None
    shortest = min(named, key=lambda product: len(words(product.title)))
    held = set(words(shortest.title))
    others = [set(words(product.title)) for product in named if product is not shortest]
    packs = all(held < name and PACKS.intersection(name - held) for name in others)
    return shortest if packs and not PACKS.intersection(held) else None


def _holds(name: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether a name holds every one of the words as it is; "tea pot" and "teapot" are the same."""
    held = {*name, *(left + right for left, right in pairwise(name)), *_sizes(name)}
    joined = {word for left, right in pairwise(wanted) if left + right in held for word in (left, right)}
    return all(word in held or word in joined for word in wanted)


def _slipped(wanted: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the words are a name's but for one letter in a long word.

    In a whole name of several words it may be a shorter word, where a letter is too many or too few.
    """
    slips = [(word, other) for word, other in zip(wanted, name, strict=False) if word != other]
    if len(wanted) == len(name) > len(slips) == 1 and min(map(len, slips[0])) >= LONG and _alike(*slips[0]) >= SLIP:
        return True
    unknown = [word for word in wanted if word not in name]
    if len(unknown) != 1:
        return False
    if any(letter.isdecimal() for letter in unknown[0]):
        return False
    if len(unknown[0]) < LONG:
        return (
            len(wanted) >= TELLING
            and len(unknown[0]) >= SHORT
            and any(_misses_a_letter(unknown[0], word) for word in name if word not in wanted)
        )
    others = (word for word in name if word not in wanted and max(len(word), len(unknown[0])) >= CLEAR_LENGTH)
    return any(OSA.distance(unknown[0], word) == 1 for word in others)


def _misses_a_letter(word: str, other: str) -> bool:
    return word[0] == other[0] and len(word) != len(other) and OSA.distance(word, other) == 1


def says_whole_name(phrase: str, product: Product) -> bool:
    """Whether a phrase is a product's id or its whole name."""
    return same(phrase) == same(product.product_id) or set(words(phrase)) == set(words(product.title))


def narrow(words_said: str, options: Iterable[Product]) -> tuple[Product, ...]:
    """The options that hold most of the words of an answer such as "the green one"; all must match somewhere."""
    wanted = tuple(word for word in words(words_said) if word not in {"it", "that", "this"})
    if not wanted:
        return ()
    scored = [(_share(wanted, words(product.title)), product) for product in options]
    best = max((share for share, _ in scored), default=0.0)
    return tuple(product for share, product in scored if share == best) if best >= FLOOR else ()


def _share(wanted: Sequence[str], name: Sequence[str]) -> float:
    """The share of the wanted words that a name holds; "tea pot" and "teapot" are the same."""
    if not wanted:
        return 0.0
    compounds = [left + right for left, right in pairwise(name)]
    found = [max((_alike(word, other) for other in (*name, *compounds)), default=0.0) for word in wanted]
    for place, (left, right) in enumerate(pairwise(wanted)):
        if left + right in name:
            found[place] = found[place + 1] = 1.0
    return sum(found) / len(wanted)


def _alike(word: str, other: str) -> float:
    """1 for the same word, less for a beginning or a likely misspelling of it, else 0."""
    if word == other or SIZES.get(other) == word:
        return 1.0
    if len(word) < 4 or len(other) < 3:
        return 0.0
    if other.startswith(word):
        return 0.9
    if abs(len(word) - len(other)) > 2:
        return 0.0
    return fuzz.ratio(word, other, score_cutoff=LIKENESS * 100) / 100
