"""Tells what the conditions of a message are: mere politeness, a way out where something cannot be, or real ones."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nlu.rules.aftersale_pieces import Piece
from nlu.rules.aftersale_words import DEEDS, Mark
from nlu.rules.patterns import rule
from nlu.rules.price_limits import is_of_prices

_LONGEST = 16  # words of a condition that says that something is not there
_ENDS = frozenset({Mark.END, Mark.ASKS, Mark.COMMA})
_THEN = frozenset("then please just kindly simply".split())
_DENIES = frozenset(
    """not n't no none cannot can't cant unavailable impossible isn't aren't doesn't don't won't couldn't sold unable
    fails fail wouldn't isnt doesnt dont wont nothing neither haven't hasn't problem problems trouble issue
    issues""".split()
)
_PERSONAL = frozenset("my our his her their i we he she somebody someone".split())  # of whom a shop can tell nothing
# What is no condition: "if that's all right", "if it is possible to …", "if there is anything to pay".
_IT_IS = r"(?:(?:that|it|this|they|which)(?:['’]?s|['’]?re|\sis|\sare|['’]d\sbe|\swould\sbe|\swill\sbe)?\s)?"
_IDLE = rule(
    r"\A(?:only\sif|if|as\slong\sas|so\slong\sas|provided(?:\sthat)?|assuming|in\scase)\s(?:at\sall\s)?(?:"
    rf"{_IT_IS}(?:all\s?right|alright|ok|okay|fine|cool|good|possible(?:\s(?:for\syou\s)?to\s.*)?|allowed|convenient|in\sstock|available"
    r"|no\strouble|not\stoo\smuch(?:\s\w{1,8}){0,3}|not\stoo\slate|handy)(?:\s(?:with|by|for)\s(?:you|u|ya|y'all|the\sshop))?"
    r"|(?:you|u|ya)(?:\s(?:please|can|could|would|may|like|will|don't\smind|wouldn't\smind|do\snot\smind|would\sbe\sso\skind|have\s(?:it|one|any|them)"
    r"|can\sdo\s(?:that|it|so)|can\smanage|are\sable(?:\sto)?)){1,2}"
    r"|(?:you|u|ya)\s(?:have|got|'ve\sgot|do)\s(?:both|a\schoice|several)|both(?:\s(?:are|exist|is))?(?:\s(?:there|available|in\sstock))?|there(?:['’]?s|\sis)\s(?:a|any)\schoice|i\s(?:can|could|may)\s(?:choose|pick)"
    r"|i\s(?:may|can|could|might)(?:\sask)?|(?:that|it|this)\s(?:works|can\sbe\s(?:done|arranged))(?:\sfor\syou)?|any|need\sbe|necessary|needed|so|applicable|at\sall"
    r"|there(?:['’]?s|\sis|\sare|\sshould\sbe)?\s(?:anything|something|any|a|some|still)\b.*\b(?:pay|payment|difference|charge|charges|cost|costs|refund|get\sback|left\sover)\b.*"
    r")\Z"
)
_AUXILIARIES = [[word] for word in "you i we they can could would will to may do should must might only be".split()]
_STARTS = ("i'd ", "i would ", "i'll ", "we'd ", "we would ", "i want ")  # a sentence of its own
_BOUNDS = frozenset({"as long as", "so long as", "provided", "provided that", "only if"})
# "Let me know if", "see whether": what is asked is no condition, and neither is "even if".
_ASKS_IF = frozenset("know see check wonder wondering ask sure even as what tell idea care matter find".split())
# A shop promises nothing, so it is always so: "if you cannot guarantee that it is here by then, …".
_PROMISES = rule(
    r"\A(?:if|in\scase|should)\s(?:you|u)\s(?:cannot|can['’]?t|can\snot|could\snot|couldn['’]?t|don['’]?t|do\snot|won['’]?t|will\snot|are\snot\sable\sto|aren['’]?t\sable\sto)"
    r"\s(?:\w{1,10}\s)?(?:guarantee|promise|assure|warrant|be\s(?:sure|certain)|say\sfor\s(?:sure|certain)|know\sfor\s(?:sure|certain))\b"
)
# Then too, what was wanted first cannot be, and something else shall be done.
_OTHERWISE = rule(
    r"\b(?:only\s(?:way|option|possibility|thing\s(?:possible|you\scan\sdo))|all\sor\snothing|(?:only|just)\s(?:cancel|return|do|change|exchange)\s(?:\w{1,12}\s){0,2}"
    r"(?:complete|whole|entire|full)|doesn['’]?t\swork|does\snot\swork|(?:whole|entire|complete)\sorder\s(?:would|will|has|needs|must)\b)"
)


def conditions(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, with each condition as what it is; no deed counts in one, but "if you cannot exchange the lamp, …".

    What is no condition becomes a comma, and what says that something cannot be a way out.
    """
    at = 0
    while at < len(pieces):
        piece = _inverted(pieces, at)
        if piece.mark is not Mark.IF:
            yield piece
            at += 1
            continue
        before = pieces[at - 1].text.split()[-1:] if at else []
        if before and before[0] in _ASKS_IF:
            yield replace(piece, mark=Mark.WORD)
            at += 1
            continue
        until = _end(pieces, at)
        yield from _read(piece, pieces[at + 1 : until])
        at = until


