"""What can be recovered in all, and whom to freeze first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.reports._blocks import Block, Cell, Head, Points, Section, Text, row, table
from followmoney.reports._money import plain

if TYPE_CHECKING:
    from followmoney.case import Case

_MOST = 20


def recoverable(case: Case) -> Section:
    """Totals that count no money twice, the order of freezing, and things to sell soon."""
    blocks: list[Block] = []
    if case.trace is None or not len(case.assets()):
        blocks.append(Text("Nothing that holds claim money is known, so there is nothing to recover or to freeze."))
    else:
        found = case.recoverable()
        blocks += [Text(found.sentence), _totals(case), Points(found.notes), *_first(case), *_sale(case)]
    return Section("recoverable", "What can be recovered, and whom to freeze first", tuple(blocks))


def _totals(case: Case) -> Block:
    heads = ["Whose", "Currency", "Places>", "Claim>", "Least>", "Most>"]
    found = case.recoverable()
    rows = [
        row(
            Cell(its["name"] or its["party"] or "not known"), its["currency"], f"{its['places']:,}",
            *(plain(its[end], its["currency"]) for end in ("claim", "least", "most")),
        )
        for its in found.parties.head(_MOST).iter_rows(named=True)
    ]  # fmt: skip
    rows += [
        row(
            "All together", its["currency"], f"{its['places']:,}",
            *(plain(its[end], its["currency"]) for end in ("claim", "least", "most")), total=True,
        )
        for its in found.totals.iter_rows(named=True)
    ]  # fmt: skip
    note = f"The first {_MOST} of {len(found.parties):,} parties." if len(found.parties) > _MOST else ""
    return table(heads, rows, note)


def _first(case: Case) -> list[Block]:
    found = case.freeze_first()
    if not len(found.frame):
        return []
    heads = ["Step>", "Account", "Holder", "Currency", "Days>", "Still there>", "Avoidable, least>", "Under the rule>"]
    shown = found.frame.head(_MOST)
    rows = [
        row(
            str(its["step"]), Cell(its["account"], code=True, more=its["country"] or ""),
            its["holder_name"] or its["holder"] or "not known", its["currency"], str(its["days"]),
            Cell(f"{100 * its['still_there']:.0f} %", more=f"{its['from']}, {its['stays']:,} stays"),
            plain(its["avoidable"], its["currency"]), plain(its["avoidable_claim"], its["currency"]),
        )
        for its in shown.iter_rows(named=True)
    ]  # fmt: skip
    note = f"The first {len(shown):,} of {len(found.frame):,} accounts." if len(shown) < len(found.frame) else ""
    return [Head("Whom to freeze first"), Text(found.sentence), table(heads, rows, note), Points(found.notes)]


def _sale(case: Case) -> list[Block]:
    found = case.sale()
    if not len(found):
        return []
    heads = ["Thing", "Holder", "Currency", "Value>", "Lost in a year>", "Why"]
    rows = [
        row(
            Cell(its["description"], more=its["kind"]), its["holder_name"] or "not known", its["currency"],
            plain(its["value"], its["currency"]),
            Cell(plain(its["lost_in_a_year"], its["currency"]),
                 more="" if its["percent_a_year"] is None else f"{its['percent_a_year']} %, followmoney default"),
            its["why"],
        )
        for its in found.iter_rows(named=True)
    ]  # fmt: skip
    return [Head("Things that lose value while they are kept"), table(heads, rows)]
