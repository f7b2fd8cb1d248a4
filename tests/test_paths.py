"""Paths: the strongest ways to a destination, equal to a search that tries every way."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.errors import SettingsError

LEDGER = """
2024-03-01 ? -> A 1,000.00 #c1
2024-03-02 A -> B 600.00 #t1
2024-03-03 A -> C 400.00 #t2
2024-03-04 B -> D 500.00 #t3
2024-03-05 C -> D 300.00 #t4
2024-03-06 D -> E 700.00 #t5
2024-03-20 B -> E 100.00 #t6
asset V1 vehicle "Car" 9,000.00 EUR by=t7
2024-03-21 E -> Dealer 400.00 #t7
"""


def everything(trace, to, limit, hops, within):
    """Every path there is, by trying: lists of transactions with their strength, strongest first."""
    rows = [row for row in trace.transactions().iter_rows(named=True) if row["claim"]]
    bought = {i for i, asset in trace.ledger_assets.items() if asset == to}
    found = []

    def go(path, visited, brings):
        row = rows[path[-1]]
        brings = min(brings, row["claim"])
        if row["id"] in bought or (row["beneficiary"] == to and row["id"] not in trace.ledger_assets):
            found.append((-brings, len(path), path))
            return
        if row["id"] in trace.ledger_assets or row["beneficiary"].startswith("(") or len(path) > hops:
            return
        for at in range(path[-1] + 1, len(rows)):
            after = rows[at]
            soon = within is None or after["booked_at"] - rows[path[0]]["booked_at"] <= within
            if after["originator"] == row["beneficiary"] and soon and after["beneficiary"] not in visited:
                go((*path, at), visited | {after["beneficiary"]}, brings)

    for at, row in enumerate(rows):
        if row["id"] in trace.claim:
            go((at,), {row["beneficiary"]}, row["claim"])
    return [([rows[at]["id"] for at in path], -strength) for strength, _, path in sorted(found)[:limit]]


class Tried:
    """A trace with the assets by transaction, for the search above."""

    def __init__(self, trace):
        self.trace = trace
        assets = trace.graph.ledger.assets.select("id", "acquired_by").explode("acquired_by").iter_rows()
        self.ledger_assets = {transaction: asset for asset, transaction in assets}

    def __getattr__(self, name):
        return getattr(self.trace, name)


def listed(frame):
    parts = frame.partition_by("path", maintain_order=True)
    return [(part["transaction"].to_list(), part["strength"][0]) for part in parts]


def test_strongest_first_with_the_smallest_claim_part_as_strength():
    trace = fm.trace(fm.FlowGraph(fm.sketch(LEDGER)), "c1")
    found = trace.paths("E")
    assert listed(found) == [
        (["c1", "t1", "t3", "t5"], 50_000), (["c1", "t2", "t4", "t5"], 30_000), (["c1", "t1", "t6"], 10_000),
    ]  # fmt: skip
    assert found.columns == [
        "path", "step", "transaction", "booked_at", "originator", "beneficiary", "amount", "claim", "strength",
    ]  # fmt: skip
    assert found["step"].to_list()[:4] == [0, 1, 2, 3]


def test_limits_on_number_hops_and_time_hold():
    trace = fm.trace(fm.FlowGraph(fm.sketch(LEDGER)), "c1")
    assert len(listed(trace.paths("E", limit=1))) == 1
    assert listed(trace.paths("E", hops=2)) == [(["c1", "t1", "t6"], 10_000)]
    assert listed(trace.paths("E", within=timedelta(days=3))) == []
    assert [p for p, _ in listed(trace.paths("E", within=timedelta(days=5)))] == [
        ["c1", "t1", "t3", "t5"], ["c1", "t2", "t4", "t5"],
    ]  # fmt: skip


def test_an_asset_and_an_outside_end_are_destinations_and_a_payee_of_an_asset_is_not():
    trace = fm.trace(fm.FlowGraph(fm.sketch(LEDGER)), "c1")
    assert listed(trace.paths("V1"))[0] == (["c1", "t1", "t3", "t5", "t7"], 40_000)
    assert len(trace.paths("Dealer")) == 0
    assert len(trace.paths("(unknown EUR)")) == 0


def test_strength_is_in_the_currency_that_arrives():
    ledger = fm.sketch(
        "2024-03-01 ? -> A 100.00 #c1\n2024-03-02 A -> B 100.00 EUR = 80.00 GBP\n2024-03-03 B -> C 70.00 GBP"
    )
    assert fm.trace(fm.FlowGraph(ledger), "c1").paths("C")["strength"].to_list() == [7_000] * 3
    assert fm.trace(fm.FlowGraph(ledger), "c1").paths("B")["strength"].to_list() == [8_000] * 2


def test_an_unknown_destination_and_senseless_limits_say_so():
    trace = fm.trace(fm.FlowGraph(fm.sketch(LEDGER)), "c1")
    with pytest.raises(SettingsError, match=r"account or asset 'Deeler'.*Did you mean 'Dealer'"):
        trace.paths("Deeler")
    with pytest.raises(SettingsError, match="limit=0"):
        trace.paths("E", limit=0)
    with pytest.raises(SettingsError, match="hops=0"):
        trace.paths("E", hops=0)


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 60), st.integers(1, 3)), min_size=2, max_size=18
    ),
    limit=st.integers(1, 6),
    hops=st.integers(1, 4),
    days=st.none() | st.integers(0, 10),
)
def test_a_search_that_tries_every_way_finds_the_same(rows, limit, hops, days):
    day, lines = 1, []
    for number, (a, b, amount, step) in enumerate(rows):
        day += step - 1  # some on the same day
        lines.append(
            f"2024-01-{min(day, 28):02} {'?' if not a else f'K{a}'} -> {f'K{b or 1}'} {amount}.00 #t{number:02}"
        )
    trace = fm.trace(fm.FlowGraph(fm.sketch("\n".join(lines))), ["t00", "t01"], "pro_rata")
    within = None if days is None else timedelta(days=days)
    for to in ("K1", "K4"):
        if to in trace.graph.vertices["id"]:
            found = trace.paths(to, limit=limit, hops=hops, within=within)
            assert listed(found) == everything(Tried(trace), to, limit, hops, within)
