"""What changed between two cases is exact: as a plain count of both says, and the other way round the other way."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import polars as pl
import pytest
from drawn_cases import HARBOUR
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_ledgers import BEGIN, drawn

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.finding import Findings
from followmoney.tracing._comparison import where

DAY = date(2024, 10, 1)


def case(ledger: fm.Ledger, claim=(), rule: str = "pro_rata", **given_) -> fm.Case:
    graph = fm.FlowGraph(ledger)
    return fm.Case(
        "C", fm.detect(graph), trace=fm.trace(graph, claim, rule) if claim else None, source=ledger, **given_
    )


def bare(ledger: fm.Ledger, claim=(), rule: str = "pro_rata") -> fm.Case:
    """Without looking for patterns."""
    return fm.Case("C", trace=fm.trace(fm.FlowGraph(ledger), list(claim), rule) if claim else None, source=ledger)


def counted(ledger: fm.Ledger) -> dict[tuple[str, str], list[int]]:
    """The plain twin: transactions, debited and credited of every account and currency, row by row."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in ledger.transactions.iter_rows(named=True):
        if row["status"] not in (None, "booked"):
            continue
        out = row["originator"], row["currency"]
        into = row["beneficiary"], row["currency_received"] or row["currency"]
        for end in {out, into}:
            sums[end][0] += 1
        sums[out][1] += row["amount"]
        sums[into][2] += row["amount_received"] or row["amount"]
    return sums


def placed(trace) -> dict[tuple[str, str, str], int]:
    return {} if trace is None else {(k, i, str(c)): claim for k, i, c, claim in where(trace).iter_rows() if claim}


