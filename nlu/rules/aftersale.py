"""Reads what customers want done with what they ordered: each deed, of what, and what shall become of it.

The world is closed: what the message names of the customer's own orders is found before, and told by spans.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nlu.rules.aftersale_marks import ARROWS, marks_of
from nlu.rules.aftersale_phrases import WISHES_NOTHING
from nlu.rules.aftersale_pieces import Piece, Span
from nlu.rules.aftersale_portions import Becomes, Object, OrderWords, Scope, read_portion
from nlu.rules.aftersale_words import DEEDS, IN_GENERAL, Mark, phrase_set

_NEAR = 4  # pieces between a no and the deed that it is said to
_JOINS = frozenset({Mark.END, Mark.ASKS, Mark.COMMA, Mark.NAMED, Mark.AND}) | DEEDS
_ALSO = frozenset({"and", "also", "plus", "&"})
_RETURNS = frozenset({Mark.RETURN, Mark.EXCHANGE})
_GONE = frozenset({Mark.RETURN, Mark.CANCEL, Mark.DISCARD})
_REASONS = frozenset({Mark.DISCARD, Mark.UNHAPPY})
_SWAPS = frozenset({Mark.EXCHANGE, Mark.CHANGE})
_ALONE = frozenset({Mark.CANCEL, Mark.RETURN, Mark.EXCHANGE, Mark.CHANGE})  # that need not say of what
_UNABLE = frozenset("cannot can't cant couldn't".split())
_NEVER_MIND = frozenset("fine ok okay alright right problem mind care understand sorry then afraid".split())
_THINGS = frozenset({Mark.NAMED, Mark.IT, Mark.THEM, Mark.REST, Mark.BOTH, Mark.OTHER, Mark.ORDER, Mark.ALL})
_ACTS = frozenset("i i'm we you please can could should shall may must goes go".split())  # "the rest I return"
_GOES_ON = frozenset("then next after afterwards also plus too well finally lastly another second third".split())
_FILLS = frozenset("and the my that this it of all as a an both please one two thing things first".split())
_SPEAKERS = frozenset("i we you i'd we'd please".split())
_ANY_ITEM = phrase_set("item | thing | product | the item | the thing | the product | that item | that thing")
_HAVE = frozenset({"have", "get"})  # "… the lamp exchanged"
_RELATIVE = frozenset({"that", "which"})
_SETTLES = frozenset({Mark.COMMA, Mark.AND, Mark.END, Mark.ASKS, Mark.OR})


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One thing that is wanted, or not.

    Attributes:
        deed: a deed, or `WANT` where only how something shall be is said.
        objects: what it is wanted of; nothing where that is not said.
        becomes: what it shall become, in words; for each object or for all.
        orders: the orders that were spoken of so far in its sentence, the last one last.
        excepted: what it is not wanted of.
        refused: whether it is not wanted.
        otherwise: whether it is wanted only where what was said before cannot be done.
        failing: how it is said of that that it cannot be: "if there is none in blue".
        either: whether a return and an exchange would both do, or nobody said which.
        condition: what it hangs on, where nothing here can tell.
        general: whether the shop's ways are asked about.
    """

    deed: Mark
    objects: tuple[Object, ...] = ()
    becomes: tuple[Becomes, ...] = ()
    orders: tuple[OrderWords, ...] = ()
    excepted: tuple[Object, ...] = ()
    refused: bool = False
    otherwise: bool = False
    either: bool = False
    failing: str = ""
    condition: str = ""
    general: bool = False


def read_aftersale(
    text: str,
    named: Sequence[Span],
    orders: Sequence[Span],
    nouns: frozenset[str] = frozenset(),
    spoken_of: tuple[str, ...] = (),
) -> list[Said]:
    """What a message wants done with what was ordered, in its order.

    Args:
        text: the message, with plain quotes.
        named: where it names what the customer ordered.
        orders: where it names orders by their numbers.
        nouns: words by which the options of those things are called, so that they may be no verbs.
        spoken_of: keys of what "it" means before anything is named.
    """
    said: list[Said] = []
    known: tuple[Object, ...] = ()  # what was named last, for "it" and "them"
    if spoken_of:
        known = (Object(scope=Scope.NAMED, keys=spoken_of),)
    plain = text.lower()
    text = text if len(plain) == len(text) else plain  # so that offsets stay true
    wanted = plain
    for rule in WISHES_NOTHING:
        wanted = rule.sub(lambda found: " " * len(found[0]), wanted)
    for sentence in _sentences(marks_of(wanted, named, orders, nouns)):
        told = _gone_on(list(_of_sentence(text, sentence, known)), said)
        said += told
        things = (thing for one in told for thing in (*one.objects, *one.excepted) if thing.scope is Scope.NAMED)
        known = tuple(dict.fromkeys(things)) or known
    return said


