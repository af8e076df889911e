"""Reads an answer to "shall I do all of this?": what of it agrees, what the yes hangs on, and what else it says."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from nlu.rules.agreeing import agrees
from nlu.rules.conditions import conditional
from nlu.rules.deeds import Deed
from nlu.rules.mood_words import FAREWELLS, IT, NO, REQUESTS, THANKS, THOUGHT_OF, WITH, YES
from nlu.rules.patterns import rule
from nlu.rules.values import number_from_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a message answers to a summary.

    Attributes:
        agrees: whether its last word on what was asked is a yes.
        rest: all that says something else, for who reads wishes.
        remarks: the same, in its pieces.
        conditions: what the yes hangs on, as it was said.
        count: how many things it says yes to; 0 where it does not say.
        kinds: what it says yes to, where it is not all: "exchange", "return", "cancel", "address".
        asks: whether it asks something.
    """

    agrees: bool
    rest: str = ""
    remarks: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    count: int = 0
    kinds: frozenset[str] = frozenset()
    asks: bool = False


class _Says(Enum):
    YES = auto()
    NO = auto()
    NOTHING = auto()  # politeness, and what is shown said once more
    ELSE = auto()


_SENTENCE = rule(r"(?<=[.!?;\n…])\s|\n")
_SEGMENT = rule(
    r"[,:)–—]\s|\s\(|\s-{1,3}\s|\s(?=(?:and|but|so|then|because|cause|though|although|however|please|before|since|without|except|minus)\b)"
)
_FURTHER = rule(r"\s(?=(?:only|just)\b)")
_BACK = rule(
    r"\b(?:send|sending|give|ship)\s(?P<what>(?:all|both|everything|it|them|that|this|those|these)(?:\sof\s(?:it|them|that|those|these|this))?)\sback\b"
)
_ALONE = rule(
    r"(?i)\W{0,3}(?:but\s|yes\s|ok\s)?(?:only\sif|as\slong\sas|so\slong\sas|provided|on\s(?:the\s)?condition)\b"
)
_LEADS_ON = rule(
    r"(?i)\A(?P<leads>(?:but\s|and\s)?(?:only\s)?(?:if|unless|as\slong\sas|provided|assuming)\b[^,]{3,120}?)\s(?=(?:then\s)?(?:go\sahead|do\sit|please\sdo|yes|proceed|please\s(?:go|proceed))\b)"
)
_ENDS = ' ,.;:!?()–—-…\n"“”'
# A condition that what is shown fulfils already, or that is but politeness.
_IDLE = rule(
    r"(?i)(?:[,\s]{1,2}(?:but|and|only|just))?[,\s]{0,2}\b(?:if|as\slong\sas|so\slong\sas|provided(?:\sthat)?|assuming(?:\sthat)?|in\scase)\s(?:"
    r"(?:it|that|this|all|everything|all\sthat|all\sthis)(?:'?s|\sis|'ll|\swill|\scan|\sall)?\s(?:be\s|all\s|really\s|truly\s|still\s)?(?:ok|okay|fine|alright|all\sright|possible"
    r"|right|correct|accurate|true|necessary|needed|works?(?:\sout)?|done|doable|goes\s(?:well|smoothly|through|right)|allowed|no\s(?:trouble|problem|bother)"
    r"|easiest|easier|what\sit\stakes|how\sit\s(?:works|goes|is)|the\sway\sit\s(?:works|goes|is)|the\sonly\sway|the\scase)"
    r"|(?:you|u)\s(?:can|could|would|please|like|agree|don'?t\smind|do\snot\smind|say\sso|are\sable(?:\sto)?|want"
    r"|(?:think|believe|say|reckon|find)\s(?:so|(?:that\s)?(?:it|that|this)(?:'?s|\sis)\s(?:right|best|ok|okay|fine|correct|good|sensible|better)))"
    r"|possible|need\sbe|needed|necessary|so|i\s(?:may|can|could)|there(?:'?s|\sis)\sno\s(?:other|better)\sway"
    r"|i\s(?:got|read|understood|understand|have)\s(?:it|that|this|you|everything)\s?(?:right|correctly|rightly)?|i'?m\snot\s(?:mistaken|wrong)|i\sam\snot\s(?:mistaken|wrong)"
    r"|nothing\s(?:else\s)?(?:goes|can\sgo)\swrong|no\s(?:one|body)\sminds)(?:\s(?:with|for|by)\s(?:you|u|me))?(?=\W{0,3}(?:\Z|[.,;!?)\n]|please\b|thanks?\b|yes\b|go\b|do\b|then\b))"
)
_WHEN_DONE = rule(
    r"(?i)\b(?:when|once|as\ssoon\sas|after)\s(?:it|that|this|everything|all\sof\s(?:it|this|that)|all|you|they)(?:'s|\sis|\sare|'re|'ve|\shave|\shas|\swas)?"
    r"\s(?:been\s)?(?:all\s)?(?:done|finished|completed?|through|processed|confirmed)\b"
)
_NUMBER = r"(?P<number>two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_SO_MANY = rule(
    rf"\b(?:(?:all|the|these|those|both)\s)?(?:of\s)?(?:(?:all|the|these|those|both)\s){_NUMBER}(?:\sof\s(?:them|those|these|it))?"
    r"(?:\s(?:items?|things?|products?|orders?|pieces?|articles?|ones?|exchanges?|returns?|changes?|requests?))?\b"
)
_NUMBER_OF = rule(
    rf"{_NUMBER}\s(?:items?|things?|products?|orders?|pieces?|articles?|exchanges?|returns?|changes?)(?:\sin\s(?:all|total))?"
)
_TO_KIND = rule(
    r"\b(?:to|with|for)\s(?:(?:all|both|just|only)\s)?(?:of\s)?(?:the|my|this|that|these|those|your|both|all)\s(?:(?:whole|entire|two|three|four)\s)?"
    r"(?P<kind>exchang\w{1,3}|swaps?|replacements?|returns?|refunds?|cancel\w{3,7}|address(?:es)?(?:\schanges?)?|moves?)\b"
)
_KINDS = (
    ("exch", "exchange"),
    ("swap", "exchange"),
    ("repl", "exchange"),
    ("ret", "return"),
    ("ref", "return"),
    ("ref", "cancel"),
    ("canc", "cancel"),
    ("addr", "address"),
    ("mov", "address"),
)
_PRAISE = (
    r"(?:great|perfect(?:ly)?|lovely|wonderful(?:ly)?|fantastic|brilliant|super|excellent|amazing|awesome|nice|good|fine|right|correct|it|so"
    r"|okay|ok|ideal|splendid|marvell?ous|terrific|neat|cool|all|what\si\s(?:want(?:ed)?|meant|need(?:ed)?)|how\si\s(?:want(?:ed)?|meant)\sit|my\swish)"
)
_CONTENT = rule(
    r"(?:(?:oh|well|and|so|then|yes|yeah|ok|okay|wow|ah|great)\s){0,3}(?:(?:that|this|it|which|everything|all|all\sof\s(?:it|that)|they|those)"
    r"(?:'?s|'?d|'?ll|\sis|\sare|\swas|\swould|\swill|\sdoes|\sall)?\s(?:be\s|have\sbeen\s)?)?(?:(?:just|all|really|absolutely|simply|very|so|exactly|quite|pretty)\s){0,3}"
    rf"(?:(?:sounds?|looks?|seems?|works?|suits?|reads?)(?:\sme)?\s?)?(?:(?:just|all|really|absolutely|simply|very|so|exactly|quite|pretty)\s){{0,3}}{_PRAISE}?"
    r"(?:\s(?:to|for|by|with)\s(?:me|us))?(?:\s(?:please|thanks|thank\syou|now|then|indeed|idea)){0,3}"
)
# A yes that stands beside it is no less one for it.
_THINKS_SO = rule(
    r"(?:i\s)?(?:think|believe|suppose|guess|reckon|say)\s(?:so|(?:that\s)?(?:that|it|this)(?:'?s|\sis|\slooks)\s(?:all\s)?(?:a\syes|right|correct|fine|ok|okay|good|it|everything))"
    r"|i(?:'ve|\shave)?\s(?:understand|understood|see|checked(?:\s(?:it|that|all|everything))?|read(?:\s(?:it|that|all|everything))?)|understood|i(?:'m|\sam)(?:\s(?:so|very|quite))?\s(?:certain|sure)"
)
_HAS_PRAISE = rule(rf"\b(?:{_PRAISE}|works?|suits?)\b")
_AS_SHOWN = rule(
    r"\b(?:exactly\s|just\s|precisely\s)?(?:as|like|the\sway)\s(?:(?:it|that|you|this)\s?(?:'?s|\sis|'?ve|\shave)?\s?)?(?:shown|show|listed|list|stands?|written|wrote|say|said|described|describe|above|put\sit"
    r"|proposed|suggested|summari[sz]ed|it\sis|is|that|this)(?:\s(?:it|there|here|above|that)){0,2}(?=\W|\Z)|\bas\s(?:soon|quickly|fast)\sas\s(?:possible|you\scan)\b"
    r"|\b(?:right|straight)\saway\b|\balready\b|\bfinally\b|\bat\slast\b|\bwhy\snot\b|\b(?:and\s)?quick(?:ly)?\b|\bget\son\swith\sit\b|\b(?:in|from)\s(?:the\s)?(?:summary|list|above)\b|\bafter\sall\b"
)
_WAVERS = frozenset(
    word
    for phrase in YES | NO | IT | WITH | THANKS | FAREWELLS | REQUESTS | THOUGHT_OF
    for word in phrase.split()
    if phrase.isascii()
) | frozenset("or shall should i do say answer not hmm hm let me think really is no yes what am".split())  # fmt: skip
_WORDS = rule(r"[a-z]{1,20}")
_HESITATING = frozenset(
    """well hm hmm hmmm um uh oh ah or and but i just maybe perhaps suppose guess think hope wait hold hang on a one
    moment second minute so let me see not sure yet actually really no it that this about if ugh damn""".split()
)
_STANCE_WORD = frozenset({"yes", "no", "yeah", "nope"})
_REFUSES = rule(
    r"(?:(?:oh|but|well|actually|hm+|and|or|sorry|ok|okay|please)\s){0,3}(?:no|nope|nah|wait|hold\son|hang\son|stop|don'?t|do\snot|never\smind|rather\snot|not\s(?:yet|now))"
    r"(?:\s(?:please|thanks|thank\syou|do|it|that|this|wait|a|one|moment|minute|second|sorry|yet|no|stop)){0,6}"
)


