"""What staff reads of campaigns and automations."""

NOT_BUILT = (
    "That asks for what the warehouse or its predictions know, and they are not there yet. "
    "`parley analytics build` makes them; bought, list and everybody need neither."
)


def no_campaign(*, number: int) -> str:
    """Nothing has that number."""
    return f"There is no campaign {number}; /campaign lists them."


def moved(*, number: int, state: str) -> str:
    """It is too late or too early for that."""
    return f"Campaign {number} is {state}, so this cannot be done with it. Nothing was changed."


def own_approval(*, number: int) -> str:
    """A second person must look at it."""
    return f"You wrote campaign {number}, so somebody else has to approve it. Nothing was changed."
