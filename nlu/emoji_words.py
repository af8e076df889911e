"""Turns emoji, and the codes that Slack writes for them, into words, and tells which of them speak against a yes."""

import re

import emoji

_YES, _NO, _THANKS, _HELLO = "yes", "no", "thanks", "hello"
_MERELY = "ok"
# By the names of Unicode's list; a skin tone is no part of it.
_MEANINGS = {
    **dict.fromkeys(
        "thumbs_up check_mark check_mark_button check_box_with_check ok_hand ok_button handshake "
        "person_gesturing_ok man_gesturing_ok woman_gesturing_ok yes ok".split(),
        _YES,
    ),
    **dict.fromkeys(
        "thumbs_down cross_mark cross_mark_button multiply prohibited no_entry ng_button stop_sign "
        "person_gesturing_no man_gesturing_no woman_gesturing_no no nope".split(),
        _NO,
    ),
    **dict.fromkeys(
        "folded_hands hundred_points party_popper clapping_hands partying_face bouquet star glowing_star thanks "
        "thank_you".split(),
        _THANKS,
    ),
    "waving_hand": _HELLO,
}
_KIND = re.compile(r"heart|smil|grin|hugging|blushing|kiss|rose", re.IGNORECASE)
# Beside a yes: what refuses, halts or doubts leaves none, and in anger or sorrow, or waving, a mere "ok" is none.
_REFUSES = re.compile(
    r"\A(?:no_|raised_(?:back_of_)?hand|hand_with_fingers_splayed|(?:stop|pause)_button|middle_finger|thinking_face)"
    r"|pushing_hand|prohibited|question_mark|raised_eyebrow|shrugging|rolling_eyes|unamused|clown|skull",
    re.IGNORECASE,
)
_COLD = re.compile(
    r"angry|enraged|pouting|symbols_on_mouth|steam_from_nose|crying|frown|disappointed|weary|tired_face|worried|pensive"
    r"|confused|unamused|rolling_eyes|facepalm|vomiting|nauseated|broken_heart|waving_hand",
    re.IGNORECASE,
)
_COLD_SIGN = re.compile(r"(?<!\w)>?[:;=]['’]?-?[(\[](?!\w)", re.IGNORECASE)
_TRAILS_OFF = re.compile(r"(?:\.\.|…)\W{0,5}\Z")
# What stands in a sentence like a character of it.
_IN_A_SENTENCE = {"multiply": "\1", "plus": "\2", "right_arrow": "\3"}
_AS_SIGNS = str.maketrans({"\1": " x ", "\2": " + ", "\3": " -> "})
_EDGE = "\0"
_NO_WORDS = " \1\2\3"
_TONE = re.compile(r"_(?:medium-)?(?:light|medium|dark)_skin_tone")
_CODE = re.compile(r"(?<![\w:]):(?=[a-z0-9_+-]{0,60}[a-z+-])[a-z0-9_+-]{1,60}:(?!\d)", re.IGNORECASE)
_TONE_CODE = re.compile(r":skin-tone-[2-6]:")
_POLITE = re.compile(r"\A\W*(?:(?:please|pls|plz|thanks|thank you|thx|ty|ok|okay)\b\W*)?", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")


def emoji_to_words(text: str) -> str:
    """The text with emoji as words: keycaps are numbers wherever they stand, others speak only where they are alone.

    Then a thumb up or a check mark is "yes", a thumb down or a cross "no", a heart "thanks"; of both a yes and a no
    nothing is left. Inside a sentence they decorate it, and are taken out.
    """
    if text.isascii() and ":" not in text:
        return text
    text, words, names = _taken_out(text)
    words = words.replace(_EDGE * 2, "").replace(_EDGE, " ")  # two keycaps side by side are one number
    if names and _POLITE.fullmatch(words):
        meant = {meaning for name in names if (meaning := _meaning(name))}
        decided = meant & {_YES, _NO} or meant
        said = decided.pop() if len(decided) == 1 else ""
        if said == _YES and any(_COLD.search(name) for name in names):
            said = _MERELY  # a thumb up beside an angry face says no more than "ok" does
        words = f"{said} {words.strip(_NO_WORDS)}"
    words = words.translate(_AS_SIGNS)
    return text if words == text else _SPACES.sub(" ", words).strip()


def speaks_against(text: str) -> bool:
    """Whether an emoji in a text refuses, halts or doubts what its words may say yes to."""
    return any(_MEANINGS.get(name) == _NO or _REFUSES.search(name) for name in _names(text))


def is_cold(text: str) -> bool:
    """Whether a sign in a text is angry or sad, waves good-bye, or lets the words trail off ("ok...")."""
    signs = _COLD_SIGN.search(text) is not None or _TRAILS_OFF.search(text) is not None
    return signs or any(_COLD.search(name) for name in _names(text))


def _names(text: str) -> list[str]:
    return [] if text.isascii() and ":" not in text else _taken_out(text)[2]


def _taken_out(text: str) -> tuple[str, str, list[str]]:
    """The text with all its emoji as such, the same with their places only, and their names."""
    text = _TONE_CODE.sub("", text)
    text = emoji.emojize(text, language="alias", variant="emoji_type") if ":" in text else text
    names: list[str] = []
    words = _CODE.sub(lambda code: _took(names, code[0][1:-1]), text)
    return text, emoji.replace_emoji(words, lambda _, data: _in_words(names, str(data["en"]).strip(":"))), names


def _in_words(names: list[str], name: str) -> str:
    """What takes the place of an emoji in a sentence; unless it is a number, its name is noted."""
    if name.startswith("keycap_") and name[7:].isdecimal():
        return f"{_EDGE}{name[7:]}{_EDGE}"
    return _took(names, _TONE.sub("", name))


def _took(names: list[str], name: str) -> str:
    names.append(name.lower().replace("-", "_"))
    return _IN_A_SENTENCE.get(names[-1], " ")


def _meaning(name: str) -> str:
    kind = _KIND.search(name) and "broken" not in name
    return _MEANINGS.get(name, _THANKS if kind else "")
