"""What is said of what is not there: tell me when it is back, something similar, leave it, take what there is."""

from nlu.rules.said import Saying, anywhere, opening, whole

_TELL = (
    r"(?:let (?:me|us) know|(?:tell|notify|ping|text|e-?mail|message|write|inform|alert|remind|contact|call) (?:me|us)"
    r"|notify|keep (?:me|us) posted|(?:give|drop|send) (?:me|us) a (?:shout|line|note|message|ping|buzz|heads?.up|call)"
    r"|a (?:ping|heads?.up|shout|message|note)|get back to (?:me|us)|wait(?:ing)? ?list|hit (?:me|us) up"
    r"|put (?:me|us) (?:down|on (?:the|your|a|that) list)|i'?ll wait|i can wait|i(?:'d| would) rather wait"
    r"|wait for (?:all|the|them|it))"
)
_POLITE = r"(?:(?:no|nah|nope|oh|ok|okay|well|please|thanks|thank you|then|just|actually|hm{1,4})\W{1,4}){0,4}"
_OF_WHAT = r"(?: (?:about|of|for) (?P<what>[^,;.!?]{1,60}?))?(?:\W{0,3}(?:please|thanks|any ?more)){0,2}"
_END = r"(?:\W{1,4}(?:then|please|thanks|thank you|for now|out|after all|altogether|anyway)){0,3}"

SAYINGS = (
    anywhere(Saying.TELLS_WHEN, rf"\b{_TELL}\b"),
    anywhere(
        Saying.NO_WORD,
        rf"\b(?:don'?t|do not|no need to|needn'?t|never|stop|without|not to)(?: (?:bother|have) to)? {_TELL}"
        r"|\bno need\b|\b(?:stop|quit) (?:telling|notifying|messaging|pinging)\b",
    ),
    whole(
        Saying.STOPS_TELLING,
        rf"{_POLITE}(?:(?:stop|quit) telling (?:me|us)|(?:don'?t|do not|no need to) tell (?:me|us)(?: any ?more)?"
        r"|(?:don'?t|do not|no need to) (?:tell|notify|ping|message|text|write to) (?:me|us)"
        r" (?:when|once|if) (?P<back>[^,;.!?]{1,60}?)(?:'s| is| are) (?:back|there|in stock)(?: again)?"
        r"|(?:take|remove|get) me (?:off|from) (?:the|your|that) wait(?:ing)? ?list"
        r"|i(?:'m| am) not waiting(?: for (?:it|that|them))?(?: any ?more)?"
        rf"|i (?:don'?t|do not) (?:want|need) to wait(?: for (?:it|that|them))?(?: any ?more)?)"
        rf"{_OF_WHAT}",
    ),
    whole(
        Saying.STOPS_WRITING,
        rf"{_POLITE}(?:(?:stop|quit) (?:notifying|messaging|pinging|writing|texting)(?: (?:to )?(?:me|us))?"
        r"|(?:don'?t|do not|no need to) (?:notify|message|ping|text|write to) (?:me|us)(?: any ?more)?"
        r"|(?:take|remove|get) me (?:off|from) (?:the|your|that) list)"
        rf"{_OF_WHAT}",
    ),
    whole(
        Saying.LEAVES_IT,
        rf"{_POLITE}(?:(?:leave|skip|drop|forget|scrap) (?:it|that|this|them|those)(?: ones?)?(?: (?:out|then))?"
        rf"|never ?mind|nothing then|none then|no worries|not needed|i(?:'ll| will) (?:leave|skip) (?:it|that|them))"
        rf"{_END}",
    ),
    anywhere(
        Saying.SIMILAR,
        r"\b(?:similar|alike|alternatives?|substitutes?|replacement|equivalent|comparable"
        r"|(?:some|any)thing (?:else )?like (?:it|that|this|them|those)|like (?:that|it|those|them) one"
        r"|(?:something|anything|what) else(?: (?:like (?:it|that|this)|instead|is there|do you have))"
        r"|(?:something|anything|what) (?:do you have )?instead|(?:close|near) to it)\b",
    ),
    anywhere(
        Saying.WHAT_IS_THERE,
        r"\b(?:what(?:ever|'s|s)?|all|everything|as many as|the ones?|those)(?: is|'s)?(?: that)?"
        r" (?:you(?:'ve| have|'ve got| do have| got)?|there|left|remains|in stock)"
        r"(?: (?:have|got|is|are|left|there)){0,2}\b|\bboth\b",
    ),
    opening(
        Saying.AGREES_FIRST,
        r"\W{0,4}(?:y[eu]+[sp]+|yeah|yea|ok(?:ay)?|k|sure|fine|alright|all right|good|great|perfect|please do"
        r"|go ahead|sounds good)\b(?! (?:no|not))",
    ),
    opening(
        Saying.WHEN_BACK,
        r"\W{0,4}(?:(?:and|so|ok|oh|hm{1,4}|well|do you know|any idea|no idea)\W{1,3}){0,3}"
        r"(?:when|how (?:long|soon)|what (?:day|date))\b[^.!]{0,60}?"
        r"\b(?:back|in stock|available|in again|again|restock\w{0,4}|arriv\w{1,4}|here|have (?:it|them|more|any))\b",
    ),
)
