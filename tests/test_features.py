"""Features for those who train models: counts equal to the peer's, statistics that are possible, nothing from ahead."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from types import ModuleType

import numpy as np
import polars as pl
import pytest
from gfp_twin import twin
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import followmoney as fm
from followmoney.cli import main
from followmoney.errors import SettingsError
from followmoney.graph import _kernels
from followmoney.profiles import (
    Casework,
    Gfp,
    _kernels_cycles,
    _kernels_moments,
    _kernels_returns,
    _kernels_scatter_gather,
    casework,
)

GOLDEN = json.loads((Path(__file__).parent / "gfp_golden.json").read_text(encoding="utf-8"))
SHAPES = ("scatter_gather", "temporal_cycle", "cycle")
SECOND = timedelta(seconds=1)


def graph_of(rows, amounts=None, currencies=None):
    """Rows of (originator, beneficiary, second); given in order, so that the sequence keeps ties in order."""
    start = datetime(2024, 1, 1, tzinfo=UTC)
    lines = [
        f"{start + at * SECOND:%Y-%m-%dT%H:%M:%S} A{payer} -> A{payee} "
        f"{(amounts[n] if amounts else 100) / 100:.2f} {currencies[n] if currencies else 'EUR'} #t{n:05}"
        for n, (payer, payee, at) in enumerate(rows)
    ]
    return fm.FlowGraph(fm.sketch("\n".join(lines)))


def counted(table, name, longest):
    """The table's counts as the twin gives them."""
    if name not in SHAPES:
        return [{value: 1} if value else {} for value in table[name]]
    largest = longest if name == "cycle" else 30
    columns = {size: table[f"{name}_{size}"] for size in range(2, largest + 1)}
    return [{size: column[i] for size, column in columns.items() if column[i]} for i in range(len(table))]


def counts(rows, window, narrow, longest):
    profile = Gfp(window=window * SECOND, scatter_gather_window=narrow * SECOND, longest=longest, statistics=False)
    table = fm.features(graph_of(rows), profile)
    assert table["unresolved"].sum() == 0
    return {name: counted(table, name, longest) for name in ("fan_in", "fan_out", "degree_in", "degree_out", *SHAPES)}


def test_counts_are_those_of_the_peer_on_every_transaction():
    """Made once with snapml 1.17.2, a transaction at a time; it leaves out fans and degrees of 1."""
    rows = [tuple(row) for row in GOLDEN["transactions"]]
    found = counts(rows, GOLDEN["window"], GOLDEN["scatter_gather_window"], GOLDEN["longest"])
    for name, expected in GOLDEN["counts"].items():
        wanted = [{} for _ in rows]
        for row, size, count in expected:
            wanted[row][size] = count
        assert [{k: v for k, v in one.items() if k > 1} for one in found[name]] == wanted, name


@st.composite
def random_rows(draw):
    accounts, many = draw(st.integers(2, 6)), draw(st.integers(0, 22))
    ends = st.integers(0, accounts - 1)
    rows = [(draw(ends), draw(ends), draw(st.integers(0, 14))) for _ in range(many)]
    return sorted(rows, key=lambda row: row[2])


@given(random_rows(), st.integers(1, 7), st.integers(1, 7), st.integers(2, 6))
def test_counts_are_those_of_the_plain_twin(rows, window, narrow, longest):
    if rows:
        assert counts(rows, window, narrow, longest) == twin(rows, window, narrow, longest)


@given(random_rows(), st.integers(1, 9), st.integers(1, 9))
def test_however_long_a_list_is_the_counts_are_the_same(rows, window, narrow):
    """Long lists are not scanned but searched; here every list counts as long."""
    limits: list[tuple[ModuleType, str]] = [
        (_kernels_scatter_gather, "_FEW"), (_kernels_returns, "OFTEN"), (_kernels_cycles, "OFTEN"),
        (_kernels_cycles, "_STEPS"),
    ]  # fmt: skip
    if not rows:
        return
    with pytest.MonkeyPatch.context() as patch:
        for module, name in limits:
            patch.setattr(module, name, 0)
        assert counts(rows, window, narrow, 5) == twin(rows, window, narrow, 5)


