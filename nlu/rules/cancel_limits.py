"""Reads what bounds a cancelling that is asked about: "all but the lamp", "just one of the mugs", "the lamp stays"."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from nlu.rules.cancelled import counted
from nlu.rules.patterns import rule

MOST_WORDS = 60
_PIECE = rule(r"[^,;:.!?\n–—]{1,300}")
_CUT = rule(
    r"\s(?:but|while|whereas)\s(?!not\s)"
    r"|\s(?:and|then|plus)\s(?=(?:please\s|just\s|only\s|i\s|you\s|can\s|the\srest\s){0,3}"
    r"(?:keep|leave|cancel|refund|drop|take|remove|return|want|need|send|stays?|don'?t|do\snot)\b)"
)
_ALL_BUT = rule(r"\b(?:all|everything|anything|whole\s\w{1,12}|rest)\W{1,3}(?:of\s(?:it|them)\s)?but\b")
# Behind these stands what stays.
_KEEPS = rule(
    r"\b(?:except(?:ing)?(?:\sfor)?|apart\sfrom|aside\sfrom|other\sthan|besides|excluding|excepting|save\sfor|without|minus|not"
    r"|(?:keep|keeping|leave|leaving|spare|sparing|retain|hold\son\sto|hang\son\sto|hold\sonto)"
    r"|(?:do\snot|don'?t|never|won'?t)\s(?:cancel|refund|touch|remove|drop|return|take)"
    r"|still\s(?:want|need|like)|(?:like|love|prefer)\sto\s(?:keep|have|get)"
    r"|(?:i|we)(?:\sdo)?\s(?:want|need)(?!\s(?:(?:only|just|a|the|my)\s){0,3}(?:refund|money|to\s(?!keep|have))))(?=\s|\Z)"
)
# Before these.
_STAYS = rule(
    r"\b(?:(?:should|shall|must|can|may|will|to|has\sto|have\sto)\s(?:still\s|please\s)?(?:stay|remain|be\skept|come|arrive|ship|be\s(?:sent|shipped|delivered))"
    r"|stays?|staying|remains?|(?:is|are)\s(?:fine|ok|okay|good|staying|needed)|(?:i|we)(?:'ll|\swill|'d\slike\sto|\swant\sto)?\s(?:still\s)?keep)\b"
)
_GOES = rule(
    r"\b(?:cancel\w{0,6}|refund\w{0,3}|money\sback|remove|drop|scrap|return|take\sout|get\srid\sof|only|just|solely|merely|alone"
    r"|(?:i\s)?mean|meant|instead|no\slonger|(?:do\snot|don'?t)\s(?:want|need))\b"
)
_REFUSES = rule(r"\b(?:do\snot|don'?t)\s(?:want|need)\b")
_LIMITS = rule(
    r"\b(?:only|just|solely|merely|alone|all\sbut|everything\sbut|anything\sbut|except(?:ing)?|apart\sfrom|aside\sfrom|other\sthan"
    r"|excluding|without|minus|half|halves|(?:a\s)?parts?|partly|partially|partial|a\sportion|some|most|a\sfew|(?:\d{1,3}|one|two|three|four|five|six)\sof"
    r"|(?:i\s)?mean|stays?|remains?|keep|leave)\b"
)
_WHOLE = rule(r"\b(?:whole|entire|complete|both|everything|all)\b")
_PARTLY = rule(
    r"\b(?:half|halves|(?:a|some)\s(?:part|portion|bit)|parts\sof|partly|partially|partial|all\sbut|(?:everything|anything)\sbut"
    r"|(?:except|excluding|minus|without)\s(?:for\s)?(?:one|the|my|a|two|that|this)|(?:apart|aside)\sfrom|other\sthan"
    r"|(?:\d{1,2}|one|two|three|four|five|six|some|most|a\sfew)\sof\s(?:it|them|the|those|these|my)"
    r"|(?:just|only)\s(?:\d{1,2}|one|two|three|four|five|six|some|a\sfew|an?)\b|not\s(?:all|everything|the\swhole))\b"
)
_ADDS = rule(r"\b(?:also|too|as\swell|in\saddition|additionally|another|add|more)\b")
_WORD = rule(r"[^\W_]+(?:['’][^\W_]+)?")
_BETWEEN = frozenset("of the my those these that this your our".split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """Which of the things are to go and which to stay, by their keys; how many of each, 0 being all of it.

    `bounds` is whether it says that less than all is meant, `only` whether nothing but what it names, `whole` whether
    all of it, and `partly` whether a part, whatever that is.
    """

    goes: Mapping[str, int]
    keeps: Mapping[str, int]
    bounds: bool
    only: bool
    whole: bool
    partly: bool

    @property
    def names(self) -> bool:
        """Whether it names any of the things."""
        return bool(self.goes or self.keeps)


def read_limit(text: str, titles: Mapping[str, str]) -> Limit:
    """What a message says of things that may be cancelled; `titles` are those things' names by their keys."""
    plain = text.lower().replace("’", "'")
    goes: dict[str, int] = {}
    keeps: dict[str, int] = {}
    for sentence in _PIECE.findall(_ALL_BUT.sub("except", plain)):
        for piece in _CUT.split(sentence):
            _read(piece, titles, goes, keeps)
    bounds = _LIMITS.search(plain) is not None
    only = bounds and _ADDS.search(plain) is None
    partly = _PARTLY.search(plain) is not None
    return Limit(
        goes=goes,
        keeps={key: count for key, count in keeps.items() if key not in goes},
        bounds=bounds,
        only=only,
        whole=not partly and _WHOLE.search(plain) is not None,
        partly=partly,
    )


def _read(piece: str, titles: Mapping[str, str], goes: dict[str, int], keeps: dict[str, int]) -> None:
    """Puts what one piece names where it belongs: what stands behind an exception stays, all else is to go."""
    keeping = None if _REFUSES.search(piece) else _KEEPS.search(piece)
    until = len(piece) if keeping is None else keeping.start()
    goes_first = _GOES.search(piece)
    stays = keeping is None and _STAYS.search(piece) is not None and goes_first is None
    before = keeps if stays else goes
    before |= _named(piece[:until], titles)
    if keeping is not None:
        keeps |= _named(piece[keeping.end() :], titles)


def _named(text: str, titles: Mapping[str, str]) -> dict[str, int]:
    """The things that are named, and how many of each."""
    words = _WORD.findall(text)[:MOST_WORDS]
    named: dict[str, int] = {}
    at = 0
    while at < len(words):
        keys, end = _run(words, at, titles)
        if keys:
            count = _count_before(words, at)
            named |= dict.fromkeys(keys, count)
        at = max(end, at + 1)
    return named


def _run(words: list[str], at: int, titles: Mapping[str, str]) -> tuple[Collection[str], int]:
    """What the words from one on name together, and where that ends."""
    keys: set[str] = set()
    end = at
    while end < len(words):
        called = {key for key, title in titles.items() if _singular(words[end]) in _words_of(title)}
        both = called if not keys else keys & called
        if not both:
            break
        keys, end = both, end + 1
    return keys, end


def _count_before(words: list[str], at: int) -> int:
    """The number right before a name, over words that say nothing: "one of the mugs"."""
    while at and words[at - 1] in _BETWEEN:
        at -= 1
    if not at:
        return 0
    word = words[at - 1]
    return 1 if word in ("a", "an") else counted(word) or 0


def _words_of(title: str) -> set[str]:
    return {_singular(word) for word in _WORD.findall(title.lower()) if len(word) > 2}


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
