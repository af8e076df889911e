"""What is said of e-mail addresses and codes: which one you have, verify it, the code itself, another one."""

from nlu.rules.said import Saying, anywhere, opening, whole

_MAIL = r"(?:e-?mail|mail|inbox)(?: address)?"
_LETTER = rf"(?:{_MAIL}|confirmation|receipt|invoice)"
_DIGITS = r"(?P<first>[0-9]{3})[ -]?(?P<last>[0-9]{3}(?:[ -]?[0-9]{2})?)"
_AROUND = r"my|the|this|verification|code|pin|is|it|it'?s|here|here'?s|was"

SAYINGS = (
    # "Don't send the confirmation to that address", "my e-mail isn't that one", "wrong email".
    anywhere(
        Saying.NOT_THAT_EMAIL,
        rf"\b(?:don'?t|do not|never|stop) (?:you )?(?:send|mail|e-?mail|use|put"
        rf"|take)(?:ing)?\b(?=[^.;!?]{{0,60}}\b{_LETTER}\b)"
        r"[^.;!?]{0,40}\b(?:to|use|that|this|the old|the other) (?:that |this |the )?(?:old "
        r"|other )?(?:e-?mail|mail|address|one|inbox)\b"
        rf"|\b(?:my|the) {_MAIL} (?:isn'?t|is not|is wrong|was wrong|has changed|is not that)\b|\bwrong e-?mail\b"
        rf"|\bnot (?:that|this|my) {_MAIL}\b",
    ),
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
