"""Networks: a table of them, and the first in full: sentence, members with their roles, picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.communities import ROLES
from followmoney.reports._blocks import Block, Cell, Figure, Head, Points, Row, Section, Text, row, table
from followmoney.reports._money import plain
from followmoney.reports.picture import picture

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.communities import Network, Networks

_NETWORKS, _SHOWN, _MEMBERS = 50, 3, 25
_HEADS = ["Network", "Around, and in a sentence", "Findings>", "Members>", "Currency", "Inside>", "In>", "Out>"]


def networks(case: Case) -> Section:
    """Accounts that move money together."""
    found = case.networks
    if found is None:
        return Section("networks", "Networks", (Text("No networks were looked for."),))
    if not len(found):
        none = Text("Networks were looked for; none was found.")
        return Section("networks", "Networks", (none, *_notes(found)))
    shown = found.frame.head(_NETWORKS)
    rows: list[Row] = []
    for n in shown.iter_rows(named=True):
        currency = n["currency"] or ""
        sums = [plain(n[c], currency) if currency else "" for c in ("internal", "incoming", "outgoing")]
        around = Cell(n["label"], more=n["explanation"])
        rows.append(row(Cell(n["id"], code=True), around, f"{n['findings']:,}", f"{n['size']:,}", currency, *sums))
    note = "" if len(shown) == len(found) else f"The first {len(shown):,} of {len(found):,} networks."
    said = Text(
        "Accounts that move money mostly among themselves: those with most findings inside first, then those from "
        "which most money left."
    )
    first = [] if found.graph is None else [b for n in range(min(_SHOWN, len(found))) for b in _network(found[n], n)]
    meaning = [Points(tuple(f"{name.replace('_', '-')}: {text}." for name, text in ROLES.items()))] if first else []
    return Section("networks", "Networks", (said, table(_HEADS, rows, note), *_notes(found), *first, *meaning))


def _network(network: Network, number: int) -> list[Block]:
    members = network.members.head(_MEMBERS)
    owners = _owners(network)
    rows = [
        row(
            Cell(m["label"], more=owners.get(m["vertex"], "")),
            Cell(m["vertex"], code=True), ", ".join(r.replace("_", "-") for r in m["roles"]),
            *(plain(m[c], m["currency"]) for c in ("incoming", "received", "paid", "outgoing")), m["country"] or "",
        )
        for m in members.iter_rows(named=True)
    ]  # fmt: skip
    left = network.size - len(members)
    note = f"The first {len(members):,} of {network.size:,} members." if left else ""
    currency = network.members["currency"][0]
    heads = ["Member", "Identifier", "Roles", f"In, {currency}>", "Received inside>", "Paid inside>", "Out>", "Country"]
    behind = [
        f"{name} stands behind {len(of):,} members ({', '.join(how)})."
        for name, of, how in network.controllers().select("name", "members", "how").iter_rows()
    ]
    return [
        Head(network.label), Text(network.explanation), *([Points(tuple(behind))] if behind else []),
        table(heads, rows, note), Figure(picture("network", network, name=f"network{number}")),
    ]  # fmt: skip


def _owners(network: Network) -> dict[str, str]:
    """Of each member that a person other than its holder owns in the end: who that is."""
    import polars as pl

    found = network.owners().filter(pl.col("how") == "beneficial owner").group_by("vertex", maintain_order=True)
    named = found.agg("name").iter_rows()
    return {vertex: f"owned to 25 % or more in the end by {', '.join(names)}" for vertex, names in named}


def _notes(found: Networks) -> tuple[Block, ...]:
    return (Points(tuple(found.notes)),) if found.notes else ()
