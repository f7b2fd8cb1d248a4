"""GraphML: accounts and every transaction between them, for Gephi, yEd, igraph and networkx."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.case.handling import banner
from followmoney.reports._money import decimal
from followmoney.reports.exports._accounts import ATTRIBUTES, accounts
from followmoney.reports.exports._rows import Row, day, moment, rows
from followmoney.reports.exports._text import quoted, xml

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger

_PAID = {
    "booked_at": "string", "value_date": "string", "sequence": "long", "amount": "double", "minor_units": "long",
    "currency": "string", "received": "double", "currency_received": "string", "channel": "string",
    "status": "string", "purpose": "string", "reference": "string", "source": "string", "row": "long",
}  # fmt: skip
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""


class GraphMl:
    """Accounts, and every transaction as a link of its own from the debited to the credited account.

    `amount` is in major units, to be drawn and weighed; `minor_units` is the exact figure. Cash and unknown ends are
    accounts called so. Written as it is read: no limit of size.

    Source: http://graphml.graphdrawing.org/
    """

    name = "graphml"
    writes = "accounts and every transaction (GraphML), for Gephi, yEd, igraph and networkx"
    findings = False
    folder = False

    def write(self, case: Case, ledger: Ledger, out: Path) -> None:
        """About 20 µs a transaction; memory is that of the accounts."""
        with out.open("w", encoding="utf-8", newline="\n") as held:
            held.write(_HEAD)
            if case.handling:
                held.write(f"<desc>{xml(banner(case.handling))}</desc>\n")
            held.writelines(_lines(ledger))


def _lines(ledger: Ledger) -> Iterator[str]:
    for name in ATTRIBUTES:
        yield f'<key id="a_{name}" for="node" attr.name="{name}" attr.type="string"/>\n'
    for name, kind in _PAID.items():
        yield f'<key id="t_{name}" for="edge" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph id="ledger" edgedefault="directed">\n'
    for row in accounts(ledger):
        yield f"<node id={quoted(row['id'])}>{_data('a', {name: row[name] for name in ATTRIBUTES})}</node>\n"
    for row in rows(ledger, "transactions"):
        ends = f"source={quoted(row['originator'])} target={quoted(row['beneficiary'])}"
        yield f"<edge id={quoted(row['id'])} {ends}>{_data('t', _paid(row))}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _paid(row: Row) -> Row:
    received = row["amount_received"]
    return row | {
        "booked_at": moment(row["booked_at"]), "value_date": day(row["value_date"]),
        "amount": decimal(row["amount"], row["currency"]), "minor_units": row["amount"],
        "received": None if received is None else decimal(received, row["currency_received"]),
    }  # fmt: skip


def _data(of: str, row: Row) -> str:
    names = ATTRIBUTES if of == "a" else _PAID
    return "".join(f'<data key="{of}_{name}">{xml(row[name])}</data>' for name in names if row[name] is not None)


EXPORT = GraphMl()