def _end(pieces: Sequence[Piece], at: int) -> int:
    """Where a condition ends: at a comma or "then", or before the last deed of one that leads and is not set off."""
    last, until, inside = 0, at + 1, False
    for until in range(at + 1, len(pieces)):
        piece = pieces[until]
        if piece.mark in _ENDS and until > at + 1 and not _goes_on(pieces, until):
            break
        if piece.text in _THEN and until > at + 2:
            return until
        if inside and piece.text.startswith(_STARTS):
            return until
        inside = inside or piece.mark in DEEDS
        if piece.mark in DEEDS and not _hangs_on(pieces[until - 1]):
            last = until
    if pieces[until].mark is Mark.COMMA or any(one.mark in DEEDS for one in pieces[_begin(pieces, at) : at]):
        return until
    return last if last > at + 1 else until


def _goes_on(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a condition goes on behind a comma: "if there is none that is red, with wheels and in L, …"."""
    behind = pieces[at + 1 : at + 2]
    if pieces[at].mark is not Mark.COMMA or not behind or behind[0].mark not in (Mark.FOR, Mark.WITH, Mark.OF):
        return False
    for piece in pieces[at + 2 :]:
        if piece.mark in (Mark.END, Mark.ASKS) or piece.mark in DEEDS:
            return False
        if piece.mark is Mark.COMMA:
            return True
    return False


def _hangs_on(before: Piece) -> bool:
    """Whether what follows a piece is no sentence of its own: "if you can cancel …"."""
    return before.mark is Mark.NOT or before.text.split()[-1:] in _AUXILIARIES


def _begin(pieces: Sequence[Piece], at: int) -> int:
    while at > 0 and pieces[at - 1].mark not in (Mark.END, Mark.ASKS):
        at -= 1
    return at


def _inverted(pieces: Sequence[Piece], at: int) -> Piece:
    """The piece; "should" that begins a sentence and asks nothing is an "if": "should it not be there, …"."""
    piece = pieces[at]
    begins = at == 0 or pieces[at - 1].mark in (Mark.END, Mark.COMMA, Mark.AND, Mark.ASKS)
    behind = pieces[at + 1].text.partition(" ")[0] if at + 1 < len(pieces) else "i"
    if piece.text != "should" or not begins or behind in ("i", "we"):
        return piece
    ends = next((one.mark for one in pieces[at + 1 :] if one.mark in (Mark.END, Mark.ASKS)), Mark.END)
    return piece if ends is Mark.ASKS else replace(piece, mark=Mark.IF)


def _read(first: Piece, clause: Sequence[Piece]) -> Iterator[Piece]:
    said = " ".join(one.text for one in (first, *clause))
    end = clause[-1].end if clause else first.end
    if _IDLE.match(said):
        yield Piece(mark=Mark.COMMA, text="", start=first.start, end=end)
        return
    no = next((place for place, one in enumerate(clause[:-1]) if one.mark is Mark.NOT), len(clause))
    if first.text in _BOUNDS and any(one.mark in DEEDS for one in clause[no : no + 3]):
        yield Piece(mark=Mark.COMMA, text="", start=first.start, end=first.end)
        yield from clause[no:]  # "as long as you do not cancel the order": that shall not be done
        return
    if _PROMISES.search(said):
        yield Piece(mark=Mark.COMMA, text="", start=first.start, end=first.end)
        yield from (replace(one, mark=Mark.WORD) if one.mark in DEEDS else one for one in clause)
        return
    words = {word for one in clause for word in one.text.split()}
    denies = bool(words & _DENIES) or any(one.mark is Mark.NOT for one in clause)
    denies = denies or _OTHERWISE.search(said) is not None
    personal = bool(clause) and clause[0].text.partition(" ")[0] in _PERSONAL
    unless = first.text == "unless"
    if unless or not denies or (personal and not _shop_can(clause)) or is_of_prices(said) or len(clause) > _LONGEST:
        yield first
        yield from (replace(one, mark=Mark.WORD) if one.mark in DEEDS else one for one in clause)
        return
    deed = next((place for place, one in enumerate(clause) if one.mark in DEEDS), None)
    if deed is not None and any(one.mark is Mark.NAMED for one in clause[deed:]):
        yield from (one for one in clause[deed:] if one.mark is not Mark.NOT)
        said = ""
    yield Piece(mark=Mark.OTHERWISE, text=said or first.text, start=first.start, end=end)


def _shop_can(clause: Sequence[Piece]) -> bool:
    """Whether what somebody cannot do is for the shop to tell: "if I cannot exchange it", "if I have to cancel it"."""
    return clause[0].text.partition(" ")[0] in ("i", "we") and any(one.mark in DEEDS for one in clause)
