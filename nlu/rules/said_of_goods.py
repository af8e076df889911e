"""What is said of what the shop shows: more, the second, not that one, something else, what is popular."""

from nlu.rules.choices import ORDINALS
from nlu.rules.said import POLITELY, Saying, anywhere, exactly, opening, whole

_POLITE_END = r"(?:\s{0,4},?\s{0,4}(?:please|pls|thanks))?[.!)]*"
_TAKING = r"(?:(?:yes|ok|okay|take|i'?ll (?:take|have)|give me|i want|i'd like|add|make it|let's do)[, ]{1,4}){0,5}"
_POLITE = r"(?:(?:no|nah|nope|hm{1,9}|sorry|please|thanks|thank you|but|ok|okay)\W{1,9}){0,5}"
_END = r"(?:\W{0,9}(?:please|thanks|thank you|instead|either)){0,5}"
_ELSE = (
    r"(?:(?:show|give|find|tell)(?: me)? )?(?:(?:something|anything|some|any|what|what about|how about)\W{0,9})?"
    r"(?:else|others?|different|other (?:ones?|ideas?|suggestions?|options?)|different ones?"
    r"|more (?:ideas|suggestions|options))"
)
_WHICH = r"(?P<which>(?:(?:that|this|it|the|number|no\.?|#) ?)[^,;.!?]{0,50})"
_YOU_SELL = (
    r"(?:do|can|could|have) (?:you|u|ya|i|we|one)(?: guys| people| folks| all){0,2}"
    r" (?:sell|have|got|carry|offer|buy|get)"
)

