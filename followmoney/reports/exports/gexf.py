"""GEXF 1.3: accounts and who paid whom in all, for pictures of a case in Gephi."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.case.handling import banner
from followmoney.errors import SettingsError
from followmoney.reports._money import decimal
from followmoney.reports.exports._accounts import ATTRIBUTES, accounts
from followmoney.reports.exports._rows import Row, moment
from followmoney.reports.exports._text import quoted, xml

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger

_MOST = 50_000
_PAID = {"amount": "double", "minor_units": "long", "currency": "string", "transactions": "long", "first": "string",
         "last": "string"}  # fmt: skip
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
"""
_GRAPH = '<graph mode="static" defaultedgetype="directed">\n'


class Gexf:
    """Accounts, and one link for all transactions from one to another in one currency: sum, number, first and last.

    For pictures of a case: up to 50,000 links. Larger ledgers are for GraphML or Neo4j, or for a part of the ledger
    (`between`, `touching`). The weight of a link is its number of transactions, which no currency distorts.

    Source: https://gexf.net/schema.html
    """

    name = "gexf"
    writes = "accounts and who paid whom in all (GEXF 1.3), for pictures of a case in Gephi"
    findings = False
    folder = False

    def write(self, case: Case, ledger: Ledger, out: Path) -> None:
        """One grouping of the transactions, then about 20 µs a link."""
        links = _links(ledger)
        if len(links) > _MOST:
            raise SettingsError(
                f"A GEXF file is for a picture: {len(links):,} links are more than the {_MOST:,} it is meant for. "
                "Export a part of the ledger (ledger.between, ledger.touching), or use graphml or neo4j."
            )
        with out.open("w", encoding="utf-8", newline="\n") as held:
            held.write(_HEAD)
            if case.handling:
                held.write(f"<meta><description>{xml(banner(case.handling))}</description></meta>\n")
            held.write(_GRAPH)
            held.writelines(_lines(ledger, links))


def _links(ledger: Ledger) -> list[Row]:
    from followmoney.graph import FlowGraph
    from followmoney.graph.pairs import pairs

    ids = ledger.accounts["id"]
    frame = pairs(FlowGraph(ledger))
    frame = frame.with_columns(ids.gather(frame["originator"]).alias("originator"),
                               ids.gather(frame["beneficiary"]).alias("beneficiary"))  # fmt: skip
    frame = frame.with_columns(frame["currency"].cast(str))
    return frame.sort("originator", "beneficiary", "currency").to_dicts()


def _lines(ledger: Ledger, links: list[Row]) -> Iterator[str]:
    yield from _attributes("node", dict.fromkeys(ATTRIBUTES[1:], "string"))
    yield from _attributes("edge", _PAID)
    yield "<nodes>\n"
    for row in accounts(ledger):
        yield f"<node id={quoted(row['id'])} label={quoted(row['label'])}>{_values(row, ATTRIBUTES[1:])}</node>\n"
    yield "</nodes>\n<edges>\n"
    for place, row in enumerate(links):
        ends = f"source={quoted(row['originator'])} target={quoted(row['beneficiary'])}"
        told = {
            "amount": decimal(row["amount"], row["currency"]), "minor_units": row["amount"],
            "currency": row["currency"], "transactions": row["count"], "first": moment(row["first"]),
            "last": moment(row["last"]),
        }  # fmt: skip
        kind = f"kind={quoted(row['currency'])}"
        yield f'<edge id="{place}" {ends} {kind} weight="{row["count"]}">{_values(told, tuple(_PAID))}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _attributes(of: str, names: dict[str, str]) -> Iterator[str]:
    yield f'<attributes class="{of}">\n'
    for name, kind in names.items():
        yield f'<attribute id="{name}" title="{name}" type="{kind}"/>\n'
    yield "</attributes>\n"


def _values(row: Row, names: tuple[str, ...]) -> str:
    told = "".join(f'<attvalue for="{n}" value={quoted(row[n])}/>' for n in names if row[n] is not None)
    return f"<attvalues>{told}</attvalues>"


EXPORT = Gexf()
