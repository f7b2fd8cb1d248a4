"""Schedules: every transaction that carries claim money, and the ledger of every account that holds some."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.case.names import names
from followmoney.languages import columns, mark, say
from followmoney.reports import anchors
from followmoney.reports._blocks import Block, Cell, Head, Row, Section, Text, row, table
from followmoney.reports._codes import sourced
from followmoney.reports._freeze import BESIDE
from followmoney.reports._money import many, plain
from followmoney.tracing._comparison import under

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.tracing import Trace

CAP, ACCOUNTS, MOVEMENTS = 600, 40, 200  # so that the page of a large case has less than 2 MB
WORK = 10_000_000  # transactions that are gone through, once an account, for the ledgers beside the page
_UNMOVED = {"opening": mark("opening balance"), "settlement": mark("settled by the rule")}


def places(case: Case) -> set[str]:
    """Every place on the page that links may jump to."""
    if case.trace is None:
        return {anchors.SCHEDULE_A, anchors.SCHEDULE_B}
    listed = {anchors.transaction(t) for t in case.trace.transactions()["id"].head(CAP)}
    return listed | {anchors.account(a) for a in accounts(case.trace)} | {anchors.SCHEDULE_A, anchors.SCHEDULE_B}


def accounts(trace: Trace) -> list[str]:
    """The accounts whose ledgers Schedule B lists: those that hold most."""
    return _holding(trace, ACCOUNTS)


def beside(trace: Trace) -> list[str]:
    """The accounts whose ledgers stand whole in ledgers.parquet: all that hold claim money, or those with most."""
    return _holding(trace, max(ACCOUNTS, WORK // max(1, len(trace.record.tape))))


def _holding(trace: Trace, most: int) -> list[str]:
    return trace.holders()["account"].unique(maintain_order=True).head(most).to_list()


def schedule_a(case: Case) -> Section:
    """Transactions that carry claim money, in order of time, with file and row."""
    title = say("Schedule A: transactions that carry claim money")
    if case.trace is None:
        return Section(anchors.SCHEDULE_A, title, (Text(say("None: no money was traced.")),))
    frame = case.trace.transactions()
    shown = frame.head(CAP)
    called, holder = names(case.trace.graph.ledger), _holders(case.trace)

    def who(account: str) -> Cell:
        party = holder.get(account)
        return Cell(called.get(party, party), more=account) if party else Cell(account)

    rivals = _rivals(case.trace)
    rows = [_moved(r, who(r["originator"]), who(r["beneficiary"]), rivals) for r in shown.iter_rows(named=True)]
    sums = frame.group_by("currency").agg(pl.len(), pl.col("amount").sum(), pl.col("claim").sum()).sort("currency")
    totals = [
        row(
            say("Total"), many(t["len"], "transaction"), "", "", t["currency"], plain(t["amount"], t["currency"]),
            plain(t["claim"], t["currency"]), "", *("" for _ in rivals), "", total=True,
        )
        for t in sums.iter_rows(named=True)
    ]  # fmt: skip
    note = (
        say("All of them.")
        if len(shown) == len(frame)
        else say(
            "The first {shown} of {all}; totals are of all, and all are in trace.parquet.",
            shown=len(shown),
            all=len(frame),
        )
    )
    heads = columns("Transaction", "Booked (UTC)|", "From", "To", "Currency", "Amount>", "Claim>", "Share>")
    heads += [*(f"{rule}>" for rule in rivals), *columns("Purpose")]
    lead = Text(say("Each row names the file and the row it was read from."))
    only = Text(_only(rivals, set(frame["id"])))
    return Section(anchors.SCHEDULE_A, title, (lead, only, table(heads, [*rows, *totals], note)))


def _rivals(trace: Trace) -> dict[str, dict[str, int]]:
    """By rival rule courts use most: the claim that each transaction carries under it."""
    rules = [rule for rule in BESIDE if rule != trace.rule]
    return {rule: dict(under(trace, rule).transactions().select("id", "claim").iter_rows()) for rule in rules}


def _only(rivals: Mapping[str, Mapping[str, int]], listed: set[str]) -> str:
    """How many transactions carry claim money only under a rival rule."""
    more = {rule: sum(claim != 0 and name not in listed for name, claim in of.items()) for rule, of in rivals.items()}
    said = ", ".join(f"{rule}: {count:,}" for rule, count in more.items() if count)
    if not said:
        return say("Under the rival rules beside it no other transaction carries claim money.")
    return say(
        "Other transactions carry claim money only under a rival rule ({rules}); they are not listed.", rules=said
    )


def _moved(r: dict[str, Any], payer: Cell, payee: Cell, rivals: Mapping[str, Mapping[str, int]]) -> Row:
    share = (1000 * r["claim"] + r["amount"] // 2) // r["amount"] if r["amount"] else 0
    return row(
        _sourced(r["id"], r), f"{r['booked_at']:%Y-%m-%d %H:%M}", payer, payee, r["currency"],
        plain(r["amount"], r["currency"]), plain(r["claim"], r["currency"]), f"{share // 10}.{share % 10}%",
        *(plain(of.get(r["id"], 0), r["currency"]) for of in rivals.values()),
        r["purpose"] or "", anchor=anchors.transaction(r["id"]),
    )  # fmt: skip


def _holders(trace: Trace) -> dict[str, str]:
    found = trace.graph.ledger["accounts"].select("id", "holder").drop_nulls()
    return dict(found.iter_rows())


def schedule_b(case: Case) -> Section:
    """For each account that holds claim money: every movement, the balance after it, and the claim in it."""
    title = say("Schedule B: ledgers of the accounts that hold claim money")
    listed = accounts(case.trace) if case.trace is not None else []
    if case.trace is None or not listed:
        return Section(anchors.SCHEDULE_B, title, (Text(say("None.")),))
    holders = case.trace.holders()["account"].n_unique()
    blocks: list[Block] = []
    if len(listed) < holders:
        whole = say("ledgers.parquet has the whole ledgers of {shown}.", shown=len(beside(case.trace)))
        most = say("The {shown} accounts that hold most, of {all}.", shown=len(listed), all=holders)
        blocks.append(Text(f"{most} {whole}"))
    room = CAP
    for account in listed:
        ledger = case.trace.ledger(account)
        shown = ledger.tail(min(MOVEMENTS, max(room, 10)))
        room -= len(shown)
        blocks += [Head(account, anchor=anchors.account(account)), _ledger(shown, len(ledger))]
    return Section(anchors.SCHEDULE_B, title, tuple(blocks))


def _ledger(shown: pl.DataFrame, movements: int) -> Block:
    sums = ("debit", "credit", "balance", "claim_out", "claim_in", "claim")
    rows = [
        row(
            _sourced(r["id"] or say(_UNMOVED[r["kind"]]), r),
            f"{r['booked_at']:%Y-%m-%d %H:%M}" if r["booked_at"] else "", r["counterparty"] or "", r["currency"],
            *(plain(r[c], r["currency"]) for c in sums),
        )
        for r in shown.iter_rows(named=True)
    ]  # fmt: skip
    heads = columns(
        "Transaction", "Booked (UTC)|", "With", "Currency", "Debit>", "Credit>", "Balance>", "Claim out>", "Claim in>",
        "Claim here>",
    )  # fmt: skip
    capped = say("The last {shown} of {all} movements; all are in ledgers.parquet.", shown=len(shown), all=movements)
    return table(heads, rows, "" if len(shown) == movements else capped)


def _sourced(identifier: str, r: dict[str, Any]) -> Cell:
    """A transaction, and beneath it the file and the row it was read from."""
    return Cell(identifier, more=sourced(r))
