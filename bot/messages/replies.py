"""What goes out: a reply and what hangs on it, and its form in the database."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from bot.messages.buttons import Button


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
    """One message to a customer. A line of `text` with a TAB is a row: left cell, right-aligned right cell.

    A list of products also comes as `cards`; a channel that shows pictures shows them below the text's first line, in
    place of its rows and of the buttons that are on cards. `form` is another way to give what the text asks for.
    """

    text: str
    title: str = ""
    image: str | None = None
    buttons: tuple[Button, ...] = ()
    cards: tuple["Reply", ...] = ()
    form: Form | None = None
    attachment: Attachment | None = None

    @property
    def heading(self) -> str:
        """What is said above the cards."""
        return self.text.partition("\n")[0]

    @property
    def below_cards(self) -> tuple[Button, ...]:
        """The buttons that are on none of the cards."""
        on_cards = {button.choice for card in self.cards for button in card.buttons}
        return tuple(button for button in self.buttons if button.choice not in on_cards)


_REPLY = TypeAdapter(Reply)


def reply_to_json(reply: Reply) -> str:
    """A reply as JSON text."""
    return _REPLY.dump_json(reply).decode()


def reply_from_json(text: str) -> Reply:
    """Undoes `reply_to_json`."""
    return _REPLY.validate_json(text)
