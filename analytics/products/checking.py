"""Holds a relation against the contract of its port: its columns and types, and every rule."""

import operator
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from open_data_contract_standard.model import DataQuality, SchemaProperty
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from analytics.products.catalogue import Contract, in_words, rows_kept
from domain.records.data_products import Check
from storage.queries.mart_tables import columns_of

_COMPARED: Sequence[tuple[str, Callable[[Any, Any], bool]]] = (
    ("mustBe", operator.eq),
    ("mustNotBe", operator.ne),
    ("mustBeGreaterThan", operator.gt),
    ("mustBeGreaterOrEqualTo", operator.ge),
    ("mustBeLessThan", operator.lt),
    ("mustBeLessOrEqualTo", operator.le),
)


class Checking:
    """Checks relations in the role of a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def check(self, contract: Contract, relation: str, rows_before: int | None) -> list[Check]:
        """Every promise of a contract, and whether a relation keeps it; `rows_before` are those of the last good state.

        Where the columns are others nothing else is looked at.
        """
        promised = [(column.name, column.physicalType) for column in contract.table.properties or ()]
        found = list(columns_of(self._connection, relation).items())
        if found != promised:
            wrong = sorted({name or "" for name, _ in set(promised) ^ set(found)}) or ["their order"]
            said = f"others: {', '.join(wrong)}" if found else "it was not made"
            return [Check(name="columns and types", held=False, found=said)]
        checks = [Check(name="columns and types", held=True, found=f"{len(found)} as promised")]
        for name, rule, query in self._rules(contract, relation):
            checks.append(self._held(name, rule, query, rows_before))
        return checks

    def _rules(self, contract: Contract, relation: str) -> Iterator[tuple[str, DataQuality | None, str]]:
        """Each rule, by its name, with the query for what it counts; those without a rule count what is wrong."""
        for column in contract.table.properties or ():
            name = _quoted(column)
            if column.required:
                yield f"{column.name}: never empty", None, _count(relation, f"{name} IS NULL")
            if column.unique:
                yield f"{column.name}: none twice", None, _duplicates(relation, [name])
            for rule in column.quality or ():
                yield f"{column.name}: {in_words(rule)}", rule, _counted(rule, relation, name)
        for rule in contract.table.quality or ():
            yield in_words(rule), rule, _counted(rule, relation, "")

    def _held(self, name: str, rule: DataQuality | None, query: str, rows_before: int | None) -> Check:
        try:
            with self._connection.begin_nested():
                number = int(self._connection.exec_driver_sql(query).scalar_one())
        except DBAPIError as error:
            return Check(name=name, held=False, found=f"it cannot be asked: {type(error.orig).__name__}")
        if rule is None:
            return Check(name=name, held=number == 0, found=_wrong(number))
        if (per_cent := rows_kept(rule)) is not None:
            enough = rows_before is None or number * 100 >= rows_before * per_cent
            before = "none before" if rows_before is None else f"{rows_before:,} before"
            return Check(name=name, held=enough, found=f"{number:,} rows, {before}")
        terms = [(getattr(rule, term), holds) for term, holds in _COMPARED if getattr(rule, term) is not None]
        held = bool(terms) and all(holds(number, bound) for bound, holds in terms)
        return Check(name=name, held=held, found=_wrong(number))


def _counted(rule: DataQuality, relation: str, column: str) -> str:
    """The query for the number that a rule speaks of; of an empty field only `nullValues` says something.

    Raises:
        ValueError: a rule that nobody wrote a query for yet.
    """
    terms = rule.arguments or {}
    if rows_kept(rule) is not None or rule.metric == "rowCount":
        return _count(relation)
    if rule.type == "sql" and rule.query:
        return rule.query.replace("${object}", relation).replace("${property}", column).replace("%", "%%")
    match rule.metric:
        case "nullValues":
            return _count(relation, f"{column} IS NULL")
        case "duplicateValues":
            return _duplicates(relation, [f'"{one}"' for one in terms["properties"]] if not column else [column])
        case "invalidValues" if "validValues" in terms:
            known = ", ".join(_literal(value) for value in terms["validValues"])
            return _count(relation, f"{column} NOT IN ({known})")
        case "invalidValues" if "pattern" in terms:
            return _count(relation, f"{column} !~ {_literal(terms['pattern'])}")
    raise ValueError(f"nothing counts {rule.metric or rule.type} yet")


def _duplicates(relation: str, columns: Sequence[str]) -> str:
    """How many rows are there again; where the only column is empty nothing is."""
    named = ", ".join(columns)
    among = _count(relation, f"{columns[0]} IS NOT NULL" if len(columns) == 1 else "true")
    groups = f"{among} GROUP BY {named} HAVING count(*) > 1"
    return f"SELECT coalesce(sum(count - 1), 0) FROM ({groups}) AS groups"  # noqa: S608 - our own names


def _count(relation: str, that: str = "true") -> str:
    return f"SELECT count(*) FROM {relation} WHERE {that}"  # noqa: S608 - our own names


def _quoted(column: SchemaProperty) -> str:
    return f'"{column.name}"'


def _literal(value: object) -> str:
    return "'" + str(value).replace("'", "''").replace("%", "%%") + "'"


def _wrong(number: int) -> str:
    return "none is wrong" if number == 0 else f"{number:,} are wrong"
