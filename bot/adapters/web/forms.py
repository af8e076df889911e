"""What was filled into a page's form."""

from urllib.parse import parse_qs

from bot.values import clean


class Filled:
    """A form as it was filled in, without what nobody can see."""

    def __init__(self, body: bytes) -> None:
        read = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        self._values = {name: [clean(value.replace("\r\n", "\n")) for value in said] for name, said in read.items()}

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def one(self, name: str) -> str:
        """A field's value; blank where the form has no such field."""
        return self.all(name)[0]

    def all(self, name: str) -> list[str]:
        """The values of all fields of a name; one that is blank where there are none."""
        return self._values.get(name, [""])
