"""Takes off what stands around an address in a message: "please send it to", "my new address is", "thanks!"."""

import re

LONGEST_LEAD_IN = 12  # pieces that are taken off, one after the other
LONGEST = 600  # characters; no address with all that stands around it is longer
_PERSON = r"(?:parents|mum|mom|dad|wife|husband|sister|brother|neighbou?r|friend|boss|son|daughter)(?:'?s)?"
_LEADING = re.compile(
    rf"""(?:
      (?:no|nope|oops|sorry|wait|hmm|oh|ah|um|hi|hello|hey|ok|okay|well|actually|please|pls|plz|but|and|so|yes|yeah|sure|certainly|great|cool|alright|right|fine|perfect
                |hang\son|hold\son|damn|thanks)
    | (?:i\smade\sa\smistake|my\smistake|my\sbad|i\sforgot)
    | (?:(?:that'?s|that\sis|this\sis|it'?s|it\sis|you\shave|i\sgave(?:\syou)?)\s)?(?:the\s|my\s|an?\s)?(?:wrong
        |old|incorrect|bad|outdated)\s(?:address|adress|street|one|zip|house|number|place)
    | (?:the|my|this|that)\s(?:add?ress|street|zip(?:\scode)?|post\s?code|house\snumber
      |number|town|city)\s(?:is|was)\s(?:wrong|old|incorrect|outdated)
    | (?:i|we)(?:'?ve|\shave)?\s(?:(?:just|recently|now)\s)?(?:meant?|moved|live|am|are)(?:\s(?:now
        |currently))?(?:\s(?:to|at|in|on))?
    | (?:i'?m|we'?re)(?:\s(?:now|currently|living|staying|based)){{0,2}}\s(?:at|in|on)
    | (?:it|that|this)(?:'?s(?:\s(?:at|in|on|now))?|\sis|\sshould\sbe|\smust\sbe
        |\shas\sto\sbe|\sneeds\sto\sbe|\sshould\sgo\sto|\sgoes\sto)
    | (?:(?:can|could|would|will)\syou\s)?(?:please\s)?(?:ship|send|deliver|post|mail|bring|forward)(?:\s(?:it|this
        |that|them|everything|all|(?:the|my)\s(?:order|parcel|package)))?(?:\sinstead)?\s(?:to|at)
    | (?:please\s)?(?:change|correct|update|fix|set)\s(?:it|that|(?:the|my)\s(?:shipping\s|delivery\s)?(?:address
        |street|zip))\s(?:to|into)
    | (?:make\sit|use|try|put|take|change\sto|correction|should\sbe|instead)
    | (?:(?:the|my|our|new|correct|right|shipping|delivery|home|work|full|real|actual|proper)\s){{1,4}}(?:address
        |adress|one|street|destination|location)(?:\s(?:is|should\sbe|would\sbe))?
    | (?:address|adress|street|ship\sto|deliver\sto|shipping|to)(?:\s(?:is|should\sbe))?
    | (?:to\s)?(?:my|our|the)\s(?:office|work|home|house|place|flat|{_PERSON})(?:\s(?:house
      |place|office|flat))?(?:\s(?:at
        |in|is))?
    | (?:the|my|our)(?=\s(?:zip|post|plz|apartment|apt|unit|flat|suite|house|number|city|town))
    | (?:at|in)(?=\s)
    | (?:the\s)?same\s(?:street|address)(?:\s(?:but|just|only))?
    )(?:[\s,:;.!=–-]{{1,6}}|$)""",
    re.IGNORECASE | re.VERBOSE,
)
_TRAILING = re.compile(
    r"[\s,;.!?-]{0,6}(?:(?<=\W)(?:thanks?(?: you)?(?: (?:very|so) much| a lot)?|thx|ty"
    r"|cheers|please|pls|plz|instead|actually|sorry|asap|then|now|if possible"
    r"|ok|okay|of course|that's it|that is it|that's all|much appreciated|same street|same town"
    r"|same city"
    r"|these days|nowadays|currently|at the moment|for now|from now on"
    r"|not \d{1,6}[a-z]?|not (?:in |at )?[a-z]{3,20}(?: any ?more)?"
    r"|not the (?:old|other) (?:one|address)|is my address"
    r"|is the address|is correct|is right|is better|mate|dear|buddy|pal|sir|madam|bro|my (?:friend"
    r"|dear)))?[\s,;.!?-]{0,6}$",
    re.IGNORECASE,
)
# What ends a message, with all that is said behind it: "thank you dear", "have a nice day".
_CLOSING = re.compile(
    r"[\s,;.!?-](?:(?:many|much|with|kind|best|warm) )?(?:thanks?|thx|tysm|cheers|regards|have an?"
    r"|hope (?:that|it|this)'?s?|(?:please|pls|plz)(?! (?:leave|put|drop|ring|knock|call)\b)|much (?:love"
    r"|obliged)|appreciate)\b(?=\D{0,80}\Z)",
    re.IGNORECASE,
)

# Words of a sentence, which stand in no address; at the end, ME is Maine.
SENTENCE = re.compile(
    r"\b(?:i|i'?m|i'?ve|we'?re|you'?re|these|nowadays|it|it's|is|was|has|have|be|should|you|your|my|me(?!\W{0,3}$)|we|our|its|thats|forgot|forgotten|missed|missing|mistyped|typo|wrong"
    r"|not|please|thanks|this|that|sorry|can|need|want|also|add|there|actually|typed|said|meant|but)\b",
    re.IGNORECASE,
)


def without_frame(text: str) -> str:
    """The text without the words that stand around an address: "please send it to", "thanks!"."""
    text = " ".join(text.replace("’", "'").replace("\n", ", ").split())
    return text if len(text) > LONGEST else without_trail(without_lead_in(text))


def without_lead_in(text: str) -> str:
    """The text without the words that lead to an address."""
    for _ in range(LONGEST_LEAD_IN):
        led = _LEADING.match(text)
        if led is None or not led.end():
            break
        text = text[led.end() :]
    return text


def without_trail(text: str) -> str:
    """The text without the words behind an address."""
    if closing := _CLOSING.search(text):
        text = text[: closing.start()]
    for _ in range(LONGEST_LEAD_IN):
        shorter = _TRAILING.sub("", text)
        if shorter == text:
            break
        text = shorter
    return text