@examples(60)
@given(drawn(), st.data())
def test_accounts_and_claims_are_those_of_a_plain_count_of_both_sides(one, data):
    kept = data.draw(st.lists(st.sampled_from(one.transactions), unique=True, min_size=1))
    kept = [line for line in one.transactions if line in kept]
    claim = [name for name in one.claim if any(line.endswith(f"#{name}") for line in kept)]
    statements = [line for line in one.statements if not line.startswith("asset")]
    texts = ("\n".join([*statements, *lines]) for lines in (kept, one.transactions))
    a, b = (fm.sketch(text) for text in texts)
    before, after = (bare(ledger, names if claim else ()) for ledger, names in ((a, claim), (b, one.claim)))
    found = before.compare(after)
    old, new = counted(a), counted(b)
    expected = {key: (old.get(key), new.get(key)) for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    told = {}
    for row in found.accounts.iter_rows(named=True):
        sides = ([row[f"{n}_{s}"] for n in ("transactions", "debited", "credited")] for s in ("before", "after"))
        mine = [None if side == [None] * 3 else side for side in sides]
        told[row["account"], row["currency"]] = tuple(mine)
        assert row["change"] == ("new" if mine[0] is None else "gone" if mine[1] is None else "changed")
    assert told == expected
    was, now = placed(before.trace), placed(after.trace)
    claims = {
        (r["kind"], r["id"], r["currency"]): (r["claim_before"], r["claim_after"], r["difference"])
        for r in found.claims.iter_rows(named=True)
    }
    assert claims == {
        key: (was.get(key), now.get(key), now.get(key, 0) - was.get(key, 0))
        for key in was.keys() | now.keys()
        if was.get(key) != now.get(key)
    }
    ids = [set(ledger.numbered["id"]) for ledger in (a, b)]
    assert set(found.transactions.filter(pl.col("change") == "new")["id"]) == ids[1] - ids[0]


@examples(30)
@given(drawn())
def test_a_case_is_like_itself_and_what_is_new_one_way_is_gone_the_other(one):
    whole, part = fm.sketch(one.text()), fm.sketch(one.text(one.transactions[:2]))
    a, b = bare(part), bare(whole)
    assert b.compare(b).alike
    assert b.compare(b).sentence == "Nothing changed."
    there, back = a.compare(b), b.compare(a)
    swapped = {"new": "gone", "gone": "new", "changed": "changed"}
    for name, frame in there.tables().items():
        by = next(name for name in frame.columns if name != "change")
        mine, other = (sorted(table.select("change", by).iter_rows()) for table in (frame, back.tables()[name]))
        assert sorted((swapped[change], key) for change, key in mine) == other


@examples(40)
@given(drawn(), st.integers(0, 90))
def test_since_a_day_is_the_ledger_of_that_day_compared_with_now(one, days: int):
    ledger, day = fm.sketch(one.text()), date(2024, 2, 1) + timedelta(days)
    now = bare(ledger, one.claim)
    found = now.since(str(day))
    then = ledger.between("1900-01-01", str(day))
    claim = [name for name in one.claim if name in set(then.numbered["id"])]
    was = placed(fm.trace(fm.FlowGraph(ledger), claim, "pro_rata", str(day))) if claim else {}
    after = placed(now.trace)
    assert {tuple(r[:3]) for r in found.claims.iter_rows()} == {
        key for key in was.keys() | after.keys() if was.get(key) != after.get(key)
    }
    old, new = counted(then), counted(ledger)
    assert set(found.accounts.select("account", "currency").iter_rows()) == {
        key for key in old.keys() | new.keys() if old.get(key) != new.get(key)
    }
    assert now.since(BEGIN).claims["claim_before"].null_count() == len(now.since(BEGIN).claims)
    assert now.since("2030-01-01").alike


def test_a_finding_that_grew_is_one_that_changed():
    lines = [f"2024-03-0{day} cash -> A 9,500.00 EUR cash" for day in range(1, 8)]
    a, b = (case(fm.sketch("\n".join(["account A holder=P IBAN ES", *some]))) for some in (lines[:4], lines))
    found = a.compare(b).findings.filter(pl.col("pattern") == "structuring")
    assert found["change"].to_list() == ["changed"]
    assert found.select("transactions_before", "transactions_after").row(0) == (4, 7)
    assert found["finding_before"][0] != found["finding_after"][0]
    grown = b.since("2024-03-03").findings.filter(pl.col("pattern") == "structuring")
    assert grown.select("change", "transactions_before", "transactions_after").rows() == [("changed", 3, 7)]
    assert b.since("2024-02-28").findings["change"].unique().to_list() == ["new"]
    assert a.compare(fm.Case("C", Findings.empty(), source=a.ledger)).findings["change"].unique().to_list() == ["gone"]


def test_other_rules_and_missing_parts_are_no_change_but_an_error():
    ledger = fm.sketch(HARBOUR)
    one = bare(ledger, ["t1"], "fifo")
    with pytest.raises(SettingsError, match="different rules"):
        one.compare(bare(ledger, ["t1"], "lifo"))
    with pytest.raises(SettingsError, match="has a trace and the other has none"):
        one.compare(bare(ledger))
    with pytest.raises(SettingsError, match="takes another case"):
        one.compare(ledger)  # type: ignore[arg-type]


def test_entries_of_the_journal_are_compared_too():
    entry = fm.Entry("note", ("t1",), "Seen.", "A. Analyst", DAY, "file 1")
    one = bare(fm.sketch(HARBOUR))
    found = one.compare(one.add(entry))
    assert found.journal.select("change", "why").rows() == [("new", "Seen.")]
    assert one.add(entry).since("2024-09-30").journal["change"].to_list() == ["new"]
    assert one.add(entry).since("2024-10-01").alike


def test_cases_on_one_ledger_add_up_whichever_comes_first():
    ledger = fm.sketch(HARBOUR)
    graph = fm.FlowGraph(ledger)
    found = fm.detect(graph)
    parts = [found.of(name) for name in found.frame["pattern"].unique().sort()]
    a = fm.Case("A", parts[0], trace=fm.trace(graph, ["t1"]))
    b = fm.Case("B", parts[-1], source=ledger).add(fm.Entry("exclude", (found[0].id,), "x", "y", DAY))
    both = a + b
    assert both.findings == (b + a).findings
    assert set(both.findings.frame["id"]) == {*parts[0].frame["id"], *parts[-1].frame["id"]}
    assert (both.name, both.trace, both.journal) == ("A + B", a.trace, b.journal)
    assert (a + a).trace is a.trace
    assert (b + a).assets().equals(a.assets())


def test_cases_on_other_ledgers_or_with_other_traces_do_not_add_up():
    ledger = fm.sketch(HARBOUR)
    one = bare(ledger, ["t1"])
    with pytest.raises(SettingsError, match="different ledgers"):
        one + bare(fm.sketch("2024-01-01 A -> B 1.00"))
    with pytest.raises(SettingsError, match="different ledgers"):
        one + bare(ledger.between("2024-03-01", "2024-03-10"))
    with pytest.raises(SettingsError, match="Both cases have a trace, and not the same"):
        one + bare(ledger, ["t2"])
    assert one + bare(ledger, ["t1"])