def test_compiled_and_plain_kernels_agree(monkeypatch):
    graph = graph_of([tuple(row) for row in GOLDEN["transactions"]])
    profile = Gfp(window=30 * SECOND, scatter_gather_window=24 * SECOND, longest=6)

    def tables():
        return [fm.features(graph, profile), pl.DataFrame(dict(casework._histories(graph)))]

    plain = tables()
    monkeypatch.setattr(_kernels, "_WORTH_COMPILING", 0)
    for one, other in zip(plain, tables(), strict=True):
        assert_frame_equal(one, other)


def test_a_search_that_is_given_up_is_said():
    rows = [(a, b, 10 * n) for n, (a, b) in enumerate(product(range(6), repeat=2)) if a != b]
    table = fm.features(graph_of(rows), Gfp(budget=5, statistics=False))
    assert 0 < table["unresolved"].sum() < len(rows)


@pytest.mark.parametrize(("scale", "few"), [(1, 16), (1, 3), (10**6, 16), (10**6, 0)])
def test_statistics_are_those_of_the_window_and_never_impossible(scale, few, monkeypatch):
    """A giant amount leaves the window, and what stays is as exact as if it had never been there."""
    monkeypatch.setattr(_kernels_moments, "_FEW", few)
    rng = np.random.default_rng(3)
    rows = [(int(rng.integers(2)), 2 + int(rng.integers(2)), 3 * n) for n in range(150)]
    amounts = [int(a) for a in rng.integers(1, 10_000, 150)]
    amounts[20] = amounts[75] = 10**9 * scale
    table = fm.features(graph_of(rows, amounts), Gfp(window=60 * SECOND))
    for i, (who, side) in product(range(150), product((0, 1), (0, 1))):
        account, name = rows[i][who], ("originator", "beneficiary")[who] + ("_paid", "_received")[side]
        window = [j for j in range(i + 1) if rows[j][side] == account and rows[j][2] > rows[i][2] - 60]
        assert table[f"{name}_count"][i] == len(window)
        assert table[f"{name}_sum"][i] == sum(amounts[j] for j in window)
        ages = [rows[i][2] - rows[j][2] for j in window]
        for of, values in (("amount", [amounts[j] for j in window]), ("age", ages)):
            got = [table[f"{name}_{of}_{s}"][i] for s in ("mean", "variance", "skewness", "kurtosis", "least", "most")]
            assert got == [None if e is None else pytest.approx(e, rel=1e-9, abs=1e-9) for e in expected(values)]
            if got[1]:
                assert got[1] >= 0
                assert got[3] >= -2 - 1e-9
                assert abs(got[2]) <= len(values) ** 0.5


def expected(values):
    if not values:
        return [None] * 6
    mean = sum(values) / len(values)
    away = np.array([v - mean for v in values], float)
    spread = (away**2).mean()
    higher = [(away**3).mean() / spread**1.5, (away**4).mean() / spread**2 - 3] if spread else [None, None]
    return [mean, spread, *higher, min(values), max(values)]


def test_amounts_in_several_currencies_have_no_statistics():
    rows = [(0, 1, 0), (0, 1, 1), (0, 1, 2), (0, 1, 100), (0, 1, 101)]
    table = fm.features(graph_of(rows, currencies=["EUR", "EUR", "GBP", "GBP", "GBP"]), Gfp(window=50 * SECOND))
    assert table["originator_paid_amount_mean"].to_list() == [100, 100, None, 100, 100]
    assert table["originator_paid_sum"].to_list() == [100, 200, None, 100, 200]
    assert table["originator_paid_age_mean"].to_list() == [0, 0.5, 1, 0, 0.5]


CASE = """
2024-03-01 A -> B 100.00 EUR #t1
2024-03-03 A -> B 50.00 EUR #t2
2024-03-03T12:00 B -> C 120.00 EUR #t3
2024-03-05 A -> B 10.00 GBP #t4
2024-03-13 B -> A 7.00 EUR #t5
"""


