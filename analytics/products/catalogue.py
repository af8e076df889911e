"""Reads the files of data products: Bitol's ODPS for a product, ODCS for the contract of each of its ports."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import open_data_contract_standard
import yaml
from open_data_contract_standard.model import CustomProperty, DataQuality, OpenDataContractStandard, SchemaObject
from pydantic import BaseModel, ConfigDict

from domain.records.data_products import Access, DataProduct, Port, PortColumn

FOLDER = Path(__file__).parent
_LATENCY = "latency"
_KEPT = "atLeastPercentOfRowsBefore"  # a rule of ours: see `checking`


class _Described(BaseModel):
    """What ODPS says of a product in words."""

    model_config = ConfigDict(extra="forbid")
    purpose: str


class _Named(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str


class _PortOfProduct(BaseModel):
    """A port in ODPS; what it holds is said by its contract."""

    model_config = ConfigDict(extra="forbid")
    name: str
    version: str
    contractId: str
    type: str = ""
    description: str = ""


class OpenDataProduct(BaseModel):
    """What we use of Bitol's Open Data Product Standard 1.0.0, which has no library here; anything else is refused."""

    model_config = ConfigDict(extra="forbid")
    apiVersion: str
    kind: str
    id: str
    name: str
    version: str
    status: str
    domain: str
    description: _Described
    inputPorts: list[_PortOfProduct] = []
    outputPorts: list[_PortOfProduct]
    team: _Named
    customProperties: list[CustomProperty]


@dataclass(frozen=True, kw_only=True, slots=True)
class Contract:
    """What a port promises, as its file says it."""

    port: str
    whole: OpenDataContractStandard
    table: SchemaObject
    access: Access
    latency_hours: float


class BadProduct(Exception):
    """A file of a product that is not as the standard says, or that another one contradicts; the message says where."""


@cache
def contracts() -> Mapping[str, Contract]:
    """All contracts by their ports, those of a product's inputs before its own.

    Raises:
        BadProduct: a file is wrong.
    """
    return {port: _contract(port, product.id) for product in _in_order() for port in _ports(product)}


@cache
def products() -> tuple[DataProduct, ...]:
    """All products, as they are shown.

    Raises:
        BadProduct: a file is wrong.
    """
    return tuple(
        DataProduct(
            key=product.id,
            name=product.name,
            domain=product.domain,
            kind=_property(product.customProperties, "type"),
            version=product.version,
            purpose=product.description.purpose,
            inputs=tuple(port.name for port in product.inputPorts),
            ports=tuple(_port(contracts()[port]) for port in _ports(product)),
        )
        for product in _in_order()
    )


def in_words(rule: DataQuality) -> str:
    """What a rule promises."""
    return rule.description or rule.name or rule.metric or ""


def rows_kept(rule: DataQuality) -> float | None:
    """How many per cent of the rows before a rule of ours wants to be there; None of another rule."""
    said = rule.implementation
    return float(said[_KEPT]) if rule.type == "custom" and isinstance(said, dict) and _KEPT in said else None


def _in_order() -> list[OpenDataProduct]:
    """The products, each after those whose ports it reads."""
    waiting = {product.id: product for product in map(_product, sorted(FOLDER.glob("*/product.odps.yaml")))}
    done: dict[str, OpenDataProduct] = {}
    while waiting:
        known = {port for product in done.values() for port in _ports(product)}
        ready = [one for one in waiting.values() if {port.name for port in one.inputPorts} <= known]
        if not ready:
            raise BadProduct(f"{', '.join(waiting)}: reads a port that no product has, or one of its own readers")
        done |= {one.id: waiting.pop(one.id) for one in ready}
    return list(done.values())


def _ports(product: OpenDataProduct) -> list[str]:
    return [port.name for port in product.outputPorts]


def _product(file: Path) -> OpenDataProduct:
    try:
        product = OpenDataProduct.model_validate(_read(file))
    except ValueError as error:
        raise BadProduct(f"{file.relative_to(FOLDER)}: {error}") from error
    if product.id != file.parent.name:
        raise BadProduct(f"{file.relative_to(FOLDER)}: its id is not the folder's name")
    return product


def _contract(port: str, product: str) -> Contract:
    file = FOLDER / product / f"{port.partition('.')[2]}.odcs.yaml"
    said = _read(file)
    wrong = next(iter(_validator().iter_errors(said)), None)
    if wrong is not None:
        raise BadProduct(f"{file.relative_to(FOLDER)}: {wrong.json_path}: {wrong.message}")
    contract = OpenDataContractStandard.model_validate(said)
    tables = contract.schema_ or []
    if (contract.id, contract.dataProduct) != (port, product) or [table.physicalName for table in tables] != [port]:
        raise BadProduct(f"{file.relative_to(FOLDER)}: is not of {port}")
    latency = [one.value for one in contract.slaProperties or () if one.property == _LATENCY]
    return Contract(
        port=port,
        whole=contract,
        table=tables[0],
        access=Access(_property(contract.customProperties or [], "access")),
        latency_hours=float(str(latency[0])),
    )


def _port(contract: Contract) -> Port:
    whole, table = contract.whole, contract.table
    columns = table.properties or []
    rules = [*(table.quality or ()), *(rule for column in columns for rule in column.quality or ())]
    about = whole.description
    return Port(
        name=contract.port,
        version=whole.version or "",
        title=whole.name or "",
        purpose=(about and about.purpose) or "",
        limitations=(about and about.limitations) or "",
        grain=table.dataGranularityDescription or "",
        access=contract.access,
        columns=tuple(
            PortColumn(
                name=column.name or "",
                type=column.physicalType or "",
                description=column.description or "",
                required=bool(column.required),
                personal=column.classification == "restricted",
            )
            for column in columns
        ),
        rules=tuple(map(in_words, rules)),
        latency_hours=contract.latency_hours,
    )


def _property(found: list[CustomProperty], name: str) -> str:
    return next(str(one.value) for one in found if one.property == name)


def _read(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text())
    except (OSError, yaml.YAMLError) as error:
        raise BadProduct(f"{file.relative_to(FOLDER)}: {error}") from error


@cache
def _validator() -> Any:
    schema = json.loads((files(open_data_contract_standard) / "schema.json").read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)
