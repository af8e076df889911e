"""Plays a wording of a task in a copy of the world, and judges what became of it."""

from dataclasses import dataclass

from tests.judges.tau.customer import Dialogue, talk
from tests.judges.tau.data import Task, Wording
from tests.judges.tau.policy import breaches, unasked
from tests.judges.tau.shop import LoadedShop, chatting
from tests.judges.tau.standing import trail
from tests.judges.tau.verdict import Verdict, differences, unsaid


@dataclass(frozen=True, kw_only=True, slots=True)
class Played:
    """A dialogue with its verdict."""

    task: Task
    wording: Wording
    dialogue: Dialogue
    verdict: Verdict

    @property
    def name(self) -> str:
        """The task's id and the wording's letter."""
        return f"{self.task.task_id}{self.wording.name}"


def play(shop: LoadedShop, task: Task, wording: Wording) -> Played:
    """Lets the customer talk until they have nothing more to say.

    Raises:
        RuntimeError: the shop broke down.
    """
    user = shop.world.users[task.user_id]
    with chatting(shop, user) as chat:
        standings = [chat.looking.standing(user)]
        dialogue = talk(wording, chat.say, lambda: standings.append(chat.looking.standing(user)))
        verdict = Verdict(
            differences=differences(trail(shop.world, task.acts), chat.looking.standing()),
            unsaid=unsaid(task.told, dialogue.told),
            unasked=unasked(dialogue, standings),
            breaches=breaches(shop.world, user, standings),
            gave_up=dialogue.gave_up,
        )
    return Played(task=task, wording=wording, dialogue=dialogue, verdict=verdict)
