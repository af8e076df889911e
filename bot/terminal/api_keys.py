"""Makes keys for other programs, lists them and ends them."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.shop import Shop
from domain.ports import Clock
from domain.records.api_keys import ApiKey

TERMINAL = "terminal"  # who does it, as the audit log notes it


def show_secret(key: ApiKey, secret: str, shop: Shop, console: Console) -> None:
    """Prints a new key's secret, this once."""
    scopes = ", ".join(sorted(key.scopes))
    console.print(f"[green]✓[/] {key.name}: {scopes}; until {shop.day(key.ends_at)}, {key.per_minute:,} calls a minute")
    console.print("Its key is shown this once, and kept nowhere:\n")
    console.print(f"  {secret}\n", markup=False, highlight=False, soft_wrap=True)
    console.print(f"Send it as “Authorization: Bearer …”; what can be asked: {shop.web_url}/api/v1/docs", markup=False)


def show_keys(keys: Sequence[ApiKey], shop: Shop, clock: Clock, console: Console) -> None:
    """Prints a table of all keys, those that hold first."""
    if not keys:
        console.print("No keys were made yet: parley api-key create NAME --scope SCOPE", markup=False)
        return
    now = clock.now()
    table = Table(box=None)
    for heading in ("name", "may ask for", "a minute", "until", "last used", ""):
        table.add_column(heading, overflow="fold")
    for key in sorted(keys, key=lambda one: not one.holds(now)):
        table.add_row(
            escape(key.name),
            ", ".join(sorted(key.scopes)),
            f"{key.per_minute:,}",
            shop.day(key.ends_at),
            shop.moment(key.used_at) if key.used_at else "never",
            "" if key.holds(now) else "revoked" if key.revoked_at else "over",
        )
    console.print(table)
