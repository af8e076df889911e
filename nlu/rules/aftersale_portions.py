"""Reads one portion of a message that speaks of what was ordered: what it is wanted of, and what it shall become."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from nlu.rules.aftersale_pieces import Piece
from nlu.rules.aftersale_words import Mark


class Scope(StrEnum):
    """How something is spoken of."""

    NAMED = "named"
    IT = "it"
    THEM = "them"
    BOTH = "both"
    ALL = "all"
    REST = "rest"
    OTHER = "other"
    ITEMS = "items"  # some of an order, and nobody knows which
    ORDER = "order"  # all of an order


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderWords:
    """Words that tell which order: `number` where it is said, what it `holds`, and what is said of it."""

    said: str = ""
    number: str = ""
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Object:
    """What something is wanted of: `keys` of what may be meant, and the words that describe it on both sides."""

    scope: Scope
    keys: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    start: int = 0
    end: int = 0
    every: bool = False  # "both lamps", "all my mugs"
    single: bool = field(default=False, compare=False)  # one of them: "that one", of lamps that were spoken of
    order: OrderWords | None = None  # the one that it is said to be in
    beside: str = field(default="", compare=False)  # words beside it, where they say nothing of what it becomes


@dataclass(frozen=True, kw_only=True, slots=True)
class Becomes:
    """What something shall become, in words; `keys` where they name of what."""

    text: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Portion:
    """Objects that shall become the same, or each what is said in its place."""

    objects: tuple[Object, ...] = ()
    becomes: tuple[Becomes, ...] = ()
    orders: tuple[OrderWords, ...] = ()
    excepted: tuple[Object, ...] = ()
    condition: str = ""
    beside: str = ""  # words beside the objects


_SCOPES = {
    Mark.IT: Scope.IT,
    Mark.THEM: Scope.THEM,
    Mark.BOTH: Scope.BOTH,
    Mark.ALL: Scope.ALL,
    Mark.REST: Scope.REST,
    Mark.OTHER: Scope.OTHER,
    Mark.ITEMS: Scope.ITEMS,
}
_SWAPS = frozenset({Mark.EXCHANGE, Mark.CHANGE, Mark.UNHAPPY})
_BREAKS = frozenset({Mark.COMMA, Mark.AND, Mark.OR, Mark.END, Mark.ASKS})
_EVERY = frozenset({"all", "every", "each", "both"})
_NUMBERED = frozenset("number no no. nr id # the".split())
_AS_IT_IS = ("the same ", "same ", "the ", "as ", "unchanged ", "stays ", "should stay ", "is fine ", "remains ")
_WHOLE = ("all", "everything", "anything")  # that begin an exception of all
_VERBAL = frozenset("a an another the some new one more it them".split())  # behind "order" where it is a verb
_BUT_NOT = frozenset("not no neither nor without".split())  # that may stand before what is not meant, and no verb
_WHERE = frozenset("pending open processing unshipped undelivered delivered received shipped".split())
_LEFT = frozenset("left leave shipped ship sent send dispatched gone arrived delivered".split())
_YET_TO = frozenset({"haven't", "hasn't", "aren't", "yet"})
_BEHIND = 7  # words behind an order that tell where it is
_QUALIFIERS = 4  # words before an order that tell which


@dataclass(kw_only=True, slots=True)
class _Reading:
    """The state of reading a portion."""

    text: str
    takes_for: bool
    objects: list[Object] = field(default_factory=list)
    segments: list[list[int]] = field(default_factory=list)  # beginning, end and place among the keys
    keyed: list[tuple[str, ...]] = field(default_factory=list)
    orders: list[OrderWords] = field(default_factory=list)
    excepted: list[Object] = field(default_factory=list)
    done: list[Portion] = field(default_factory=list)
    mode: str = "object"  # "target", "old", "except", "reason", "if"
    before: int = -1  # where the words before a name begin
    opened: bool = False  # whether words belong to the last object
    denied: bool = False
    every: bool = False
    parted: bool = False  # whether something joins what follows to a target
    condition: str = ""
    swaps: bool = False  # whether the deed makes something else of what it is done to
    order: OrderWords | None = None  # that what follows is in
    held: set[int] = field(default_factory=set)  # what is only named to tell an order
    loose: list[list[int]] = field(default_factory=list)  # words beside the objects: "swap it, a brighter one"


def read_portion(
    text: str, pieces: Sequence[Piece], *, deed: Mark | None, carried: bool, takes_for: bool = True
) -> list[Portion]:
    """The portions of what follows a deed, one for each target.

    Args:
        text: the whole message.
        pieces: the marks of the portion.
        deed: what it follows; None for what leads a sentence.
        carried: whether something was named before that it may be about.
        takes_for: whether "for" leads to what something shall become.
    """
    reading = _Reading(text=text, takes_for=takes_for, swaps=deed in _SWAPS)
    for at, piece in enumerate(pieces):
        _take(reading, pieces, at, piece, deed, carried=carried)
    _flush(reading)
    return reading.done


def _take(
    reading: _Reading, pieces: Sequence[Piece], at: int, piece: Piece, deed: Mark | None, *, carried: bool
) -> None:
    if reading.mode == "reason" or at in reading.held:
        return
    if reading.mode == "if":
        if piece.mark in (Mark.COMMA, Mark.END, Mark.ASKS):
            reading.mode = "object"
        else:
            reading.condition = f"{reading.condition} {piece.text}".strip()
        return
    match piece.mark:
        case Mark.BECAUSE:
            reading.mode = "reason"
        case Mark.IF:
            reading.condition, reading.mode = piece.text, "if"
        case Mark.EXCEPT:
            if not reading.objects and piece.text.startswith(_WHOLE) and deed is not None:
                reading.objects.append(Object(scope=Scope.ALL, start=piece.start, end=piece.end, order=reading.order))
            reading.mode, reading.opened = "except", False
        case Mark.OLD:
            reading.mode, reading.opened = "old", False
        case Mark.NAMED if at + 1 < len(pieces) and pieces[at + 1].mark is Mark.ORDER and not pieces[at + 1].keys:
            return  # "my tent order" is the order with the tent
        case Mark.NAMED:
            _named(reading, piece)
        case Mark.ORDER:
            _order(reading, pieces, at, piece, deed)
        case Mark.TO | Mark.FOR if _leads_on(reading, pieces, at, deed, carried=carried):
            reading.mode, reading.parted, reading.opened = "target", False, False
            reading.segments.append([piece.end, piece.end])
            reading.keyed.append(())
        case Mark.REST | Mark.ALL if at + 1 < len(pieces) and f"{pieces[at + 1].text} ".startswith(_AS_IT_IS):
            _word(reading, piece)  # "everything else the same"
        case Mark.ALL if at and pieces[at - 1].text.split()[-1:] in (["same"], ["identical"]):
            _word(reading, piece)  # "a new pair, same everything"
        case mark if mark in _SCOPES and reading.mode in ("object", "except", "old") and not _determines(pieces, at):
            _scoped(reading, piece, _SCOPES[mark])
        case mark if mark in _BREAKS:
            _break(reading, piece)
        case _:
            reading.every = reading.every or (reading.mode == "object" and piece.text.partition(" ")[0] in _EVERY)
            if piece.mark is Mark.NOT and reading.mode == "object" and (deed is not None or piece.text in _BUT_NOT):
                reading.denied = True
            _word(reading, piece)


def _leads_on(reading: _Reading, pieces: Sequence[Piece], at: int, deed: Mark | None, *, carried: bool) -> bool:
    """Whether what follows is what something shall become."""
    leads_for = pieces[at].mark is Mark.FOR
    if reading.mode == "target" or (leads_for and not reading.takes_for):
        return False
    behind = pieces[at + 1] if at + 1 < len(pieces) else None
    if behind is None or behind.mark in _BREAKS:
        return False
    if reading.objects:
        return True
    if not carried or (leads_for and deed not in _SWAPS):
        return False
    return not any(one.mark is Mark.NAMED or one.mark in _SCOPES for one in pieces[at + 1 : at + 4])


def _named(reading: _Reading, piece: Piece) -> None:
    known = {key for one in reading.objects for key in one.keys}
    if reading.mode == "target":
        own = tuple(key for key in piece.keys if key in known)
        if own or not reading.parted or not reading.objects:
            reading.segments[-1][1] = piece.end
            reading.keyed[-1] = reading.keyed[-1] or own
            return
        reading.segments.pop()
        reading.keyed.pop()
        begins = reading.before
        _flush(reading)
        reading.before = begins
    last = reading.objects[-1] if reading.objects and reading.opened else None
    if reading.mode == "object" and reading.swaps and last is not None and set(last.keys) & set(piece.keys):
        reading.objects[-1] = replace(last, after="")  # "make my tent a bigger tent"
        reading.mode, reading.opened = "target", False
        reading.segments.append([last.end, piece.end])
        reading.keyed.append(())
        return
    if reading.mode == "object" and last is None and any({*one.keys} & {*piece.keys} for one in reading.objects):
        begins = reading.before  # "the gloves and the saw: the gloves in L"
        _flush(reading)
        reading.before = begins
    before = reading.text[reading.before : piece.start] if reading.before >= 0 else ""
    if reading.loose and reading.loose[-1][0] == reading.before:
        reading.loose.pop()
    thing = Object(
        scope=Scope.NAMED,
        keys=piece.keys,
        before=before.strip(),
        start=piece.start,
        end=piece.end,
        every=reading.every,
        order=reading.order,
    )
    if reading.mode == "except" or reading.denied:
        reading.excepted.append(thing)
        reading.opened = False
    else:
        reading.objects.append(thing)
        reading.opened = True
    reading.before, reading.denied, reading.every = -1, False, False


def _scoped(reading: _Reading, piece: Piece, scope: Scope) -> None:
    thing = Object(scope=scope, start=piece.start, end=piece.end, order=reading.order)
    if reading.mode == "except" or reading.denied:
        reading.excepted.append(thing)
    elif reading.objects and scope in (Scope.IT, Scope.THEM, Scope.ITEMS):
        _word(reading, piece)
        return
    elif not (scope is Scope.BOTH and reading.objects):
        reading.objects.append(thing)
    reading.before, reading.denied, reading.opened = -1, False, False


def _determines(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a pronoun only stands before a name: "both lamps", "this red mug"."""
    for piece in pieces[at + 1 : at + 5]:
        if piece.mark is Mark.NAMED:
            return True
        if piece.mark is Mark.ORDER:
            return pieces[at + 1].mark is not Mark.OF  # "both orders", and not "everything from order 1001"
        if piece.mark is not Mark.WORD and not (piece.mark is Mark.OF and pieces[at + 1] is piece):
            return False
    return False


