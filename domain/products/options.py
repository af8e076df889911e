"""How a variant's options are written in files and forms: "color=red;size=M"."""

from domain.model import Options

MOST_OPTIONS = 12
LONGEST_NAME, LONGEST_VALUE = 40, 40  # bytes; with a verb before it, a value still fits into a chat button
LONGEST_OPTIONS = MOST_OPTIONS * (LONGEST_NAME + LONGEST_VALUE)
LONGEST_GROUP = 40
_SEPARATOR, _EQUALS = ";", "="


def written(options: Options) -> str:
    """Options as files, forms and the audit log have them."""
    return _SEPARATOR.join(f"{name}{_EQUALS}{value}" for name, value in options)


def options_from(text: str) -> Options:
    """The options that a text says, in its order; undoes `written`.

    Raises:
        ValueError: a part is no "name=value", a name is said twice, or something is too long.
    """
    pairs: list[tuple[str, str]] = []
    for part in filter(None, map(_plain, text.split(_SEPARATOR))):
        name, equals, value = (_plain(one) for one in part.partition(_EQUALS))
        if not (name and equals and value):
            raise ValueError(f"{part!r} says no option; write them as color=red;size=M")
        if name.casefold() in (known.casefold() for known, _ in pairs):
            raise ValueError(f"the option {name!r} is said twice")
        for said, longest in ((name, LONGEST_NAME), (value, LONGEST_VALUE)):
            if len(said.encode()) > longest:
                raise ValueError(f"{said!r} is longer than {longest} bytes")
        pairs.append((name, value))
    if len(pairs) > MOST_OPTIONS:
        raise ValueError(f"more than {MOST_OPTIONS} options")
    return tuple(pairs)


def _plain(text: str) -> str:
    return " ".join(text.split())
