"""The ledger keeps every row exactly once, in an order and with numbers that do not depend on how it came."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.errors import InputError
from followmoney.ledger import Ledger, Part, Reading, Source

START = datetime(2024, 1, 1, tzinfo=UTC)


def source(name: str = "a") -> Source:
    return Source(name, "0" * 64, 1, "test")


def ledger_of(*frames: pl.DataFrame, table: str = "transactions") -> Ledger:
    """A ledger of frames, each a source called a, b, c..."""
    names = [chr(ord("a") + at) for at in range(len(frames))]
    parts = [
        Part(table, name, frame.with_row_index("row", offset=1).lazy())
        for name, frame in zip(names, frames, strict=True)
    ]
    return Ledger.of([Reading([source(name) for name in names], parts)])


row = st.fixed_dictionaries(
    {
        "id": st.one_of(st.none(), st.sampled_from("abcdefgh"), st.text("xyz", max_size=2)),
        "booked_at": st.one_of(st.none(), st.integers(0, 3).map(lambda d: START + timedelta(days=d))),
        "sequence": st.one_of(st.none(), st.integers(0, 2)),
        "originator": st.one_of(st.none(), st.sampled_from("ABC")),
        "beneficiary": st.one_of(st.none(), st.sampled_from("ABCD")),
        "amount": st.one_of(st.none(), st.integers(-1, 5)),
        "currency": st.sampled_from(["EUR", "USD", "euro", None]),
        "channel": st.sampled_from(["cash", "wire", "pigeon", None]),
    }
)
SCHEMA = {
    "id": pl.String, "booked_at": pl.Datetime("us", "UTC"), "sequence": pl.Int64, "originator": pl.String,
    "beneficiary": pl.String, "amount": pl.Int64, "currency": pl.String, "channel": pl.String,
}  # fmt: skip
many = st.lists(row, max_size=12).map(lambda rows: pl.DataFrame(rows, schema=SCHEMA))


def plainly_kept(*frames: pl.DataFrame) -> list[list[str]]:
    """The twin: the identifiers kept of each frame: the first of rows that are alike, none of rows that differ."""
    kept: list[list[str]] = [[] for _ in frames]
    whole: dict[str, list[tuple[int, dict[str, object]]]] = {}
    for at, rows in enumerate(frames):
        for r in rows.iter_rows(named=True):
            there = r["id"] and r["booked_at"] and (r["amount"] or 0) >= 1 and r["currency"] in ("EUR", "USD")
            ends = r["originator"] is not None or r["beneficiary"] is not None
            if there and ends and r["channel"] != "pigeon":
                whole.setdefault(r["id"], []).append((at, r))
    for name, rows in whole.items():
        if all(r == rows[0][1] for _, r in rows):
            kept[rows[0][0]].append(name)
    return kept


@given(many, many)
def test_rows_in_are_rows_taken_plus_rows_refused(one: pl.DataFrame, other: pl.DataFrame) -> None:
    ledger = ledger_of(one, other)
    kept = plainly_kept(one, other)
    assert sorted(ledger.transactions["id"]) == sorted(kept[0] + kept[1])
    assert ledger.sources.select("rows", "taken", "refused").rows() == [
        (len(frame), len(taken), len(frame) - len(taken)) for frame, taken in zip((one, other), kept, strict=True)
    ]
    found = pl.concat([ledger.refused.select("source", "row"), ledger.transactions.select("source", "row")]).sort(
        "source", "row"
    )
    assert found.rows() == [("a", n + 1) for n in range(len(one))] + [("b", n + 1) for n in range(len(other))]


@given(many, st.randoms())
def test_the_order_of_rows_changes_nothing_but_where_they_were(frame: pl.DataFrame, random: object) -> None:
    frame = frame.filter(pl.col("id").is_first_distinct() & pl.col("id").is_not_null())
    at = list(range(len(frame)))
    random.shuffle(at)  # type: ignore[attr-defined]
    one, other = ledger_of(frame), ledger_of(frame[at])
    assert one.transactions.drop("row").equals(other.transactions.drop("row"))
    assert one.numbered.drop("row").equals(other.numbered.drop("row"))
    assert one.accounts["id"].equals(other.accounts["id"])
    assert one.refused.drop("row").sort(pl.all()).equals(other.refused.drop("row").sort(pl.all()))


@given(many)
def test_transactions_stand_by_time_then_sequence_then_name(frame: pl.DataFrame) -> None:
    rows = ledger_of(frame).transactions.select("booked_at", "sequence", "id").rows()
    assert rows == sorted(rows, key=lambda r: (r[0], 9 if r[1] is None else r[1], r[2]))


@given(many)
def test_accounts_are_numbered_by_first_appearance(frame: pl.DataFrame) -> None:
    ledger = ledger_of(frame)
    ends = ledger.transactions.select("originator", "beneficiary").rows()
    assert ledger.accounts["id"].to_list() == list(dict.fromkeys(end for pair in ends for end in pair))
    assert ledger.numbered.select("originator", "beneficiary").rows() == [
        (ledger.accounts["id"].index_of(a), ledger.accounts["id"].index_of(b)) for a, b in ends
    ]


def test_an_empty_end_is_cash_or_unknown_in_the_currency_of_that_side() -> None:
    ledger = fm.sketch(
        "2024-01-01 A -> ? 5 EUR = 6.00 USD\n2024-01-02 ? -> A 5 EUR = 6.00 USD\n2024-01-03 cash -> A 1 CHF"
    )
    assert ledger.transactions.select("originator", "beneficiary").rows() == [
        ("A", "(unknown USD)"), ("(unknown EUR)", "A"), ("(cash CHF)", "A"),
    ]  # fmt: skip
    outside = ledger.accounts.filter(pl.col("scheme").is_not_null())
    assert outside.select("id", "scheme", "currency", "row").rows() == [
        ("(unknown USD)", "unknown", "USD", 0),
        ("(unknown EUR)", "unknown", "EUR", 0),
        ("(cash CHF)", "cash", "CHF", 0),
    ]  # fmt: skip


def test_a_row_refused_says_every_rule_and_its_cells() -> None:
    frame = pl.DataFrame([("x", START, None, None, None, 0, "EUR", "pigeon")], schema=SCHEMA, orient="row")
    (refused,) = ledger_of(frame).refused.iter_rows(named=True)
    assert refused["rule"] == "amount|min"
    assert refused["rules"] == "amount|min, channel|dtype, one_end_known"
    assert json.loads(refused["values"])["channel"] == "pigeon"


def test_a_reader_may_read_on_when_the_part_before_has_been_checked() -> None:
    reading = Reading([source()], iter(()))
    seen: list[str] = []

    def parts() -> object:
        for at, name in enumerate(["t1", "t2"]):
            seen.append(name)
            frame = pl.DataFrame({"row": [at + 1], "id": [name], "booked_at": [START], "originator": ["A"],
                                  "beneficiary": ["B"], "amount": [1], "currency": ["EUR"]})  # fmt: skip
            yield Part("transactions", "a", frame.lazy())
            reading.notes.append(f"read {name}")

    ledger = Ledger.of([Reading(reading.sources, parts(), notes=reading.notes)])  # type: ignore[arg-type]
    assert (len(ledger.transactions), seen, ledger.notes) == (2, ["t1", "t2"], ("read t1", "read t2"))


def twice(**other: object) -> Ledger:
    """Two sources that both claim transaction x; the second says otherwise where told so."""
    cells = {"id": "x", "booked_at": START, "sequence": None, "originator": "A", "beneficiary": "B", "amount": 5,
             "currency": "EUR", "channel": "wire"}  # fmt: skip
    return ledger_of(*(pl.DataFrame([row], schema=SCHEMA) for row in (cells, cells | other)))


def test_of_rows_that_are_alike_the_first_is_kept() -> None:
    ledger = twice()
    assert ledger.transactions.select("id", "source").rows() == [("x", "a")]
    assert ledger.refused.select("source", "row", "rule").rows() == [("b", 1, "id|unique")]


def test_of_rows_that_only_tell_of_one_booking_otherwise_the_first_is_kept() -> None:
    ledger = twice(channel=None, sequence=3)
    assert ledger.transactions.select("id", "source", "amount").rows() == [("x", "a", 5)]
    assert ledger.refused.select("source", "row", "rule").rows() == [("b", 1, "id|wording")]


@pytest.mark.parametrize("other", [{"amount": 6}, {"beneficiary": None}, {"currency": "USD"}])
def test_of_rows_that_contradict_each_other_none_is_kept(other: dict[str, object]) -> None:
    ledger = twice(**other)
    assert len(ledger.transactions) == 0
    assert ledger.refused.select("source", "row", "rule").rows() == [("a", 1, "id|conflict"), ("b", 1, "id|conflict")]
    assert ledger.sources.select("rows", "taken", "refused").rows() == [(1, 0, 1)] * 2


def test_tables_with_keys_keep_none_of_rows_that_contradict_each_other() -> None:
    frame = pl.DataFrame({"id": ["V", "V", "W"], "kind": ["vessel", "vessel", "vehicle"],
                          "acquired_by": [["t1"], ["t2"], ["t3"]]})  # fmt: skip
    ledger = ledger_of(frame, table="assets")
    assert ledger.assets["id"].to_list() == ["W"]
    assert ledger.refused["rule"].to_list() == ["id|conflict"] * 2


@pytest.mark.parametrize("name", ["(cash EUR)", "(unknown EUR)", "(cash XYZ)"])
def test_no_source_may_use_the_names_of_outside_accounts(name: str) -> None:
    frame = pl.DataFrame({"id": ["a", "b"], "booked_at": [START] * 2, "originator": [name, None],
                          "beneficiary": ["B", "C"], "amount": [1, 2], "currency": ["EUR"] * 2})  # fmt: skip
    ledger = ledger_of(frame)
    assert ledger.refused["rule"].to_list() == ["originator|reserved"]
    assert ledger.accounts["id"].to_list() == ["(unknown EUR)", "C"]
    accounts = ledger_of(pl.DataFrame({"id": [name, "(cash"], "scheme": ["IBAN", "IBAN"]}), table="accounts")
    assert accounts.refused["rule"].to_list() == ["id|reserved"]
    balance = {"account": name, "at": START, "amount": 1, "currency": "EUR", "kind": "opening"}
    assert ledger_of(pl.DataFrame([balance]), table="balances").refused["rule"].to_list() == ["account|reserved"]


@pytest.mark.parametrize(
    "moment",
    [
        pl.Series([2**61]).cast(pl.Datetime("ms")),
        pl.Series([2**62]).cast(pl.Datetime("us")),
        pl.Series([2**62]).cast(pl.Datetime("us", "UTC")),
        pl.Series([-(2**63)]).cast(pl.Datetime("ms", "Europe/Madrid")),
        pl.Series([2**31 - 1], dtype=pl.Int32).cast(pl.Date),
        pl.Series([date(1, 1, 1)]),
        pl.Series([date(9999, 12, 31)]),
        pl.Series(["9999-12-31T23:59:59Z"]),
        pl.Series(["0001-01-01"]),
    ],
)
def test_a_moment_out_of_range_is_refused_by_name(moment: pl.Series) -> None:
    frame = pl.DataFrame({"id": ["a"], "booked_at": moment, "originator": ["A"], "beneficiary": ["B"], "amount": [1],
                          "currency": ["EUR"]})  # fmt: skip
    (refused,) = ledger_of(frame).refused.iter_rows(named=True)
    assert refused["rule"] == "booked_at|range"
    assert json.loads(refused["values"])["booked_at"]
    balance = pl.DataFrame({"account": ["A"], "at": moment, "amount": [1], "currency": ["EUR"], "kind": ["stated"]})
    assert ledger_of(balance, table="balances").refused["rule"].to_list() == ["at|range"]
    valued = frame.with_columns(booked_at=pl.lit(START), value_date=moment)
    assert ledger_of(valued).refused["rule"].to_list() == ["value_date|range" if moment.dtype != pl.String or
                                                          "T" not in moment[0] else "value_date|dtype"]  # fmt: skip


def test_an_interest_may_be_open_ended() -> None:
    frame = pl.DataFrame({"owner": ["P"], "owned": ["C"], "kind": ["shareholding"], "end": [date(9999, 12, 31)]})
    assert len(ledger_of(frame, table="interests").interests) == 1


TIMES = {
    "2024-01-01": START, "2024-01-01 10:05": START.replace(hour=10, minute=5),
    "2024-01-01T10:05:07": START.replace(hour=10, minute=5, second=7),
    "2024-01-01 10:05:07.5": START.replace(hour=10, minute=5, second=7, microsecond=500_000),
    "2024-01-01T10:05:07.123456Z": START.replace(hour=10, minute=5, second=7, microsecond=123_456),
    "2024-01-01T10:05+02:00": START.replace(hour=8, minute=5),
    "2024-01-01T10:05:00-0130": START.replace(hour=11, minute=35),
    "01.02.2024": None, "2024-13-01": None, "24-01-01": None, "2024-1-1": None, "2024-01-01 25:00": None, "": None,
    "2024-02-30": None, "x2024-01-01": None,
}  # fmt: skip


@given(st.permutations(list(TIMES)))
def test_text_is_a_moment_or_not_whatever_stands_in_the_rows_before(texts: list[str]) -> None:
    size = len(texts)
    frame = pl.DataFrame({"id": texts, "booked_at": texts, "originator": ["A"] * size, "beneficiary": ["B"] * size,
                          "amount": [1] * size, "currency": ["EUR"] * size})  # fmt: skip
    ledger = ledger_of(frame.with_columns(id="t" + pl.col("booked_at")))
    found = {row["id"][1:]: row["booked_at"] for row in ledger.transactions.iter_rows(named=True)}
    assert found == {text: when for text, when in TIMES.items() if when}
    assert set(ledger.refused["rule"]) == {"booked_at|dtype"}


def test_floats_never_become_amounts_they_are_not() -> None:
    base = {"row": [1, 2, 3], "id": list("abc"), "booked_at": [START] * 3, "originator": ["A"] * 3,
            "beneficiary": ["B"] * 3, "currency": ["EUR"] * 3}  # fmt: skip
    for amounts in (
        pl.Series([1.0, 12.5, float("nan")]),
        pl.Series(["1.0", "12.5", None], dtype=pl.String).cast(pl.Decimal(10, 1)),
    ):
        ledger = Ledger.of(
            [Reading([source()], [Part("transactions", "a", pl.LazyFrame({**base, "amount": amounts}))])]
        )
        assert ledger.transactions["amount"].to_list() == [1]
        assert len(ledger.refused) == 2


def test_parts_of_a_ledger_keep_its_accounts_and_its_proof() -> None:
    ledger = fm.sketch("""
        account A holder=P
        2024-01-01 A -> B 1
        2024-01-31T23:59 B -> C 2
        2024-02-01 C -> D 3
    """)
    january = ledger.between("2024-01-01", date(2024, 1, 31))
    assert january.transactions["id"].to_list() == ["t1", "t2"]
    assert ledger.touching("P").transactions["id"].to_list() == ["t1"]
    assert ledger.touching("B", "D").transactions["id"].to_list() == ["t1", "t2", "t3"]
    assert ledger.only("t3").transactions["id"].to_list() == ["t3"]
    assert january.accounts is ledger.accounts
    assert january.sources is ledger.sources
    with pytest.raises(InputError, match="Did you mean"):
        ledger.only("t33")
    with pytest.raises(InputError, match="account or holder"):
        ledger.touching("Z")
    with pytest.raises(InputError, match="Did you mean 'parties'"):
        ledger["partis"]


def test_totals_are_exact_beyond_64_bits_and_count_aggregated_payments() -> None:
    frame = pl.DataFrame({"id": ["a", "b"], "booked_at": [START] * 2, "originator": ["A"] * 2, "beneficiary": ["B"] * 2,
                          "amount": [2**63 - 1] * 2, "currency": ["EUR"] * 2, "count": [7, None]})  # fmt: skip
    (total,) = ledger_of(frame).totals().iter_rows(named=True)
    assert total["amount"] == 2**64 - 2
    assert (total["transactions"], total["payments"]) == (2, 7)


def test_payments_are_counted_beyond_64_bits() -> None:
    frame = pl.DataFrame({"id": ["a", "b"], "booked_at": [START] * 2, "originator": ["A"] * 2, "beneficiary": ["B"] * 2,
                          "amount": [1] * 2, "currency": ["EUR"] * 2, "count": [2**63 - 1] * 2})  # fmt: skip
    assert ledger_of(frame).totals()["payments"].to_list() == [2**64 - 2]


def test_two_sources_of_one_name_are_refused() -> None:
    with pytest.raises(InputError, match="same name"):
        Ledger.of([Reading([source(), source()], [])])


def test_the_kinds_of_columns_stay_small() -> None:
    ledger = fm.sketch("2024-01-01 A -> B 1\n2024-01-02 B -> A 1 USD")
    numbered = ledger.numbered
    assert numbered["originator"].dtype == pl.UInt32
    assert numbered["currency"].dtype == pl.Enum(["EUR", "USD"])
    assert "purpose" not in numbered.columns
    assert ledger.transactions.columns[:3] == ["source", "row", "id"]
    assert np.all(np.diff(numbered["booked_at"].to_physical().to_numpy()) >= 0)


def test_it_shows_itself() -> None:
    ledger = fm.sketch("2024-01-01 A -> B 1")
    assert repr(ledger) == "Ledger(1 transactions, 2 accounts, 0 rows refused)"
    assert "<b>Ledger" in ledger._repr_html_()
    assert ledger.summary().rows() == [("transactions", 1, 1, 0)]
    assert len(ledger.fingerprint) == 64
    assert ledger.fingerprint != fm.sketch("2024-01-01 A -> B 2").fingerprint


def test_a_transaction_that_is_named_and_not_there_is_noted() -> None:
    text = "asset V vessel by=t1,t8\n2024-01-01 A -> B 1\n2024-01-02 B -> A 1 reverses=t1"
    assert fm.sketch(text).notes == ("acquired_by of assets names 1 transaction that is not in the ledger (t8).",)
    many = "\n".join(f"2024-01-02 B -> A 1 reverses=x{n}" for n in range(7))
    assert fm.sketch(many).notes == (
        "reverses names 7 transactions that are not in the ledger (x0, x1, x2, x3, x4 …).",
    )