_BARE_NAME = rule(
    r"\W{0,3}(?:(?:a|an|the|my|please|ok|okay)\s){0,2}(?:returns?|refunds?|exchanges?|swaps?|replacements?|replace|cancel|cancellations?|changes?"
    r"|money\sback|send\sback)(?:\splease)?\W{0,4}"
)


def is_bare_name(text: str) -> bool:
    """Whether a message is but the name of what was asked about, which leaves open if it shall be done: "refund"."""
    return _BARE_NAME.fullmatch(text.lower()) is not None


def read_answer(text: str, deed: Deed) -> Answer:
    """What a message answers, where `deed` is what was asked about."""
    text = text.replace("’", "'")
    whole = agrees(text, deed)
    if whole is not None:
        return Answer(agrees=whole, count=_count(text), kinds=frozenset(_kinds(text)))
    last: _Says | None = None
    rest: list[str] = []
    remarks: list[str] = []
    conditions: list[str] = []
    kinds: set[str] = set()
    count, asks = 0, False
    for sentence in _SENTENCE.split(text):
        before = len(remarks)
        said = _LEADS_ON.sub(r"\g<leads>, ", _IDLE.sub(" ", _WHEN_DONE.sub(" ", sentence)).strip())
        question = said.rstrip(' "”)').endswith("?")
        body, condition = _parted(said, deed, after_yes=last is _Says.YES)
        kept: list[str] = []
        for segment, says in _said(body, deed, question=question):
            if says in (_Says.YES, _Says.NO):
                last = says
            if says is _Says.YES and before and all(map(_hesitates, remarks[:before])):
                remarks, rest, before = remarks[before:], rest[before:], 0  # it is over
            if says is _Says.ELSE:
                kept.append(segment)
                asks = asks or question
            else:
                count = _count(segment) or count
                kinds |= _kinds(segment)
        conditions += [condition] if condition else []
        if condition and last is None and not kept and not rest:
            last = _Says.YES  # "only if I get all of it back"
        remarks += kept
        rest += [", ".join(kept) + ("?" if question else ".")] if kept else []
    return Answer(
        agrees=last is _Says.YES,
        rest=" ".join(rest),
        remarks=tuple(remarks),
        conditions=tuple(conditions),
        count=count,
        kinds=frozenset(kinds),
        asks=asks,
    )


