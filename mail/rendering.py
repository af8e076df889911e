"""Makes a letter's plain text and its HTML from one template, and makes data harmless before it gets there.

A template says its sentences once, with the macros of `text.j2` or `html.j2`. It sets `subject`, `title` (the heading)
and `preheader` (what a mailbox shows beside the subject).
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mail.letter import Letter

TEMPLATES = Path(__file__).parent / "templates"
LONGEST_SUBJECT = 70  # more is cut off on phones
_INVISIBLE = ("Cc", "Cf", "Cs")
_JOINERS = "\u200c\u200d"  # invisible too, but emoji and some scripts need them
# What mail programs take for a link: a dot within a word (but not in 1.5), an @ within a word, a colon before slashes.
_LINK_SIGN = re.compile(r"(?<=\w)(?:(?<!\d)\.(?=\w)|\.(?=[^\W\d_])|@(?=\w)|:(?=//))")


def one_line(text: str) -> str:
    """The text on one line, without control, direction and other invisible characters."""
    seen = (one for one in text if one.isspace() or one in _JOINERS or unicodedata.category(one) not in _INVISIBLE)
    return " ".join("".join(seen).split())


def inert(text: str) -> str:
    """Somebody else's words on one line, with an invisible joiner in whatever a mail program would make a link of."""
    return _LINK_SIGN.sub(lambda sign: f"{sign[0]}\u200c", one_line(text))


def shortened(text: str, length: int) -> str:
    """The text, or as much of its beginning as fits with an ellipsis."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def render(name: str, **values: object) -> Letter:
    """The letter that the template of this name makes of these values."""
    plain = _environment("text").get_template(f"{name}.j2").make_module(values)
    text = re.sub(r"\n{3,}", "\n\n", str(plain)).strip() + "\n"
    html = _environment("html").get_template(f"{name}.j2").render(values)
    return Letter(subject=shortened(one_line(str(vars(plain)["subject"])), LONGEST_SUBJECT), text=text, html=html)


def render_page(name: str, **values: object) -> str:
    """The page that the template of this name makes of these values."""
    return _environment("html").get_template(f"{name}.j2").render(values)


@cache
def _environment(medium: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=medium == "html",  # noqa: S701  # plain text has nothing to escape
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["medium"] = medium
    made.filters["shortened"] = shortened
    return made
