"""`/campaign`: campaigns are written, looked at as a customer does, approved, paused and stopped, and how they went."""

from collections.abc import Callable

from bot import lift
from bot.admin import automations
from bot.admin.audience_words import write_audience
from bot.admin.campaign_forms import campaign_form, said_of, with_said
from bot.admin.parsing import first_word, read_page
from bot.admin.replies import actor, button, span
from bot.messages import Button, Line, Reply, Row, Verb
from bot.phrases import labels, misread
from bot.phrases import staff as phrases
from bot.phrases import staff_campaigns as words
from bot.phrases.staff import PAGE
from bot.support import notices
from bot.turn import Turn
from bot.values import BadInput
from domain.errors import CampaignUnknown, NotBuilt
from domain.events import CampaignSampled, CampaignWaiting
from domain.outreach import campaigning
from domain.outreach.measuring import measure
from domain.outreach.pausing import pause_of, switch
from domain.records.campaigns import Campaign, CampaignState
from domain.records.staff import Role

ALL = "all"


def answer_campaign(turn: Turn, text: str, held: frozenset[Role]) -> list[Reply]:
    """The replies to `/campaign TEXT`.

    Raises:
        BadInput, ShopError: nothing was changed.
    """
    word, rest = first_word(text)
    if word.isdecimal() and not rest:
        return [_one(turn, _named(turn, word))]
    action = ACTIONS.get(word)
    if action is None and word not in ("", "page"):
        raise BadInput(misread.unknown(word=word), "campaign")
    return action(turn, rest) if action is not None else [_list(turn, text)]


def _named(turn: Turn, text: str) -> Campaign:
    number = text.strip().lstrip("#")
    if not number.isascii() or not number.isdecimal() or len(number) > 15:
        raise BadInput(words.WHICH, "campaign")
    found = turn.uow.campaigns.get(int(number))
    if found is None:
        raise CampaignUnknown(int(number))
    return found


def _list(turn: Turn, text: str) -> Reply:
    rest, number = read_page(text, "campaign")
    if rest:
        raise BadInput(misread.bad_page(text=rest), "campaign")
    shown, total = turn.uow.campaigns.latest(PAGE, (number - 1) * PAGE)
    new = button(labels.NEW_CAMPAIGN, Verb.CAMP_NEW) + button(labels.AUTOMATIONS, Verb.CAMP_AUTOMATIONS)
    if not shown:
        return Reply(title=words.TITLE, text=words.NONE_YET if number == 1 else phrases.NO_SUCH_PAGE, buttons=new)
    sent = turn.uow.campaign_results.messages(shown, turn.now)
    rows = [Row(*words.row(turn.shop, campaign=one, messages=sent[one.campaign_id])) for one in shown]
    buttons: tuple[Button, ...] = ()
    for one in shown[:PAGE]:
        buttons += button(labels.campaign(number=one.campaign_id), Verb.CAMP_SHOW, str(one.campaign_id))
    if total > number * PAGE:
        buttons += button(labels.MORE, Verb.CAMP_PAGE, str(number + 1))
    body: list[Line] = [words.ALL_PAUSED] if pause_of(turn.uow.audit) is not None else []
    body += [*rows, span(turn.shop, number, shown, total), words.HOW]
    return Reply(title=words.TITLE, body=tuple(body), buttons=new + buttons)


def _one(turn: Turn, campaign: Campaign, said: str = "") -> Reply:
    """All about a campaign, with what can be done with it now."""
    lines: list[Line] = [said] if said else []
    if pause_of(turn.uow.audit) is not None:
        lines.append(words.ALL_PAUSED)
    if not campaign.kind.automatic:
        lines.append(Row(words.FIELDS["audience"][0], write_audience(campaign.audience)))
        lines += _sizes(turn, campaign) if campaign.started_at is None else []
    if campaign.started_at is not None:
        lines += _came_to(turn, campaign)
    told = {**said_of(turn, campaign)}
    lines.append(Row(words.FIELDS["hold_out"][0], told["hold_out"]))
    if not campaign.kind.automatic:
        lines += [
            Row(words.FIELDS["when"][0], words.when(turn.shop, campaign=campaign)),
            Row(words.FIELDS["channel"][0], words.where(campaign=campaign)),
            words.made(turn.shop, campaign=campaign),
        ]
    if campaign.subject:
        lines += ["", Row(words.FIELDS["subject"][0], campaign.subject), *campaign.words.splitlines()]
    lines += [Row(words.FIELDS[name][0], told[name]) for name in ("products", "promotion") if told[name]]
    return Reply(title=words.title(campaign=campaign), body=tuple(lines), buttons=_buttons(turn, campaign))


