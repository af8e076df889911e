"""Parts a message into the clauses that addresses are heard in."""

from nlu.rules.aftersale_addresses import CLAUSE_ENDS, TOPIC_ONLY


def clauses(text: str) -> list[tuple[int, int, int]]:
    """Where each clause of a message begins and ends, and where what parts it from the next one does."""
    ends = list(CLAUSE_ENDS.finditer(text))
    begins = [0, *(match.end() for match in ends)]
    cores = [*(match.start() for match in ends), len(text)]
    closes = [*begins[1:], len(text)]
    found: list[tuple[int, int, int]] = []
    for begin, core, close in zip(begins, cores, closes, strict=True):
        led = (
            bool(found)
            and text[found[-1][1] : found[-1][2]].strip() == ","
            and TOPIC_ONLY.match(text[found[-1][0] : found[-1][1]].lower())
        )
        found.append((found.pop()[0] if led else begin, core, close))
    return [one for one in found if one[0] < one[2]]


def points_back(part: str) -> bool:
    """Whether something is pointed at that was spoken of before."""
    return any(f" {word} " in f" {part} " for word in ("it", "them", "this", "that", "these", "those", "its", "which"))
