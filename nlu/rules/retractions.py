"""Finds what a message takes back: itself, by its last clause or a no to its own question; what was done before it."""

import re

from nlu.rules.patterns import rule

_LED = (
    r"(?:(?:oh|ah|um|uh|hm+|no|nah|nope|wait|sorry|ok|okay|well|and|but|or|please|actually|hang on|hold on|god"
    r"|rather|then|maybe|ha(?:ha){0,3}|lol)\b"
    r"[\s,.!-]{0,3}){0,4}"
)
_BACK = (
    r"(?:actually,? (?:don'?t|do not|no|not|nah)|(?:please )?(?:don'?t|do not)|scratch (?:that|it)|strike that"
    r"|(?:i(?:'m| am) |i was |only |just )?(?:kidding|joking)|jk|never ?mind|nvm|on second thoughts?|second thoughts"
    r"|forget (?:it|that|i said (?:that|anything))|ignore (?:that|it|me)|disregard (?:that|it)|undo that"
    r"|i take (?:it|that) back|(?:leave|keep) (?:it|them|that|those|all|everything|things)"
    r"(?: (?:in|alone|be|there|all|where (?:it|they) (?:is|are)|(?:as|like|how|the way) (?:it|they"
    r"|that) (?:was|were|is|are)))?"
    r"|(?:sorry,? )?wrong (?:one|address|e-?mail|person|chat|window)|better not|rather not"
    r"|i (?:said|say|told (?:her|him|them)) no)"
)
_TAIL = rule(
    rf"(?:[.,;!?…\n–—-]|\b(?:but"
    rf"|or))[\s,.…!–—-]{{0,4}}{_LED}{_BACK}(?:[\s,.;!-]{{1,4}}{_LED}{_BACK}){{0,2}}[\s.!)]{{0,6}}\Z"
    r"|\s[–—-]{1,2}\s?not[\s.!)]{0,6}\Z"
    r"|[.,;!?…\n][\s,.…!–—-]{0,4}(?:ha(?:ha){0,3}|lol)[\s,.!]{1,3}(?:no|nope|nah)[\s.!)]{0,6}\Z"
    r"|\band (?:then )?undo (?:that|it|this)[\s.!)]{0,6}\Z",
    re.IGNORECASE,
)
_NO_TO_ITSELF = rule(
    r"\A\W{0,3}(?:(?:so|ok|hey|what|me)\W{1,3}){0,3}(?:cancel|remove|order|stop|empty|delete|forget|add|make"
    r"|change|take|place|buy|ship|send"
    r"|drop|swap)\b[^.?!]{0,80}\?[\s!]{0,3}(?:no|nope|nah|never|of course not|not really)\b(?! (?:problem"
    r"|rush|worr|hurry))",
    re.IGNORECASE,
)
# What is taken back in the next breath: "cancel it. nope".
_NO_BEHIND = rule(
    r"\A\W{0,3}(?:(?:please|pls|ok|just|can you|could you)\W{1,3}){0,2}(?:cancel|remove|order|empty|delete|forget"
    r"|erase|add|make|change|place|buy|drop|swap)\b[^.!?\n]{0,60}[.!\n]{1,5}\s{0,3}(?:oh |wait,? |hm+,? )?"
    r"(?:no|nope|nah)[\s.!)]{0,6}\Z",
    re.IGNORECASE,
)
_NOT_AGAIN = rule(
    r"\A\W{0,3}(?:(?:no|please|but|and|wait)\W{1,3}){0,3}(?:don'?t|do not|never|no need to)"
    r" (?:(?:re-?order|repeat) (?:it|this|that|them|the order|my order|anything)|(?:re-?order|order|buy|send"
    r"|ship|place) "
    r"(?:it|this|that|them|the same|the order|my order) (?:again|twice|once more|a second time))\b.{0,20}\Z",
    re.IGNORECASE,
)
_IT = (
    r"(?:it|them|that|this|those|all|everything|things"
    r"|(?:my|the|that|this) (?:order|cart|address|e-?mail|number|quantity))"
)
_OLD = (
    r"(?:(?:the|my) (?:old|first|previous|other|original|former|last)"
    r"(?: (?:one|address|e-?mail|mail|number|order|quantity))?)"
)
_WAS = r"(?:(?:as|like|how|what|the way) (?:it|they|that|things) (?:was|were|stood)(?: before)?|(?:as|like) before)"
_DEED = (
    r"(?:it|that|this|them|those|everything|all of (?:it|that|this)|(?:the|my|that|this)"
    r" (?:last|latest|previous) (?:one|thing|step|change|bit|wish|request)|what (?:you|i|we) (?:just )?did)"
)
_WILL_YOU = (
    r"(?:(?:(?:can|could|will|would) (?:you|we)|i(?:'?d| would)? (?:rather|prefer to|want to|need to|like to|wish to)"
    r"|i(?:'?d| would|'?ll| will)|i|let'?s|let me|you (?:can|may|should)|please|pls|just)\s){0,4}"
)
_UNDONE = (
    r"(?:undone|reversed|reverted|revoked|withdrawn|retracted|rescinded|annulled|voided"
    r"|(?:taken|rolled|turned|put|changed|set|switched) (?:back|off))"
)
_UNDO = (
    rf"{_WILL_YOU}(?:(?:undo|revert|reverse|revoke|withdraw|retract|rescind|annul|void|unsay|un-?do|scrap|abort)"
    rf"(?: {_DEED})?(?: again)?|(?:roll|turn|change|set|switch|call) {_DEED} (?:back|off)(?: again)?"
    rf"|(?:roll|turn|change|set|switch|call) (?:back|off) {_DEED}"
    rf"|(?:want|need|like|have|get) {_DEED} (?:to be )?{_UNDONE}(?: again)?)"
)
_TAKE_BACK = rf"{_WILL_YOU}(?:take {_DEED} (?:right )?back(?: out| again)?|take back {_DEED}(?: again)?)"
# All that a message may say that wants nothing but what was done last undone; two of what is `weak` say so, too.
_PIECE = rule(
    r"[\s,.;:!?…–—()-]{0,6}(?:(?P<back>"
    r"(?:i(?:'?ve| have)? )?(?:just )?changed my mind about (?:it|that|this|the \w{4,8})"
    r"|(?:i(?:'?m| am) |i was |only |just )?(?:kidding|joking)|jk|(?:on )?second thoughts?|scratch (?:that|it)"
    r"|strike that|ignore (?:that|it|me)|disregard (?:that|it)"
    rf"|(?P<undo>{_UNDO}|{_TAKE_BACK})"
    r"|not (?:that|this|the \w{3,8}) one|(?:it|that) was (?:the wrong one|a mistake|an accident|wrong|a typo)"
    r"|(?:i(?:'?d| would)? (?:rather |prefer to |want to |like to )?|let'?s |let me |just )?"
    rf"(?:(?:leave|keep) {_IT} (?:{_WAS}|unchanged|in(?: there)?)|(?:leave|keep|use|take) {_OLD})"
    rf"|{_OLD} (?:is|was|will be|would be) (?:fine|ok|okay|good|right|better|correct)"
    r"|(?:don'?t|do not) (?:change|do|use|add|remove) (?:it|that|this|them)"
    rf"|(?:don'?t|do not) take (?:it|them|that) (?:out|away|off)|{_WAS}"
    r"|(?:(?:can|could|would) you |i(?:'?d| would) like to |let'?s )?(?:put|bring) (?:it|them|that|this) back"
    r"(?: (?:in|on|there|again)){0,2}"
    r"|(?:(?:it|that|this)(?:'?s| is| was) )?not what (?:i|we) (?:want(?:ed)?|mean|meant|asked(?: for)?|said)"
    r"|(?:i |we )(?:(?:really|actually|just) )?(?:don'?t|do not|didn'?t|did not) (?:want|need|mean|like|ask for)"
    rf"(?: to(?! (?:{_UNDO}|{_TAKE_BACK})))?(?: (?:it|that|this|them|so))?(?: any ?more)?)"
    r"|(?P<weak>(?:i(?:'?ve| have)? )?(?:just )?changed my mind|never ?mind|nvm|forget (?:it|that)"
    rf"|(?:leave|keep) {_IT}(?: (?:as|like|how|the way) (?:it|they|that) (?:is|are)| be| alone)?|(?:don'?t|do not)"
    rf"(?! (?:{_UNDO}|{_TAKE_BACK})))"
    r"|(?P<no>no more(?: of (?:it|that|this))?|no way|no{1,5}|nah|nope|not really|not now|not yet|better not|rather not"
    r"|not(?: (?:that|this|it|so))?|never|(?:stop|cancel|end|quit)(?: (?:it|that|this))?)"
    r"|(?P<turn>o{1,3}ps|whoops|wait|hang on|hold on|sorry|actually|after all|my bad|rather)"
    r"|(?:oh|ah|um|uh|hm{1,4}|ok|okay|well|and|but|or|so|please|pls|god|then|maybe|ha(?:ha){0,3}|lol|thanks|thank you"
    r"|thx|ty|just|again|better|i guess|i think))(?![\w'])",
    re.IGNORECASE,
)
_MOST_PIECES = 9
_MIDWAY = rule(
    r"[.,;:!?…\n–—-][\s,.…!–—-]{0,4}(?:(?:oh|ah|but|well|hm{1,4}|ok|sorry)\b[\s,.!-]{0,3}){0,2}"
    r"(?:(?:no|nope|nah)(?:[,.!]| (?:wait|not really|actually|forget|never ?mind|it'?s|they'?re|that'?s)\b|\s{0,3}\Z)"
    r"|wait\b(?! (?:for|times?)\b)|actually,? (?:no|not|never|it'?s|they'?re)\b"
    r"|(?:on )?second thoughts?\b|never ?mind|nvm\b|scratch (?:that|it)\b|forget (?:it|that)\b|not really\b)",
    re.IGNORECASE,
)
_DENIED = rule(
    r"\b(?:i|we|you|nobody|no one) (?:(?:don'?t|do not|didn'?t|did not|never|haven'?t|have not) )?"
    r"(?:(?:really|actually|even|ever) )?(?:want|need|say|said|ask(?:ed)? for|mean|meant)"
    r" (?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)\b(?P<what>[^,.;!?\n]{0,60})",
    re.IGNORECASE,
)
_COUNTED = rule(
    r"(?:(?:but|and|no|just|only)\W{1,3}){0,2}(?:i|we)(?:'d| would)? (?:only |just )?"
    r"(?:want|need|said|meant|asked for|like)(?:ed)? (?:only |just )?"
    r"(?P<number>\d{1,4}|two|three|four|five|six|seven|eight|nine|ten)",
    re.IGNORECASE,
)
_NEGATED = rule(r"\A(?:nobody|no one)\b|\b(?:don'?t|do not|didn'?t|did not|never|haven'?t|have not) ", re.IGNORECASE)
_SAYS_NOTHING = frozenset(
    "no nah nope oh ah wait ok okay yes yeah please sorry actually hm hmm um uh and but well".split()
)