def _order(reading: _Reading, pieces: Sequence[Piece], at: int, piece: Piece, deed: Mark | None) -> None:
    behind = pieces[at + 1 : at + 3]
    if not piece.keys:
        numbered = next((one for one in behind if one.text not in _NUMBERED), None)
        if numbered is not None and numbered.mark is Mark.ORDER and numbered.keys:
            return  # its number follows
        led = pieces[at - 1] if at else None
        verbal = bool(behind) and behind[0].text.partition(" ")[0] in _VERBAL
        if verbal and (led is None or led.mark in _BREAKS or led.text in ("to", "i", "we", "can", "you")):
            return
    if reading.loose and reading.loose[-1][0] == reading.before:
        reading.loose.pop()
    words, where = _qualifiers(pieces, at)
    holds = _held(reading, pieces, at)
    if at and pieces[at - 1].mark is Mark.NAMED and not piece.keys:
        holds = pieces[at - 1].keys
    behind_it = _states(pieces, at) if not piece.keys else []
    said = OrderWords(said=" ".join((*words, *behind_it, piece.text)), number=next(iter(piece.keys), ""), holds=holds)
    if reading.mode == "except":
        reading.excepted.append(Object(scope=Scope.ORDER, keys=piece.keys, start=piece.start, end=piece.end))
        return
    reading.orders.append(said)
    alone = where is None and (not reading.objects or reading.objects[-1].scope is Scope.ORDER)
    if alone and reading.mode == "object" and deed is not None:
        reading.objects.append(Object(scope=Scope.ORDER, start=piece.start, end=piece.end, order=said))
    elif any(one.order is None for one in reading.objects):
        reading.objects = [one if one.order is not None else replace(one, order=said) for one in reading.objects]
    else:
        reading.order = said
    reading.before, reading.opened = -1, False
    if reading.mode == "target":
        reading.segments[-1][1] = max(reading.segments[-1][0], piece.start)


