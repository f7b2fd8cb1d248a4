"""Networks: a table of them, and the first in full: sentence, members with their roles, picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.communities import ROLES
from followmoney.languages import columns, count, retell, retold, say
from followmoney.reports._blocks import Block, Cell, Figure, Head, Points, Row, Section, Text, row, table
from followmoney.reports._money import plain
from followmoney.reports.picture import picture

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.communities import Network, Networks

_NETWORKS, _SHOWN, _MEMBERS = 50, 3, 25


def networks(case: Case) -> Section:
    """Accounts that move money together."""
    found = case.networks
    if found is None:
        return Section("networks", say("Networks"), (Text(say("No networks were looked for.")),))
    if not len(found):
        none = Text(say("Networks were looked for; none was found."))
        return Section("networks", say("Networks"), (none, *_notes(found)))
    shown = found.frame.head(_NETWORKS)
    rows: list[Row] = []
    for n in shown.iter_rows(named=True):
        currency = n["currency"] or ""
        sums = [plain(n[c], currency) if currency else "" for c in ("internal", "incoming", "outgoing")]
        around = Cell(retell(n["label"]), more=retell(n["explanation"]))
        rows.append(row(Cell(n["id"], code=True), around, f"{n['findings']:,}", f"{n['size']:,}", currency, *sums))
    capped = say("The first {shown} of {all} networks.", shown=len(shown), all=len(found))
    note = "" if len(shown) == len(found) else capped
    said = Text(
        say(
            "Accounts that move money mostly among themselves: those with most findings inside first, then those from "
            "which most money left."
        )
    )
    heads = columns(
        "Network", "Around, and in a sentence", "Findings>", "Members>", "Currency", "Inside>", "In>", "Out>"
    )
    first = [] if found.graph is None else [b for n in range(min(_SHOWN, len(found))) for b in _network(found[n], n)]
    meaning = [Points(tuple(f"{_role(name)}: {retell(text)}." for name, text in ROLES.items()))] if first else []
    return Section("networks", say("Networks"), (said, table(heads, rows, note), *_notes(found), *first, *meaning))


def _network(network: Network, number: int) -> list[Block]:
    members = network.members.head(_MEMBERS)
    owners = _owners(network)
    rows = [
        row(
            Cell(m["label"], more=owners.get(m["vertex"], "")),
            Cell(m["vertex"], code=True), ", ".join(map(_role, m["roles"])),
            *(plain(m[c], m["currency"]) for c in ("incoming", "received", "paid", "outgoing")), m["country"] or "",
        )
        for m in members.iter_rows(named=True)
    ]  # fmt: skip
    left = network.size - len(members)
    note = say("The first {shown} of {all} members.", shown=len(members), all=network.size) if left else ""
    currency = network.members["currency"][0]
    heads = [
        *columns("Member", "Identifier", "Roles"), f"{say('In, {currency}', currency=currency)}>",
        *columns("Received inside>", "Paid inside>", "Out>", "Country"),
    ]  # fmt: skip
    behind = [
        count(
            len(of), "{name} stands behind {n} members ({how}).", "{name} stands behind {n} members ({how}).",
            name=name, how=", ".join(map(retell, how)),
        )
        for name, of, how in network.controllers().select("name", "members", "how").iter_rows()
    ]  # fmt: skip
    return [
        Head(retell(network.label)), Text(retell(network.explanation)), *([Points(tuple(behind))] if behind else []),
        table(heads, rows, note), Figure(picture("network", network, name=f"network{number}")),
    ]  # fmt: skip


def _owners(network: Network) -> dict[str, str]:
    """Of each member that a person other than its holder owns in the end: who that is."""
    import polars as pl

    found = network.owners().filter(pl.col("how") == "beneficial owner").group_by("vertex", maintain_order=True)
    named = found.agg("name").iter_rows()
    return {
        vertex: say("owned to 25 % or more in the end by {names}", names=", ".join(names)) for vertex, names in named
    }


def _role(name: str) -> str:
    return say(name.replace("_", "-"))


def _notes(found: Networks) -> tuple[Block, ...]:
    return (Points(retold(found.notes)),) if found.notes else ()
