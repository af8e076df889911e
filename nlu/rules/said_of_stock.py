"""What is said of what is not there: tell me when it is back, something similar, leave it, take what there is."""

from nlu.rules.said import Saying, anywhere, opening, whole

_SAY = (
    r"(?:let (?:me|us) know|(?:tell|notify|ping|text|e-?mail|message|write|inform|alert|remind|contact|call) (?:me|us)"
    r"|notify|(?:give|drop|send) (?:me|us) a (?:shout|line|note|message|ping|buzz|heads?.up|call)"
    r"|a (?:ping|heads?.up|shout|message|note)|get back to (?:me|us)|hit (?:me|us) up)"
)
_WAIT = (
    r"(?:keep (?:me|us) posted|wait(?:ing)? ?list|put (?:me|us) (?:down|on (?:the|your|a|that) list)|i'?ll wait"
    r"|i can wait|i(?:'d| would) rather wait|wait for (?:all|the|them|it))"
)
_TELL = rf"(?:{_SAY}|{_WAIT})"
# "Tell me" alone, or when something is back; "tell me the price" asks for something else.
_IT = r"(?:it|that|them|this|those|(?:the )?(?:rest|others?|missing(?: ones?)?|remaining(?: ones?)?))"
_ENDS = (
    rf"\W{{0,4}}(?:(?:please|pls|then|thanks|thank you|too|instead|again|later|ok|okay|about {_IT}|of {_IT}|on {_IT}"
    rf"|for {_IT}|{_IT})\W{{0,4}}){{0,3}}\Z"
)
_WHEN = (
    r"[^.?!]{0,60}\b(?:when|once|if|as soon as|whenever|the moment|in case|after|until|till)\b[^.?!]{0,60}\b(?:back|in"
    r"|there|available|here|comes?|came|arriv\w{1,4}|have|gets?|got|stock\w{0,3}|restock\w{0,4}|more|rest|ready|again"
    r"|returns?)\b"
)
_POLITE = r"(?:(?:no|nah|nope|oh|ok|okay|well|please|thanks|thank you|then|just|actually|hm{1,4})\W{1,4}){0,4}"
_OF_WHAT = r"(?: (?:about|of|for) (?P<what>[^,;.!?]{1,60}?))?(?:\W{0,3}(?:please|thanks|any ?more)){0,2}"
_END = r"(?:\W{1,4}(?:then|please|thanks|thank you|for now|out|after all|altogether|anyway)){0,3}"

SAYINGS = (
    anywhere(Saying.TELLS_WHEN, rf"\b(?:{_WAIT}\b|{_SAY}\b(?:{_ENDS}|(?={_WHEN})))"),
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
    anywhere(
        Saying.NO_TAKING,  # of what is left: it is asked, refused, wished for, or somebody else's
        r"\b(?:can ?not|can'?t|won'?t|should|could|why|if|might|wish|would(?! (?:like|love|want)))\b"
        r"|\b(?:my|our|his|her|their) [\w'-]{1,20} (?:can|could|will|would)\b|(?:\A|\s)[-−–]\s?\d",
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