def _came_to(turn: Turn, campaign: Campaign) -> list[Line]:
    """What a campaign brought so far, and what may be said of what it changed."""
    (found,) = measure(turn.uow.campaign_results, [campaign], turn.now)
    messages = found.result.messages
    told: list[Line] = [words.groups(turn.shop, result=found.result), words.outcomes(turn.shop, messages=messages)]
    told += [Row(*words.withheld(turn.shop, reason=reason, count=count)) for reason, count in messages.withheld.items()]
    told += words.read(turn.shop, messages=messages)
    for name, group in words.GROUPS.items():
        told.append(Row(*words.ordered(turn.shop, name=name, group=getattr(found.result, group))))
    return [*told, lift.verdict(found, turn.shop), *filter(None, [lift.revenue(found, turn.shop)])]


def _sizes(turn: Turn, campaign: Campaign) -> list[Line]:
    try:
        found = turn.uow.audiences.size(campaign.audience, turn.now, campaign.campaign_id)
    except NotBuilt:
        return [words.NOT_BUILT]
    if not found.reachable:
        return [words.size(turn.shop, found=found, hold_out=campaign.hold_out), words.NOBODY_REACHABLE]
    told = words.overlap(turn.shop, found=found)
    return [words.size(turn.shop, found=found, hold_out=campaign.hold_out), *([told] if told else [])]


def _buttons(turn: Turn, campaign: Campaign) -> tuple[Button, ...]:
    number, state = str(campaign.campaign_id), campaign.state
    if campaign.kind.automatic:
        return automations.buttons(campaign.kind, campaign)
    look = button(labels.PREVIEW, Verb.CAMP_PREVIEW, number) + button(labels.TO_ME, Verb.CAMP_SAMPLE, number)
    write = button(labels.EDIT, Verb.CAMP_EDIT, number)
    stop = button(labels.STOP_CAMPAIGN, Verb.CAMP_STOP, number)
    approve = button(labels.APPROVE_CAMPAIGN, Verb.CAMP_APPROVE, number)
    match state:
        case CampaignState.DRAFT:
            ask = button(labels.ASK_APPROVAL, Verb.CAMP_ASK, number) if turn.shop.second_person else approve
            return write + look + ask + stop
        case CampaignState.WAITING:
            return approve + look + write + stop
        case CampaignState.APPROVED | CampaignState.RUNNING:
            return button(labels.PAUSE_CAMPAIGN, Verb.CAMP_PAUSE, number) + stop + look
        case CampaignState.PAUSED:
            return button(labels.RESUME_CAMPAIGN, Verb.CAMP_RESUME, number) + stop + look
    return look


def _new(turn: Turn, text: str) -> list[Reply]:
    """Makes a draft of a filled-in form; without one it answers with the form."""
    filled = dict(turn.message.command.fields) if turn.message.command else {}
    if not filled:
        empty = {"name": text, "audience": "", "hold_out": "10%", "when": "now", "channel": "mail"}
        return [Reply(text=words.WHAT_CAMPAIGN, form=campaign_form(empty))]
    try:
        written = with_said(turn, Campaign(name=""), filled)
    except BadInput as wrong:
        return [Reply(text=wrong.reason, form=campaign_form(filled))]
    made = campaigning.draft(turn.uow, written, actor=actor(turn), now=turn.now)
    return [_one(turn, made)]


