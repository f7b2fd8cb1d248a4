"""Neo4j: accounts, parties and assets, payments, holders, rights and roles as files of its bulk import."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followmoney.reports._money import decimal
from followmoney.reports._tables import guarded
from followmoney.reports._visible import in_line
from followmoney.reports.exports._rows import Row, day, moment, rows
from followmoney.reports.exports._text import clean

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger

_THINGS: dict[str, tuple[str, dict[str, str]]] = {
    "accounts": ("Account", {"scheme": "", "institution": "", "country": "", "currency": "", "opened": "date",
                             "closed": "date", "source": "", "row": "long"}),
    "parties": ("Party", {"kind": "", "name": "", "country": "", "founded": "date", "dissolved": "date", "sector": "",
                          "status": "", "lei": "", "register_number": "", "vat": "", "source": "", "row": "long"}),
    "assets": ("Asset", {"kind": "", "description": "", "value": "double", "currency": "", "valued_at": "date",
                         "country": "", "source": "", "row": "long"}),
}  # fmt: skip
_PAID = {
    "id": "", "booked_at": "datetime", "value_date": "date", "sequence": "long", "amount": "double",
    "minor_units": "long", "currency": "", "amount_received": "double", "currency_received": "", "channel": "",
    "status": "", "purpose": "", "reference": "", "source": "", "row": "long",
}  # fmt: skip
_RIGHT = {
    "kind": "", "share_min": "double", "share_max": "double", "direct": "boolean", "start": "date", "end": "date",
    "detail": "", "source": "", "row": "long",
}  # fmt: skip
_ROLE = {"kind": "", "start": "date", "end": "date", "detail": "", "source": "", "row": "long"}
_HELD: dict[str, str] = {}


class Neo4j:
    """A folder of CSV files for `neo4j-admin database import full`, accounts kept as things of their own.

    (:Party)-[:HOLDS]->(:Account)-[:PAID]->(:Account), (:Party)-[:HOLDS]->(:Asset), (:Party)-[:HAS_INTEREST]->(:Party),
    (:Party)-[:ACTS_FOR]->(:Party or :Account). Give accounts.csv, parties.csv and assets.csv as --nodes, the others as
    --relationships. A party that no source describes is a Party with an identifier alone. Files link by numbers of
    their own, so that a guarded cell cannot break a link.

    Source: https://neo4j.com/docs/operations-manual/current/import/
    """

    name = "neo4j"
    writes = "a folder of CSV files for the bulk import of Neo4j"
    findings = False
    folder = True

    def write(self, case: Case, ledger: Ledger, out: Path) -> None:
        """About 20 µs a row; identifiers are kept in memory."""
        del case
        numbers: dict[str, dict[str, str]] = {}
        for table, (label, columns) in _THINGS.items():
            told = list(rows(ledger, table))
            if table == "parties":
                told += [{"id": one} for one in _undescribed(ledger, {row["id"] for row in told})]
            numbers[table] = {row["id"]: f"{label}-{place}" for place, row in enumerate(told, start=1)}
            heads = [":ID", "id", *_typed(columns), ":LABEL"]
            cells = ([numbers[table][row["id"]], _text(row["id"]), *_cells(row, columns), label] for row in told)
            _table(out / f"{table}.csv", heads, cells)
        _links(ledger, out, numbers)


def _links(ledger: Ledger, out: Path, numbers: Mapping[str, Mapping[str, str]]) -> None:
    parties, accounts, assets = numbers["parties"], numbers["accounts"], numbers["assets"]
    found: dict[str, tuple[str, dict[str, str], Iterable[tuple[str, str, Row]]]] = {
        "payments": ("PAID", _PAID, ((accounts[r["originator"]], accounts[r["beneficiary"]], r)
                                     for r in rows(ledger, "transactions"))),
        "holders": ("HOLDS", _HELD, ((parties[r["holder"]], of[r["id"]], r)
                                     for table, of in (("accounts", accounts), ("assets", assets))
                                     for r in rows(ledger, table) if r["holder"])),
        "interests": ("HAS_INTEREST", _RIGHT, ((parties[r["owner"]], parties[r["owned"]], r)
                                               for r in rows(ledger, "interests"))),
        "roles": ("ACTS_FOR", _ROLE, ((parties[r["party"]], parties.get(r["of"]) or accounts[r["of"]], r)
                                      for r in rows(ledger, "roles"))),
    }  # fmt: skip
    for name, (kind, columns, links) in found.items():
        heads = [":START_ID", ":END_ID", *_typed(columns), ":TYPE"]
        _table(out / f"{name}.csv", heads, ([start, end, *_cells(row, columns), kind] for start, end, row in links))


def _undescribed(ledger: Ledger, known: set[str]) -> list[str]:
    """Parties that are named and described nowhere."""
    accounts = set(ledger.accounts["id"])
    named = {r["holder"] for table in ("accounts", "assets") for r in rows(ledger, table) if r["holder"]}
    named |= {r[end] for r in rows(ledger, "interests") for end in ("owner", "owned")}
    named |= {r["party"] for r in rows(ledger, "roles")}
    named |= {r["of"] for r in rows(ledger, "roles") if r["of"] not in accounts}
    return sorted(named - known)


def _typed(columns: Mapping[str, str]) -> list[str]:
    return [f"{name}:{kind}" if kind else name for name, kind in columns.items()]


def _cells(row: Row, columns: Mapping[str, str]) -> list[str]:
    """Texts in one line, and none a formula."""
    cells = ((_cell(row, name), kind) for name, kind in columns.items())
    return [cell if kind else _text(cell) for cell, kind in cells]


def _text(cell: str) -> str:
    return guarded(in_line(clean(cell)))


def _cell(row: Row, name: str) -> str:
    """A cell as the bulk import reads it."""
    value: Any = row.get("amount" if name == "minor_units" else name)
    if value is None:
        return ""
    if name in {"amount", "amount_received", "value"}:
        currency = row["currency_received" if name == "amount_received" else "currency"]
        return decimal(value, currency) if currency else ""
    if name == "booked_at":
        return f"{moment(value)}Z"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    return (day(value) or "") if hasattr(value, "isoformat") else str(value)


def _table(path: Path, heads: list[str], cells: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as held:
        writer = csv.writer(held, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(heads)
        writer.writerows(cells)


EXPORT = Neo4j()