def _parted(sentence: str, deed: Deed, *, after_yes: bool) -> tuple[str, str]:
    """A sentence without the condition that its yes hangs on, and the condition; one of something else stays in it."""
    hangs = conditional(sentence)
    if hangs is None or sentence.rstrip().endswith("?"):
        return sentence, ""
    at = sentence.find(hangs.condition)
    before = list(_segments(sentence[:at])) if at > 0 else []
    while before and before[-1].lower() in ("but", "and", "only", "just", "but only", "and only"):
        before.pop()
    beside = before[-1:] or list(_segments(hangs.rest))[:1]
    if not beside and _ALONE.match(sentence):
        fits = True
    elif hangs.later or not beside:
        fits = after_yes or any(_says(one, deed) is _Says.YES for one in beside)
    else:
        fits = _says(beside[0], deed) in (_Says.YES, _Says.NOTHING)
    return (hangs.rest, hangs.condition.strip(_ENDS)) if fits else (sentence, "")


def _segments(sentence: str) -> Iterator[str]:
    for piece in _SEGMENT.split(sentence):
        if piece.strip(_ENDS):
            yield piece.strip(_ENDS)


def _said(sentence: str, deed: Deed, *, question: bool) -> Iterator[tuple[str, _Says]]:
    """The segments of a sentence with what they say; what does not agree as a whole is cut further."""
    for segment in _segments(sentence):
        says = _says(segment, deed, question=question)
        pieces = _FURTHER.split(segment) if says is _Says.ELSE else []
        if len(pieces) < 2:
            yield segment, says
            continue
        agreed = replace(deed, verbs=YES)  # "return only the lamp" is no yes to return
        parts = [(one.strip(_ENDS), _says(one, agreed, question=question)) for one in pieces if one.strip(_ENDS)]
        yield from parts if any(one is not _Says.ELSE for _, one in parts) else [(segment, says)]