def _qualifiers(pieces: Sequence[Piece], at: int) -> tuple[list[str], Piece | None]:
    """The words before an order that tell which, and the word that says that something is in it."""
    words: list[str] = []
    for piece in reversed(pieces[max(0, at - _QUALIFIERS - 2) : at]):
        if piece.mark in (Mark.OF, Mark.FOR, Mark.TO, Mark.WITH):
            return words[::-1], piece
        if piece.mark in _BREAKS:
            break
        words.append("" if piece.mark is Mark.NAMED else piece.text)
    return words[::-1], None


def _states(pieces: Sequence[Piece], at: int) -> list[str]:
    """Where an order is, as it is said behind it: "those orders that are still pending"."""
    words: list[str] = []
    denied = False
    for piece in pieces[at + 1 : at + 1 + _BEHIND]:
        words += [word for word in piece.text.split() if word in _WHERE]
        denied = denied or piece.mark is Mark.NOT or piece.text in _YET_TO
        words += ["unshipped"] if denied and piece.text in _LEFT else []
        if piece.mark not in (Mark.WORD, Mark.IT, Mark.OF, Mark.NOT):
            break
    return words


def _held(reading: _Reading, pieces: Sequence[Piece], at: int) -> tuple[str, ...]:
    """What is named as being in an order: "the order with the lamp"."""
    if at + 1 >= len(pieces):
        return ()
    if not (pieces[at + 1].mark is Mark.WITH or pieces[at + 1].text in ("with", "for")):
        return _came_in(reading, pieces, at)
    for place in range(at + 2, len(pieces)):
        if pieces[place].mark is Mark.NAMED:
            reading.held.add(place)
            return pieces[place].keys
        if pieces[place].mark is not Mark.WORD:
            break
    return ()


