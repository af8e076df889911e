"""What staff reads of campaigns and automations, and what automations say until staff words them anew."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.phrases.wording import listed
from bot.shop import Shop
from domain.outreach.automations import Words
from domain.records.campaign_results import CampaignResult, Group, Messages
from domain.records.campaigns import Campaign, CampaignKind, CampaignState, Size

NOT_BUILT = (
    "That asks for what the warehouse or its predictions know, and they are not there yet. "
    "`parley analytics build` makes them; bought, list and everybody need neither."
)
TITLE = "Campaigns"
AUTOMATIONS_TITLE = "Automations"
NONE_YET = "There is no campaign yet. “New campaign” opens a form; nobody is written to before it is approved."
HOW = "/campaign NUMBER shows one, /campaign automations what goes on by itself, /campaign pause all stops everything."
WHAT_CAMPAIGN = "Who shall be written to, and with which words?"
WHICH = "Say which campaign, by its number."
WHEN_IS_OVER = "That time is over: write now, usual hour, or a time to come."
NOTHING_CHANGED = "Nothing was changed."
PREVIEW = "This is what a customer reads in the chat; “Mail it to me” sends you the mail."
SAMPLE_SENT = "On its way to you: the mail as a customer gets it. Nobody else is written to."
NO_ADDRESS = "I do not know your e-mail address: write “verify” to me in a direct chat, and then try again."
NOBODY_REACHABLE = "Nobody of them may be written to, so nothing would be sent."
ALL_PAUSED = "All marketing is paused: nobody is written to until /parley marketing resume."
FIELDS = {
    "name": ("Name", "What you call it; customers do not see it"),
    "audience": (
        "Who",
        "everybody, or terms with commas between: segment churn risk or VIP, tier high, at risk, bought MUG-RED, "
        "not bought TEAPOT, in Denver, list (whom /churn collected)",
    ),
    "subject": ("Subject", "Of the mail; in a chat it stands above the words"),
    "words": ("Words", "Every line becomes a paragraph"),
    "products": ("Products", "Up to five ids with commas between; each is shown with its price and a button"),
    "promotion": ("Promotion", "A code or the name of a discount of /promo; it is told with what it gives"),
    "hold_out": ("Hold-out", "So many per cent are left alone, to compare with: from 0 to 50, usually 10"),
    "when": ("When", "now, usual hour (each at the hour they order most), or a time like 2026-12-05 10:00"),
    "channel": ("Where", "mail; or chat: to those who agreed to it in their own chat, and to the others by mail"),
}
_STATES = {
    CampaignState.DRAFT: "draft",
    CampaignState.WAITING: "waits for approval",
    CampaignState.APPROVED: "approved",
    CampaignState.RUNNING: "running",
    CampaignState.PAUSED: "paused",
    CampaignState.STOPPED: "stopped",
    CampaignState.DONE: "sent",
}
CALLED = {
    CampaignKind.WIN_BACK: "Win back",
    CampaignKind.SECOND_ORDER: "Second order",
    CampaignKind.BACK_IN_STOCK: "Back in stock",
    CampaignKind.CART_LEFT: "Cart left",
    CampaignKind.AFTER_DELIVERY: "After delivery",
}
ABOUT = {
    CampaignKind.WIN_BACK: "who came into churn risk, once in 90 days",
    CampaignKind.SECOND_ORDER: "whose only order is 14 days old",
    CampaignKind.BACK_IN_STOCK: "who asked to be told; usually nobody is left alone, for they asked",
    CampaignKind.CART_LEFT: "who left an order card unconfirmed; at most two reminders",
    CampaignKind.AFTER_DELIVERY: "“how was it?”, three days after an order arrived",
}
DEFAULTS = {
    CampaignKind.WIN_BACK: Words(
        name=CALLED[CampaignKind.WIN_BACK],
        subject="It has been a while",
        words="We have not heard from you for some time.\nIf something was not right, answer in the chat: a person "
        "reads it. If you are just looking for something new, the chat shows you what others like.",
    ),
    CampaignKind.SECOND_ORDER: Words(
        name=CALLED[CampaignKind.SECOND_ORDER],
        subject="How is it so far?",
        words="Two weeks ago you ordered with us for the first time. Thank you.\n"
        "Ask the chat what goes with it: it suggests what others bought together with yours.",
    ),
    CampaignKind.AFTER_DELIVERY: Words(
        name=CALLED[CampaignKind.AFTER_DELIVERY],
        subject="How was it?",
        words="Your order arrived a few days ago. How was it?",
    ),
    CampaignKind.BACK_IN_STOCK: Words(name=CALLED[CampaignKind.BACK_IN_STOCK], subject="", words=""),
    CampaignKind.CART_LEFT: Words(name=CALLED[CampaignKind.CART_LEFT], subject="", words=""),
}


def state_of(campaign: Campaign) -> str:
    """Where a campaign is in its life; an automation is on or off."""
    if campaign.kind.automatic:
        return "on" if campaign.state is CampaignState.RUNNING else "off"
    return _STATES[campaign.state]


def row(shop: Shop, *, campaign: Campaign, messages: Messages) -> tuple[str, str]:
    """A campaign in a list: "3 · Spring · running", "120 sent"."""
    return (f"{campaign.campaign_id} · {campaign.name} · {state_of(campaign)}", _sent(shop, messages))


def automation_row(
    shop: Shop, *, kind: CampaignKind, campaign: Campaign | None, messages: Messages | None
) -> tuple[str, str]:
    """An automation in a list."""
    state = state_of(campaign) if campaign else "off"
    return (f"{CALLED[kind]} · {state}", _sent(shop, messages) if messages else "")


def _sent(shop: Shop, messages: Messages) -> str:
    return f"{shop.number(messages.sent)} sent"


def title(*, campaign: Campaign) -> str:
    """Above one campaign."""
    name = CALLED[campaign.kind] if campaign.kind.automatic else f"Campaign {campaign.campaign_id}: {campaign.name}"
    return f"{name} ({state_of(campaign)})"


def size(shop: Shop, *, found: Size, hold_out: Decimal) -> str:
    """How many an audience has, how many of them may be written to, and how many would be left alone."""
    held = round(found.reachable * hold_out)
    who = f"{shop.counted(found.total, 'customer')}, {shop.number(found.reachable)} of them may be written to"
    return f"{who}; about {shop.number(held)} would be left alone, to compare with."


def overlap(shop: Shop, *, found: Size) -> str:
    """How many of them others wrote to, or are about to; empty where nobody."""
    parts = [
        *([f"{shop.number(found.lately)} got another campaign in the last 7 days"] if found.lately else []),
        *([f"{shop.number(found.running)} are in one that runs"] if found.running else []),
    ]
    return f"Of these {' and '.join(parts)}; the caps on marketing hold for all together." if parts else ""


def groups(shop: Shop, *, result: CampaignResult) -> str:
    """The groups as they were drawn."""
    treated, held = shop.number(result.treated.members), shop.number(result.held_out.members)
    return f"{treated} to be written to, {held} left alone."


def outcomes(shop: Shop, *, messages: Messages) -> str:
    """What became of the messages."""
    counts = (
        (messages.unsettled, "handed over without an answer"),
        (messages.failed, "failed"),
        (messages.held, "withheld"),
    )
    parts = [f"{shop.number(messages.sent)} sent", *(f"{shop.number(one)} {what}" for one, what in counts if one)]
    return f"{listed(parts)}."


def withheld(shop: Shop, *, reason: str, count: int) -> tuple[str, str]:
    """Why some were not sent."""
    return (f"withheld: {reason}", shop.number(count))


GROUPS = {"written to": "treated", "left alone": "held_out"}


def ordered(shop: Shop, *, name: str, group: Group) -> tuple[str, str]:
    """Who of a group ordered in their window so far, and what those brought whose window is over."""
    who = f"{name}: {shop.number(group.so_far)} of {shop.number(group.members)} ordered so far"
    return (who, shop.money(group.net) if group.customers else "")


def read(shop: Shop, *, messages: Messages) -> Iterator[str]:
    """What readers did: what is known for sure, and what the mail service says, where it is asked."""
    known = f"{shop.number(messages.followed)} put a product into a cart by its links"
    yield f"Sure: {known}, {shop.number(messages.unsubscribed)} unsubscribed."
    if shop.counts_reading:
        opened, clicked = shop.number(messages.opened), shop.number(messages.clicked)
        yield f"The mail service says: {opened} opened, {clicked} clicked. Programs that load pictures open everything."


def made(shop: Shop, *, campaign: Campaign) -> str:
    """Who wrote at it last and who approved it."""
    who = f"Last written at by {campaign.made_by}"
    if campaign.approved_by:
        at = f" at {shop.moment(campaign.approved_at)}" if campaign.approved_at else ""
        who += f", approved by {campaign.approved_by}{at}"
    return f"{who}."


def when(shop: Shop, *, campaign: Campaign) -> str:
    """When it is sent."""
    begins = f"from {shop.moment(campaign.starts_at)}" if campaign.starts_at else "as soon as it is approved"
    return f"{begins}, each at the hour they order most" if campaign.usual_hour else begins


def where(*, campaign: Campaign) -> str:
    """By which way."""
    return "their own chat where they agreed to it, else mail" if campaign.in_chat else "mail"


def now_is(*, campaign: Campaign, before: str) -> str:
    """After a step: "Campaign 3: draft → waits for approval"."""
    name = CALLED[campaign.kind] if campaign.kind.automatic else f"Campaign {campaign.campaign_id}"
    return f"{name}: {before} → {state_of(campaign)}."


def preview_buttons(*, labels: Sequence[str]) -> str:
    """The buttons of a message that is only looked at."""
    return f"[{'] ['.join(labels)}]"


def reworded(shop: Shop, *, campaign: Campaign) -> str:
    """An automation says something else from now on, or leaves another share alone."""
    return (
        f"{CALLED[campaign.kind]} is changed; {shop.percent(float(campaign.hold_out), 1)} are left alone from now on."
    )


def asks_approval(*, campaign: Campaign) -> str:
    """To the admins' channel."""
    return (
        f"Campaign {campaign.campaign_id}, “{campaign.name}”, waits for somebody who had no hand in it "
        f"(last written at by {campaign.made_by}): "
        f"/campaign {campaign.campaign_id} shows it, /campaign approve {campaign.campaign_id} lets it begin."
    )


