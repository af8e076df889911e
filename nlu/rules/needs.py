"""Finds the words by which somebody says what a thing is needed for: "gardening" of "a gift for my dad who gardens"."""

from collections.abc import Iterable

from nlu.rules.cleaning import blank, clean, shorten, squeeze
from nlu.rules.patterns import rule
from nlu.rules.price_orders import find_counted
from nlu.rules.prices import find_price_idioms
from nlu.rules.vocabulary import ADJECTIVES, FILLERS, KINDLESS, PRICING, RECOMMENDING, words

MOST_NEEDED = 10
# Who it is for, what it is given for and how it is asked for says nothing of the thing itself.
_SAYING_NOTHING = words(
    """dad father mum mom mother mam parents wife husband partner girlfriend boyfriend sister brother uncle aunt
    auntie nan gran grandma grandad grandpa niece nephew son daughter cousin boss colleague neighbour neighbor
    friend friends someone somebody person people who who's whos he she they he's she's they're his her their
    him them likes like liked loves love loved into enjoys enjoy fan really very much always gift gifts
    present presents birthday christmas xmas anniversary tonight today tomorrow weekend need needs needed use
    using used fix do does doing make making get getting help maybe perhaps kind sort type stuff thing things
    which what when where how with without about on at in for to of and or but a an the my our your is are be
    am i i'm im we we're you u ur me us it its that this these those there something somethin anything anythin
    everything nothing some any sell sells selling have has got want wants wanted looking look find show tell
    give can could would will should may might cannot can't cant don't dont not no please pls plz hi hello hey
    thanks good best nice great cool perfect ideal suitable fun lovely goes going go well works work fits fit
    suits recommend suggest suggestion recommendation ideas idea advise old year years age aged under over
    than more less max item items product products year-old day days night nine ten eight seven six five four
    three two one so just also too only if as by from up out off year's keep keeps new read reading shop store
    here buy bought buying order around bit little lot lots way time occasion recommendations kinds types
    sorts own yourself mine yours"""
)
_SIZES = words("small large big medium mini tiny huge long short tall wide narrow light dark")  # may be the need's own
# A thing without such a property is not what was asked for.
_BINDING = (ADJECTIVES - _SIZES) | words(
    """vegan vegetarian organic halal kosher decaf gluten lactose sugar dairy nut waterproof wireless cordless
    rechargeable insulated stainless wooden leather cotton silk wool paperback hardback hardcover illustrated"""
)
_SPELT = {"kids": "children", "kid": "child", "toddler": "child", "toddlers": "children"}
_WORD = rule(r"[^\W\d_]{2,30}(?:['’][a-z]{1,2})?")


def needed(text: str) -> list[str]:
    """The words of a message that say what for, in its order, without its prices; at most `MOST_NEEDED`."""
    text, _ = squeeze(clean(shorten(text)))
    spans = [(idiom.start, idiom.end) for idiom in find_price_idioms(text, loose=True)]
    said = _WORD.findall(blank(text, [*spans, *find_counted(text)]).lower())
    told = [word for word in said if word not in _SAYING_NOTHING and word not in FILLERS and word not in PRICING]
    kept = [word for word in told if word not in RECOMMENDING and (word not in KINDLESS or word in ADJECTIVES)]
    return list(dict.fromkeys(_SPELT.get(word, word) for word in kept))[:MOST_NEEDED]


def binding(said: Iterable[str]) -> list[str]:
    """Those of the words that a thing must have: "vegan", "red", "waterproof"."""
    return [word for word in said if word in _BINDING]
