"""What can be frozen now: the assets of a case as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.languages import columns, count, mark, retell, say
from followmoney.reports import anchors
from followmoney.reports._blocks import Block, Cell, Figure, Head, Row, Section, Text, row, table
from followmoney.reports._money import many, plain, some
from followmoney.reports._money import sums as amounts
from followmoney.reports.picture import picture
from followmoney.tracing.statuses import STATUSES

if TYPE_CHECKING:
    from datetime import date

    from followmoney.case import Case

_FIXED = (
    "kind",
    "id",
    "description",
    "holder",
    "holder_name",
    "country",
    "currency",
    "value",
    "valued_at",
    "encumbrance",
    "paid_by",
    "claim",
    "last_moved",
    "status",
)
BESIDE = ("fifo", "lowest_balance", "pro_rata")
_MEANING = mark(
    "Accounts and assets that hold claim money, most first. The claim stands under the rule of this report and beside "
    "it under the rival rules courts use most, because courts differ in the rule they apply; small under it, where it "
    "was computed, the least and the most whichever value-conserving rule is adopted."
)
_GAP = mark("At most: a statement is missing before the figure, and money may have moved unseen.")
_DATED = mark(
    "These are balances of {day}, where the trace ends: what moved since is not in them. Ask for the balances of today "
    "before any order."
)
_ELSEWHERE = mark("Where the chosen rule leaves nothing, and a rival rule does: see the chapter on tracing.")
_ENDED = mark(
    "An analyst asserts that these holders gave value in good faith. The claim ends with them: what they got cannot be "
    "frozen on this trace. Without the assertion it is claim money like any other; the chapter on tracing shows both."
)
_MOST, _PAID = 100, 4
_KEYS = ["kind", "id", "currency"]
_ENDS = ("least", "most")  # by place; not to be added up over places


def freeze(case: Case, places: set[str]) -> Section:
    """One row an account or asset, a column for each rule, totals by currency last."""
    assets = case.assets()
    rules = [c for c in assets.columns if c not in _FIXED]
    chosen = case.trace.rule if case.trace else ""
    blocks: list[Block] = []
    if case.trace is None:
        blocks.append(Text(say("No money was traced, so this report cannot say what can be frozen.")))
    elif not len(assets):
        blocks += [Text(_nothing(len(case.elsewhere()))), *_ended(case.ended())]
    else:
        rivals = [r for r in BESIDE if r != chosen and r in rules]
        assets = assets.join(_ends(case), on=_KEYS, how="left", maintain_order="left")
        heads = columns(
            "Kind|", "Account or asset", "Holder", "Paid by", "Last moved|", "Currency", "Balance or value>"
        )
        heads += [f"{say('Claim ({rule})', rule=chosen)}>", *(f"{r}>" for r in rivals)]
        shown = assets.head(_MOST)
        behind = {(kind, name, currency) for kind, name, currency, _ in case.trace.behind_gaps().iter_rows()}
        rows = [_row(a, rivals, places, behind) for a in shown.iter_rows(named=True)]
        blocks += [
            *dated(case),
            Text(f"{say(_MEANING)} {say(_GAP)}" if behind else say(_MEANING)),
            Figure(picture("countries", case, places=places)),
            table(heads, [*rows, *_totals(assets, case.elsewhere(), rivals)], _note(len(shown), len(assets))),
            *_ended(case.ended()),
        ]  # fmt: skip
    return Section("freeze", say("What can be frozen now"), tuple(blocks))


def _nothing(away: int) -> str:
    if not away:
        return say("No account and no asset holds claim money now.")
    return count(
        away,
        "No account and no asset holds claim money now. Under other rules {n} place would: see the chapter on tracing.",
        "No account and no asset holds claim money now. Under other rules {n} places would: see the chapter on "
        "tracing.",
    )


def _row(asset: dict[str, Any], rivals: list[str], places: set[str], behind: set[tuple[str, str, str]]) -> Row:
    currency = asset["currency"]
    claim = plain(asset["claim"], currency)
    if (asset["kind"], asset["id"], currency) in behind:
        claim = say("at most {amount}", amount=claim)
    ledger = anchors.account(asset["id"])
    name = asset["holder_name"] or asset["holder"] or say("not known")
    paid = asset["paid_by"]
    first = anchors.transaction(paid[0]) if paid else ""
    return row(
        say(asset["kind"]),
        Cell(asset["id"], link=ledger if ledger in places else None, code=True, more=_described(asset)),
        Cell(name, more=", ".join(filter(None, (asset["country"], _status(asset))))),
        Cell(some(paid, _PAID), link=first if first in places else None),
        f"{asset['last_moved']:%Y-%m-%d}" if asset["last_moved"] else "",
        currency,
        Cell(plain(asset["value"], currency), more=_on(asset["valued_at"])),
        Cell(claim, more="" if asset["most"] is None else " – ".join(plain(asset[end], currency) for end in _ENDS)),
        *(plain(asset[r], currency) for r in rivals),
    )


def _on(day: date | None) -> str:
    return say("on {day}", day=day) if day else ""


def _ends(case: Case) -> pl.DataFrame:
    """By place, the least and the most whichever rule is adopted; null where it was not computed."""
    return case.recoverable().places.select(*_KEYS, *_ENDS)


def dated(case: Case) -> list[Block]:
    """Of what day the balances are, for whoever reads it later."""
    day = case.day
    return [] if day is None else [Text(say(_DATED, day=day))]


def _described(asset: dict[str, Any]) -> str:
    """What it is, and what others have rights to in it."""
    what = retell(asset["description"])
    if not asset["encumbrance"]:
        return what
    return say("{asset}, encumbered {amount}", asset=what, amount=plain(asset["encumbrance"], asset["currency"]))


def _status(asset: dict[str, Any]) -> str:
    """What an analyst asserts of the holder."""
    return say("asserted {status}", status=retell(STATUSES[asset["status"]])) if asset["status"] else ""


def _totals(assets: pl.DataFrame, away: pl.DataFrame, rivals: list[str]) -> list[Row]:
    """What rivals leave elsewhere, then totals of that and of all rows, by currency."""
    columns = ("claim", *rivals)
    away = away.with_columns(claim=pl.lit(0, pl.Int64)).filter(pl.any_horizontal(pl.col(rivals) != 0))
    both = pl.concat([frame.select("currency", *columns) for frame in (assets, away)])
    rows: list[Row] = []
    for name, frame, total in ((say("Elsewhere"), away, False), (say("Total"), both, True)):
        sums = frame.group_by("currency").agg(pl.len(), pl.col(columns).sum()).sort("currency")
        rows += [
            row(
                name, Cell(many(t["len"], "place"), more="" if total else say(_ELSEWHERE)), "", "", "",
                t["currency"], "", *(plain(t[c], t["currency"]) for c in columns), total=total,
            )
            for t in sums.iter_rows(named=True)
        ]  # fmt: skip
    return rows


def _ended(ended: pl.DataFrame) -> list[Block]:
    """Holders in good faith, apart from whatever can be frozen."""
    if not len(ended):
        return []
    sums = ended.group_by("currency").agg(pl.col("claim").sum()).sort("currency")
    total = amounts(dict(sums.iter_rows()))
    rows = [
        row(
            Cell(e["id"], code=True, more=e["description"]), e["holder_name"] or say("not known"),
            Cell(e["why"], more=say("asserted by {who} on {day}", who=e["who"], day=e["when"])), e["currency"],
            plain(e["claim"], e["currency"]),
        )
        for e in ended.head(_MOST).iter_rows(named=True)
    ]  # fmt: skip
    totals = [row(say("Total"), "", "", c, plain(claim, c), total=True) for c, claim in sums.iter_rows()]
    note = say("The first {shown} of {all} rows; totals are of all.", shown=len(rows), all=len(ended))
    heads = columns("Account or asset", "Holder", "Why", "Currency", "Claim that ends here>")
    head = Head(say("Claim ends here: paid in good faith, {amount}", amount=total))
    return [head, Text(say(_ENDED)), table(heads, [*rows, *totals], "" if len(rows) == len(ended) else note)]


def _note(shown: int, rows: int) -> str:
    note = say("The first {shown} of {all} rows; all of them are in assets.csv.", shown=shown, all=rows)
    return "" if shown == rows else note
