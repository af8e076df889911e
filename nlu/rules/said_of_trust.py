"""What is said of e-mail addresses and codes: which one you have, verify it, the code itself, another one."""

from nlu.rules.said import Saying, anywhere, opening, whole

_MAIL = r"(?:e-?mail|mail|inbox)(?: address)?"
_LETTER = rf"(?:{_MAIL}|confirmation|receipt|invoice)"
_DIGITS = r"(?P<first>[0-9]{3})[ -]?(?P<last>[0-9]{3}(?:[ -]?[0-9]{2})?)"
_AROUND = r"my|the|this|verification|code|pin|is|it|it'?s|here|here'?s|was"

SAYINGS = (
    whole(
        Saying.ASKS_EMAIL,
        r"(?:(?:hi|hey|so|and|ok|wait|yes|sorry|please|but|btw|by the way|can you tell me|tell me"
        r"|remind me)\W{1,3}){0,4}"
        rf"(?:(?:which|what)(?:'s| is| was)? (?:(?:my|the|your|our) )?(?:{_MAIL})(?! (?:shall|should|can|could"
        rf"|do you need))"
        r"(?: (?:do|did|have|is|are|was|you|i|we|got|use|using|give|gave|given|on|down|for|file|it|this|the|my|me"
        r"|here|order"
        r"|confirmation|receipt|going|sent|to|go|will|be|have|had|put|in|noted|know|of)){0,12}"
        rf"|(?:which|what) address (?:is|will|does|do|are|was) (?:(?:the|my|you|a) )?(?:{_LETTER}"
        rf"|send\w{{0,3}} (?:the|my) {_LETTER})\b.{{0,40}}"
        rf"|where (?:is|will|does|do|are|did|would) (?:(?:the|my|you|a) )?"
        rf"(?:{_LETTER}|send\w{{0,3}} (?:the|my) {_LETTER})"
        r"(?: (?:be|being|go|going|sent|to|end|up|arrive|come|get)){0,4}"
        rf"|(?:do|have) you (?:have|got) (?:my|the right|a|an) {_MAIL}.{{0,30}})",
    ),
    # Two addresses make the model take "verify …" for the giving of one.
    opening(Saying.PROVES, r"\W{0,5}(?:(?:please|pls|can you|could you|i want to) ){0,2}(?:verify|prove)\b"),
    whole(Saying.CODE, rf"(?:(?:{_AROUND})\W{{1,9}}){{0,9}}{_DIGITS}(?:\W{{1,9}}(?:{_AROUND})\b){{0,9}}"),
    whole(Saying.LINK_CODE, r"/?link\W{1,9}(?P<code>[0-9A-Za-z]{2,5}[ -]?[0-9A-Za-z]{2,5})"),
    whole(
        Saying.ANOTHER_CODE,
        r"(?:please )?(?:(?:re)?send(?: it| me)?(?: the| a| another| a new)?(?: code| one)?(?: again)?"
        r"|(?:a )?new code|another (?:code|one))(?: please)?",
    ),
    anywhere(
        Saying.LINKS_CHATS,
        r"\b(?:link|connect|merge|join|sync|together|telegram|slack|website|web chat|chats?|accounts?)\b",
    ),
    anywhere(Saying.CODE_AGAIN, r"\b(?:code|resend|again|another one)\b"),
)