SAYINGS = (
    anywhere(Saying.WANTS_ONE, r"\b(?:order|get|take|buy|want|need|like|have|for (?:my|our|his|her|the|me|us))\b"),
    # What somebody tells of a thing, and does not choose it: "red is ugly", "I had a blue one once".
    anywhere(
        Saying.STATES,
        r"\b(?:is|are|was|were)\b(?! (?:fine|good|ok|okay|perfect|great|it|the one|better|best|what|nice|lovely))"
        r"|\b(?:makes?|made|hates?|dislikes?|ate|had|already have|already got|would take)\b",
    ),
    anywhere(Saying.OF_IT, r"\b(?:in|inside|on|with|for|of|to) (?:it|them|this|that|these|those)\b"),
    anywhere(
        Saying.OTHER_KINDS,
        r"\b(?:other|another|different|more)"
        r" (?:colou?rs?|sizes?|kinds?|versions?|lengths?|widths?|flavou?rs?|scents?)\b",
    ),
    whole(Saying.MORE, r"more|next|next page|(?:show|see) (?:me )?more|more (?:like this|please)|any more|what else"),
    exactly(Saying.PLACE_IN_LIST, r"\s*(?:#|number )?(?P<number>\d)[.)]?\s*"),
    exactly(Saying.PLACE_IN_LIST, rf"\s*(?:the )?(?:{'|'.join(ORDINALS)})(?: one)?(?:,? please)?[.!]?\s*"),
    opening(
        Saying.LOOKS_AROUND,
        r"\A\W*(?:(?:hi|hey|hello|so|and|ok)\W{1,9}){0,5}(?:(?:have you |you |u )?got any"
        r"|do (?:you|u)(?: guys)? (?:have|sell|stock|carry)|have you(?: got)?|(?:is|are) there(?: any)?|show me)\b",
    ),
    whole(Saying.SOMETHING_ELSE, rf"{_POLITE}{_ELSE}{_END}"),
    whole(
        Saying.NONE_OF_THESE,
        rf"{_POLITE}(?:(?:none|not any|neither|not)(?: of)? (?:these|those|them|either)(?: ones)?|none"
        r"|I (?:don'?t|do not) (?:like|want) (?:any of )?(?:these|those|them|any))"
        rf"(?:{_END}|[,;.]? {{0,4}}{_ELSE}{_END})",
    ),
    whole(
        Saying.NOT_THIS,
        rf"{_POLITE}(?:(?:(?:just )?not|I (?:don'?t|do not|would(?:n'?t| not)) (?:really )?(?:like|want|need)"
        rf"|skip|leave out) {_WHICH}|not for me"
        rf"|(?P<itself>(?:that|this)(?: one)?)(?:'?s| is)(?: not|n'?t) for me){_END}",
    ),
    exactly(Saying.POINTS, r"(?:that|this|it|the)(?: ones?)?"),
    exactly(Saying.PLACE, r"(?:the |number |no\.? ?|# ?)?(?:[a-z]+|\d)(?: one)?"),
    exactly(Saying.ONE_OF_EACH, rf"{_TAKING}(?:one|1|a|just one) (?:of )?(?:each|both|every)(?: one)?{_POLITE_END}"),
    exactly(
        Saying.EVERY_ONE,
        rf"{_TAKING}(?:both|each|all(?: (?:three|four|3|4))?)(?: of (?:them|these|those))?{_POLITE_END}",
    ),
    anywhere(Saying.CHEAPEST, r"\b(?:cheap(?:er|est)?|least expensive|lowest)\b"),
    anywhere(Saying.DEAREST, r"\b(?:dear(?:er|est)?|(?:more|most) expensive|pric(?:ier|iest))\b"),
    anywhere(
        Saying.ALL_THERE_IS,
        r"\b(?:everything|catalog(?:ue)?|assortment|range|selection|browse|categor(?:y|ies)|departments?|products)\b"
        r"|\b(?:your|the|this) (?:shop|store)\b|\ball\b.{0,60}\b(?:items|things|stuff)\b"
        r"|\bwhat(?:'?s| is| are)? (?:all )?(?:in stock|available)\b"
        r"|\bwhat (?:all |else |items |things |kinds? of (?:things|stuff) )?"
        rf"(?:{_YOU_SELL}|have you(?: guys)? got)\b(?! left)",
    ),
    anywhere(
        Saying.WISHES_FOR,
        r"\b(?:add|put|get|give|send|order|buy|take|have|want|need|like|please|pls|can i|could i|may i|let'?s|i'?ll"
        r"|too)\b",
    ),
    opening(Saying.GOES_ON, r"\A\W{0,3}(?:and|also|plus|\+|&)(?: also)? (?:the|an?|one|two|three|some|my|\d{1,3})\b"),
    anywhere(Saying.POPULAR, r"\b(?:popular|trending|best.?sell\w*|top.?sell\w*|most (?:ordered|bought|sold))\b"),
    # "I like the mug, what goes with it?" asks for nothing that is like it.
    anywhere(
        Saying.LIKE_IT,
        r"\b(?:(?<!\bI )(?<!\bI'd )(?<!\bI would )(?<!\bI really )(?<!\bI also )like|similar|alternatives?|substitutes?"
        r"|instead|replacements?|in the style)\b",
    ),
    anywhere(
        Saying.GOES_WITH,
        r"\b(?:go|goes|going|pairs?|paired|match(?:es|ing)?|bought|buys?|use|used|works?|combined?|serve|wear|together|suits?|fits?|best)"
        r"\s{1,4}(?:(?:well|best|nicely|good)\s{1,4})?(?:with|to|for|alongside)\b"
        r"|\b(?:complements?|accompan\w{1,8}|accessor\w{1,4}|extras|add-?ons?|refills?)\b",
    ),
    anywhere(
        Saying.COSTS,
        r"\b(?:how much|what(?:'s| is| are)? (?:the )?(?:price|cost|total|damage)|"
        r"(?:what|how much) (?:would|will|do|does|is|are)\b.{1,60}\b(?:cost|be|come to|set me back)"
        r"|price (?:of|for)|costs? of)\b",
    ),
    anywhere(Saying.COSTS_TO_SEND, r"\b(?:shipping|delivery|postage|deliver(?:ed)?|to (?:send|ship|post))\b"),
    # The cheapest or dearest of something, and neither of the list on screen nor to be put into the cart.
    anywhere(
        Saying.PRICED_MOST,
        r"\b(?:cheapest|dearest|priciest|costliest|(?:most|least) expensive|lowest[- ]priced|highest[- ]priced)\b",
    ),
    anywhere(
        Saying.FILLS_CART,
        r"\b(?:add|order|buy|take|get me|give me|send|put|remove|delete|swap|replace|change|cancel|keep|i'?ll have"
        r"|drop|stop|(?:in|into|to) (?:my|the) (?:cart|basket|bag|order|trolley)|these|those|them"
        r"|of the (?:two|three|four|five))\b",
    ),
    anywhere(
        Saying.FOR_SOMEBODY,
        r"\b(?:gifts?|presents?|for (?:my|a|an|our|his|her) \w{1,12} who"
        r"|who(?:'s)? (?:loves?|likes?|into|enjoys?|is into|cannot|can'?t)"
        r"|(?:he|she|they) (?:really )?(?:loves?|likes?|enjoys?))\b",
    ),
    anywhere(
        Saying.ASKS_FOR,
        r"\b(?:any|anythin\w?|somethin\w?|stuff|do (?:you|u|ya|yous) (?:guys )?(?:have|sell|stock|carry|do)"
        r"|have you got|looking for|need|show me|find me)\b",
    ),
    exactly(
        Saying.BARE_LINE,
        r"(?:(?P<quantity>\d{1,4})\s{0,4}x?\s{1,4}|an?\s+|the\s+)?(?P<phrase>\S.*)",
    ),
    whole(Saying.NONE_OF_THAT, rf"(?:actually |and |but )?(?:no|without)(?: any)? \w[\w -]{{1,40}}{POLITELY}"),
)