def _gone_on(told: list[Said], before: Sequence[Said]) -> list[Said]:
    """The same; a sentence that only names more, behind what shall go, goes on with it: "then the mug and the lamp"."""
    last = next((known for known in reversed(before) if known.deed is not Mark.WANT), None)
    names = all(one.objects and all(thing.scope is Scope.NAMED for thing in one.objects) for one in told)
    if last is None or last.deed not in _GONE or last.refused or any(one.deed is not Mark.WANT for one in told):
        return told
    words = {word for one in told for part in one.becomes for word in part.text.lower().replace(",", " ").split()}
    goes_on = names and words & _GOES_ON and words <= _GOES_ON | _FILLS
    return [replace(one, deed=last.deed, becomes=()) for one in told] if goes_on else told


def _of_sentence(text: str, sentence: Sequence[Piece], known: tuple[Object, ...]) -> Iterator[Said]:
    lead, parts = _parts(sentence)
    (first, *_) = read_portion(text, lead, deed=None, carried=False)
    topic = tuple(one for one in first.objects if one.scope is not Scope.ITEMS)
    if any(one.scope is Scope.NAMED for one in topic):
        topic = tuple(one for one in topic if one.scope is not Scope.IT)  # "the mug and the lamp that I …"
    topic = _related(lead, topic)
    spoken = first.orders
    if first.condition:  # "if the lamp cost more than $20, return it"
        inside = (one for one in lead if one.mark is Mark.NAMED)
        known = tuple(Object(scope=Scope.NAMED, keys=one.keys, start=one.start, end=one.end) for one in inside) or known
    known = tuple(one for one in topic if one.scope is Scope.NAMED) or known
    if not parts:
        for one in _wanted(text, lead, first.orders):
            yield replace(one, objects=_resolved(one.objects, (), known, Mark.WANT)) if one.objects else one
        return
    begins = " ".join(piece.text for piece in sentence[:6])
    general = any(phrase in begins for phrase in IN_GENERAL)
    predicate = parts[0].deed in _GONE and _is_subject(lead)
    ordered = bool(spoken)
    led = of_order = False
    for part in parts:
        if part.deed is Mark.WANT:
            leads = any(one.scope is Scope.NAMED for one in topic) and not led
            for one in _wanted(text, part.pieces, spoken, carried=leads):
                objects = _resolved(one.objects, () if led else topic, known, Mark.WANT) if one.objects else ()
                yield replace(
                    one, objects=objects or (() if led else topic), otherwise=part.otherwise, failing=part.failing
                )
                known = tuple(thing for thing in objects if thing.scope is Scope.NAMED) or known
                led = True
            continue
        for portion in read_portion(text, part.pieces, deed=part.deed, carried=bool(topic or known)):
            pointed = portion.objects if not (ordered and _is_item(text, portion.objects)) else ()
            if predicate and not led and all(one.scope is Scope.IT for one in pointed):
                pointed = ()  # "the mug and the lamp go back, how fast can you do this?"
            objects = _resolved(pointed, () if led else topic, known, part.deed)
            if ordered and _is_item(text, portion.objects):
                objects = portion.objects  # "my pending order: make the item red"
            if not portion.objects:
                objects = tuple(replace(one, beside=portion.beside) for one in objects)
            spoken = (*spoken, *portion.orders)
            if of_order and part.deed in _REASONS and all(one.scope is Scope.IT for one in portion.objects):
                continue  # "cancel order 1001, I no longer need it"
            of_order = any(one.scope is Scope.ORDER for one in portion.objects)
            becomes = portion.becomes
            if not becomes and not led and not portion.objects and first.beside and part.deed in _SWAPS:
                becomes = (Becomes(text=first.beside),)  # "for my gloves, size L please: exchange"
            if not (objects or becomes or portion.excepted or part.deed in _ALONE):
                continue
            yield Said(
                deed=part.deed,
                objects=objects,
                becomes=becomes,
                orders=spoken,
                excepted=portion.excepted,
                refused=part.refused,
                otherwise=part.otherwise,
                failing=part.failing,
                either=part.either,
                condition=portion.condition or first.condition,
                general=general,
            )
            known = tuple(one for one in objects if one.scope is Scope.NAMED) or known
            led = True


