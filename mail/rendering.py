"""Makes a letter's plain text and its HTML from one template, and makes data harmless before it gets there.

A template says its sentences once, with the macros of `text.j2` or `html.j2`. It sets `subject`, `title` (the heading)
and `preheader` (what a mailbox shows beside the subject).
"""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.text import one_line, shortened
from mail.letter import Letter

TEMPLATES = Path(__file__).parent / "templates"
LONGEST_SUBJECT = 70  # more is cut off on phones
# What mail programs take for a link: a dot within a word (but not in 1.5), an @ within a word, a colon before slashes.
_LINK_SIGN = re.compile(r"(?<=\w)(?:(?<!\d)\.(?=\w)|\.(?=[^\W\d_])|@(?=\w)|:(?=//))")


def inert(text: str) -> str:
    """Somebody else's words on one line, with an invisible joiner in whatever a mail program would make a link of."""
    return _LINK_SIGN.sub(lambda sign: f"{sign[0]}\u200c", one_line(text))


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
