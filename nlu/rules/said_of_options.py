"""What is asked of how a thing comes: how many kinds there are, which values, what there is in a size."""

from nlu.rules.said import Saying, anywhere, whole

_KINDS = (
    r"(?:kinds?|types?|sorts?|variants?|variations?|versions?|varieties|variety|styles?|options?|models?|choices"
    r"|flavou?rs?)"
)

SAYINGS = (
    whole(
        Saying.WHATEVER,
        r"(?:any(?: (?:one|of (?:them|those|these)|will do|is fine|works))?|whatever|whichever|either|no preference"
        r"|(?:i )?(?:don'?t|do not) (?:care|mind)|(?:it )?does(?:n'?t| not) matter|you (?:choose|pick|decide)"
        r"|surprise me|all the same(?: to me)?)(?: (?:please|thanks|you have|is fine|works|one)){0,2}",
    ),
    anywhere(
        Saying.COUNTS_KINDS,
        rf"\b(?:how many|(?:the )?(?:total )?number of)(?: (?:different|distinct|other|available|various))?"
        rf" (?:[\w'-]{{1,20}} ){{0,3}}?{_KINDS}\b",
    ),
    anywhere(
        Saying.WHICH_VALUES,
        r"\A\W{0,3}(?:(?:and|so|hi|hey|ok|please|also|but) ){0,2}(?:what|which|how many|in (?:what|which|how many)"
        r"|(?:can|could) you tell me (?:what|which|how many)|tell me (?:what|which|how many))\b",
    ),
    # "What do you have in size M", "anything in 40 under $50".
    anywhere(
        Saying.ALL_IN_SIZE,
        r"\b(?:what|anything|something|everything|all|things|stuff|clothes|products|items)\b.{0,40}?"
        r"\b(?:in|of) (?:an? )?(?:size )?"
        r"(?P<size>x{0,3}[sml]|\dx[sl]|small|medium|large|extra[- ](?:small|large)|(?<=size )[\w.]{1,8}"
        r"|\d{1,4}(?:[.,]\d{1,2})? ?(?:cm|mm|m|ml|cl|l|g|kg|oz|lb|gb|tb|w|inch|in|litres?|liters?))(?![\w'-])",
    ),
)
