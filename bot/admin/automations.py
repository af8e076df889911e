"""`/campaign automations`: what goes on by itself, switched on and off, worded, and how many it leaves alone."""

from dataclasses import replace

from bot.admin.campaign_forms import automation_form, said_of, with_said
from bot.admin.parsing import first_word
from bot.admin.replies import actor, button
from bot.messages import Button, Line, Reply, Row, Verb
from bot.phrases import labels
from bot.phrases import staff_campaigns as words
from bot.turn import Turn
from bot.values import BadInput
from domain.outreach.automations import rewrite, switch
from domain.outreach.pausing import pause_of
from domain.records.campaigns import AUTOMATIONS, Campaign, CampaignKind, Progress

USAGE = "campaign automations"
_SWITCHES = {"on": True, "off": False}
_EDIT = "edit"
ACTIONS = (*_SWITCHES, _EDIT)
_FIXED = (CampaignKind.BACK_IN_STOCK, CampaignKind.CART_LEFT)  # what they say is theirs


def answer_automations(turn: Turn, text: str) -> list[Reply]:
    """The reply to `/campaign automations [on|off|edit NAME]`.

    Raises:
        BadInput: there is no such automation, or a value is none.
    """
    word, rest = first_word(text)
    if not word:
        return [_list(turn)]
    if word in _SWITCHES:
        kind = _kind(rest)
        switched, changed = switch(
            turn.uow, kind, words.DEFAULTS[kind], on=_SWITCHES[word], actor=actor(turn), now=turn.now
        )
        before = "off" if _SWITCHES[word] else "on"
        lead = words.now_is(campaign=switched, before=before) if changed else words.NOTHING_CHANGED
        return [_list(turn, lead)]
    if word == _EDIT:
        return [_edit(turn, _kind(rest))]
    raise BadInput(words.which_automation(name=text), USAGE)


def buttons(kind: CampaignKind, automation: Campaign | None) -> tuple[Button, ...]:
    """What can be done with an automation."""
    on = automation is not None and words.state_of(automation) == "on"
    flip = button(labels.switch_off(name=words.CALLED[kind]), Verb.CAMP_OFF, kind)
    if not on:
        flip = button(labels.switch_on(name=words.CALLED[kind]), Verb.CAMP_ON, kind)
    return flip + (button(labels.EDIT, Verb.CAMP_WORDS, kind) if automation is not None else ())


def _kind(text: str) -> CampaignKind:
    said = "_".join(text.casefold().replace("-", " ").replace("_", " ").split())
    if said not in list(AUTOMATIONS):
        raise BadInput(words.which_automation(name=text), USAGE)
    return CampaignKind(said)


def _list(turn: Turn, lead: str = "") -> Reply:
    known = turn.uow.campaigns.automations()
    stand = turn.uow.campaigns.progress([one.campaign_id for one in known.values()])
    lines: list[Line] = [lead] if lead else []
    if pause_of(turn.uow.audit) is not None:
        lines.append(words.ALL_PAUSED)
    shown: tuple[Button, ...] = ()
    for kind in AUTOMATIONS:
        automation = known.get(kind)
        progress = stand[automation.campaign_id] if automation else Progress()
        lines += [
            Row(*words.automation_row(turn.shop, kind=kind, campaign=automation, progress=progress), strong=True),
            words.ABOUT[kind],
        ]
        shown += buttons(kind, automation)[:1]
    return Reply(title=words.AUTOMATIONS_TITLE, body=tuple(lines), buttons=shown)


def _edit(turn: Turn, kind: CampaignKind) -> Reply:
    automation = turn.uow.campaigns.automation(kind)
    if automation is None:
        automation, _ = switch(turn.uow, kind, words.DEFAULTS[kind], on=False, actor=actor(turn), now=turn.now)
        automation = turn.uow.campaigns.add(automation)
    filled = dict(turn.message.command.fields) if turn.message.command else {}
    if not filled:
        form = automation_form(kind, said_of(turn, automation))
        if kind in _FIXED:
            form = replace(form, fields=tuple(field for field in form.fields if field.name == "hold_out"))
        return Reply(title=words.title(campaign=automation), form=form)
    try:
        written = with_said(turn, automation, filled)
    except BadInput as wrong:
        return Reply(text=wrong.reason, form=automation_form(kind, filled))
    rewrite(turn.uow, written, actor=actor(turn), now=turn.now)
    return _list(turn, words.reworded(turn.shop, campaign=written))