def _related(lead: Sequence[Piece], topic: tuple[Object, ...]) -> tuple[Object, ...]:
    """What leads a sentence, or what alone "which" is said of: "my mug came with a lamp, which could go back"."""
    at = next((at for at in range(len(lead) - 1, 0, -1) if lead[at].text == "which"), 0)
    before = [one for one in lead[:at] if one.mark is not Mark.COMMA]
    if not before or before[-1].mark is not Mark.NAMED or any(one.mark is Mark.AND for one in lead[:at]):
        return topic
    last = before[-1]
    return (Object(scope=Scope.NAMED, keys=last.keys, start=last.start, end=last.end),)


def _is_subject(lead: Sequence[Piece]) -> bool:
    """Whether what leads a sentence is what its deed is said of: "the mug and the lamp are …"."""
    named = [at for at, piece in enumerate(lead) if piece.mark is Mark.NAMED]
    behind = lead[named[-1] + 1 :] if named else ()
    return bool(named) and all(one.mark is Mark.WORD and one.text not in _SPEAKERS for one in behind)


def _is_item(text: str, objects: Sequence[Object]) -> bool:
    """Whether what is spoken of is just called a thing, which is that in the order that was spoken of."""
    return bool(objects) and all(text[one.start : one.end].lower() in _ANY_ITEM for one in objects)


