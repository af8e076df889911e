"""What goes out: a reply and what hangs on it, and its form in the database."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter

from bot.messages.buttons import Button
from bot.messages.rows import Line, lines_of, text_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One line of a form; `value` is what it begins with, `hidden` ones only travel with it."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    optional: bool = False
    multiline: bool = False
    hidden: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """What a channel with forms may show in place of asking for a text.

    A filled-in form of a `command` comes back as that command with `Command.fields`. One without comes back as a text:
    the values in the fields' order, joined by commas.
    """

    title: str
    fields: tuple[Field, ...]
    command: "Command | None" = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """What staff asks for with a slash: `/inventory set MUG price 12` is name "inventory" and text "set MUG price 12".

    `fields` holds the values of a filled-in form by the fields' names.
    """

    name: str
    text: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    file: str = ""  # the content of an uploaded CSV file


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A text file that goes with a reply."""

    name: str
    content: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """One message to a customer: made of a `text` or, where it has rows, of a `body` of lines; it has both then.

    A list of products also comes as `cards`; a channel that shows pictures shows them below the `heading`, in place
    of the rows and of the buttons that are on cards. `form` is another way to give what the text asks for.

    Raises:
        ValueError: the text is not what the body says; `with_lines` changes both.
    """

    text: str = ""
    body: tuple[Line, ...] = ()
    title: str = ""
    image: str | None = None
    buttons: tuple[Button, ...] = ()
    cards: tuple["Reply", ...] = ()
    form: Form | None = None
    attachment: Attachment | None = None

    def __post_init__(self) -> None:
        body = lines_of(self.body or (self.text,))
        if self.text not in ("", text_of(body)):
            raise ValueError("a reply's text is what its body says")
        object.__setattr__(self, "body", body)
        object.__setattr__(self, "text", text_of(body))

    def with_lines(self, *, above: Iterable[Line] = (), below: Iterable[Line] = ()) -> "Reply":
        """The same reply with more lines above and below its own."""
        return replace(self, text="", body=(*above, *self.body, *below))

    def left(self, *, over: bool, replaced: bool) -> "Reply":
        """The same reply with what of its buttons still counts.

        `over` is whether the question is open no more that was asked with it, `replaced` whether a newer card came of
        those of which only the newest counts.
        """
        stale = replaced and any(button.trait.newest for button in self.buttons)

        def counts(button: Button) -> bool:
            ended = stale or (over and button.trait.answers)
            return not (ended and (button.trait.answers or button.trait.newest))

        return replace(
            self,
            buttons=tuple(filter(counts, self.buttons)),
            cards=tuple(replace(card, buttons=tuple(filter(counts, card.buttons))) for card in self.cards),
            form=None if over and self.form is not None and self.form.command is None else self.form,
        )

    @property
    def passing(self) -> bool:
        """Whether a later answer may end some of its buttons."""
        return self.left(over=True, replaced=True) != self

    @property
    def heading(self) -> tuple[Line, ...]:
        """What is said above the cards: all but the rows, which they stand for."""
        return tuple(line for line in self.body if isinstance(line, str))

    @property
    def below_cards(self) -> tuple[Button, ...]:
        """The buttons that are on none of the cards."""
        on_cards = {button.choice for card in self.cards for button in card.buttons}
        return tuple(button for button in self.buttons if button.choice not in on_cards)


def _lines_kept(kept: Any) -> Any:
    """A kept reply without its text, which its body says; of one without a body each line with a TAB is a row."""
    if not isinstance(kept, dict):
        return kept
    pairs = [line.partition("\t") for line in str(kept.get("text", "")).split("\n")]
    body = [{"left": left, "right": right} if tab else left for left, tab, right in pairs]
    return {**kept, "text": "", "body": kept.get("body", body), "cards": [*map(_lines_kept, kept.get("cards", ()))]}


StoredReply = Annotated[Reply, BeforeValidator(_lines_kept)]
_REPLY: TypeAdapter[Reply] = TypeAdapter(StoredReply)


def reply_to_json(reply: Reply) -> str:
    """A reply as JSON text; its text is there for who exports or counts what was said."""
    return _REPLY.dump_json(reply).decode()


def reply_from_json(text: str) -> Reply:
    """Undoes `reply_to_json`."""
    return _REPLY.validate_json(text)
