"""What is said on going away for a while or being there again, and by which words a last change is taken back."""

from nlu.rules.said import Saying, anywhere, whole

_OPENED = (
    r"(?:(?:ok|okay|k|thanks|thank you|thx|sorry|hmm|um|oh|ah|hi|hey|hello|right|great|well|actually|no worries|cool"
    r"|nice|wait|hang on|hold on|alright|fine|good|lovely|perfect|yes|no|so|and|but|anyway|listen)\W{1,5}){0,4}"
)
_SOMEBODY = (
    r"(?:the|my|our) (?:wife|husband|partner|boss|kids?|child|children|son|daughter|mum|mom|dad|mother|father|friend"
    r"|colleague|flatmate|roommate|brother|sister|baby|dog|cat|boyfriend|girlfriend|guests?|postman|taxi|bus|train)"
)
_WHEN = (
    r"(?:later|soon|tomorrow|tonight|again|another (?:time|day)|some other time|this (?:evening|afternoon|weekend)"
    r"|in (?:a|an|\d{1,3}|two|five|ten|half)(?: \w{1,10})?|next \w{1,9}|on \w{3,6}day"
    r"|when \w{1,12}(?: \w{1,12}){0,4}|after \w{1,12}(?: \w{1,12}){0,3})"
)
_WILL = (
    r"(?:i|we)(?:'ll| will|'m going to| am going to|'re going to| have to| need to| must| gotta| might| may|'d better)?"
)
_BACK_AT = r"(?: (?:here|home|in|to (?:it|this|that|you|work|my order)|on (?:it|this|that)))?"
# `nlu.chat_words` makes "wait" of "give me a minute" and its like.
_THINKS = (
    r"(?:think|decide|find out|figure (?:it|this|that) out|make up my mind|have a think|look|check|read (?:it|this"
    r"|that)"
    rf"|ask {_SOMEBODY}|(?:check|talk|speak|discuss (?:it|this)) (?:with|to) {_SOMEBODY}|get my \w{{1,12}}"
    rf"|grab my \w{{1,12}}"
    r"|find my \w{1,12})"
    r"(?: (?:about (?:it|this|that)|it over|it through|first|again|something))?"
)
_STALLS = (
    r"(?:(?:please |just |now |you |can you |could you )?(?:wait|hold on|hang on|hold up|hold it|hang about"
    r"|hold your horses|hang tight|hang in there"
    r"|bear with me|stand by|not so fast)(?: (?:up|there|now|please|pls|for me|on))?\W{0,5}){1,3}"
    rf"(?: ?(?:to|while (?:i|we)|until (?:i|we)|till (?:i|we)|so i can|i (?:need|have|want) to|i(?:'ll| must)"
    rf"|let me) (?:just )?"
    rf"{_THINKS})?"
    rf"|(?:let me|i (?:need|have|want) to|i(?:'ll| must)) (?:just )?(?:think|ask {_SOMEBODY}|(?:check|talk"
    rf"|speak) (?:with|to)"
    rf" {_SOMEBODY})(?: (?:about (?:it|this|that)|it over|it through|first))?"
)
_GOES = "|".join(
    (
        rf"(?:{_WILL}|let me) (?:just |probably |maybe )?(?:come|be|check|get|circle|swing|pop|head|go|call|write)"
        rf"(?: right| straight)? back{_BACK_AT}{_BACK_AT}(?: {_WHEN})?",
        rf"(?:be |(?:i'm|im|i am|we're|we are) )?(?:right )?back {_WHEN}|(?:be |i'll be )(?:right )?back|brb",
        rf"{_SOMEBODY}(?:'s| is| are) (?:back|home|here|calling|crying|up|awake)",
        rf"(?:{_WILL}|let me) (?:finish|do|continue|decide|order|think about|look at|sleep on|return to|pick up)"
        rf" (?:it|this|that|my order|the order)(?: up)?(?: {_WHEN})?",
        rf"{_WILL} (?:finish|continue|order|return|decide) {_WHEN}",
        r"(?:i |we )?(?:gotta|got to|have to|need to|must) (?:go|run|dash|leave)(?: now)?",
        r"(?:i'm|im|i am|we're|we are) (?:still |just )?(?:thinking|deciding)(?: (?:about it|it over))?"
        r"|(?:a )?(?:sec|mo)",
        r"(?:my |the )?(?:phone(?:'s| is) ringing|phone call|doorbell|phone rang)",
        r"(?:there'?s )?some(?:one|body)(?:'s| is)? at the door",
        _STALLS,
        r"(?:i'm|im|i am|we're|we are) (?:back|here)(?: again| now)?",
    )
)
_CLOSED = (
    r"(?:hold on|hang on|wait|"
    r"ok|okay|thanks|thank you|thx|cheers|sorry|bye|goodbye|see you|ttyl|one (?:moment|sec|second|minute)|please"
    r"|pls|plz|mate|man|no"
    r"|(?:a |my )?phone call|then|now|first|again|i (?:had|got) a (?:phone )?call|the phone rang|gotta go"
    rf"|brb|(?:\d{{1,2}}|two|five|ten|a few) ?(?:secs?|seconds|mins?|minutes|hours?)|phone|{_WHEN})"
)
_UNDOES = "|".join(
    (
        r"\b(?:undo|undid|undone|un-?add|revert|reverse|restore|rewind|ctrl|scratch)\b",
        r"\b(?:put|puts|bring|take|took|change|set|switch|move|turn|roll|rolled)\b[^.!?]{0,40}\bback\b",
        r"\bback (?:up|one|a step)\b|\A\W{0,5}back to\b",
        r"\b(?:go|step) back\b(?! (?:and|home|in\b|out\b|to (?:my|our|work|bed|sleep|school)))",
        r"\b(?:as|how|what|like|way) (?:it|they|that|things) (?:was|were)\b",
        r"\b(?:liked|right|fine|better|good|ok)\b[^.!?]{0,20}\bbefore\b",
        r"\b(?:cancel|forget|ignore|delete|remove|drop) (?:that|my|the) last\b",
        r"\b(?:forget|ignore|disregard) (?:that|it)\b",
        r"\b(?:mistake|accident|oops|whoops)\b|\bdid(?:n'?t| not) mean\b|\bshould(?:n'?t| not) have\b",
        r"\bwrong (?:one|thing)\b|\b(?:previous|last) (?:one|step|state|version)\b",
    )
)

SAYINGS = (
    whole(Saying.STALLS, rf"{_OPENED}(?:{_STALLS})(?:\W{{1,5}}{_CLOSED}){{0,4}}"),
    whole(Saying.GOES_AWAY, rf"{_OPENED}(?:{_GOES})(?:\W{{1,5}}{_CLOSED}){{0,4}}"),
    whole(
        Saying.LEAVES_ALONE,
        r"(?:(?:please|just|now|can you|could you|will you|would you|ok|no|oh|stop it|i want you to|and)\W{1,5}){0,4}"
        r"(?:leave (?:me|us) (?:alone|be|in peace)|go away|get lost|let me be|shoo|buzz off|back off)"
        r"(?:\W{1,5}(?:please|now|bot|will you|thanks|ok|already)){0,3}",
    ),
    anywhere(Saying.UNDOES, _UNDOES),
)