def _sentences(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    sentence: list[Piece] = []
    for piece in pieces:
        sentence.append(piece)
        if piece.mark in (Mark.END, Mark.ASKS):
            if len(sentence) > 1:
                yield sentence
            sentence = []


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """A deed with what follows it in its sentence."""

    deed: Mark
    pieces: tuple[Piece, ...]
    refused: bool = False
    otherwise: bool = False
    either: bool = False
    failing: str = ""


def _parts(sentence: Sequence[Piece]) -> tuple[list[Piece], list[_Part]]:
    """What leads a sentence, and its parts."""
    cuts = _cuts(sentence)
    if not cuts:
        return list(sentence), []
    begins = [_from(sentence, cut) for cut in cuts]
    lead = list(sentence[: begins[0]])
    parts: list[_Part] = []
    failing = ""
    otherwise = either = gone = False  # "cancel or return" is whichever can be done
    for at, (cut, until) in enumerate(zip(cuts, [*begins[1:], len(sentence)], strict=True)):
        piece, rest = sentence[cut], tuple(sentence[begins[at] : cut]) + tuple(sentence[cut + 1 : until])
        if piece.mark is Mark.OTHERWISE:
            failing = piece.text
            otherwise = at + 1 < len(cuts) and _leads_to_deed(rest)
            if not otherwise and any(one.mark not in _SETTLES for one in rest):
                parts.append(_Part(deed=Mark.WANT, pieces=rest, otherwise=True, failing=failing))
            continue
        behind = sentence[cuts[at + 1]].mark if at + 1 < len(cuts) else Mark.END
        if rest and rest[-1].mark is Mark.OR and len(rest) <= _NEAR and behind in DEEDS:
            gone = piece.mark in _GONE and behind in _GONE
            if gone or piece.mark in _RETURNS:
                either = not gone
                continue
        no = _no_to(sentence, cut)
        if no in _UNABLE and not otherwise:
            continue  # "I cannot send it back": that it cannot be done is neither a wish nor none
        refused = bool(no)
        deed = Mark.DISCARD if gone and piece.mark in _GONE else piece.mark
        part = _Part(deed=deed, pieces=rest, refused=refused, otherwise=otherwise, either=either)
        parts.append(replace(part, failing=failing if otherwise else ""))
        otherwise = either = gone = False
    return lead, parts


def _leads_to_deed(rest: Sequence[Piece]) -> bool:
    """Whether nothing stands between a condition and a deed that says what shall be instead: "if not, please …"."""
    breaks = [at for at, one in enumerate(rest) if one.mark in _SETTLES]
    content = rest[breaks[0] + 1 : breaks[-1]] if len(breaks) > 1 else ()
    said = [one for one in content if one.mark not in _SETTLES]
    if not said or any(one.text in _NEVER_MIND for one in said):
        return not (rest and rest[-1].text in _ALSO and said)
    return False


def _cuts(sentence: Sequence[Piece]) -> list[int]:
    """Where the parts of a sentence begin; no deed counts in a reason."""
    cuts: list[int] = []
    reason = False
    for at, piece in enumerate(sentence):
        if piece.mark is Mark.BECAUSE:
            reason = True
        elif piece.mark in (Mark.COMMA, Mark.AND) or piece.text == "so":
            reason = False
        if not reason and _begins(sentence, at, piece):
            cuts.append(at)
    return cuts


def _from(sentence: Sequence[Piece], cut: int) -> int:
    """Where a part begins: what is named right before how it shall be belongs to it, and what leads its own clause."""
    at = _clause_of(sentence, cut)
    wants = sentence[cut].mark is Mark.WANT
    named = [place for place in range(at, cut) if sentence[place].mark in (_THINGS if not wants else {Mark.NAMED})]
    if not named:
        return cut
    if sentence[cut].text in ARROWS:
        return at  # "lamp -> black"
    last = max((place for place in named if sentence[place].mark is Mark.NAMED), default=cut)
    if not wants and any(piece.text in _RELATIVE for piece in sentence[last + 1 : cut]):
        return cut  # "a mug and a lamp that I'd like to return"
    causes = any(piece.mark is Mark.WANT or piece.text in _HAVE for piece in sentence[at : named[0]])
    acts = {piece.text.partition("'")[0] for piece in sentence[named[-1] + 1 : cut]} & _ACTS
    excepts = any(piece.mark is Mark.EXCEPT for piece in sentence[at:cut])  # "all but the saw I keep"
    own = at == 0 or sentence[at - 1].mark in _SETTLES
    leads = own and (((acts or causes) and at > 0) or sentence[cut].mark is Mark.KEEP) and not excepts
    return at if wants or (leads and not _names_behind(sentence, cut)) else cut


def _names_behind(sentence: Sequence[Piece], cut: int) -> bool:
    """Whether things are named behind a deed, in its own clause."""
    for piece in sentence[cut + 1 :]:
        if piece.mark in _SETTLES or piece.mark in DEEDS:
            return False
        if piece.mark in _THINGS:
            return True
    return False


def _clause_of(sentence: Sequence[Piece], cut: int) -> int:
    at = cut
    while at > 0 and sentence[at - 1].mark not in _SETTLES and sentence[at - 1].mark not in DEEDS:
        at -= 1
    return at


def _ends_its_clause(sentence: Sequence[Piece], at: int) -> bool:
    """Whether things are named before a deed, and none behind it: "the pet bed I keep"."""
    begins = _clause_of(sentence, at)
    led = {piece.mark for piece in sentence[begins:at]}
    own = begins == 0 or sentence[begins - 1].mark in _SETTLES
    return own and not _names_behind(sentence, at) and not led.isdisjoint(_THINGS) and Mark.EXCEPT not in led


def _begins(sentence: Sequence[Piece], at: int, piece: Piece) -> bool:
    """Whether a portion begins there: at a deed, and at a wish of how something shall be where it is no mere lead."""
    if piece.mark is Mark.OTHERWISE:
        return True
    if piece.mark in DEEDS:
        return piece.mark is not Mark.KEEP or _is_of_things(sentence, at) or _ends_its_clause(sentence, at)
    if piece.mark is not Mark.WANT:
        return False
    leads = [one for one in sentence[at + 1 : at + 5] if one.mark in DEEDS or one.mark in _SETTLES]
    if leads and leads[0].mark in DEEDS:
        return False  # "I want to return it"
    inside = [one for one in sentence[:at] if one.mark in DEEDS]
    before = sentence[at - 1 : at] or [piece]
    return (
        not inside or any(one.mark in _SETTLES for one in sentence[max(0, at - 3) : at]) or before[0].mark in _SETTLES
    )


def _is_of_things(sentence: Sequence[Piece], at: int) -> bool:
    """Whether what is kept is something that was ordered, and not one of its options: "but keep the size"."""
    for piece in sentence[at + 1 : at + 6]:
        if piece.mark in _THINGS:
            same = {"same", "unchanged"} & {word for one in sentence[at : at + 8] for word in one.text.split()}
            return not same
        if piece.mark in _SETTLES:
            return False
    return False


def _no_to(sentence: Sequence[Piece], at: int) -> str:
    """The no that is said to a deed; empty where there is none."""
    for piece in reversed(sentence[max(0, at - _NEAR) : at]):
        if piece.mark in (Mark.NOT, Mark.OLD):
            return piece.text
        if piece.mark in _JOINS:
            return ""
    return ""


def _wanted(
    text: str, pieces: Sequence[Piece], orders: tuple[OrderWords, ...], *, carried: bool = False
) -> Iterator[Said]:
    """How something shall be, for each thing that is named; all the words but the names say it.

    What stands before the first name is of what was named before, where that is `carried`.
    """
    for chunk in _chunks(pieces, carried=carried):
        while chunk and chunk[-1].mark in _SETTLES:
            chunk.pop()
        if not chunk:
            continue
        portion = read_portion(text, chunk, deed=None, carried=False, takes_for=False)[0]
        words = _words_of(text, chunk)
        yield Said(
            deed=Mark.WANT,
            objects=tuple(one for one in portion.objects if one.scope is not Scope.ITEMS),
            becomes=(Becomes(text=words),) if words else (),
            orders=(*orders, *portion.orders),
            excepted=portion.excepted,
        )


def _chunks(pieces: Sequence[Piece], *, carried: bool) -> Iterator[list[Piece]]:
    """The pieces, parted before each name but the first where something joins them."""
    chunk: list[Piece] = []
    broken: int | None = None
    for piece in pieces:
        if piece.mark in _SETTLES:
            broken = len(chunk)
        elif piece.mark is Mark.NAMED and broken and (carried or any(one.mark is Mark.NAMED for one in chunk[:broken])):
            yield chunk[:broken]
            carried = False
            chunk, broken = chunk[broken + 1 :], None
        chunk.append(piece)
    if chunk:
        yield chunk


def _words_of(text: str, pieces: Sequence[Piece]) -> str:
    """The words of some pieces without what they name."""
    said: list[str] = []
    at = pieces[0].start
    for piece in pieces:
        if piece.mark is Mark.NAMED:
            said.append(text[at : piece.start])
            at = piece.end
    said.append(text[at : pieces[-1].end])
    return " ".join(" ".join(said).split()).strip(" ,.;:!?")


def _resolved(
    objects: tuple[Object, ...], topic: tuple[Object, ...], known: tuple[Object, ...], deed: Mark
) -> tuple[Object, ...]:
    """The objects, with what "it" and "them" stand for where the message says so; what leads where nothing is said."""
    if not objects:
        return topic or (known if deed in (Mark.WANT, Mark.CHANGE, Mark.EXCHANGE, Mark.RETURN) else ())
    stands = topic or known
    resolved: list[Object] = []
    for one in objects:
        if one.scope is Scope.IT and stands:
            resolved.append(replace(stands[-1], single=stands[-1].scope is Scope.NAMED))
        elif one.scope is Scope.ITEMS and deed in _SWAPS and any(thing.scope is Scope.NAMED for thing in topic):
            resolved += topic  # "could my mug be swapped for something bigger?"
        elif one.scope is Scope.ALL and any(thing.scope is Scope.NAMED for thing in topic):
            resolved += [replace(thing, every=True) for thing in topic]  # "the mugs, all of them"
        elif one.scope in (Scope.THEM, Scope.BOTH) and stands and (one.scope is Scope.THEM or len(stands) > 1):
            resolved += stands
        else:
            resolved.append(one)
    return tuple(dict.fromkeys(resolved))
