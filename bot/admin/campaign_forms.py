"""The form of a campaign or an automation: what it shows, and what is read of it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from bot.admin.audience_words import read_audience, write_audience
from bot.admin.replies import product_named
from bot.messages import Command, Field, Form
from bot.phrases import misread
from bot.phrases import staff_campaigns as words
from bot.turn import Turn
from bot.values import BadInput
from domain.records.campaigns import MOST_HOLD_OUT, Campaign
from domain.records.promotions import State

USAGE = "campaign new"
LONGEST = {"name": 60, "subject": 100, "words": 2000}
MOST_PRODUCTS = 5
CHAT, MAIL = "chat", "mail"
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})")
_SHARE = re.compile(r"(\d{1,2}(?:\.\d)?)\s?%?")
_OF_AUTOMATIONS = ("subject", "words", "products", "promotion", "hold_out")
_OPTIONAL = ("audience", "products", "promotion", "when")
_AT_ONCE, _USUAL = ("", "now", "at once"), ("usual hour", "at their usual hour", "usual")


def campaign_form(values: Mapping[str, str], campaign_id: int = 0) -> Form:
    """A form for a new campaign, or for one that is a draft, with what was said of it."""
    named = f"edit {campaign_id}" if campaign_id else "new"
    return Form(
        title=words.form_title(number=campaign_id),
        fields=_fields(words.FIELDS, values),
        command=Command(name="campaign", text=named),
    )


def automation_form(kind: str, values: Mapping[str, str]) -> Form:
    """A form for what an automation says and how many it leaves alone."""
    return Form(
        title=words.automation_title(kind=kind),
        fields=_fields(_OF_AUTOMATIONS, values),
        command=Command(name="campaign", text=f"automations edit {kind}"),
    )


def _fields(names: Iterable[str], values: Mapping[str, str]) -> tuple[Field, ...]:
    return tuple(
        Field(
            name=name,
            label=words.FIELDS[name][0],
            hint=words.FIELDS[name][1],
            value=values.get(name, ""),
            optional=name in _OPTIONAL,
            multiline=name == "words",
        )
        for name in names
    )


def said_of(turn: Turn, campaign: Campaign) -> dict[str, str]:
    """A campaign's values as its form has them."""
    when = "usual hour" if campaign.usual_hour else "now"
    if campaign.starts_at is not None:
        moment = campaign.starts_at.astimezone(turn.shop.time_zone).isoformat(" ", "minutes")[:16]
        when = f"{moment}, usual hour" if campaign.usual_hour else moment
    return {
        "name": campaign.name,
        "audience": write_audience(campaign.audience),
        "subject": campaign.subject,
        "words": campaign.words,
        "products": ", ".join(campaign.product_ids),
        "promotion": _promotion_said(turn, campaign),
        "hold_out": f"{float(campaign.hold_out * 100):g}%",
        "when": when,
        "channel": CHAT if campaign.in_chat else MAIL,
    }


def with_said(turn: Turn, campaign: Campaign, said: Mapping[str, str]) -> Campaign:
    """The campaign as a form's values have it; those that are not there stay.

    Raises:
        BadInput: a value is none.
        UnknownProduct: a product is none.
    """
    changes: dict[str, object] = {}
    for name, most in LONGEST.items():
        if name in said:
            changes[name] = _text(name, said[name], most)
    if "audience" in said:
        changes["audience"] = read_audience(turn, said["audience"])
    if "products" in said:
        changes["product_ids"] = _products(turn, said["products"])
    if "promotion" in said:
        changes["promotion_id"] = _promotion(turn, said["promotion"].strip())
    if "hold_out" in said:
        changes["hold_out"] = _share(turn, said["hold_out"])
    if "when" in said:
        changes["starts_at"], changes["usual_hour"] = _when(turn, said["when"])
    if "channel" in said:
        changes["in_chat"] = _in_chat(said["channel"])
    return replace(campaign, **changes)  # type: ignore[arg-type]  # names and types are those of the fields


def _text(name: str, text: str, most: int) -> str:
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    said = "\n".join(lines) if name == "words" else " ".join(lines)
    if not said:
        raise BadInput(misread.needed(name=name), USAGE)
    if len(said) > most:
        raise BadInput(misread.too_long(name=name, length=len(said), most=most), USAGE)
    return said


def _products(turn: Turn, text: str) -> tuple[str, ...]:
    ids = [one.strip() for one in re.split(r"[,;\n]", text) if one.strip()]
    if len(ids) > MOST_PRODUCTS:
        raise BadInput(words.too_many_products(most=MOST_PRODUCTS), USAGE)
    return tuple(dict.fromkeys(product_named(turn, one).product_id for one in ids))


def _promotion_said(turn: Turn, campaign: Campaign) -> str:
    found = turn.uow.promotions.get(campaign.promotion_id) if campaign.promotion_id is not None else None
    return (found.code or found.name) if found is not None else ""


def _promotion(turn: Turn, text: str) -> int | None:
    """The promotion of a code or a name, blank for none."""
    if not text:
        return None
    found = [one for one in turn.uow.promotions.named(text) if one.state(turn.now) is not State.OVER]
    if len(found) != 1:
        raise BadInput(words.no_promotion(name=text), USAGE)
    return found[0].promotion_id


def _share(turn: Turn, text: str) -> Decimal:
    found = _SHARE.fullmatch(text.strip() or "10")
    share = Decimal(found[1]) / 100 if found else None
    if share is None or share > MOST_HOLD_OUT:
        raise BadInput(words.bad_share(text=text, most=turn.shop.percent(float(MOST_HOLD_OUT), 0)), USAGE)
    return share


def _when(turn: Turn, text: str) -> tuple[datetime | None, bool]:
    """When it begins, and whether each is written to at their usual hour."""
    said = " ".join(text.casefold().split())
    usual = any(said.endswith(one) for one in _USUAL)
    for one in _USUAL:
        said = said.removesuffix(one).strip(" ,")
    if said in _AT_ONCE:
        return None, usual
    found = _MOMENT.fullmatch(said)
    try:
        there = datetime.fromisoformat(f"{found[1]} {int(found[2]):02}:{found[3]}") if found else None
    except ValueError:
        there = None
    if there is None:
        raise BadInput(words.bad_when(text=text), USAGE)
    moment = there.replace(tzinfo=turn.shop.time_zone).astimezone(turn.now.tzinfo)
    if moment < turn.now:
        raise BadInput(words.WHEN_IS_OVER, USAGE)
    return moment, usual


def _in_chat(text: str) -> bool:
    said = text.strip().casefold()
    if said not in ("", MAIL, CHAT, "chat or mail", "mail or chat", "own chat"):
        raise BadInput(words.bad_channel(text=text), USAGE)
    return "chat" in said
