"""What a clause begins with that is sure to be an act of its own, and what parts and joins clauses."""

import re

REPLACE = "replace"  # no intent of the model: `nlu.rules.replacements` reads it
KEEP = "keep"  # no intent either: what is said to stay in the cart
UNCLEAR = "unclear"
CHECKOUT = "checkout"  # go on to the order's card
ASKS_THE_SHOP = "asks_the_shop"  # about delivery, returns, payment …: what only a person answers
IF = "if"  # what hangs on something that nobody knows yet
NOTHING_WANTED = "nothing"  # courtesy and comment
_TAKEN = (
    r"(?:remov|delet|drop|dropp|ditch|scrapp?|binn?|(?:take|taking|took|throw|kick)"
    r"(?: out| off| away| [\w' -]{1,40}? (?:out|off|away)\b))"
)
_NOT_TAKEN = (
    r"(?:(?:i|you|we) )?(?:really )?"
    r"(?:never|don'?t|do not|didn'?t|did not|shouldn'?t|should not|wouldn'?t|wasn'?t|no need)"
    r"(?: (?:ever|have|even|say|said|tell|told|ask|asked|mean|meant|want|wanted|supposed|going|you|to|that|for"
    rf"|please)){{0,5}} (?:{_TAKEN}(?:e|es|ed|ing)?|get(?:ting)? rid of"
    r"|(?:make|making|change|chang(?:ed|ing)|touch|doubl(?:e|ed|ing)|increase|reduce|swap|replace) "
    r"(?:it|that|them|the|my))"
)
# What a clause begins with that is sure to be an act of its own, whatever stands around it.
_HEADS = (
    (
        NOTHING_WANTED,
        r"(?:i|we) (?:really )?need (?:it|them|this|these|that|those) (?:by|before|for|on|until|today"
        r"|tomorrow|asap|soon)"
        r"|if (?:you|u)(?:'d| would| could| will| can| don'?t mind| please)(?: be so kind)?(?: please)?(?=\W*\Z)",
    ),
    (
        KEEP,
        rf"{_NOT_TAKEN}|i never said(?: that)? (?:i|we) (?:want|need)(?:ed)?"
        r"|leave (?!out|off|away)[\w' -]{1,40}? (?:in|alone)"
        r"|keep(?= (?!only|just|it\b|me\b|in\b|on\b|to\b|an?\b|\d|one\b|two\b|three\b|four\b|five\b|six\b"
        r"|this\b|that\b)"
        r"(?!(?:the |my )?(?:old|same|previous|first|other|current|order|address|e-?mail|card|change|data|cart)\b)\w)",
    ),
    (
        "remove_from_cart",
        r"(?:remove|delete|drop|ditch|scrap|bin|lose|get rid of|leave out|(?:take|throw|kick) (?:out|off|away))"
        r"|take (?:the|that|those|my|an?|one|two|three|four|five|\d{1,3}) [\w' -]{1,40}? (?:out|off|away)"
        r"|cancel (?:the|those|that|my)(?= \w)(?! [\w' -]{0,30}\b(?:orders?|parcel|package|delivery|purchase|one)\b)"
        r"|(?:forget|skip|never ?mind) (?:about )?the|(?:empty|clear) (?:my|the) (?:\w{1,9} )?(?:cart|basket)"
        r"|(?:the|my|that|those) [\w' -]{1,40}? (?:has|have|needs|need|can|should|must) (?:to )?go",
    ),
    (
        "change_quantity",
        r"(?:make|change|set|update|put) (?:the|it|that|them|those|my) (?:[\w'-]{1,20} ){0,4}?(?:to "
        r"|into )?(?:\d{1,4}|one|two|three"
        r"|four|five|six|seven|eight|nine|ten|twelve|a dozen)|(?:double|triple|halve|increase|reduce|lower"
        r"|raise) (?:the|it|that|them|my)"
        r"|(?:\d{1,4}|one|two|three|four|five|six|ten)(?: [\w'-]{1,20}){0,4},? (?:not|instead of) "
        r"(?:\d{1,4}|one|two|three|four|five|six|ten)",
    ),
    (REPLACE, r"(?:swap|exchange|replace) (?:the|my|it|that|those)"),
    ("cancel_order", r"cancel (?:my|the) (?:last |latest |previous |other )?order"),
    (
        "order_status",
        r"(?:where(?:'?s| is| are)?|when(?: will| does|'?s| is)|track|what(?:'s| is) the status of|how(?:'s"
        r"| is)) (?:my|the|our)"
        r" (?:\w{1,12} )?(?:order|parcel|package|delivery)|(?:has|did|is) my (?:\w{1,12} )?(?:order|parcel"
        r"|package)|where my"
        r" (?:\w{1,12} )?(?:order|parcel|package)",
    ),
    ("past_orders", r"(?:show|list)(?: me)? my (?:\w{1,12} )?orders|what (?:did|have) i (?:order|buy|bought|ordered)"),
    (IF, r"(?:if|in case|unless|provided|as long as) (?:so|not|yes|no|it|they|that|the|there|you|i|any)"),
    (
        CHECKOUT,
        r"(?:check ?out|(?:go|proceed|take me) to (?:the )?check ?out|(?:place|complete|finish|submit) (?:the|my|this) "
        r"order|(?:i'm|we're|i am) (?:ready to (?:order|pay|check ?out)|done))",
    ),
    (
        ASKS_THE_SHOP,
        r"(?=(?:how|what|which|when|where|who|why|do|does|can|could|is|are|will|would|may)\b[^,.;!?\n]{1,80})"
        r"(?:(?!(?:my|our|the|this) (?:last |latest )?(?:order|parcel|package|delivery)\b)[\w' -]){1,60}?"
        r"\b(?:shipping|delivery|deliver|ship (?:to|abroad|internationally)|postage|returns?|refunds?|return policy|pay"
        r"|payment|invoice|opening hours|open on|located|discounts?|coupons?|vouchers?|warranty|guarantee"
        r"|gift ?wrap(?:ping|ped)?|dishwasher|microwave|oven[- ]safe|machine wash\w{0,5})",
    ),
    (
        "stop_marketing",
        r"(?:send|give) (?:me|us) no (?:more )?(?:e-?mails?|mails?|news\w{0,7}|marketing|offers|ads)|unsubscribe"
        r"|stop (?:sending|mailing|e-?mailing|the (?:e-?mails|mails|newsletter|marketing))",
    ),
    (
        "show_cart",
        r"(?:show|see)(?: me)? (?:my|the) (?:cart|basket)|what(?:'?s| is) in (?:my|the) (?:cart|basket)"
        r"|(?:(?:what(?:'?s| is| would be)) )?(?:the|my) (?:new |grand )?(?:total|sum)",
    ),
    (
        "price_filter",
        r"(?:what(?:'?s| is| are)|which is|show(?: me)?|and) (?:your|the) (?:cheapest|dearest|most expensive"
        r"|least expensive)"
        r"|(?:what|anything|something|show)[\w ]{0,40} (?:under|below|less than|up to) [$£€]?\d",
    ),
    (
        "stock_question",
        r"(?:do you (?:have|sell|stock|carry)|have you got|how much (?:is|are|does|do|for)"
        r"|how many [\w ]{1,30} (?:do you|are|left)"
        r"|what (?:does|do) [\w ]{1,40} cost|what(?:'?s| is) the price of|(?:is"
        r"|are) the [\w ]{1,40} (?:in stock|available))",
    ),
    ("recommend", r"(?:recommend|suggest|what goes with|what (?:would|do) you (?:recommend|suggest)|what else goes)"),
    (
        "human",
        r"(?:(?:talk|speak) (?:to|with)|get me|connect me (?:to|with)) (?:a |an |some)?(?:human|person|someone"
        r"|agent|body)",
    ),
    ("order", r"(?:order|buy|get|grab)(?= (?:me )?(?:\d|an?\b|one|two|three|four|five|six|some|another|the))"),
    (
        "add_to_cart",
        r"(?:add|put|throw in|toss in|chuck in|include|give me|get me|send me|i(?:'d| would)(?: also| really)? like"
        r"|i(?:'?ll"
        r"| will) (?:take|have)|i want"
        r"|i need|i(?:'d| would) (?:rather (?:have|take)|prefer)|(?:can|could|may) i (?:get|have|add|order))",
    ),
)
_A_LEAD = (
    r"(?:please|pls|also|just|only|then"
    r"|now|ok|okay|hi|hello|hey|so|well|actually|sorry|could you|can you|would you|tell me"
    r"|let me know|i'?d like to|i would like to|i want to|know|you can|just|and|but|yes|no|oh|thanks)[, ]{1,3}"
)
MOST_LEADS = 5
LEADS = rf"(?:{_A_LEAD}){{0,{MOST_LEADS}}}"
LEAD = re.compile(_A_LEAD, re.IGNORECASE)
HEAD = re.compile(rf"(?:{'|'.join(f'(?P<{intent}>{pattern})' for intent, pattern in _HEADS)})(?![\w'])", re.IGNORECASE)
BETWEEN = " ,;&\n"
STARTS = re.compile(
    r"(?:[,;!?\n]|\.(?!\w)){1,3} {0,2}(?:(?:and|then|also|but|plus) )?| (?:and|then|but|plus|also|&) ", re.IGNORECASE
)
# Words of a sentence. A clause without any names only things, and goes on with what was said before.
SENTENCE = re.compile(
    r"\b(?:i|i'm|i'd|i'll|i've|id|ill|you|u|we|we'd|it|its|it's|they|me|us|is|are|was|do|does|did|don't|dont|can|could|will|would"
    r"|should|has|have|what|what's|whats|when|where|where's|how|how's|why|which|who|show|tell|list|add|put|send|ship|deliver"
    r"|use|make|change|remove|drop|take|cancel|track|order|buy|check|recommend|suggest|stop|looks|less|fewer)\b|\?",
    re.IGNORECASE,
)
# A clause that asks is never a part of the one before. "Could you …" asks for a deed.
QUESTION = re.compile(
    rf"{LEADS}(?:how|what|which|when|where|who|why|do|does|did|is|are|was|has|have|may|(?:can|could|will|would) "
    r"(?!(?:you|u|i|we)\b))(?:'s|'re)?(?![\w'])",
    re.IGNORECASE,
)
# What an order may begin with that has no verb: "2 mugs", "a teapot".
COUNTS = re.compile(rf"{LEADS}(?:\d{{1,4}}\b|an?\b|one\b|two\b|three\b|four\b|five\b|six\b|some\b)", re.IGNORECASE)
NOTHING = re.compile(
    rf"{LEADS}(?:please|pls|thanks|thank you|ok|okay|yes|no|hi|hello|hey|wait|hold on|hmm|sorry|great|perfect)?\W*",
    re.IGNORECASE,
)
# "Keep the teapot and drop the rest" is one wish.
THE_REST = re.compile(
    r"\b(?:rest|others?|everything|all|but the|nothing else"
    r"|(?:only|just)(?! (?:add|put|throw|toss|include|give|get|send|make|change|set)\b))\b",
    re.IGNORECASE,
)
INSTEAD = re.compile(r"(?:\d{1,4}|an?|one|two|three|four|five|six) [\w' -]{1,60} instead\b", re.IGNORECASE)