def _came_in(reading: _Reading, pieces: Sequence[Piece], at: int) -> tuple[str, ...]:
    """What is named as having come in an order: "the order that my lamp came in"."""
    place = next((one for one in range(at + 1, min(at + 5, len(pieces))) if pieces[one].mark is Mark.NAMED), 0)
    between = pieces[at + 1 : place]
    behind = [one.text.partition(" ")[0] for one in pieces[place + 1 : place + 4]]
    if not place or any(one.mark in _BREAKS for one in between) or behind[:1] not in (["came"], ["is"], ["was"]):
        return ()
    if not {"in", "with", "from"} & {*behind}:
        return ()
    reading.held.add(place)
    return pieces[place].keys


def _break(reading: _Reading, piece: Piece) -> None:
    if reading.mode == "target":
        reading.parted = True
        reading.before = piece.end
        reading.segments.append([piece.end, piece.end])
        reading.keyed.append(())
        return
    if reading.mode == "old":
        reading.mode = "object"
    reading.before, reading.opened = -1, False
    reading.every = False


def _word(reading: _Reading, piece: Piece) -> None:
    if reading.mode == "target":
        reading.segments[-1][1] = piece.end
    elif reading.mode == "object" and reading.opened:
        last = reading.objects[-1]
        reading.objects[-1] = replace(last, after=reading.text[last.end : piece.end].strip())
    else:
        if reading.before < 0:
            reading.before = piece.start
            reading.loose.append([piece.start, piece.end])
        reading.loose[-1:] = [[reading.loose[-1][0], piece.end]] if reading.loose else []


def _flush(reading: _Reading) -> None:
    """Ends what was read of one target."""
    spans = [
        (begin, end, keys)
        for (begin, end), keys in zip(reading.segments, reading.keyed, strict=True)
        if reading.text[begin:end].strip(" ,")
    ]
    becomes = tuple(Becomes(text=reading.text[begin:end].strip(" ,"), keys=keys) for begin, end, keys in spans)
    beside = ", ".join(reading.text[begin:end] for begin, end in reading.loose)
    if not spans and reading.mode == "object" and reading.swaps:
        becomes = (Becomes(text=beside),) if beside else ()
    elif len(reading.objects) < 2 and spans:
        becomes = (Becomes(text=reading.text[spans[0][0] : spans[-1][1]].strip(" ,")),)
    reading.done.append(
        Portion(
            objects=tuple(reading.objects)
            if reading.swaps
            else tuple(replace(one, beside=beside) for one in reading.objects),
            becomes=becomes,
            orders=tuple(reading.orders),
            excepted=tuple(reading.excepted),
            condition=reading.condition,
            beside=beside,
        )
    )
    reading.objects, reading.segments, reading.keyed, reading.loose = [], [], [], []
    reading.excepted, reading.mode, reading.parted, reading.opened = [], "object", False, False
