"""Where claim money left, and how much was out when; and what was paid for things, by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from followmoney.case.names import names
from followmoney.languages import columns, mark, retell, say
from followmoney.reports import anchors
from followmoney.reports._blocks import Block, Cell, Head, Section, Text, row, table
from followmoney.reports._capped import capped
from followmoney.reports._codes import code
from followmoney.reports._money import plain, some

if TYPE_CHECKING:
    from followmoney.case import Case

_MOST, _NAMED = 100, 4
_LONG = 20_000  # transactions; beyond, a trace for each month takes longer than one waits for
_EXITS = mark(
    "The last account before claim money crossed a border, became cash or crypto, or went to an end nobody knows. "
    "Money that crossed two borders is in two rows: these rows are not to be added up."
)
_NONE = mark("No claim money left to another country, cash, crypto or unknown ends.")
_MONTHS = mark(
    "What stood abroad, in cash and at unknown ends at the end of each month; not what came there in that month. The "
    "least and the most hold whichever value-conserving rule is adopted; where many transactions make them slow to "
    "find, they stand at the last month only."
)
_PAID = mark(
    "What was paid for each thing that claim money paid for, beside what it is worth, and who paid. A price below the "
    "value, or a payer who is not the holder, is a reason to look, not a proof; the value may be of a later day."
)


def left(case: Case, places: set[str]) -> Section:
    """Exits, and what was out by month."""
    title = say("Where claim money left")
    if case.trace is None:
        return Section("exits", title, (Text(say("No money was traced.")),))
    found = case.exits()
    if not len(found):
        return Section("exits", title, (Text(say(_NONE)),))
    rows = [
        row(
            code(e["kind"]), Cell(e["account"], code=True, more=e["holder_name"] or ""), e["to"], e["currency"],
            plain(e["claim"], e["currency"]), f"{e['payments']:,}", f"{e['first']} – {e['last']}",
            _cited(e["transactions"], places),
        )
        for e in found.head(_MOST).iter_rows(named=True)
    ]  # fmt: skip
    heads = columns("How|", "Last account", "To", "Currency", "Claim>", "Payments>", "Days", "Transactions")
    return Section(
        "exits", title, (Text(say(_EXITS)), table(heads, rows, capped(len(rows), len(found))), *_by_month(case))
    )


def _cited(transactions: list[str], places: set[str]) -> Cell:
    first = anchors.transaction(transactions[0])
    return Cell(some(transactions, _NAMED), link=first if first in places else None)


def _by_month(case: Case) -> list[Block]:
    assert case.trace is not None
    if len(case.trace.record.tape) > _LONG:
        return [Text(say("Month by month: followmoney case --out-by-month; this ledger is too long to do it here."))]
    found = case.out_by_month()
    if not len(found):
        return []
    rows = [
        row(
            str(m["month"]), code(m["kind"]), m["to"], m["currency"],
            *(plain(m[c], m["currency"]) for c in ("claim", "least", "most")),
        )
        for m in found.tail(_MOST).iter_rows(named=True)
    ]  # fmt: skip
    last = say("The last {shown} of {all} rows.", shown=len(rows), all=len(found))
    note = last if len(rows) < len(found) else ""
    heads = columns("At the end of|", "Kind|", "Where", "Currency", "Claim>", "Least>", "Most>")
    return [Head(say("How much was out, month by month")), Text(say(_MONTHS)), table(heads, rows, note)]


def third_parties(case: Case) -> Section:
    """Price, value and payer of each thing bought."""
    title = say("What was paid for things, and by whom")
    found = case.third_parties() if case.trace is not None else None
    if found is None or not len(found):
        bought = say("Claim money is not known to have paid for anything.")
        return Section("thirds", title, (Text(say("No money was traced.") if found is None else bought),))
    called: Mapping[str, str | None] = names(case.ledger) if case.ledger is not None else {}
    rows = [
        row(
            Cell(t["id"], code=True, more=code(t["kind"])), t["holder_name"] or t["holder"] or say("not known"),
            Cell(
                ", ".join(called.get(p) or p for p in t["payers"]) or say("not known"),
                more="; ".join(map(retell, t["relation"])),
            ),
            t["currency"] or say("several"),
            _paid(t["paid"], t["currency"]), _paid(t["value"], t["currency"]),
            "" if t["ratio"] is None else f"{100 * t['ratio']:.0f} %", str(t["paid_on"]),
        )
        for t in found.head(_MOST).iter_rows(named=True)
    ]  # fmt: skip
    heads = columns(
        "Thing or trade", "Holder", "Paid by, and relation", "Currency", "Paid>", "Value>", "Paid / value>", "Paid on|"
    )
    return Section("thirds", title, (Text(say(_PAID)), table(heads, rows, capped(len(rows), len(found)))))


def _paid(amount: int | None, currency: str | None) -> str:
    return "" if currency is None else plain(amount, currency)
