"""`/promo`: codes and automatic discounts: which run, what they gave, making, changing and ending them."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from bot.admin import promo_fields, promo_lines
from bot.admin.parsing import first_word, read_page
from bot.admin.replies import actor, button
from bot.messages import Button, Command, Field, Form, Line, Reply, Row, Verb
from bot.phrases import labels, misread
from bot.phrases import promotions as phrases_promotions
from bot.phrases import staff as phrases
from bot.phrases import staff_promotions as words
from bot.phrases.staff import PAGE
from bot.shopping.code_words import titles_of
from bot.turn import Turn
from bot.values import BadInput
from domain.errors import PromotionChanged, PromotionUnknown
from domain.numbers import plain_number
from domain.promotions import editing
from domain.promotions.undoing import undo
from domain.records.auditing import Entry
from domain.records.promotions import Promotion, Standing, State
from domain.records.staff import Role

_VERSION = "version"
_USAGES = ("promo", "promo new", "promo edit", "promo end", "promo undo")


def answer_promo(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The reply to `/promo`, `/promo over`, `/promo NAME`, `/promo new`, `edit`, `end` and `undo`.

    Raises:
        BadInput: it cannot be read; nothing was changed.
        CodeTaken, PromotionUnknown, PromotionChanged, PromotionOver, AlreadyUndone, EntryUnknown: nothing was changed.
    """
    word, rest = first_word(text)
    action = ACTIONS.get(word)
    if action is not None:
        return [action(turn, rest)]
    if not text or plain_number(text) is not None:
        return [_list(turn, text, over=False)]
    return [_card(turn, _named(turn, text))]


def _list(turn: Turn, text: str, *, over: bool) -> Reply:
    rest, number = read_page(text, "promo")
    if rest:
        raise BadInput(misread.bad_page(text=rest), "promo")
    found = turn.uow.promotions.standings(turn.now, over=over, limit=PAGE + 1, offset=(number - 1) * PAGE)
    new = () if over else button(words.NEW, Verb.PROMO_NEW)
    if not found:
        nothing = words.NONE_OVER if over else words.NONE
        return Reply(text=nothing if number == 1 else phrases.NO_SUCH_PAGE, buttons=new)
    shown = found[:PAGE]
    titles = titles_of(turn, [one.promotion for one in shown])
    rows = [
        Row(words.line(turn.shop, one.promotion, titles, turn.now, uses=one.uses), turn.shop.money(one.given))
        for one in shown
    ]
    opens = [button(one.promotion.label, Verb.PROMO_SHOW, f"#{one.promotion.promotion_id}") for one in shown]
    verb = Verb.PROMO_OVER if over else Verb.PROMO_LIST
    more = button(labels.MORE, verb, str(number + 1)) if len(found) > PAGE else ()
    ended = () if over else button(words.ENDED_ONES, Verb.PROMO_OVER)
    return Reply(
        title=words.OVER_TITLE if over else words.TITLE,
        body=tuple(rows),
        buttons=(*(one for made in opens for one in made), *more, *new, *ended),
    )


def _show(turn: Turn, text: str) -> Reply:
    return _card(turn, _named(turn, text))


def _card(turn: Turn, standing: Standing, *notes: str) -> Reply:
    """All of one promotion, and what can be done with it."""
    promotion = standing.promotion
    state = promotion.state(turn.now)
    said = promo_fields.fields_of(turn, promotion)
    shown = [
        Row(words.LABELS[name], value)
        for name, value in said.items()
        if value and name not in ("name", "gives", "code")
    ]
    gives = phrases_promotions.gives(turn.shop, promotion, titles_of(turn, [promotion]))
    used = Row(words.used(turn.shop, standing.uses, promotion.most_uses), turn.shop.money(standing.given))
    body: list[Line] = [*notes, gives, Row(words.STATES[state], f"#{promotion.promotion_id}"), *shown, used]
    body += _remarks(turn, promotion)
    return Reply(title=promotion.label, body=tuple(body), buttons=_steps(promotion, state))


def _remarks(turn: Turn, promotion: Promotion) -> list[str]:
    remarks = [words.NEEDS_PROOF] if promotion.personal else []
    if promotion.segment is not None and not turn.uow.promotion_uses.segments_known():
        remarks.append(words.NO_SEGMENTS)
    return remarks


def _steps(promotion: Promotion, state: State) -> tuple[Button, ...]:
    if state is State.OVER:
        return ()
    number = f"#{promotion.promotion_id}"
    return button(words.EDIT, Verb.PROMO_EDIT, number) + button(words.END, Verb.PROMO_END, number)


def _new(turn: Turn, text: str) -> Reply:
    """Makes a promotion of a filled-in form or of one line; without either it answers with the form."""
    filled = _filled(turn)
    if not filled and not text:
        form = _form(words.FORM_NEW, {"combinable": "no", "listed": "no"}, "new")
        return Reply(text=phrases.usage(promo_lines.USAGE, words.WHAT_NEW), form=form)
    try:
        promotion = promo_fields.promotion_of(turn, filled or promo_lines.read_line(text))
    except BadInput as wrong:
        if not filled:
            raise
        return Reply(text=wrong.reason, form=_form(words.FORM_NEW, filled, "new"))
    made, entry = editing.make(turn.uow, promotion, actor=actor(turn), now=turn.now)
    card = _card(turn, Standing(promotion=made, uses=0, given=Decimal("0.00")), words.MADE)
    return replace(card, buttons=(*_undo(entry), *card.buttons))


