"""What is said of how many there shall be: as I said, in total, only so many, all else."""

from nlu.rules.said import Saying, anywhere, exactly, opening, whole

_N = r"(?P<{}>\d{{1,4}}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_QUESTION = r"\W{0,3}(?:what|how|is|are|do|does|did|will|would|where|when|why)\b"

SAYINGS = (
    anywhere(
        Saying.SAID_BEFORE,
        r"\A\W{0,3}(?:(?:no|but|hey|hello|yes|ok|sorry|well|wait|and)\W{1,3}){0,3}(?:(?:as|like|what) )?"
        r"i(?:'ve| have)? (?:(?:already|just|only|clearly) )?(?:said|told you|asked(?: you)? for|asked|mentioned)"
        r"(?: (?:already|before|earlier|clearly|i (?:want|need|wanted|needed)))?\b\W{0,3}"
        r"|[,.;]? {0,2}\b(?:as|like) i(?:'ve| have)? (?:(?:already|just) )?(?:said|told you|asked|mentioned)"
        r"(?: (?:already|before|earlier))?\W{0,3}\Z",
    ),
    anywhere(Saying.IN_TOTAL, r"\b(?:altogether|all together|in total|all in all|in all|total)\b"),
    # "So 6 in all", "up to a total of 5": it wins over every other number of the message.
    anywhere(
        Saying.TOTAL_OF,
        rf"(?<![\w-]){_N.format('before')}(?: of (?:them|those|these|it))? (?:altogether|all together|in total"
        rf"|all in all|in all|total)\b"
        rf"|\btotal of {_N.format('behind')}(?![\w.,]\d)",
    ),
    opening(Saying.ASKS_SOMETHING, _QUESTION),
    anywhere(Saying.MORE_OR_ASKS, rf"{_QUESTION}|\b(?:more|extra)\b"),
    exactly(Saying.NOTHING_COUNTED, r"(?:up|so|more|that|makes?|making|to|a|i|want|need)(?: \w{1,5})?"),
    # How many there shall be at all: "I only need one mug".
    opening(
        Saying.ONLY_SO_MANY,
        r"\W{0,3}(?:(?:no|sorry|please|actually|oh|wait)\W{1,3}){0,3}(?:(?:i|we) )?(?:(?:only|just|really) ){1,2}"
        r"(?:need|want|wanted|needed|meant)?(?: ?the(?= ))?(?= {0,1}(?:\d|an?\b|one|two|three|four|five|six))",
    ),
    opening(
        Saying.ENOUGH,
        r"\W{0,3}(?:(?:no|sorry|please|actually|oh|wait|ok|just|only)\W{1,3}){0,3}(?:the )?(?P<line>(?:\d|an?\b|one"
        r"|two|three|four|five"
        r"|six)[^,.;!?]{0,60}?) (?:is|are|will be|would be|should be|'s) (?:enough|plenty|sufficient|all (?:i"
        r"|we) (?:need|want))\b",
    ),
    anywhere(
        Saying.ADDS,
        r"\b(?:add|another|more|extra|also|plus|put|throw|too|again|as well|additional\w*)\b|\A\W{0,3}and\b",
    ),
    # "5, i mean 4": what was said just before is put right.
    anywhere(
        Saying.TAKES_BACK_WORDS,
        r"\b(?:i mean|i meant|scratch that|sorry|no wait|wait|make that|make it|hang on|hold on|oops|no|rather"
        r"|actually|correction|correct that)\b",
    ),
    # "make it 6 beanies", "6 beanies then": how many there shall be of what is there already.
    anywhere(
        Saying.SETTLES_ON,
        r"\bmake (?:it|that|them|those)\b|\b(?:then|rather|after all|will do|is enough)\W{0,3}\Z|\A[\w' ]{1,60} then,",
    ),
    anywhere(Saying.REFUSES, r"\b(?:not|no|none|neither|never|without|don'?t|nor)\b"),
    whole(
        Saying.ONLY_ADDS,
        r"(?:(?:y[eu]+[sp]+|yeah|ok(?:ay)?|sure|great|perfect|fine|please|pls|and|then|go on|lovely|oh)\W{1,3}){0,4}"
        r"(?:i'?ll )?(?:add|take|buy|order|have|get|put)"
        r"(?: (?:it|that|this|one|to|in|into|my|the|cart|basket|please|pls)){0,5}",
    ),
    anywhere(Saying.ASKS_WHAT_IS_SOLD, r"\b(?:have|sell|stock|department|section|got|carry)\b"),
    anywhere(Saying.FEWER, r"\b(?:just|only|then|now|total|altogether|in all)\b"),
    anywhere(Saying.PIECES, r"\b(?:pieces?|pcs|items?|units?|of (?:them|those|these))\b"),
    anywhere(
        Saying.FOR_EACH,
        r"\b(?:for|per) (?:each|every)(?: one)?(?: of)? (?:(?:the|my|our) )?"
        r"(?P<count>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) [a-z]{3,20}\b"
        r"|\b(?:one|1) (?:for (?:each|every)(?: of)?(?: (?:the|my|our|those))?|per|each for(?: the| my)?)"
        r" (?P<thing>(?!(?:the|of|my|our|those|one)\b)[a-z]{3,20})\b",
    ),
    anywhere(Saying.THE_OTHER_ONE, r"\bthe other (?:ones?\b|in\b|to\b|should\b|shall\b)"),
    anywhere(Saying.SOME_OF, r"\b(?:\d{1,3}|one|two|three|four|five|six|half) of (?:the|them|those|these|my)\b"),
    whole(Saying.COUNTED_NAME, r"(?P<count>\d{1,4})\s?[x×]?\s(?P<rest>[^\W\d].{1,80})"),
    whole(
        Saying.HALVES,
        r"(?:(?:make it|please|ok|um+|hm+|i'?d like|i want|we want)\W{1,3}){0,2}"
        r"half(?: of (?:them|those))?(?: in| the)? "
        r"(?P<first>[\w -]{2,30}?)(?:,| and|, and|,? the other|,? the rest)? half(?: of (?:them|those))?(?: in| the)? "
        r"(?P<second>[\w -]{2,30})",
    ),
    anywhere(Saying.AS_MANY, r"\b(?:the )?same (?:number|amount|quantity)\b|\b(?:just )?as many\b(?! as)"),
    anywhere(Saying.ALL_ELSE, r"\b(?:everything|all|anything) else\b|\b(?:the|all) (?:the )?(?:rest|others?)\b"),
)
