"""One transfer on two statements moves its money once; what cannot be told apart is kept and said."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.ledger import Ledger, Part, Reading, Source
from followmoney.ledger._mirrors import DAYS
from followmoney.ledger.integrity import integrity

DAY = datetime(2024, 3, 4, tzinfo=UTC)
SIDES = ("originator", "beneficiary")
Row = dict[str, Any]


def row(side: str | None, day: float = 0, amount: int = 100, reference: str | None = None, **more: Any) -> Row:
    """A transfer from A to B as the statement of one of them shows it."""
    base = {"originator": "A", "beneficiary": "B", "currency": "EUR", "amount": amount, "reference": reference}
    return base | {"booked_at": DAY + timedelta(days=day), "side": side} | more


def ledger(rows: list[Row], **tables: list[Row]) -> Ledger:
    """Each side's rows from a file of its own, numbered as they stand."""
    made = [{"id": f"t{n}", "row": n} | r for n, r in enumerate(rows, start=1)]
    sources = [Source(name, "0" * 64, 1, "test") for name in (*SIDES, "none")]
    types = {"amount": pl.Int64, "booked_at": pl.Datetime("us", "UTC"), "row": pl.Int64}
    parts = list[Part]()
    for source in sources:
        some = [r for r in made if (r["side"] or "none") == source.name]
        if some:
            keys = {k: None for r in some for k in r}
            frame = pl.LazyFrame(some, schema={k: types.get(k, pl.String()) for k in keys})
            parts.append(Part("transactions", source.name, frame))
    for name, found in tables.items():
        parts.append(Part(name, "none", pl.LazyFrame([{"row": n} | r for n, r in enumerate(found, start=1)])))
    return Ledger.of([Reading(sources, parts)])


def shown(found: Ledger) -> list[tuple[str, str]]:
    return sorted(found["mirrors"].select("transaction", "id").rows())


def test_a_transfer_on_both_statements_counts_once_and_both_rows_are_kept() -> None:
    found = ledger([row("originator", purpose="rent"), row("beneficiary", 1, value_date="2024-03-06")])
    (kept,) = found.transactions.to_dicts()
    assert (kept["id"], kept["source"], kept["booked_at"], kept["purpose"]) == ("t1", "originator", DAY, "rent")
    (other,) = found["mirrors"].to_dicts()
    assert (other["id"], other["transaction"], other["source"], other["row"]) == ("t2", "t1", "beneficiary", 2)
    assert other["booked_at"] == DAY + timedelta(days=1)
    assert "1 transfers stand on the statements of both" in " ".join(found.notes)
    assert int(found.summary()["rows"].sum()) == int(found.sources["rows"].sum()) == 2


@pytest.mark.parametrize(
    ("why", "rows"),
    [
        ("one statement alone", [row("originator"), row("originator")]),
        ("nobody says whose statement", [row(None), row(None)]),
        ("one does not say", [row("originator"), row(None)]),
        ("another amount", [row("originator"), row("beneficiary", amount=101)]),
        ("another currency without a reference", [row("originator"), row("beneficiary", currency="USD")]),
        ("the other way", [row("originator"), row("beneficiary", originator="B", beneficiary="A")]),
        ("too far apart", [row("originator"), row("beneficiary", DAYS + 0.1)]),
        ("two references", [row("originator", reference="x"), row("beneficiary", reference="y")]),
        ("not booked", [row("originator", status="pending"), row("beneficiary")]),
    ],
)
def test_what_is_not_the_same_transfer_stays(why: str, rows: list[Row]) -> None:
    assert (shown(ledger(rows)), len(ledger(rows).transactions)) == ([], 2), why


def test_a_reference_tells_equal_amounts_apart() -> None:
    rows = [row("originator", 0, reference="x"), row("originator", 1, reference="y")]
    rows += [row("beneficiary", 1, reference="y"), row("beneficiary", 2, reference="x")]
    assert shown(ledger(rows)) == [("t1", "t4"), ("t2", "t3")]


def test_a_reference_that_says_nothing_is_none() -> None:
    rows = [row("originator", reference="NOTPROVIDED"), row("beneficiary", reference=" notprovided ")]
    assert shown(ledger(rows)) == [("t1", "t2")]


def test_what_was_converted_is_one_transfer_at_the_executed_rate() -> None:
    rows = [row("originator", reference="x"), row("beneficiary", 1, 110, "x", currency="USD")]
    (kept,) = ledger(rows).transactions.to_dicts()
    assert (kept["amount"], kept["currency"]) == (100, "EUR")
    assert (kept["amount_received"], kept["currency_received"]) == (110, "USD")


def test_as_many_on_each_side_are_paired_in_order_and_what_is_not_stays() -> None:
    even = [row("originator", 0), row("originator", 1), row("beneficiary", 1), row("beneficiary", 2)]
    assert shown(ledger(even)) == [("t1", "t3"), ("t2", "t4")]
    uneven = ledger([*even, row("beneficiary", 3)])
    assert (shown(uneven), len(uneven.transactions)) == ([], 5)
    assert "5 rows may be the other side" in " ".join(uneven.notes)


