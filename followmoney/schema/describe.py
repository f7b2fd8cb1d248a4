"""What the tables are, from the classes that check them: for people (table, Markdown), for machines (JSON Schema)."""

from __future__ import annotations

import json
from typing import Any, Literal

import dataframely as dy

from followmoney.errors import SettingsError, unknown
from followmoney.schema import TABLES, Sourced, table
from followmoney.schema.refusals import refusals

Format = Literal["table", "markdown", "json"]
FORMATS = ("table", "markdown", "json")
_REFUSED = "Why rows are refused, by the name of the rule"
_DERIVED = ("source", "row")  # written by the ledger, not by the sources
_ENDS = ("originator", "beneficiary")  # one of the two may be empty: cash, or an unknown outside account
_NAMES = {"iso20022": "ISO 20022", "goaml": "goAML", "ftm": "FollowTheMoney", "bods": "BODS"}
_TYPES: dict[type[dy.Column], tuple[str, dict[str, Any]]] = {
    dy.String: ("text", {"type": "string"}),
    dy.Int64: ("whole number", {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1}),
    dy.Float64: ("number", {"type": "number"}),
    dy.Bool: ("yes or no", {"type": "boolean"}),
    dy.Date: ("day", {"type": "string", "format": "date"}),
    dy.Datetime: ("time, UTC", {"type": "string", "format": "date-time"}),
    dy.Enum: ("one of a list", {"type": "string"}),
    dy.List: ("list of texts", {"type": "array", "items": {"type": "string", "minLength": 1}}),
}


def describe(name: str | None = None, format: Format = "table") -> str:  # noqa: A002
    """One table of the schema, or all of them, as text, Markdown or JSON Schema (draft 2020-12)."""
    if format not in FORMATS:
        raise SettingsError(unknown("format", format, FORMATS))
    names = list(TABLES) if name is None else [name]
    if format == "json":
        schema = _bundle(names) if name is None else {"$schema": _DRAFT, **_object(name)}
        return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
    write = _markdown if format == "markdown" else _text
    return "\n".join(write(each) for each in names)


def rows(name: str) -> list[dict[str, str]]:
    """The columns of a table: column, type, required, unit, rule, description, and its names in other models."""
    found: list[dict[str, str]] = []
    for at, column in table(name).columns().items():
        known = column.metadata or {}
        row = {
            "column": at,
            "type": _TYPES[type(column)][0],
            "required": _required(name, at, column),
            "unit": str(known.get("unit", "")),
            "rule": "; ".join(_rules(column)),
            "description": column.description or "",
        }
        found.append(row | {label: str(known.get(code, "")) for code, label in _NAMES.items()})
    return found


_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def _sentence(name: str) -> str:
    schema: type[Sourced] = table(name)
    return str(schema.__doc__).splitlines()[0]


def _required(name: str, at: str, column: dy.Column) -> str:
    if at in _DERIVED:
        return "by the ledger"
    if name == "transactions" and at in _ENDS:
        return "one of two"
    return "no" if column.nullable else "yes"


def _rules(column: dy.Column) -> list[str]:
    """What must be true of a column's values, in words."""
    known = column.metadata or {}
    found: list[str] = ["unique"] if known.get("key") else []
    if isinstance(column, dy.Enum):
        found.append("one of " + ", ".join(column.categories))
    if isinstance(column, dy.String):
        found += ["not empty"] if column.min_length else []
        found += [f"matches {column.regex}"] if column.regex else []
    if isinstance(column, dy.Int64 | dy.Float64):
        found += [f"at least {column.min}"] if column.min is not None else []
        found += [f"at most {column.max}"] if column.max is not None else []
    return found + ([f"in {known['ref']}"] if known.get("ref") else [])


def _property(column: dy.Column) -> dict[str, Any]:
    known = column.metadata or {}
    found: dict[str, Any] = {"description": column.description or "", **_TYPES[type(column)][1]}
    if isinstance(column, dy.Enum):
        found["enum"] = list(column.categories)
    if isinstance(column, dy.String):
        found |= {"minLength": column.min_length} if column.min_length else {}
        found |= {"pattern": column.regex} if column.regex else {}
    if isinstance(column, dy.Int64 | dy.Float64):
        found |= {"minimum": column.min} if column.min is not None else {}
        found |= {"maximum": column.max} if column.max is not None else {}
    if column.nullable:
        found["type"] = [found["type"], "null"]
        found |= {"enum": [*found["enum"], None]} if "enum" in found else {}
    names = {code: known[code] for code in ("unit", "ref", *_NAMES) if code in known}
    return found | ({"x-followmoney": names} if names else {})


def _object(name: str) -> dict[str, Any]:
    columns = table(name).columns()
    needed = [at for at, column in columns.items() if _required(name, at, column) == "yes"]
    found: dict[str, Any] = {
        "title": name,
        "description": _sentence(name),
        "type": "object",
        "properties": {at: _property(column) for at, column in columns.items()},
        "required": needed,
        "additionalProperties": False,
    }
    for at in _DERIVED:
        found["properties"][at]["readOnly"] = True
    if name == "transactions":
        found["anyOf"] = [{"required": [end]} for end in _ENDS]
        found["dependentRequired"] = {
            "amount_received": ["currency_received"], "currency_received": ["amount_received"],
        }  # fmt: skip
        for end in _ENDS:
            found["properties"][end]["type"] = ["string", "null"]
    return found


def _bundle(names: list[str]) -> dict[str, Any]:
    return {
        "$schema": _DRAFT,
        "title": "followmoney ledger",
        "description": "The tables of a ledger; amounts are whole minor units of the currency beside them.",
        "type": "object",
        "properties": {name: {"type": "array", "items": {"$ref": f"#/$defs/{name}"}} for name in names},
        "additionalProperties": False,
        "$defs": {name: _object(name) for name in names},
    }


def _filled(name: str) -> tuple[list[str], list[list[str]]]:
    """Headings and cells; columns that are empty throughout are left out."""
    found = rows(name)
    heads = [head for head in found[0] if any(row[head] for row in found)]
    return heads, [[row[head] for head in heads] for row in found]


def _markdown(name: str) -> str:
    heads, cells = _filled(name)
    lines = [f"## {name}", "", _sentence(name), "", _bar(heads), _bar(["---"] * len(heads))]
    lines += [_bar([cell.replace("|", "\\|") for cell in row]) for row in cells]
    lines += ["", f"{_REFUSED}:", "", *(f"- `{rule}`: {text}" for rule, text in refusals(name).items())]
    return "\n".join(lines).rstrip() + "\n"


def _bar(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _text(name: str) -> str:
    heads, cells = _filled(name)
    widths = [max(len(row[at]) for row in [heads, *cells]) for at in range(len(heads))]
    lines = [f"{name}: {_sentence(name)}", ""]
    lines += [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [heads, *cells]
    ]
    lines += ["", f"{_REFUSED}:", *(f"  {rule}: {text}" for rule, text in refusals(name).items())]
    return "\n".join(lines).rstrip() + "\n"