def test_casework_says_what_is_new_and_what_came_before():
    table = fm.features(fm.FlowGraph(fm.sketch(CASE)))
    assert table["id"].to_list() == ["t1", "t2", "t3", "t4", "t5"]
    assert table["pair_payment"].to_list() == [1, 2, 1, 3, 1]
    assert table["pair_days"].to_list() == [None, 2, None, 2, None]
    assert table["originator_days_since_paid"].to_list() == [None, 2, None, None, 9.5]
    assert table["originator_days_since_received"].to_list() == [None, None, 0.5, None, 10]
    assert table["originator_net"].to_list() == [-10_000, -15_000, 3_000, -1_000, 2_300]
    assert table["beneficiary_net"].to_list() == [10_000, 15_000, 12_000, 1_000, -14_300]
    assert table["originator_received_24h"].to_list() == [0, 0, 5_000, 0, 0]
    assert table["originator_out_in_24h"].to_list() == [None, None, 2.4, None, None]
    assert table["originator_out_in_7d"].to_list() == [None, None, 0.8, None, None]


def test_casework_counts_the_findings_a_transaction_shows(harbour):
    graph = fm.FlowGraph(harbour)
    findings, table = fm.detect(graph), fm.features(graph)
    shown = findings.evidence.group_by("transaction").agg(pl.col("finding").n_unique())
    there = table.join(shown, left_on="id", right_on="transaction", how="left")
    assert (there["findings"] == there["finding"].fill_null(0)).all()
    assert table["findings"].sum() == sum(table[name].sum() for name in fm.patterns.catalogue())
    lacked = [name for name in fm.patterns.catalogue() if table[name].null_count()]
    assert lacked == list(findings.not_examined)
    assert lacked
    assert all(table[name].null_count() == len(table) for name in lacked)
    assert table["strongest"].max() == findings.frame["strength"].max()


@pytest.mark.parametrize("profile", ["casework", Gfp(statistics=True)])
def test_an_account_has_the_largest_values_of_its_transactions(profile):
    graph = fm.FlowGraph(fm.sketch(CASE))
    table, accounts = fm.features(graph, profile), fm.features(graph, profile, of="accounts")
    assert accounts["id"].to_list() == graph.vertices["id"].to_list()
    assert accounts.columns == table.columns
    a = graph.vertex("A")
    name = "originator_net" if profile == "casework" else "originator_paid_count"
    assert accounts[name][a] == table[name].gather([0, 1, 3]).max()


@pytest.mark.parametrize("profile", ["casework", "gfp"])
def test_features_of_no_transaction_and_of_a_folded_graph(profile, harbour):
    graph = fm.FlowGraph(harbour).fold("party")
    whole = fm.features(graph, profile)
    none = fm.features(graph.only(slice(0, 0)), profile)
    assert len(whole) == len(graph)
    assert len(none) == 0
    assert none.schema == whole.schema
    assert len(fm.features(graph.only(slice(0, 0)), profile, of="accounts")) == len(graph.vertices)


@pytest.mark.parametrize("profile", ["gpf", Gfp(longest=1), Gfp(window=timedelta(0))])
def test_a_profile_that_makes_no_sense_is_refused(profile):
    with pytest.raises(SettingsError, match=r"gfp|Gfp"):
        fm.features(fm.FlowGraph(fm.sketch(CASE)), profile)


def test_what_lies_ahead_changes_nothing_but_findings(harbour):
    graph = fm.FlowGraph(harbour)
    names = ["id", *[n for n in fm.features(graph).columns if n.startswith(("pair", "originator", "beneficiary"))]]
    half = graph.only(slice(0, 700))
    assert_frame_equal(fm.features(graph).select(names)[:700], fm.features(half, Casework()).select(names))
    assert_frame_equal(fm.features(graph, "gfp")[:700], fm.features(half, "gfp"))


def test_the_command_prints_the_table(sample, capsys):
    assert main(["features", str(sample), "--profile", "gfp", "--of", "accounts", "--format", "csv"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("id,fan_out,degree_out,fan_in,degree_in,scatter_gather_2")