def test_two_rows_that_may_be_one_transfer_under_two_references_are_said() -> None:
    found = ledger([row("originator", reference="x"), row("beneficiary", 1, reference="y")])
    assert len(found.transactions) == 2
    assert "1 transfers may stand on the statements of both their ends under two references" in " ".join(found.notes)


def test_what_names_the_other_row_names_the_one_kept() -> None:
    found = ledger(
        [row("originator"), row("beneficiary", 1), row(None, 3, originator="B", beneficiary="A", reverses="t2")],
        assets=[{"id": "V", "kind": "vehicle", "acquired_by": ["t2"]}],
    )
    assert found.transactions.filter(pl.col("id") == "t3")["reverses"].to_list() == ["t1"]
    assert found.assets["acquired_by"].to_list() == [["t1"]]
    assert not [note for note in found.notes if "not in the ledger" in note]


def test_each_statement_adds_up_by_its_own_days() -> None:
    def stood(account: str, day: int, amount: int, kind: str) -> Row:
        at = DAY + timedelta(days=day)
        return {"account": account, "at": at, "amount": amount, "currency": "EUR", "kind": kind}

    balances = [stood("A", 0, 500, "opening"), stood("A", 0, 400, "closing"), stood("B", 0, 7, "opening")]
    balances += [stood("B", 0, 7, "stated"), stood("B", 1, 107, "closing")]
    found = integrity(ledger([row("originator"), row("beneficiary", 1)], balances=balances))
    assert found.select("account", "compared", "agree", "difference").rows() == [("A", 1, 1, 0), ("B", 2, 2, 0)]


def by_hand(rows: list[Row]) -> tuple[list[tuple[str, str]], int]:
    """Pairs and rows left over, by the words of the rule."""
    near = timedelta(days=DAYS)
    legs = [r | {"id": f"t{n}"} for n, r in enumerate(rows, start=1) if r["side"]]
    pairs, left = list[tuple[str, str]](), 0
    for step in ("reference and amount", "reference", "amount"):
        groups = defaultdict[tuple[Any, ...], list[Row]](list)
        for leg in sorted(legs, key=lambda r: (r["booked_at"], r["id"])):
            said = (leg["reference"],) if "reference" in step else ()
            if said != (None,):
                groups[*said, *((leg["amount"], leg["currency"]) if "amount" in step else ())].append(leg)
        left = 0
        for group in groups.values():
            cuts = [k for k, (a, b) in enumerate(pairwise(group), 1) if b["booked_at"] - a["booked_at"] > near]
            for start, end in pairwise([0, *cuts, len(group)]):
                run = group[start:end]
                out, got = ([r for r in run if r["side"] == side] for side in SIDES)
                if len(out) != len(got):
                    left += len(run) if out and got and step != "reference" else 0
                    continue
                for a, b in zip(out, got, strict=True):
                    fits = abs(a["booked_at"] - b["booked_at"]) <= near
                    fits &= step != "reference" or a["currency"] != b["currency"]
                    fits &= step != "amount" or None in (a["reference"], b["reference"])
                    if fits:
                        pairs.append((a["id"], b["id"]))
        done = {name for pair in pairs for name in pair}
        legs = [leg for leg in legs if leg["id"] not in done]
    return sorted(pairs), left


LEGS = st.builds(
    row,
    st.sampled_from([*SIDES, None]),
    st.integers(0, 20),
    st.sampled_from([100, 200]),
    st.sampled_from([None, None, "x", "y"]),
    currency=st.sampled_from(["EUR", "EUR", "USD"]),
)


@examples(150)
@given(st.lists(LEGS, min_size=1, max_size=9))
def test_pairs_equal_those_found_by_hand(rows: list[Row]) -> None:
    found = ledger(rows)
    pairs, left = by_hand(rows)
    assert shown(found) == pairs
    assert len(found.transactions) == len(rows) - len(pairs)
    assert ("may be the other side" in " ".join(found.notes)) == bool(left)


@examples(30)
@given(st.lists(LEGS, min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[Row], dice: Any) -> None:
    named = [r | {"id": f"t{n}", "row": n} for n, r in enumerate(rows, start=1)]
    mixed = list(named)
    dice.shuffle(mixed)
    a, b = ledger(named), ledger(mixed)
    assert a.transactions.equals(b.transactions)
    assert a["mirrors"].sort("id").equals(b["mirrors"].sort("id"))


def test_a_claim_on_the_other_side_of_a_transfer_names_the_transaction_that_counts() -> None:
    found = fm.FlowGraph(ledger([row("originator"), row("beneficiary", 1)]))
    with pytest.raises(SettingsError, match="'t2' is the other side of the transaction 't1', which counts"):
        found.positions(["t2"])
