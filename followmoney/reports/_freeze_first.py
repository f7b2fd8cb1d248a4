"""What can be recovered in all, and whom to freeze first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.languages import columns, retell, retold, say
from followmoney.reports._blocks import Block, Cell, Head, Points, Section, Text, row, table
from followmoney.reports._freeze import dated
from followmoney.reports._measured import measured
from followmoney.reports._money import plain

if TYPE_CHECKING:
    from followmoney.case import Case

_MOST = 20


def recoverable(case: Case) -> Section:
    """Totals that count no money twice, the order of freezing, and things to sell soon."""
    blocks: list[Block] = []
    if case.trace is None or not len(case.assets()):
        blocks.append(
            Text(say("Nothing that holds claim money is known, so there is nothing to recover or to freeze."))
        )
    else:
        found = case.recoverable()
        blocks += [
            *dated(case),
            Text(retell(found.sentence)),
            _totals(case),
            Points(retold(found.notes)),
            *_first(case),
            *measured(case),
            *_sale(case),
        ]
    return Section("recoverable", say("What can be recovered, and whom to freeze first"), tuple(blocks))


def _totals(case: Case) -> Block:
    heads = columns("Whose", "Currency", "Places>", "Claim>", "Least>", "Most>")
    found = case.recoverable()
    rows = [
        row(
            Cell(its["name"] or its["party"] or say("not known")), its["currency"], f"{its['places']:,}",
            *(plain(its[end], its["currency"]) for end in ("claim", "least", "most")),
        )
        for its in found.parties.head(_MOST).iter_rows(named=True)
    ]  # fmt: skip
    rows += [
        row(
            say("All together"), its["currency"], f"{its['places']:,}",
            *(plain(its[end], its["currency"]) for end in ("claim", "least", "most")), total=True,
        )
        for its in found.totals.iter_rows(named=True)
    ]  # fmt: skip
    note = say("The first {shown} of {all} parties.", shown=_MOST, all=len(found.parties))
    return table(heads, rows, note if len(found.parties) > _MOST else "")


def _first(case: Case) -> list[Block]:
    found = case.freeze_first()
    if not len(found.frame):
        return []
    heads = columns(
        "Step>", "Account", "Holder", "Currency", "Days>", "Still there>", "Avoidable, least>", "Under the rule>"
    )
    shown = found.frame.head(_MOST)
    rows = [
        row(
            str(its["step"]), Cell(its["account"], code=True, more=its["country"] or ""),
            its["holder_name"] or its["holder"] or say("not known"), its["currency"], str(its["days"]),
            Cell(f"{100 * its['still_there']:.0f} %",
                 more=say("{whose}, {stays} stays", whose=retell(its["from"]), stays=its["stays"])),
            plain(its["avoidable"], its["currency"]), plain(its["avoidable_claim"], its["currency"]),
        )
        for its in shown.iter_rows(named=True)
    ]  # fmt: skip
    capped = say("The first {shown} of {all} accounts.", shown=len(shown), all=len(found.frame))
    listing = table(heads, rows, capped if len(shown) < len(found.frame) else "")
    return [Head(say("Whom to freeze first")), Text(retell(found.sentence)), listing, Points(retold(found.notes))]


def _sale(case: Case) -> list[Block]:
    found = case.sale()
    if not len(found):
        return []
    heads = columns("Thing", "Holder", "Currency", "Value>", "Lost in a year>", "Why")
    rows = [
        row(
            Cell(retell(its["description"]), more=say(its["kind"])), its["holder_name"] or say("not known"),
            its["currency"], plain(its["value"], its["currency"]),
            Cell(plain(its["lost_in_a_year"], its["currency"]),
                 more="" if its["percent_a_year"] is None
                 else say("{percent} %, followmoney default", percent=its["percent_a_year"])),
            retell(its["why"]),
        )
        for its in found.iter_rows(named=True)
    ]  # fmt: skip
    return [Head(say("Things that lose value while they are kept")), table(heads, rows)]
