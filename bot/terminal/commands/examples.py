"""How commands are called, by an example or two of each that is called with something."""

from collections.abc import Mapping

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "api-key create": ("parley api-key create till-denver --scope products",),
    "api-key revoke": ("parley api-key revoke till-denver",),
    "backup": ("parley backup monday.backup",),
    "customer erase": ("parley customer erase ann@example.com",),
    "customer export": ("parley customer export ann@example.com --out ann.json",),
    "health": ("parley health worker",),
    "import customers": ("parley import customers customers.csv --dry-run",),
    "import inventory": ("parley import inventory products.csv --dry-run",),
    "import orders": ("parley import orders orders.csv --dry-run",),
    "import shipments": ("parley import shipments shipments.csv --dry-run",),
    "import tickets": ("parley import tickets tickets.jsonl --dry-run",),
    "inventory undo": ("parley inventory undo 45",),
    "inventory reorder": ("parley inventory reorder --csv reorder.csv",),
    "jobs retry": ("parley jobs retry 17 18", "parley jobs retry --all"),
    "mails": ("parley mails", "parley mails 3"),
    "marketing": ("parley marketing pause",),
    "nlu evaluate": ("parley nlu evaluate messages.jsonl",),
    "predict evaluate": ("parley predict evaluate orders.csv --what churn",),
    "recommend evaluate": ("parley recommend evaluate orders.csv --cutoff 2026-06-01",),
    "report": ("parley report finance --period month", "parley report sales --ending 2026-06-28 --category Garden"),
    "restore": ("parley restore monday.backup --replace",),
    "simulate": ("parley simulate orders.csv --days-per-second 2",),
    "why": ("parley why ann@example.com",),
}


def epilog(command: str) -> str | None:
    """What stands below a command's help: its examples, a line each; None where it needs none."""
    return "\n\n".join(f"Example: {one}" for one in EXAMPLES.get(command, ())) or None
