"""`Specification`: how the columns of somebody's files become our tables; written in TOML, kept, and run again."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from followmoney.errors import SettingsError, unknown
from followmoney.readers._layout import Layout
from followmoney.readers._template import columns_of
from followmoney.readers._toml import build, keys, mapping, section, texts
from followmoney.schema import TABLES, table

F = TypeVar("F", bool, int)
STATEMENT = ("own", "counterparty", "direction", "debit", "credit", "balance")
"""Columns of a statement that transactions do not have: they become its two ends, its amount, and a balance."""
_KEYS = (
    "files", "layout", "columns", "constants", "values", "missing", "lookup", "order_by_balance", "balance_tolerance",
)  # fmt: skip


@dataclass(frozen=True)
class Lookup:
    """A column taken from another file: where its `match` equals ours, its `take`."""

    files: tuple[str, ...] = ()
    match: str = ""
    """Column that is called the same in both files."""
    take: str = ""
    where: Mapping[str, str] = field(default_factory=dict[str, str])
    """Only rows of the other file with these values."""


@dataclass(frozen=True)
class TableSpecification:
    """How one table is made from the rows of some files."""

    table: str
    files: tuple[str, ...]
    """Names or patterns (`*.csv`), relative to the folder that is loaded; empty: any file with these columns."""
    layout: Layout
    columns: Mapping[str, str]
    """Our column → the source's column, or a template over several: `{bank}:{account}`, `{file}:{row}`."""
    constants: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    """Our column → what the source writes → what we write; an empty text means: not known."""
    missing: Mapping[str, str]
    """Our column → what an empty cell is read as; how often that was done is noted."""
    lookup: Mapping[str, Lookup]
    order_by_balance: bool = False
    """Infer the posting sequence within one account and one time from the balances stated after each row."""
    balance_tolerance: int = 0
    """Minor units by which stated balances may be rounded, where no order chains exactly."""

    def needs(self) -> tuple[str, ...]:
        """The source's columns this table is made from."""
        given = [c for text in self.columns.values() for c in columns_of(text)]
        given += [look.match for look in self.lookup.values()]
        return tuple(dict.fromkeys(c for c in given if c not in self.lookup))


@dataclass(frozen=True)
class Specification:
    """An import specification: which files, how they are laid out, and what their columns mean."""

    name: str
    description: str
    tables: tuple[TableSpecification, ...]
    sha256: str
    """Of the specification's own text; kept with every file that was read through it."""


def is_specification(path: Path) -> bool:
    """Whether a TOML file is meant as an import specification: it has `[table.…]` sections."""
    try:
        return "table" in tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


def specification(path: Path) -> Specification:
    """Read an import specification; a key, column or table nobody knows is an error with the nearest match."""
    try:
        text = path.read_text(encoding="utf-8")
        given = tomllib.loads(text)
    except OSError as error:
        raise SettingsError(f"Cannot read the import specification {path}: {error.strerror}.") from None
    except ValueError as error:
        raise SettingsError(f"{path} is not TOML: {error}.") from None
    keys(given, ("name", "description", "layout", "table"), path.name)
    tables = section(given.get("table", {}), f"{path.name}: table")
    if not tables:
        raise SettingsError(f"{path.name} describes no table; add a section such as [table.transactions].")
    common = section(given.get("layout", {}), f"{path.name}: layout")
    made = tuple(
        _table(name, section(part, f"{path.name}: table.{name}"), common, f"{path.name}: table.{name}")
        for name, parts in tables.items()
        for part in (cast("list[Any]", parts) if isinstance(parts, list) else [parts])
    )
    return Specification(
        str(given.get("name", path.stem)), str(given.get("description", "")), made,
        hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip


def _table(name: str, given: Mapping[str, Any], common: Mapping[str, Any], where: str) -> TableSpecification:
    if name not in TABLES:
        raise SettingsError(f"{where}: {unknown('table', name, TABLES)}")
    keys(given, _KEYS, where)
    known = tuple(c for c in table(name).columns() if c not in ("source", "row"))
    known += STATEMENT if name == "transactions" else ()
    columns = mapping(given.get("columns", {}), f"{where}.columns")
    constants = mapping(given.get("constants", {}), f"{where}.constants")
    values = {
        c: mapping(v, f"{where}.values.{c}") for c, v in section(given.get("values", {}), f"{where}.values").items()
    }
    missing = mapping(given.get("missing", {}), f"{where}.missing")
    for kind, part in (("columns", columns), ("constants", constants), ("values", values), ("missing", missing)):
        keys(part, known, f"{where}.{kind}")
    twice = sorted(set(columns) & set(constants))
    if twice:
        raise SettingsError(f"{where}: {twice[0]!r} is given both as a column and as a constant; keep one.")
    if name == "transactions":
        _check_ends({*columns, *constants}, where)
    lookups = section(given.get("lookup", {}), f"{where}.lookup")
    return TableSpecification(
        name,
        texts(given.get("files", []), f"{where}.files"),
        build(Layout, {**common, **section(given.get("layout", {}), f"{where}.layout")}, f"{where}.layout"),
        columns,
        constants,
        values,
        missing,
        {c: _lookup(section(look, f"{where}.lookup.{c}"), f"{where}.lookup.{c}") for c, look in lookups.items()},
        _flag(given, "order_by_balance", False, where),
        _flag(given, "balance_tolerance", 0, where),
    )


def _flag(given: Mapping[str, Any], name: str, default: F, where: str) -> F:
    value = given.get(name, default)
    if type(value) is not type(default):
        raise SettingsError(f"{where}.{name} is {value!r}; it should be like {str(default).lower()}.")
    return value


def _check_ends(given: set[str], where: str) -> None:
    """A transaction has a date, an amount, a currency, and ends: two columns, or a statement's own account."""
    if "own" in given and given & {"originator", "beneficiary"}:
        raise SettingsError(f"{where}: give either own and counterparty, or originator and beneficiary.")
    if not given & {"own", "originator", "beneficiary"}:
        raise SettingsError(f"{where}: say whose account it is: own, or originator and beneficiary.")
    if "own" not in given and given & {"debit", "credit", "direction", "balance", "counterparty"}:
        raise SettingsError(
            f"{where}: counterparty, debit, credit, direction and balance need own, the account they are of."
        )
    if "amount" in given and given & {"debit", "credit"}:
        raise SettingsError(f"{where}: give either amount, or debit and credit.")
    if "amount" not in given and not {"debit", "credit"} <= given:
        raise SettingsError(f"{where}: say which column is the amount: amount, or debit and credit.")
    for name in ("booked_at", "currency"):
        if name not in given:
            raise SettingsError(f"{where}: say which column or constant is {name}.")


def _lookup(given: Mapping[str, Any], where: str) -> Lookup:
    keys(given, ("files", "match", "take", "where"), where)
    for name in ("files", "match", "take"):
        if name not in given:
            raise SettingsError(f"{where}: {name} is missing.")
        if name != "files" and not isinstance(given[name], str):
            raise SettingsError(f"{where}.{name} is {given[name]!r}; it should be a text.")
    return Lookup(
        texts(given["files"], f"{where}.files"), str(given["match"]), str(given["take"]),
        mapping(given.get("where", {}), f"{where}.where"),
    )  # fmt: skip
