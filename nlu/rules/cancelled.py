"""Reads what shall be cancelled: whole orders, all but something, things of an order, or a part nobody can tell."""

from dataclasses import dataclass
from enum import StrEnum

from nlu.rules.choices import ORDINALS
from nlu.rules.deeds import CANCEL
from nlu.rules.order_words import is_name, plain, words_of
from nlu.rules.patterns import rule
from nlu.rules.values import number_from_words


class Extent(StrEnum):
    """How much of what was ordered."""

    WHOLE = "whole"  # orders, one or several
    SOME = "some"  # it is not said what
    THINGS = "things"


@dataclass(frozen=True, kw_only=True, slots=True)
class Thing:
    """Something of an order by its name; `count` where it is said how many of it, `named` where an article is."""

    name: str
    count: int | None = None
    named: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Cancelled:
    """What a message wants cancelled; `kept` is what it excepts, `surely` where it can mean nothing else."""

    extent: Extent
    things: tuple[Thing, ...] = ()
    kept: str = ""
    surely: bool = False
    plural: bool = False  # it speaks of orders, and not of one
    one: bool = False  # it speaks of one order
    which: bool = False  # "one" of it may be one of several orders
    said: str = ""  # the message in small letters, without what it excepts


_VERBS = sorted((verb for verb in CANCEL.verbs - CANCEL.backs if " " not in verb), key=len, reverse=True)
_VERB = rule(rf"\b(?:{'|'.join(_VERBS)})\b\s*(?P<object>[^.;:!?\n]{{0,160}})")
_KEPT = rule(
    r"(?:\A|[\s,]\s*)(?P<word>except(?:ing)?(?:\s+for)?|apart\s+from|aside\s+from|other\s+than|besides|excluding|save\s+for"
    r"|but\s+not|all\s+but(?!\s+(?:please|keep|leave)\b)|(?:but\s+|and\s+)?(?:please\s+)?(?:keep|leave)|but|not|without"
    r"|minus)"
    r"\s+(?P<kept>\S.*)"
)
_SOFT = {"but", "not", "without", "minus"}
# What ends the naming of a thing: why it shall go, how soon, and what else is wanted.
_ENDS = rule(
    r"\s*\b(?:please|pls|plz|thanks|thank|thx|now|asap|immediately|because|since|cos|coz|as|so|if|unless|when|instead|after|again"
    r"|right|already|today|for|sorry|it's|its|that's|i'm|i|we|he|she|my\s+(?:wife|husband|mother|mum|mom|dad|son)|then)\b.*"
)
_OFF_AN_ORDER = rule(
    r"\s*\b(?:from|of|out\s+of|off|in|on|within)\s+(?:(?:my|the|this|that|your|our)\s+)?(?:(?:last|latest|whole|current|entire)\s+)?"
    r"(?:order|purchase)(?:\s+(?:no\.?\s*|number\s+)?#?\d{1,18})?\Z"
)
_JOINT = rule(r"\s*(?:,|&|\band\b|\bplus\b)\s*")
_ORDERS = {"orders", "purchases", "parcels", "packages"}
_ORDER = _ORDERS | set(
    "order ordr purchase parcel package shipment delivery booking transaction shopping checkout".split()
)
_ALL = {"it", "them", "everything"}
_WHOLLY = {"whole", "entire"}
_A_CERTAIN_ONE = rule(r"\bones?\s+(?:with|from|for|containing|that|which|having)\b")
_THINGS = set("item items product products article articles piece pieces thing things stuff".split())
_PART = set("half part parts portion bit some few couple several third quarter most any".split())
_ONE_THING = {"item", "product", "article", "piece", "thing"}
_AROUND = set(
    "only just at least with from for in to please alone the my our your a an of one ones this that these those all"
    " both each whole entire".split()
)
_COUNTED = rule(r"(?:(?:only|just)\s+)?(?P<count>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\b")


def cancelled(text: str) -> Cancelled | None:
    """What a message wants cancelled; None where it has none of the words for it. How it speaks of it is not read."""
    said = plain(text)
    found = _VERB.search(said)
    if found is None:
        return None
    told, until = found["object"], len(said)
    kept = _KEPT.search(told)
    if kept is not None:
        until = found.start("object") + kept.start()
        told = told[: kept.start()] + (" all" if kept["word"] == "all but" else "")
    pieces = [piece for piece in _JOINT.split(told) if piece.strip()]
    extent, first = _read(pieces[0] if pieces else "")
    others = [_read(piece)[1] for piece in pieces[1:]] if first is not None else []
    return Cancelled(
        extent=extent,
        things=tuple(thing for thing in (first, *others) if thing is not None),
        kept="" if kept is None else _ENDS.sub("", kept["kept"]),
        surely=kept is not None and kept["word"] not in _SOFT and not kept["word"].endswith(("keep", "leave")),
        plural=bool(_ORDERS & set(words_of(told))) or "every order" in told,
        one=bool((_ORDER - _ORDERS) & set(words_of(told))),
        which=bool({"one", "ones"} & set(words_of(told))) or told.strip().isdecimal(),
        said=said[:until],
    )


def names(text: str) -> str:
    """The words of it that may name products."""
    said = (word.removesuffix("'s") for word in words_of(plain(text)))
    return " ".join(word for word in said if is_name(word) and word not in _AROUND | _THINGS)


def counted(text: str) -> int | None:
    """How many it says at its beginning; None where it does not, or names an order by its number."""
    found = _COUNTED.match(text.strip())
    if found is None:
        return None
    return int(found["count"]) if found["count"].isdecimal() else number_from_words(found["count"])


def _read(piece: str) -> tuple[Extent, Thing | None]:
    """What one name among several stands for."""
    said = _ENDS.sub("", piece.strip())
    spoken = words_of(_OFF_AN_ORDER.sub("", said))
    partly = bool(_PART & set(spoken[:3]))
    if set(spoken[:1]) & _ALL or (_WHOLLY & set(spoken) and not partly) or _A_CERTAIN_ONE.search(said):
        return Extent.WHOLE, None
    if _ORDER & set(spoken) or not spoken:
        return (Extent.SOME if partly else Extent.WHOLE), None
    name = names(" ".join(word for word in spoken if word not in _PART))
    if partly:
        return Extent.SOME, None
    if name:
        count = 1 if ORDINALS.keys() & set(spoken) else counted(said)
        return Extent.THINGS, Thing(name=name, count=count, named=spoken[0] in _AROUND or count is not None)
    some = spoken[-1] in _ONE_THING or counted(said) is not None
    return (Extent.SOME if some else Extent.WHOLE), None