def is_retracted(text: str) -> bool:
    """Whether a message takes back all that it says: "add 2 mugs. actually don't", "order it again? no!"."""
    said = text.replace("’", "'")
    tail = _TAIL.search(said)
    before = said[: tail.start()].lower().split() if tail is not None else []
    retracts = any(word.strip(".,;!-") not in _SAYS_NOTHING for word in before)
    return (
        retracts
        or _NO_TO_ITSELF.match(said) is not None
        or _NO_BEHIND.match(said) is not None
        or _NOT_AGAIN.match(said) is not None
        or (undenied(said) == "" and said.strip() != "")
    )


def takes_back_midway(text: str) -> bool:
    """Whether a message turns round somewhere: "it is broken, no wait, it's fine"."""
    return _MIDWAY.search(text.replace("’", "'")) is not None


def only_takes_back(text: str) -> bool:
    """Whether a message wants nothing but what came before it undone: "no, I changed my mind, leave it as it was"."""
    return _weight(text) > 1


def undoes(text: str) -> bool:
    """Whether a message says nothing but that what was done last shall be undone."""
    return any(one["undo"] for one in _pieces(text))


def says_nothing_itself(text: str) -> bool:
    """Whether a message names nothing that could be done or taken back: "not now, leave it"."""
    return _weight(text) > 0


