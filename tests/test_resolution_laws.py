"""Who is who, on random parties: equal to its plain twin, and to itself however the parties are ordered or called."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from naive_resolution import outcomes

import followmoney as fm
from followmoney.resolution import Weights, _kernels
from followmoney.resolution._groups import grouped
from followmoney.resolution._kernel_alike import in_common
from followmoney.resolution._kernels import contained, partners

WORDS = ["kelvaro", "kelvarro", "polux", "trading", "tradnig", "ana", "perez", "II", "2", "Müller", "of"]
FORMS = ["", " LP", " LLP", " GmbH", " S.L.", " S. L.", " SRL"]
ROWS = st.fixed_dictionaries(
    {
        "name": st.one_of(
            st.none(),
            st.builds(
                lambda w, f: " ".join(w) + f,
                st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
                st.sampled_from(FORMS),
            ),
        ),
        "kind": st.sampled_from(["person", "company", "company", "company", "unknown", None]),
        "country": st.sampled_from(["ES", "DE", None]),
        "founded": st.sampled_from([None, None, date(2001, 2, 3), date(2001, 5, 5), date(1969, 12, 31)]),
        "register_number": st.sampled_from([None, None, "A-1234", "a 1234", "B9876", "0"]),
        "lei": st.sampled_from(
            [None, None, None, "529900T8BM49AURSDO55", "529900T8BM49AURSDO56", "HWUPKR0MPOU8FGXBT394"]
        ),
        "postcode": st.sampled_from([None, "28 001", "28001", "08001"]),
    }
)
PARTIES = st.lists(ROWS, min_size=2, max_size=9)
PAIRS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.booleans()), max_size=4)


def made(rows: list[dict[str, Any]], names: list[str] | None = None) -> Any:
    names = names or [f"p{n}" for n in range(len(rows))]
    texts = ("name", "kind", "country", "register_number", "lei", "postcode")
    columns = {**dict.fromkeys(texts, pl.String), "founded": pl.Date}
    frame = pl.DataFrame(rows, schema=columns).with_columns(pl.Series("id", names, dtype=pl.String))
    ledger = fm.sketch('party none company ""')
    where = (pl.lit("s").alias("source"), pl.lit(1, dtype=pl.Int64).alias("row"))
    parties = frame.drop("postcode").with_columns(*where)
    addresses = frame.select(pl.col("id").alias("party"), "postcode").drop_nulls().with_columns(*where)
    return replace(ledger, tables={**ledger.tables, "parties": parties, "addresses": addresses})


def told(found: Any, names: list[str] | None = None) -> set[Any]:
    """Every pair with outcome, by the place of its parties."""
    of = {name: n for n, name in enumerate(names)} if names else {}
    rows = found.pairs.select("left", "right", "weight", "outcome").iter_rows()
    return {(frozenset(of.get(p, int(p[1:]) if p[1:].isdigit() else -1) for p in (a, b)), w, o) for a, b, w, o in rows}


@given(PARTIES)
@examples(25)
def test_pairs_and_weights_are_those_of_the_plain_twin(rows: list[dict[str, Any]]) -> None:
    ledger, weights = made(rows), replace(Weights.default(), most=4, review=-15.0)
    found = fm.resolve(ledger, weights=weights)
    twin = outcomes(ledger, weights)
    assert {(a, b): w for a, b, w in found.pairs.select("left", "right", "weight").iter_rows()} == {
        pair: weight for pair, (weight, _) in twin.items()
    }
    same = {(a, b) for a, b in found.pairs.filter(pl.col("outcome") == "same").select("left", "right").iter_rows()}
    assert same <= {pair for pair, (_, mergeable) in twin.items() if mergeable}
    if not len(found.conflicts):
        assert same == {pair for pair, (_, mergeable) in twin.items() if mergeable}


@given(PARTIES, st.randoms(use_true_random=False))
@examples(15)
def test_neither_the_order_of_rows_nor_identifiers_matter(rows: list[dict[str, Any]], random: Any) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)
    first = fm.resolve(made(rows))
    again = fm.resolve(made([rows[n] for n in order], names=[f"x{9 - n}" for n in order]))
    names = [f"x{9 - n}" for n in range(len(rows))]
    assert told(first) == told(again, names)
    parts = [
        {frozenset(of[p] for p in part["party"]) for part in found.clusters.partition_by("into")}
        for found, of in ((first, {f"p{n}": n for n in range(9)}), (again, {f"x{9 - n}": n for n in range(9)}))
    ]
    assert parts[0] == parts[1]


@given(PARTIES)
@examples(15)
def test_the_fields_shown_add_up_to_the_weight(rows: list[dict[str, Any]]) -> None:
    pairs = fm.resolve(made(rows), weights=replace(Weights.default(), review=-20.0)).pairs
    fields = pairs.columns[pairs.columns.index("reason") + 1 :]
    sums = [round(sum(round(v * 100) for v in row)) for row in pairs.select(fields).iter_rows()]
    assert sums == [round(w * 100) for w in pairs["weight"]]


@given(PARTIES, PAIRS)
@examples(25)
def test_decisions_are_kept_and_nothing_that_differs_is_merged_without_one(
    rows: list[dict[str, Any]], pairs: Any
) -> None:
    given_ = [
        fm.Decision(f"p{a}", f"p{b}", same, "Eva", date(2024, 1, 1), "seen")
        for a, b, same in pairs
        if a != b and max(a, b) < len(rows)
    ]
    found = fm.resolve(made(rows), given_)
    into = {f"p{n}": f"p{n}" for n in range(len(rows))} | dict(found.clusters.select("party", "into").iter_rows())
    assert [d for d in given_ if not d.same and into[d.left] == into[d.right]] == []
    apart = [d for d in given_ if d.same and into[d.left] != into[d.right]]
    assert not apart or (found.conflicts["what"] == "decision").any()
    if not any(d.same for d in given_):
        from naive_resolution import people

        known = people(made(rows))
        for a in known:
            for b in known:
                if a < b and into[a] == into[b]:
                    assert not (known[a]["form"] and known[b]["form"]) or known[a]["form"] == known[b]["form"]


@given(PARTIES)
@examples(20)
def test_a_party_that_shares_nothing_changes_no_outcome_but_by_frequencies(rows: list[dict[str, Any]]) -> None:
    before = fm.resolve(made(rows))
    other = {
        "name": "Zzyx Qqwv",
        "kind": None,
        "country": None,
        "founded": None,
        "register_number": None,
        "lei": None,
        "postcode": None,
    }
    after = fm.resolve(made([*rows, other]))
    exact, rarity = (
        [
            {(a, b): of(w, r) for a, b, w, r in same.select("left", "right", "weight", "rarity").iter_rows()}
            for same in (f.pairs.filter(f.pairs["reason"].str.contains("names same")) for f in (before, after))
        ]
        for of in (lambda w, r: round(w - r, 2), lambda _, r: r)
    )
    assert exact[0].items() <= exact[1].items()
    assert all(rarity[1][pair] >= was for pair, was in rarity[0].items())  # among more parties a name is rarer


@given(st.lists(st.lists(st.integers(0, 6), max_size=4), min_size=2, max_size=6))
def test_lists_of_two_parties_compare_like_sets(values: list[list[int]]) -> None:
    import numpy as np

    sets = [sorted(set(v)) for v in values]
    ptr = np.cumsum([0, *map(len, sets)]).astype(np.int64)
    flat = np.array([v for s in sets for v in s], np.uint32)
    ends = [(a, b) for a in range(len(sets)) for b in range(len(sets))]
    left, right = (np.array(side, np.uint32) for side in zip(*ends, strict=True))
    inside = [
        bool(sets[a] and sets[b]) and (set(sets[a]) <= set(sets[b]) or set(sets[b]) <= set(sets[a])) for a, b in ends
    ]
    assert contained.py_func(ptr, flat, left, right).tolist() == inside


def test_compiled_and_plain_kernels_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    rng = np.random.default_rng(1)
    ptr = np.concatenate([[0], np.cumsum(rng.integers(0, 4, 50))])
    value = np.concatenate([np.sort(rng.choice(8, n, replace=False)) for n in np.diff(ptr)]).astype(np.uint32)
    left, right = (rng.integers(0, 50, 400).astype(np.uint32) for _ in range(2))
    assert np.array_equal(contained(ptr, value, left, right), contained.py_func(ptr, value, left, right))
    words = [*WORDS, "sociedad " * 12]
    rows = [
        {
            "name": " ".join(rng.choice(words, rng.integers(0, 5))),
            "kind": rng.choice(["company", "person", "unknown"]),
            "country": rng.choice(["ES", "DE"]),
            "founded": date(2000 + int(rng.integers(2)), 1 + int(rng.integers(2)), 1),
            "register_number": f"A{rng.integers(1234, 1244)}",
            "lei": None,
            "postcode": rng.choice([None, "28001", "08001"]),
        }
        for _ in range(60)
    ]
    ledger, weights = made(rows), replace(Weights.default(), review=-20.0)
    plain = fm.resolve(ledger, weights=weights).pairs
    monkeypatch.setattr(_kernels, "_WORTH_COMPILING", 0)
    assert len(plain) > 100
    assert fm.resolve(ledger, weights=weights).pairs.equals(plain)


@given(st.text("abc ", max_size=64), st.text("abc ", max_size=90))
def test_letters_in_common_are_those_rapidfuzz_finds(one: str, other: str) -> None:
    import numpy as np
    from rapidfuzz.distance import LCSseq

    places = np.zeros(256, np.uint64)
    for _ in range(2):  # the table is left as it was found
        found = in_common(*(np.frombuffer(t.encode(), np.uint8) for t in (one, other)), places)
        assert found == LCSseq.similarity(one, other)


@pytest.mark.parametrize("wide", [0, 63])
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=20), st.integers(0, 31))
def test_groups_are_those_of_a_dictionary(wide: int, rows: list[tuple[int, int]], bits: int) -> None:
    import numpy as np

    weight = np.array([1, 2, 3, 1, 1], np.int32)
    asked = np.array([bool(bits >> n & 1) for n in range(5)])
    member, key = (np.array([row[n] for row in rows], kind) for n, kind in ((0, np.uint32), (1, np.uint64)))
    found = grouped(member, key << np.uint64(wide - 2 if wide else 0), weight, asked)
    groups = [sorted({m for m, k in rows if k == key}) for key in sorted({k for _, k in rows})]
    groups = [g for g in groups if any(asked[m] for m in g)]
    for kept, wanted in (
        (found.between(2, 4), [g for g in groups if 2 <= sum(weight[g]) <= 4]),
        (found.above(4), [g for g in groups if sum(weight[g]) > 4]),
    ):
        assert [kept.member[kept.group == n].tolist() for n in range(kept.count)] == wanted


@given(
    st.lists(st.sets(st.integers(0, 5), max_size=4), min_size=1, max_size=7), st.integers(0, 127), st.integers(1, 12)
)
def test_every_pair_that_shares_a_group_comes_once_also_a_few_at_a_time(
    groups: list[set[int]], bits: int, room: int
) -> None:
    import numpy as np

    size = len(groups)
    asked = np.array([bool(bits >> n & 1) for n in range(size)])
    ptr = np.cumsum([0, *map(len, groups)]).astype(np.int64)
    group = np.array([g for s in groups for g in sorted(s)], np.uint32)
    members = [[p for p in range(size) if g in groups[p]] for g in range(6)]
    start = np.cumsum([0, *map(len, members)]).astype(np.int64)
    member = np.array([p for m in members for p in m], np.uint32)
    stamp, at, found = np.zeros(size, np.uint32), 0, []
    left, right = (np.zeros(max(room, 40), np.uint32) for _ in range(2))
    while at < size:
        at, pairs = partners.py_func(at, size, asked, ptr, group, start, member, stamp, left[:40], right[:40])
        found += list(zip(left[:pairs].tolist(), right[:pairs].tolist(), strict=True))
    wanted = {
        frozenset((a, b)) for a in range(size) for b in range(a) if groups[a] & groups[b] and (asked[a] or asked[b])
    }
    assert len(found) == len(wanted)
    assert {frozenset(pair) for pair in found} == wanted
    assert all(asked[a] and (a < b or not asked[b]) for a, b in found)
