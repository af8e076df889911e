"""What is made of what, as dbt's models say it, in names that people know."""

from typing import Any

from storage.server.rights import CANDIDATES, MART, UNPUBLISHED

_SHOWN = ("model", "snapshot")


def edges(manifest: Any) -> list[tuple[str, str]]:
    """Each step of the way of the data: what is made, of what. The name of who reads begins with "reader: "."""
    names = {
        node.unique_id: _name(node.schema, node.alias)
        for node in manifest.nodes.values()
        if node.resource_type in _SHOWN
    }
    names |= {source.unique_id: f"{source.schema}.{source.name}" for source in manifest.sources.values()}
    names |= {one.unique_id: f"reader: {one.label or one.name}" for one in manifest.exposures.values()}
    makers = [*manifest.nodes.values(), *manifest.exposures.values()]
    found = {
        (names[maker.unique_id], names[parent])
        for maker in makers
        if maker.unique_id in names
        for parent in maker.depends_on.nodes
        if parent in names
    }
    return sorted(found)


def _name(schema: str, alias: str) -> str:
    """A model as its readers find it, not where it is made."""
    if schema == CANDIDATES:
        return alias.replace("__", ".", 1)
    return f"{MART if schema == UNPUBLISHED else schema}.{alias}"