def form_title(*, number: int) -> str:
    """Above the form."""
    return f"Campaign {number}" if number else "New campaign"


def automation_title(*, kind: str) -> str:
    """Above an automation's form."""
    return CALLED[CampaignKind(kind)]


def no_campaign(*, number: int) -> str:
    """Nothing has that number."""
    return f"There is no campaign {number}; /campaign lists them."


def moved(*, number: int, state: str) -> str:
    """It is too late or too early for that."""
    stands = _STATES[CampaignState(state)]
    verb = "" if stands.startswith("waits") else "is "
    return f"Campaign {number} {verb}{stands}, so this cannot be done with it. Nothing was changed."


def own_approval(*, number: int) -> str:
    """A second person must look at it."""
    return (
        f"You wrote at campaign {number} or asked for its approval, so somebody else has to approve it. "
        "Nothing was changed."
    )


def bad_term(*, term: str) -> str:
    """A term of an audience that says nothing."""
    return f"I cannot read “{term[:60]}” as part of an audience."


def no_group(*, name: str) -> str:
    """No segment and no tier is called that."""
    return f"No segment and no tier is called “{name[:40]}”."


def no_place(*, name: str, known: Sequence[str]) -> str:
    """Nobody is there, as far as the warehouse knows."""
    like = f" Most customers are at {listed(list(known))}." if known else " The warehouse knows of no places yet."
    return f"Nobody is at “{name[:40]}”.{like}"


def bad_share(*, text: str, most: str) -> str:
    """A hold-out that cannot be."""
    return f"“{text[:20]}” is no share: the hold-out goes from 0% to {most}."


def bad_when(*, text: str) -> str:
    """A time that cannot be read."""
    return f"I cannot read “{text[:40]}”: write now, usual hour, or a time like 2026-12-05 10:00."


def bad_channel(*, text: str) -> str:
    """A way that there is not."""
    return f"I do not know the way “{text[:20]}”: write mail or chat."


def too_many_products(*, most: int) -> str:
    """More than a message shows."""
    return f"A message shows {most} products at most."


def no_promotion(*, name: str) -> str:
    """No promotion that holds, or several, are called that."""
    return f"No promotion that runs is called “{name[:40]}”; /promo lists them."


def which_automation(*, name: str) -> str:
    """No automation is called that."""
    return f"There is no automation “{name[:40]}”: there are {listed([str(kind) for kind in CALLED])}."
