"""Reads the fields of a promotion as staff wrote them, and writes a promotion back into its fields."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from bot.admin.promo_lines import USAGE
from bot.admin.replies import product_named, today
from bot.admin.when import read_when
from bot.phrases import promotions as phrases_promotions
from bot.phrases import staff_promotions as words
from bot.turn import Turn
from bot.values import BadInput, amount
from domain.products.catalogue import find_category
from domain.promotions.codes import LONGEST, SHORTEST, is_code, normal
from domain.records.promotions import Kind, Promotion
from domain.records.segments import Segment

FIELDS = tuple(words.LABELS)
LONGEST_NAME = 60
MOST_THINGS = 20
_YES, _NO = ("yes", "y", "true", "on", "1"), ("no", "n", "false", "off", "0", "")


def promotion_of(turn: Turn, said: Mapping[str, str], before: Promotion | None = None) -> Promotion:
    """The promotion that fields say, or one changed by them.

    Raises:
        BadInput: a field cannot be read, or two do not go together.
        UnknownProduct: what is free is no product.
    """
    said = {name: " ".join(value.split()) for name, value in said.items() if name in FIELDS}
    promotion = before or _blank(turn)
    if "code" in said or before is None:
        promotion = replace(promotion, code=_code(turn, said.get("code", "")))
    if "gives" in said or before is None:
        promotion = _giving(turn, promotion, said.get("gives", ""))
    if "things" in said:
        promotion = _for_things(turn, promotion, said["things"])
    if "least" in said:
        promotion = _from(promotion, said["least"])
    if "who" in said:
        promotion = _for_whom(promotion, said["who"])
    if "starts" in said:
        begins = _moment(turn, said["starts"], end=False) if said["starts"] else promotion.starts_at
        promotion = replace(promotion, starts_at=begins)
    if "until" in said:
        ends = _moment(turn, said["until"], end=True) if said["until"] else None
        if ends is not None and ends <= max(promotion.starts_at, turn.now):
            raise BadInput(words.ends_before(text=said["until"]), USAGE)
        promotion = replace(promotion, ends_at=ends)
    if promotion.ends_at is not None and promotion.ends_at <= promotion.starts_at:
        raise BadInput(words.ends_before(text=said.get("starts", "")), USAGE)
    if "max" in said:
        promotion = replace(promotion, most_uses=_times(said["max"]))
    if "each" in said:
        promotion = replace(promotion, most_per_customer=_times(said["each"].removeprefix("customer").strip()))
    if "combinable" in said:
        promotion = replace(promotion, combinable=_is_yes(said["combinable"]))
    if "listed" in said:
        promotion = replace(promotion, listed=_is_yes(said["listed"]))
    return replace(promotion, name=_name(turn, promotion, said.get("name", "" if before is None else before.name)))


def fields_of(turn: Turn, promotion: Promotion) -> dict[str, str]:
    """A promotion as its form shows it."""
    least = [f"{promotion.least_pieces} pieces"] if promotion.least_pieces else []
    least += [str(promotion.least_amount)] if promotion.least_amount else []
    whom = ["first order"] if promotion.first_order else []
    whom += [promotion.segment] if promotion.segment else []
    return {
        "code": promotion.code,
        "gives": words.gives(turn.shop, promotion),
        "things": ", ".join((*promotion.product_ids, *promotion.categories)),
        "least": " ".join(least),
        "who": ", ".join(whom),
        "starts": _written(turn, promotion.starts_at, end=False),
        "until": _written(turn, promotion.ends_at, end=True),
        "max": str(promotion.most_uses or ""),
        "each": str(promotion.most_per_customer or ""),
        "combinable": "yes" if promotion.combinable else "no",
        "listed": "yes" if promotion.listed else "no",
        "name": promotion.name,
    }


def _blank(turn: Turn) -> Promotion:
    return Promotion(name="", kind=Kind.PERCENT, starts_at=turn.now)


def _code(turn: Turn, text: str) -> str:
    if not text or text.lower() in ("auto", "automatic", "none", "-"):
        return ""
    if not is_code(normal(text)):
        raise BadInput(words.bad_code(code=text, least=SHORTEST, most=LONGEST), USAGE)
    categories = {normal(category) for category, _ in turn.uow.catalogue.categories()}
    if turn.uow.products.spelled(text) is not None or normal(text) in categories:
        raise BadInput(words.code_is_product(code=text), USAGE)
    return text.upper()


def _giving(turn: Turn, promotion: Promotion, text: str) -> Promotion:
    bare = replace(promotion, percent=None, amount=None, free_product="", buy=None, pay=None)
    said = text.strip().removesuffix(" off").strip()
    if found := re.fullmatch(r"(\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|percent)", said, re.IGNORECASE | re.ASCII):
        share = Decimal(found[1].replace(",", "."))
        if not 0 < share <= 100:
            raise BadInput(words.bad_percent(text=found[1]), USAGE)
        return replace(bare, kind=Kind.PERCENT, percent=share)
    if found := re.fullmatch(r"(\d{1,2}) for (\d{1,2})", said, re.IGNORECASE | re.ASCII):
        buy, pay = int(found[1]), int(found[2])
        if not 1 <= pay < buy:
            raise BadInput(words.bad_n_for_m(buy=buy, pay=pay), USAGE)
        return replace(bare, kind=Kind.N_FOR_M, buy=buy, pay=pay)
    if said.lower().startswith("free "):
        return replace(bare, kind=Kind.FREE_ITEM, free_product=product_named(turn, said[5:].strip()).product_id)
    plain = re.sub(r"(?:usd|eur|gbp|[$£€])", "", said, flags=re.IGNORECASE).strip()
    if not re.match(r"\d", plain):
        raise BadInput(words.bad_gift(text=text) if text else words.NO_GIFT, USAGE)
    taken = amount("amount", plain, USAGE)
    if not taken:
        raise BadInput(words.bad_gift(text=text), USAGE)
    return replace(bare, kind=Kind.AMOUNT, amount=taken)


def _for_things(turn: Turn, promotion: Promotion, text: str) -> Promotion:
    products, categories = [], []
    for said in [one.strip() for one in re.split(r",| and ", text) if one.strip()][: MOST_THINGS + 1]:
        if said.lower() in ("everything", "all"):
            continue
        product, category = turn.uow.products.spelled(said), find_category(turn.uow, said)
        known = next((one for one, _ in turn.uow.catalogue.categories() if one.casefold() == said.casefold()), category)
        if product is not None:
            products.append(product.product_id)
        elif known:
            categories.append(known)
        else:
            raise BadInput(words.no_thing(text=said), USAGE)
    return replace(promotion, product_ids=tuple(dict.fromkeys(products)), categories=tuple(dict.fromkeys(categories)))


def _from(promotion: Promotion, text: str) -> Promotion:
    pieces = re.search(r"(?<![\d.,$£€])(\d{1,5}) ?(?:pieces?|items?|pcs)\b", text, re.IGNORECASE | re.ASCII)
    rest = (text[: pieces.start()] + text[pieces.end() :] if pieces else text).strip(" ,")
    rest = rest.removeprefix("and ").removesuffix(" and").strip()
    if rest and not re.fullmatch(r"[$£€]? ?\d[\d.,]{0,12} ?[$£€]?", rest, re.ASCII):
        raise BadInput(words.bad_least(text=text), USAGE)
    money = amount("amount", rest.strip("$£€ "), USAGE) if rest else Decimal("0.00")
    return replace(promotion, least_pieces=int(pieces[1]) if pieces else 0, least_amount=money)


def _for_whom(promotion: Promotion, text: str) -> Promotion:
    first, segment = False, None
    for said in [one.strip() for one in re.split(r",| and ", text) if one.strip()]:
        plain = said.casefold().removeprefix("the ").removesuffix("s")
        if plain in ("first order", "first", "first-order", "new customer"):
            first = True
            continue
        if plain in ("everybody", "everyone", "all"):
            continue
        found = [one for one in Segment if one.casefold() in (plain, said.casefold()) and one is not Segment.PROSPECT]
        if not found or segment is not None:
            raise BadInput(words.bad_who(text=said), USAGE)
        segment = found[0]
    return replace(promotion, first_order=first, segment=segment)


def _moment(turn: Turn, text: str, *, end: bool) -> datetime:
    """The beginning of a day by the shop's clock, or the end of it; or a time of the day."""
    said = text.strip().lower()
    clock = re.search(r"(?:\s|t)(\d{1,2}):(\d{2})\Z", said, re.ASCII)
    day_text = said[: clock.start()] if clock else said
    if day_text in ("now", "today", "tomorrow"):
        day: date | None = today(turn) + timedelta(days=day_text == "tomorrow")
    elif re.search(r"\d{4}", day_text):
        try:
            when = read_when(day_text, today(turn), turn.shop)
        except BadInput as wrong:
            raise BadInput(wrong.reason, USAGE) from wrong
        day = when.day if not when.rest and when.span is None else None
    else:
        day = None
    if day is None or (clock and not (int(clock[1]) < 24 and int(clock[2]) < 60)):
        raise BadInput(words.bad_date(text=text), USAGE)
    if said == "now":
        return turn.now
    if clock:
        at = datetime.combine(day, time(int(clock[1]), int(clock[2])), turn.shop.time_zone)
    else:
        at = datetime.combine(day + timedelta(days=end), time(), turn.shop.time_zone)
    return at.astimezone(UTC)


def _written(turn: Turn, moment: datetime | None, *, end: bool) -> str:
    """A moment as `_moment` reads it."""
    if moment is None:
        return ""
    there = moment.astimezone(turn.shop.time_zone)
    if (there.hour, there.minute) == (0, 0):
        return str(there.date() - timedelta(days=end))
    return f"{there:%Y-%m-%d %H:%M}"


def _times(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[1-9]\d{0,8}", text, re.ASCII):
        raise BadInput(words.bad_number(text=text), USAGE)
    return int(text)


def _is_yes(text: str) -> bool:
    if text.lower() not in (*_YES, *_NO):
        raise BadInput(words.bad_yes(text=text), USAGE)
    return text.lower() in _YES


def _name(turn: Turn, promotion: Promotion, text: str) -> str:
    text = text.strip("\"“”' ")
    if len(text) > LONGEST_NAME:
        raise BadInput(words.too_long(most=LONGEST_NAME), USAGE)
    return text or promotion.code or phrases_promotions.gives(turn.shop, promotion, {})[:LONGEST_NAME]
