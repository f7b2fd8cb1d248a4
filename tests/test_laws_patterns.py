"""Laws that hold for every pattern, today's and tomorrow's."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from naive_patterns import Shown
from pattern_ledgers import Rename, Row, ledger_of, rows, settings_of
from twins import loose, twin

import followmoney as fm
from followmoney.engines import Local, Slice
from followmoney.finding import EVIDENCE, FINDINGS, Findings
from followmoney.graph import FlowGraph
from followmoney.patterns import Pattern, catalogue
from followmoney.patterns._detect import look, look_in
from followmoney.patterns._flows import Flows
from followmoney.patterns._hits import ROLES
from followmoney.schema.codes import money

EVERY = pytest.mark.parametrize("pattern", catalogue().values(), ids=catalogue())


def found(
    pattern: type[Pattern], given_rows: list[Row], engine: Local | None = None, rename: Rename | None = None
) -> Findings:
    return fm.detect(FlowGraph(ledger_of(given_rows, pattern, rename)), settings_of(pattern), engine)


def other(name: str) -> str:
    """Another name, in another order."""
    return f"Z{90 - ord(name[0])}{name[1:]}"


def same(a: Findings, b: Findings) -> bool:
    return a.frame.equals(b.frame) and a.evidence.equals(b.evidence)


@EVERY
def test_the_example_is_found_once(pattern: type[Pattern]) -> None:
    assert len(fm.detect(FlowGraph(fm.sketch(pattern.example)), pattern())) == 1


@EVERY
def test_the_look_alike_is_not_found(pattern: type[Pattern]) -> None:
    assert len(fm.detect(FlowGraph(fm.sketch(pattern.counter_example)), pattern())) == 0


@EVERY
@examples(50)
@given(data=st.data())
def test_a_pattern_equals_its_plain_twin(pattern: type[Pattern], data: st.DataObject) -> None:
    graph = FlowGraph(ledger_of(data.draw(rows(pattern)), pattern))
    for p in settings_of(pattern):
        hits = look(p, Flows.of(graph), Local())
        seen: set[Shown] = set()
        for i in range(len(hits)):
            shown = ((int(hits.at[k]), ROLES[hits.role[k]]) for k in range(hits.ptr[i], hits.ptr[i + 1]))
            seen.add((int(hits.subject[i]), frozenset(shown)))
        assert seen == twin(p, graph)
        assert len(hits) == len(seen)


@EVERY
@examples(10)
@given(data=st.data(), slices=st.integers(1, 9), shards=st.integers(1, 4))
def test_engines_slices_and_shards_change_nothing(
    pattern: type[Pattern], data: st.DataObject, slices: int, shards: int
) -> None:
    given_rows = data.draw(rows(pattern))
    assert same(found(pattern, given_rows), found(pattern, given_rows, Local(slices, shards)))


@EVERY
@examples(8)
@given(data=st.data())
def test_the_order_of_rows_changes_nothing(pattern: type[Pattern], data: st.DataObject) -> None:
    given_rows = data.draw(rows(pattern))
    assert same(found(pattern, given_rows), found(pattern, data.draw(st.permutations(given_rows))))


@EVERY
@examples(8)
@given(data=st.data())
def test_other_names_of_accounts_change_nothing_but_labels(pattern: type[Pattern], data: st.DataObject) -> None:
    given_rows = data.draw(rows(pattern))
    renamed = [
        r | {end: other(r[end]) if r[end] else None for end in ("originator", "beneficiary")} for r in given_rows
    ]
    a, b = found(pattern, given_rows), found(pattern, renamed, rename=other)
    drop = ["subject", "label", "explanation"]
    assert a.frame.drop(drop).equals(b.frame.drop(drop))
    assert [other(s) for s in a.frame["subject"]] == b.frame["subject"].to_list()
    assert a.evidence.drop("originator", "beneficiary").equals(b.evidence.drop("originator", "beneficiary"))


@EVERY
@examples(8)
@given(data=st.data())
def test_an_unrelated_transaction_changes_nothing(pattern: type[Pattern], data: st.DataObject) -> None:
    given_rows = data.draw(rows(pattern))
    times = [r["booked_at"] for r in given_rows]
    when = data.draw(st.datetimes(min(times).replace(tzinfo=None), max(times).replace(tzinfo=None)))
    other = given_rows[0] | {
        "id": data.draw(st.sampled_from(["a", "z"])), "booked_at": when.replace(tzinfo=min(times).tzinfo), "row": 5_000,
        "originator": "Y1", "beneficiary": "Y2", "amount": 1, "currency": "EUR", "amount_received": None,
        "currency_received": None, "channel": "wire",
    }  # fmt: skip
    assert same(found(pattern, given_rows), found(pattern, [*given_rows, other]))


@EVERY
@examples(10)
@given(data=st.data())
def test_findings_say_what_their_evidence_says(pattern: type[Pattern], data: st.DataObject) -> None:
    ledger = ledger_of(data.draw(rows(pattern)), pattern)
    findings = fm.detect(FlowGraph(ledger), settings_of(pattern))
    assert dict(findings.frame.schema) == FINDINGS
    assert dict(findings.evidence.schema) == EVIDENCE
    assert findings.frame["id"].is_unique().all()
    booked = {r["id"]: r for r in ledger.transactions.to_dicts()}
    for finding in findings:
        evidence = finding.evidence.to_dicts()
        for e in evidence:
            b = booked[e["transaction"]]
            assert all(e[c] == b[c] for c in ("booked_at", "originator", "beneficiary", "source", "row"))
            got = e["role"] == "in" and b["amount_received"] is not None
            assert (e["amount"], e["currency"]) == (
                (b["amount_received"], b["currency_received"]) if got else (b["amount"], b["currency"])
            )
        counted = [e for e in evidence if e["role"] == pattern.counted]
        assert counted
        if len({e["currency"] for e in counted}) == 1:
            assert finding.amount == sum(e["amount"] for e in counted)
            assert finding.currency == counted[0]["currency"]
            assert money(finding.amount, finding.currency) in finding.explanation
        assert (finding.first, finding.last) == (evidence[0]["booked_at"], evidence[-1]["booked_at"])
        assert finding.transactions == len({e["transaction"] for e in evidence})
        assert 0 <= finding.strength < 1
        assert finding.explanation.endswith(".")
        assert "\n" not in finding.explanation
        assert finding.label in finding.explanation


@EVERY
@examples(8)
@given(data=st.data())
def test_a_scope_promises_no_less_than_is_looked_at(pattern: type[Pattern], data: st.DataObject) -> None:
    graph = FlowGraph(ledger_of(data.draw(rows(pattern)), pattern))
    for p in settings_of(pattern):
        flows = Flows.of(graph).knowing([*p.needs, *p.uses])
        scope, hits = p.scope, look_in(p, (Slice(), flows))  # before hits are joined
        for i in range(len(hits)):
            at = hits.at[hits.ptr[i] : hits.ptr[i + 1]]
            time = graph.time[at]
            anchor = time.min() if scope.anchor == "first" else time.max()
            if scope.sliceable:
                assert anchor - time.min() <= scope.look_back
                assert time.max() - anchor <= scope.look_ahead
            ends = {"originator": [graph.originator], "beneficiary": [graph.beneficiary]}
            for_shard = ends.get(str(scope.shard), [graph.originator, graph.beneficiary])
            if scope.shard:
                assert np.any([end[at] == hits.subject[i] for end in for_shard], axis=0).all()


@EVERY
def test_every_threshold_says_what_it_means_and_who_says_so(pattern: type[Pattern]) -> None:
    for f in dataclasses.fields(pattern):
        assert {f.metadata["help"], f.metadata["unit"], f.metadata["source"]} & {""} == set()
        assert f.name in pattern.describe()
        assert f.metadata["source"] in pattern.describe()


@EVERY
def test_a_pattern_explains_itself(pattern: type[Pattern]) -> None:
    text = pattern.describe()
    assert pattern.meaning().endswith(".")
    for part in (pattern.of(), pattern.amltrix, pattern.meaning(), *(c.__doc__ or "" for c in pattern.innocent)):
        assert part.splitlines()[0] in text
    assert pattern.innocent
    assert {m.threshold for m in pattern.margins} <= {f.name for f in dataclasses.fields(pattern)}


@EVERY
def test_a_pattern_crosses_processes_as_plain_values(pattern: type[Pattern]) -> None:
    import pickle

    p = pattern(**loose(pattern))
    assert pickle.loads(pickle.dumps(p)) == p  # noqa: S301
    part = Flows.of(FlowGraph(fm.sketch(pattern.example))).cut(Slice(low=0))
    assert part.graph is None
    again: Any = pickle.loads(pickle.dumps(part))  # noqa: S301
    assert np.array_equal(again.at, part.at)


@EVERY
def test_thresholds_that_make_no_sense_are_refused(pattern: type[Pattern]) -> None:
    for f in dataclasses.fields(pattern):
        with pytest.raises(fm.errors.SettingsError, match=f.name):
            pattern(**{f.name: {"EUR": -1} if f.metadata["unit"].startswith("major") else -1})


def test_processes_change_nothing() -> None:
    """The examples of all patterns, half a year apart; two patterns are enough: what is cut in time, and by account."""
    given_rows: list[Row] = []
    for number, pattern in enumerate(catalogue().values()):
        frame = fm.sketch(pattern.example).transactions
        for row in frame.with_columns(booked_at=pl.col("booked_at") + timedelta(days=180 * number)).to_dicts():
            name = f"{pattern.of()}-{row['id']}"
            kept = {k: row[k] for k in ("booked_at", "originator", "beneficiary", "amount", "currency", "channel")}
            kept |= {k: row[k] for k in ("amount_received", "currency_received", "sequence")}
            outside = {k: None for k in ("originator", "beneficiary") if row[k].startswith("(")}
            given_rows.append(kept | outside | {"id": name, "row": len(given_rows) + 1})
    graph = FlowGraph(ledger_of(given_rows))
    names = ["cycle", "structuring"]
    assert same(fm.detect(graph, names), fm.detect(graph, names, Local(slices=3, shards=2, workers=1)))