def _edit(turn: Turn, text: str) -> Reply:
    """Changes a promotion by a filled-in form, or by words behind its name; without either it answers with the form."""
    filled = _filled(turn)
    named = turn.uow.promotions.named
    name, changes = (text, "") if filled else promo_lines.parted(text, lambda one: bool(named(one)))
    promotion = _named(turn, name).promotion
    if filled and filled.get(_VERSION, "") not in ("", str(promotion.version)):
        raise PromotionChanged(promotion.label)
    if not filled and not changes:
        form = _edit_form(turn, promotion, promo_fields.fields_of(turn, promotion))
        return Reply(title=promotion.label, text=phrases.usage("promo edit", words.WHAT_ELSE), form=form)
    try:
        said = _changed(turn, promotion, filled) if filled else promo_lines.read_words(changes)
        changed = promo_fields.promotion_of(turn, said, promotion)
    except BadInput as wrong:
        if not filled:
            raise
        return Reply(text=wrong.reason, form=_edit_form(turn, promotion, filled))
    entry = editing.change(turn.uow, changed, actor=actor(turn), now=turn.now)
    return _written(turn, changed, entry, words.KEPT)


def _changed(turn: Turn, promotion: Promotion, filled: dict[str, str]) -> dict[str, str]:
    """What was filled in otherwise than it was."""
    before = promo_fields.fields_of(turn, promotion)
    return {name: value for name, value in filled.items() if name in before and value.strip() != before[name]}


def _end(turn: Turn, text: str) -> Reply:
    promotion = _named(turn, text).promotion
    entry = editing.end(turn.uow, promotion, actor=actor(turn), now=turn.now)
    return _written(turn, promotion, entry, words.ENDED)


def _undo_change(turn: Turn, text: str) -> Reply:
    number = plain_number(text.removeprefix("#"))
    if number is None:
        raise BadInput(misread.change(text=text), "promo undo")
    promotion, entry = undo(turn.uow, number, actor=actor(turn), now=turn.now)
    return _written(turn, promotion, entry, words.UNDONE)


def _written(turn: Turn, promotion: Promotion, entry: Entry | None, note: str) -> Reply:
    """What was changed, from and to, with the button that takes it back."""
    if entry is None:
        return Reply(title=promotion.label, text=words.NOTHING_CHANGED)
    told = words.changes(turn.shop, dict(entry.changed_from), dict(entry.changed_to))
    rows = [Row(name, what) for name, what in told]
    return Reply(
        title=promotion.label,
        body=(*rows, note, *_remarks(turn, promotion)),
        buttons=_undo(entry) + button(words.TITLE, Verb.PROMO_LIST),
    )


def _undo(entry: Entry) -> tuple[Button, ...]:
    return button(labels.UNDO, Verb.PROMO_UNDO, str(entry.entry_id))


def _named(turn: Turn, text: str) -> Standing:
    """The promotion of a number behind "#", a code or a name; of several that of now.

    Raises:
        BadInput: nothing is named.
        PromotionUnknown: there is none.
    """
    if not text:
        raise BadInput(words.WHICH, "promo end")
    number = plain_number(text.removeprefix("#")) if text.startswith("#") else None
    if number is None:
        found = turn.uow.promotions.named(text)
        number = found[0].promotion_id if found else None
    standing = turn.uow.promotions.standing(number) if number is not None and number < 2**63 else None
    if standing is None:
        raise PromotionUnknown(text[:60])
    return standing


def _form(title: str, values: dict[str, str], action: str, version: int | None = None) -> Form:
    fields = [
        Field(
            name=name,
            label=words.LABELS[name],
            value=values.get(name, ""),
            hint=words.HINTS[name],
            optional=name != "gives",
        )
        for name in promo_fields.FIELDS
    ]
    if version is not None:
        fields.append(Field(name=_VERSION, label=_VERSION, value=str(version), hidden=True))
    return Form(title=title, fields=tuple(fields), command=Command(name="promo", text=action))


def _edit_form(turn: Turn, promotion: Promotion, values: dict[str, str]) -> Form:
    return _form(
        words.edit(label=promotion.label), values, f"edit #{promotion.promotion_id}", version=promotion.version
    )


def _filled(turn: Turn) -> dict[str, str]:
    """The values of a filled-in form; nothing where words were typed."""
    return dict(turn.message.command.fields) if turn.message.command else {}


ACTIONS: dict[str, Callable[[Turn, str], Reply]] = {
    "help": lambda turn, text: Reply(text="\n".join(phrases.USAGES[one][0] for one in _USAGES)),
    "list": lambda turn, text: _list(turn, text, over=False),
    "over": lambda turn, text: _list(turn, text, over=True),
    "show": _show,
    "new": _new,
    "edit": _edit,
    "end": _end,
    "undo": _undo_change,
}
