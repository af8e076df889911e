"""`/segment`: how many customers are in which segment and value tier, and who they are, by pseudonyms."""

import csv
import io
import re
from collections.abc import Sequence
from difflib import get_close_matches

from bot.admin.parsing import read_page
from bot.admin.replies import actor, button, span
from bot.messages import Attachment, Button, Line, Reply, Row, Verb
from bot.phrases import labels, staff_segments
from bot.phrases import staff as phrases
from bot.phrases.misread import SHOWN
from bot.phrases.staff import PAGE
from bot.turn import Turn
from domain.csv_cells import harmless
from domain.pseudonyms import pseudonym
from domain.records.auditing import Action, Entry, of_segment
from domain.records.segments import Group, Overview, Segment, Share, Tier
from domain.records.staff import Role

CSV, SHOW = "csv", "show"
MOST_EXPORTED = 100_000  # rows of a file that a chat still takes
COLUMNS = (
    "customer",
    "segment",
    "clv_tier",
    "last_order_date",
    "days_since_order",
    "usual_gap_days",
    "lifetime_net",
    "as_of",
)
_SHORTEST = 3  # letters of a name that stand for it
_NAMES: dict[str, Group] = {group.casefold(): group for group in (*Segment, *Tier)}


def answer_segment(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The reply to `/segment`, `/segment NAME [page N]` or `/segment NAME csv`.

    Raises:
        BadInput: the page is no number.
    """
    said, number = read_page(text, "segment")
    words = [word for word in re.findall(r"\w+", said[: 2 * SHOWN].casefold()) if word != SHOW]
    as_file = CSV in (words[:1] + words[-1:])
    name = " ".join(word for word in words if word != CSV)
    if not name and number == 1:
        return [_all(turn)]
    group = _named(name)
    if group is None:
        return [_unknown(said or text, name)]
    return [_file(turn, group) if as_file else _page(turn, group, number)]


def _named(name: str) -> Group | None:
    """The one group of that name, of its plural, or whose name begins so."""
    found = _NAMES.get(name) or _NAMES.get(name.removesuffix("s"))
    beginning = [group for known, group in _NAMES.items() if len(name) >= _SHORTEST and known.startswith(name)]
    return found or (beginning[0] if len(beginning) == 1 else None)


def _unknown(said: str, name: str) -> Reply:
    likely = next((_NAMES[close] for close in get_close_matches(name[:SHOWN], _NAMES, 1, 0.5)), None)
    text = phrases.usage("segment", staff_segments.unknown(said=said[:SHOWN], likely=likely))
    return Reply(text=text, buttons=_open([likely] if likely else []))


def _open(groups: Sequence[Group]) -> tuple[Button, ...]:
    return tuple(one for group in groups for one in button(group, Verb.SEG_SHOW, group.casefold()))


def _all(turn: Turn) -> Reply:
    found = turn.uow.segments.overview()
    if found is None:
        return Reply(text=staff_segments.NOT_BUILT)
    total = Row(
        staff_segments.total(turn.shop, customers=found.total.customers), turn.shop.money(found.total.net), strong=True
    )
    tiers = [*_rows(turn, found, [*Tier, Segment.PROSPECT])]
    if found.without_tier.customers:
        tiers.append(_row(turn, staff_segments.NO_TIER, found.without_tier, found))
    there = [group for group in (*Segment, *Tier) if found.of(group).customers]
    below = staff_segments.how_to_list(group=there[0])
    lines: list[Line] = [staff_segments.BY_HABIT, *_rows(turn, found, list(Segment)), total, ""]
    lines += [staff_segments.BY_VALUE, *tiers, total, ""]
    return Reply(title=staff_segments.title(turn.shop, as_of=found.as_of), body=(*lines, below), buttons=_open(there))


def _rows(turn: Turn, found: Overview, groups: Sequence[Group]) -> list[Row]:
    return [_row(turn, group, found.of(group), found) for group in groups]


def _row(turn: Turn, name: str, share: Share, found: Overview) -> Row:
    left = staff_segments.share(turn.shop, group=name, customers=share.customers, total=found.total.customers)
    return Row(left, turn.shop.money(share.net))


def _page(turn: Turn, group: Group, number: int) -> Reply:
    found = turn.uow.segments.members(group, PAGE, (number - 1) * PAGE)
    if found is None:
        return Reply(text=staff_segments.NOT_BUILT)
    if not found.shown:
        nobody = staff_segments.nobody(turn.shop, group=group, as_of=found.as_of)
        return Reply(text=nobody if number == 1 else phrases.NO_SUCH_PAGE)
    name = group.casefold()
    more = button(labels.MORE, Verb.SEG_SHOW, f"{name} page {number + 1}") if found.total > number * PAGE else ()
    rows = [
        Row(
            f"{pseudonym(one.hashed_email)} · "
            f"{staff_segments.habits(turn.shop, days_since=one.days_since, usual_gap=one.usual_gap)}",
            turn.shop.money(one.lifetime_net),
        )
        for one in found.shown
    ]
    return Reply(
        title=staff_segments.group_title(turn.shop, group=group, as_of=found.as_of),
        body=(staff_segments.what_is_listed(group=group), *rows, span(turn.shop, number, found.shown, found.total)),
        buttons=more + button(labels.CSV, Verb.SEG_CSV, name),
    )


def _file(turn: Turn, group: Group) -> Reply:
    """A whole group as a file; that it was taken is noted."""
    found = turn.uow.segments.members(group, MOST_EXPORTED)
    if found is None:
        return Reply(text=staff_segments.NOT_BUILT)
    if not found.shown:
        return Reply(text=staff_segments.nobody(turn.shop, group=group, as_of=found.as_of))
    content = io.StringIO(newline="")
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found.shown:
        cells = (pseudonym(one.hashed_email), one.segment, one.tier, one.last_order, one.days_since, one.usual_gap)
        writer.writerow([harmless(cell) for cell in (*cells, one.lifetime_net, found.as_of)])
    count = {"customers": str(len(found.shown))}
    subject = of_segment(group)
    turn.uow.audit.note(Entry(at=turn.now, actor=actor(turn), action=Action.EXPORT, subject=subject, changed_to=count))
    text = staff_segments.exported(
        turn.shop, group=group, customers=len(found.shown), left_out=found.total - len(found.shown), as_of=found.as_of
    )
    name = f"segment-{group.casefold().replace(' ', '-')}-{found.as_of}.csv"
    return Reply(text=text, attachment=Attachment(name=name, content=content.getvalue()))
