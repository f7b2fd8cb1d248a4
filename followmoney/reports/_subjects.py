"""Who holds claim money: what the records say of each party, its accounts, positions and income."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.case.names import names
from followmoney.languages import columns, mark, say
from followmoney.reports._blocks import Block, Cell, Head, Row, Section, Text, row, table
from followmoney.reports._capped import capped
from followmoney.reports._codes import code, right, sourced
from followmoney.reports._money import plain, some

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger
    from followmoney.tracing import Trace

_PARTIES, _LINES = 12, 40
_SAID = {
    "kind": mark("Kind"), "country": mark("Country"), "founded": mark("Born or founded"),
    "dissolved": mark("Died or dissolved"), "status": mark("Status in the register"), "sector": mark("Sector (NACE)"),
    "lei": mark("LEI"), "register_number": mark("Register number"), "vat": mark("VAT or tax number"),
}  # fmt: skip
_MEANING = mark(
    "Only what the sources say, as they say it. In and out are sums of all transactions of the account up to the end "
    "of the trace, not only of claim money."
)


def subjects(case: Case) -> Section:
    """A financial profile of each party that holds claim money, most first."""
    title = say("Parties that hold claim money: financial profiles")
    if case.trace is None:
        return Section("subjects", title, (Text(say("No money was traced, so no party is known to hold any.")),))
    ledger = case.trace.graph.ledger
    parties = case.assets().filter(pl.col("holder").is_not_null())["holder"].unique(maintain_order=True).to_list()
    blocks: list[Block] = [Text(say(_MEANING) if parties else say("No party is known to hold claim money."))]
    called, turned = names(ledger), _turnover(case.trace)
    for party in parties[:_PARTIES]:
        blocks += [Head(called.get(party) or party), *_profile(ledger, party)]
        blocks += [*_accounts(ledger, party, turned), *_positions(ledger, party, called), *_income(ledger, party)]
    if len(parties) > _PARTIES:
        rest = some([called.get(p) or p for p in parties[_PARTIES:]], _PARTIES)
        text = say("The {shown} parties that hold most; without a profile here: {rest}.", shown=_PARTIES, rest=rest)
        blocks.append(Text(text))
    return Section("subjects", title, tuple(blocks))


def _profile(ledger: Ledger, party: str) -> list[Block]:
    known = ledger.parties.filter(pl.col("id") == party)
    if not len(known):
        return [Text(say("{party} is in no table of parties: only accounts and assets are known of it.", party=party))]
    said = known.row(0, named=True)
    facts = [row(say("Identifier"), Cell(party, code=True, more=sourced(said)))]
    facts += [row(say(word), code(str(said[key]))) for key, word in _SAID.items() if said[key] is not None]
    if said["income"] is not None and said["income_currency"] is not None:
        currency = str(said["income_currency"])
        facts.append(row(say("Declared income a year"), f"{currency} {plain(said['income'], currency)}"))
    return [table(columns("What", "As recorded"), facts)]


def _turnover(trace: Trace) -> pl.DataFrame:
    """By account and currency: sums of what came in and went out."""
    moved = trace.graph.to_polars()
    if trace.until is not None:
        moved = moved.filter(pl.col("booked_at") <= trace.until)
    text = pl.col("currency").cast(pl.String)
    got = pl.coalesce("amount_received", "amount") if "amount_received" in moved.columns else pl.col("amount")
    unit = pl.coalesce("currency_received", "currency") if "currency_received" in moved.columns else pl.col("currency")
    into = moved.select(account=pl.col("beneficiary").cast(pl.String), currency=unit.cast(pl.String), incoming=got)
    out = moved.select(account=pl.col("originator").cast(pl.String), currency=text, outgoing="amount")
    both = pl.concat([into, out], how="diagonal")
    sums = both.group_by("account", "currency").agg(
        pl.col("incoming").cast(pl.Int128).sum(), pl.col("outgoing").cast(pl.Int128).sum()
    )
    return sums.sort("account", "currency")


def _accounts(ledger: Ledger, party: str, turned: pl.DataFrame) -> list[Block]:
    own = ledger["accounts"].filter(pl.col("holder") == party).sort("id")
    rows: list[Row] = []
    for account in own.head(_LINES).iter_rows(named=True):
        moved = turned.filter(pl.col("account") == account["id"]).to_dicts() or [{"currency": account["currency"]}]
        where = ", ".join(str(account[key]) for key in ("scheme", "institution", "country") if account[key])
        days = " – ".join(str(account[key] or "") for key in ("opened", "closed") if account["opened"])
        rows += [
            row(
                Cell(account["id"], code=True, more=sourced(account)), where, days,
                its["currency"] or "", *_figures(its),
            )
            for its in moved
        ]  # fmt: skip
    if not rows:
        return []
    note = capped(min(_LINES, len(own)), len(own))
    return [table(columns("Account", "Kind and place", "Open", "Currency", "In>", "Out>"), rows, note)]


def _figures(its: dict[str, Any]) -> tuple[str, str]:
    """What came in and went out."""
    return plain(its.get("incoming"), its["currency"] or ""), plain(its.get("outgoing"), its["currency"] or "")


def _positions(ledger: Ledger, party: str, called: Mapping[str, str]) -> list[Block]:
    """What it owns or acts for, and who owns or acts for it, with the days and the row of the register."""
    rows: list[Row] = []
    for i in ledger.interests.filter(pl.any_horizontal(pl.col("owner", "owned") == party)).iter_rows(named=True):
        own = i["owner"] == party
        other = i["owned"] if own else i["owner"]
        what = f"{right(str(i['kind']))}{_share(i)}"
        words = say("has {what} in", what=what) if own else say("in it has {what}", what=what)
        rows.append(_position(words, other, i, called))
    for r in ledger["roles"].filter(pl.any_horizontal(pl.col("party", "of") == party)).iter_rows(named=True):
        own = r["party"] == party
        what = code(str(r["kind"]))
        words = say("is {what} of", what=what) if own else say("has as {what}", what=what)
        rows.append(_position(words, r["of"] if own else r["party"], r, called))
    heads = columns("Position", "Other party", "Days|", "Source row")
    return [table(heads, rows[:_LINES], capped(min(_LINES, len(rows)), len(rows)))] if rows else []


def _position(words: str, other: str, its: dict[str, Any], called: Mapping[str, str]) -> Row:
    days = f"{its['start'] or ''} – {its['end'] or ''}" if its["start"] or its["end"] else ""
    name = called.get(other)
    cell = Cell(name or other, more=other if name else "")
    return row(words, cell, days, Cell(sourced(its), code=True))


def _share(interest: dict[str, Any]) -> str:
    low, high = interest["share_min"], interest["share_max"]
    if low is None and high is None:
        return ""
    if low is not None and low == high:
        return f", {100 * low:.4g} %"
    return f", {100 * (low or 0):.4g}-{100 * (1 if high is None else high):.4g} %"


def _income(ledger: Ledger, party: str) -> list[Block]:
    """Lines of its finances."""
    own = ledger["finances"].filter(pl.col("party") == party).sort("end", "kind", "source", "row")
    rows = [
        row(
            code(str(f["kind"])), f["description"] or "", f"{f['start']} – {f['end']}" if f["start"] else
            str(f["end"]), f["currency"], plain(f["amount"], str(f["currency"])),
            Cell(sourced(f), code=True),
        )
        for f in own.head(_LINES).iter_rows(named=True)
    ]  # fmt: skip
    note = capped(len(rows), len(own))
    heads = columns("Income, cost or thing", "Described", "Days|", "Currency", "Amount>", "Source row")
    return [table(heads, rows, note)] if rows else []