def _edit(turn: Turn, text: str) -> list[Reply]:
    campaign = _named(turn, text)
    filled = dict(turn.message.command.fields) if turn.message.command else {}
    if not filled:
        return [Reply(title=words.title(campaign=campaign), form=campaign_form(said_of(turn, campaign), int(text)))]
    try:
        written = with_said(turn, campaign, filled)
    except BadInput as wrong:
        return [Reply(text=wrong.reason, form=campaign_form(filled, campaign.campaign_id))]
    before = words.state_of(campaign)
    changed = campaigning.rewrite(turn.uow, written, actor=actor(turn), now=turn.now)
    return [_one(turn, changed, words.now_is(campaign=changed, before=before))]


def _preview(turn: Turn, text: str) -> list[Reply]:
    """The messages as a customer reads them in the chat; their buttons do nothing here."""
    campaign = _named(turn, text)
    products = notices.shown(turn.uow, campaign)
    offer = notices.offer(turn.uow, campaign, turn.shop, turn.now)
    told = [
        Reply(title=one.title, body=(*one.body, words.preview_buttons(labels=[each.label for each in one.buttons])))
        for one in notices.campaign(campaign, products, offer, turn.shop)
    ]
    to_me = button(labels.TO_ME, Verb.CAMP_SAMPLE, str(campaign.campaign_id))
    return [*told, Reply(text=words.PREVIEW, buttons=to_me)]


def _sample(turn: Turn, text: str) -> list[Reply]:
    campaign = _named(turn, text)
    if turn.conversation.proven_email is None:
        return [Reply(text=words.NO_ADDRESS)]
    who = turn.conversation.identity_id
    turn.uow.record(CampaignSampled(campaign_id=campaign.campaign_id, identity_id=who, asked=turn.message.id))
    return [Reply(text=words.SAMPLE_SENT)]


def _ask(turn: Turn, text: str) -> list[Reply]:
    campaign = _named(turn, text)
    moved = campaigning.ask_approval(turn.uow, campaign.campaign_id, actor=actor(turn), now=turn.now)
    turn.uow.record(CampaignWaiting(campaign_id=campaign.campaign_id))
    return [_one(turn, moved, words.now_is(campaign=moved, before=words.state_of(campaign)))]


def _approve(turn: Turn, text: str) -> list[Reply]:
    campaign = _named(turn, text)
    moved = campaigning.approve(
        turn.uow,
        campaign.campaign_id,
        actor=actor(turn),
        second_person=turn.shop.second_person,
        now=turn.now,
    )
    return [_one(turn, moved, words.now_is(campaign=moved, before=words.state_of(campaign)))]


def _pause(turn: Turn, text: str) -> list[Reply]:
    return _all(turn, paused=True) if text.casefold() == ALL else _step(turn, text, campaigning.pause)


def _resume(turn: Turn, text: str) -> list[Reply]:
    return _all(turn, paused=False) if text.casefold() == ALL else _step(turn, text, campaigning.go_on)


def _stop(turn: Turn, text: str) -> list[Reply]:
    return _step(turn, text, campaigning.stop)


def _step(turn: Turn, text: str, step: Callable[..., Campaign]) -> list[Reply]:
    campaign = _named(turn, text)
    moved = step(turn.uow, campaign.campaign_id, actor=actor(turn), now=turn.now)
    return [_one(turn, moved, words.now_is(campaign=moved, before=words.state_of(campaign)))]


def _all(turn: Turn, *, paused: bool) -> list[Reply]:
    switch(turn.uow.audit, paused=paused, actor=actor(turn), now=turn.now)
    return [Reply(text=words.ALL_PAUSED if paused else phrases.MARKETING_GOES_ON)]


def _page(turn: Turn, text: str) -> list[Reply]:
    return [_list(turn, text)]


def _show(turn: Turn, text: str) -> list[Reply]:
    return [_one(turn, _named(turn, text))]


ACTIONS: dict[str, Callable[[Turn, str], list[Reply]]] = {
    "new": _new,
    "edit": _edit,
    "show": _show,
    "page": _page,
    "preview": _preview,
    "sample": _sample,
    "ask": _ask,
    "approve": _approve,
    "pause": _pause,
    "resume": _resume,
    "stop": _stop,
    "automations": automations.answer_automations,
}