def _says(segment: str, deed: Deed, *, question: bool = False) -> _Says:
    plain = segment.lower().strip(_ENDS)
    if _THINKS_SO.fullmatch(plain):
        return _Says.NOTHING
    words = plain.replace("'", " ").split()
    if set(words) <= _WAVERS and _STANCE_WORD & set(words) and ("shall" in words or "should" in words or "or" in words):
        return _Says.NOTHING  # "or shall I say no?"
    if question:
        return _Says.ELSE
    if _REFUSES.fullmatch(plain):
        return _Says.NO
    plain = "all" if _NUMBER_OF.fullmatch(plain) else plain
    plain = _AS_SHOWN.sub(" ", _TO_KIND.sub(" ", _SO_MANY.sub(" all ", plain)))
    plain = _BACK.sub(r"return \g<what>", plain).strip(_ENDS)
    if not plain:
        return _Says.NOTHING
    said = agrees(" ".join(plain.split()), deed)
    if said is not None:
        return _Says.YES if said else _Says.NOTHING
    if deed.yeses and _CONTENT.fullmatch(plain) and _HAS_PRAISE.search(plain):
        return _Says.YES
    return _Says.ELSE


def _hesitates(remark: str) -> bool:
    return {*_WORDS.findall(remark.lower())} <= _HESITATING


def _count(segment: str) -> int:
    found = _SO_MANY.search(segment.lower()) or _NUMBER_OF.fullmatch(segment.lower())
    return number_from_words(found["number"]) if found is not None else 0


def _kinds(segment: str) -> set[str]:
    found = [match["kind"] for match in _TO_KIND.finditer(segment.lower())]
    return {kind for one in found for begins, kind in _KINDS if one.startswith(begins)}
