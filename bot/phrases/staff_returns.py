"""What staff reads of what comes back of orders: lists, what is to be decided, what was done."""

from collections.abc import Mapping, Sequence

from domain.records.returns import Condition, ReturnKind, ReturnReason, ReturnState

WAITING = "What is to come back, and what waits for a decision"
NOTHING_WAITS = "Nothing is on its way back, and nothing waits for a decision."
RETURNS = "Returns"
CONDITIONS = {
    Condition.GOOD: "Came back good",
    Condition.DAMAGED: "Came back damaged",
    Condition.MISSING: "It is missing",
}
KINDS = {ReturnKind.RETURN: "return", ReturnKind.EXCHANGE: "exchange"}
STATES = {
    ReturnState.REQUESTED: "on its way back",
    ReturnState.RECEIVED: "decide",
    ReturnState.REFUNDED: "refunded",
    ReturnState.REPLACED: "replaced",
    ReturnState.REFUSED: "refused",
    ReturnState.CALLED_OFF: "called off",
}
REASONS = {
    ReturnReason.CHANGED_MIND: "does not want it after all",
    ReturnReason.DOES_NOT_FIT: "does not fit",
    ReturnReason.NOT_AS_DESCRIBED: "not as described",
    ReturnReason.BROKEN: "came broken",
    ReturnReason.WRONG_ITEM: "not what was ordered",
    ReturnReason.TOO_LATE: "came too late",
    ReturnReason.OTHER: "another reason",
}
REASON, STATE, CONDITION = "reason", "state", "came back"
BACK, ON_TOP = "goes back", "is paid on top"
ACCEPT = {ReturnKind.RETURN: "Refund all the same", ReturnKind.EXCHANGE: "Replace all the same"}
REFUSE = "Refuse"
IN_STOCK = "It is in stock again."
NOT_IN_STOCK = "It does not go back into stock."
DECIDE = "Decide: the customer gets what they want for it all the same, or the return is refused."
SEND_REPLACEMENT = "Send the replacement: it was set aside, and is out of stock already."


def steps(kind: ReturnKind, state: ReturnState) -> dict[str, str]:
    """What can be done with one, as staff types it, and what its button says."""
    received = {f"received {condition}": label for condition, label in CONDITIONS.items()}
    if state is ReturnState.RECEIVED:
        accept = "refund" if kind is ReturnKind.RETURN else "replace"
        good = f"received {Condition.GOOD}"
        return {accept: ACCEPT[kind], "refuse": REFUSE, good: received[good]}
    return received if state.is_open else {}


def title(*, number: str, kind: ReturnKind, order_id: int, state: ReturnState) -> str:
    """The title of one."""
    return f"{number} · {KINDS[kind]} of order #{order_id} · {STATES[state]}"


def step(facts: Mapping[str, str]) -> Sequence[str]:
    """What staff did with one, by its entry in the audit log."""
    how = facts.get("condition", "")
    return (facts["return"], *([f"came back {how}"] if how else []), STATES[ReturnState(facts["state"])])


def row(*, number: str, kind: ReturnKind, order_id: int, pieces: str, state: ReturnState) -> str:
    """One of a list."""
    return f"{number} · {KINDS[kind]} of #{order_id} · {pieces} · {STATES[state]}"


def of_order(*, number: str, kind: ReturnKind, state: ReturnState) -> str:
    """One on its order's card."""
    return f"{KINDS[kind]} {number}: {STATES[state]}"


def line(*, quantity: int, title: str, replacement: str) -> str:
    """Pieces that come back, and what takes their place."""
    return f"{quantity} × {title}" + (f" → {replacement}" if replacement else "")


def none(*, number: str) -> str:
    """There is none of that number."""
    return f"There is no return {number}. /orders returns lists those that wait."


def moved(*, number: str, state: str) -> str:
    """It is where this cannot be done."""
    return f"Return {number} is {STATES[ReturnState(state)]}, so this cannot be done with it. Nothing was changed."
