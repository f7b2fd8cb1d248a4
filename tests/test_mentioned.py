"""What statements mention completes a table and never contradicts it away."""

from __future__ import annotations

from typing import Any

import polars as pl

from followmoney.ledger import Ledger, Part, Reading, Source

Row = dict[str, Any]


def ledger(*parts: tuple[str, list[Row], bool]) -> Ledger:
    """Parts of accounts by file name; the flag says whether they are mentions."""
    sources = [Source(name, "0" * 64, 1, "test") for name in sorted({name for name, _, _ in parts})]
    made = [
        Part("accounts", name, frame, derived=mention, mention=mention)
        for name, rows, mention in parts
        for frame in [pl.LazyFrame([{"row": n} | r for n, r in enumerate(rows, 1)])]
    ]
    return Ledger.of([Reading(sources, made)])


def shown(found: Ledger) -> list[tuple[object, ...]]:
    columns = ("id", "holder", "country", "institution", "source", "row")
    return found["accounts"].sort("id").select(pl.col(c).cast(pl.String) for c in columns).rows()


def test_two_files_that_mention_one_account_differently_give_one_row_and_a_note() -> None:
    found = ledger(
        ("b", [{"id": "A", "holder": "P2", "country": "ES"}], True), ("a", [{"id": "A", "holder": "P1"}], True)
    )
    assert shown(found) == [("A", "P1", "ES", None, "a", "1")]
    assert found.refused.is_empty()
    assert "accounts: holder is said differently in different places for 1 of them (A)" in " ".join(found.notes)


def test_the_accounts_own_statement_counts_before_what_others_say() -> None:
    sources = [Source(name, "0" * 64, 1, "test") for name in ("a", "b")]
    said = {
        name: pl.LazyFrame([{"row": 1, "id": "P", "name": called}]) for name, called in (("a", "Bob"), ("b", "Rob"))
    }
    parts = [Part("parties", name, said[name], derived=True, mention=True, own=name == "b") for name in said]
    assert Ledger.of([Reading(sources, parts)]).parties["name"].to_list() == ["Rob"]


def test_the_tables_own_row_counts_first_and_is_only_completed() -> None:
    own = ("own", [{"id": "A", "holder": "P9"}], False)
    found = ledger(("a", [{"id": "A", "holder": "P1", "institution": "X"}, {"id": "B", "holder": "P1"}], True), own)
    assert shown(found) == [("A", "P9", None, "X", "own", "1"), ("B", "P1", None, None, "a", "2")]
    assert not [note for note in found.notes if "said differently" in note]


def test_rows_of_the_table_itself_that_contradict_each_other_are_still_refused() -> None:
    found = ledger(("a", [{"id": "A", "holder": "P1"}], False), ("b", [{"id": "A", "holder": "P2"}], False))
    assert found.refused["rule"].to_list() == ["id|conflict"] * 2


def test_mentions_by_the_way_are_not_counted_as_rows_of_the_source() -> None:
    found = ledger(("a", [{"id": "A"}, {"id": "B"}], True))
    assert found.sources["rows"].to_list() == [0]