def refuses(text: str) -> bool:
    """Whether all of a message is a no to what came before it: "no thanks", "actually not", "I changed my mind"."""
    return any(one["back"] or one["weak"] or one["no"] for one in _pieces(text))


def turns_back(text: str) -> bool:
    """Whether such a no comes from second thoughts, so that it answers no question: "wait no", "oops, not that"."""
    pieces = _pieces(text)
    return refuses(text) and any(one["back"] or one["weak"] or one["turn"] for one in pieces)


def _weight(text: str) -> int:
    """How surely all of a message takes back what came before it; 0 where it says anything else."""
    return sum(2 if one["back"] else 1 if one["weak"] else 0 for one in _pieces(text))


def _pieces(text: str) -> list[re.Match[str]]:
    """What a message that only takes back is made of; nothing where it says anything else."""
    rest = text.replace("’", "'")
    pieces: list[re.Match[str]] = []
    for _ in range(_MOST_PIECES):
        found = _PIECE.match(rest)
        if found is None:
            break
        rest = rest[found.end() :]
        pieces.append(found)
    return [] if any(map(str.isalnum, rest)) else pieces


def undenied(text: str) -> str:
    """A message without the numbers that it denies: "I don't want 3 bags, I want 2" is "make it 2 bags"."""
    denied = [found for found in _DENIED.finditer(text.replace("’", "'")) if _NEGATED.search(found[0])]
    rest = text
    for found in reversed(denied):
        rest = f"{rest[: found.start()]}{rest[found.end() :]}"
    if not denied:
        return text
    rest = rest.strip(" ,.;!-")
    counted = _COUNTED.fullmatch(rest)
    return rest if counted is None else f"make it {counted['number']}{denied[-1]['what']}"
