"""Tells which of its e-mails a message means, where it corrects itself: "a@x.com, no wait, b@x.com"."""

import re
from collections.abc import Sequence

from nlu.rules.patterns import rule
from nlu.understanding import Entity

_NEAR = 60  # characters before or behind an e-mail that say that it is not the one
_NOT = rule(
    r"(?:\b(?:not|instead of|rather than|isn'?t|no longer|don'?t use|do not use|forget|in place of|replace|from)"
    r"|\b(?:old|wrong|former|previous)(?: (?:one|address|e-?mail|mail))?(?: (?:is|was))?)\s{0,2}:?\s{0,2}\Z",
    re.IGNORECASE,
)
_WRONG_BEHIND = rule(
    r"\W{0,4}(?:(?:no|oh|sorry|wait|oops|hang on|hold on|ah|and)\W{1,3}){0,3}(?:that'?s|that is|this is|it'?s|is|was"
    r"|which is) (?:(?:the|my|an|a) )?(?:old|wrong|mistyped|former|outdated|closed|dead|typo|mistake|not\b)",
    re.IGNORECASE,
)
_CORRECTS = rule(
    r"\b(?:no|nope|wait|sorry|oops|actually|rather|i mean|i meant|meant|correction|instead|scratch that|make that"
    r"|should be|change (?:it|that) to|better|hang on|hold on|my bad|mistake)\b",
    re.IGNORECASE,
)
_EITHER = rule(r"\b(?:or|and|both|also|either)\W{0,3}\Z", re.IGNORECASE)


def counting_emails(text: str, emails: Sequence[Entity]) -> Sequence[Entity]:
    """Those of a message's e-mails that it means.

    Of different ones that is the only one that is not negated, or the last, behind words that correct the one before.
    All of them where it does not tell.
    """
    if len({email.value.lower() for email in emails}) < 2:
        return emails
    text = text.replace("’", "'")
    ends = [0, *(email.end for email in emails)]
    starts = [*(email.start for email in emails[1:]), len(text)]
    left = [
        email
        for email, before, behind in zip(emails, ends, starts, strict=False)
        if not _NOT.search(text[max(before, email.start - _NEAR) : email.start])
        and not _WRONG_BEHIND.match(text[email.end : min(behind, email.end + _NEAR)])
    ]
    if len({email.value.lower() for email in left}) == 1:
        return left[-1:]
    between = text[emails[-2].end : emails[-1].start][-_NEAR:]
    corrects = _CORRECTS.search(between) and not _EITHER.search(between)
    return emails[-1:] if corrects and left[-1:] == [emails[-1]] else emails
