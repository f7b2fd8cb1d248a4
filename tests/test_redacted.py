"""A redacted ledger: nothing that identifies is in it, and it traces to the same figures."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
from drawn_cases import HARBOUR
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_ledgers import drawn

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.ledger import Ledger, Part, Reading, Source
from followmoney.ledger._redaction import TREATMENTS
from followmoney.ledger.redacted import Redacted, redacted
from followmoney.schema import TABLES, table
from followmoney.tracing._comparison import where

SALT = bytes(range(32))
RULES = ("pro_rata", "fifo", "lifo", "lowest_balance", "pari_passu")
VALUES = {
    pl.Int64: 7, pl.Float64: 0.5, pl.Boolean: True, pl.Date: "2024-03-04", pl.Datetime: "2024-03-04T10:00:00",
}  # fmt: skip


def full() -> Ledger:
    """A ledger in which every free text of every table is a secret of its own."""
    parts = []
    for name in TABLES:
        row = {"row": 1}
        for column, definition in table(name).columns().items():
            if column in ("source", "row"):
                continue
            ref = (definition.metadata or {}).get("ref", "").split(" ")[0]
            dtype = definition.dtype
            if isinstance(dtype, pl.Enum):
                row[column] = dtype.categories[0] if name != "finances" else "income"
            elif isinstance(dtype, pl.List):
                row[column] = ["hidden transactions id"]
            elif dtype == pl.String and column == "lei":
                row[column] = "HIDDENLEI00000000000"
            elif dtype == pl.String and "currency" in column:
                row[column] = "EUR"
            elif dtype == pl.String and (column in ("country", "origin", "destination")):
                row[column] = "NL"
            elif dtype == pl.String:
                row[column] = f"hidden {ref or name} id" if ref or column == "id" else f"hidden {name} {column}"
            else:
                row[column] = VALUES[type(dtype)]
        row |= {"reverses": None, "beneficiary": "hidden other id"} if name == "transactions" else {}
        row |= {"id": "hidden mirror id"} if name == "mirrors" else {}
        schema = dict.fromkeys(("row",), pl.Int64)
        parts.append(Part(name, "hidden-file.csv", pl.LazyFrame([row], schema_overrides=schema)))
        if name in ("parties", "trades"):  # what is a code stays, beside what is none
            again = row | {"row": 3, "id": f"hidden {name} again", "sector": "K64.20", "goods": "870323"}
            again = {c: value for c, value in again.items() if c in row}
            parts.append(Part(name, "hidden-file.csv", pl.LazyFrame([again], schema_overrides=schema)))
    broken = pl.LazyFrame([{"row": 2, "id": "hidden refused id", "name": "hidden refused name", "country": "hidden"}])
    parts.append(Part("parties", "hidden-file.csv", broken))
    source = Source("hidden-file.csv", "41dde7" + "0" * 58, 9, "hidden-reader", "41dde7" + "1" * 58)
    return Ledger.of([Reading([source], parts, notes=["hidden note"])])


def found(folder: Path, text: str) -> list[str]:
    return [p.name for p in folder.rglob("*") if p.is_file() and text.encode() in p.read_bytes()]


def test_every_column_of_every_table_has_its_treatment():
    assert {name: set(columns) for name, columns in TREATMENTS.items()} == {
        name: set(table(name).columns()) for name in TABLES
    }


def test_no_text_of_the_original_is_anywhere_in_the_copy(tmp_path: Path):
    ledger = full()
    assert len(ledger.refused) == 1
    assert set(ledger.tables) == set(TABLES) - {"transactions"}
    copy = redacted(ledger, SALT)
    copy.ledger.save(tmp_path / "copy")
    copy.register.write_csv(tmp_path / "register.csv")
    assert found(tmp_path, "hidden") == found(tmp_path, "HIDDEN") == found(tmp_path, "41dde7") == []
    assert len(found(ledger.save(tmp_path / "original"), "hidden")) > 5  # the search finds what is there
    assert set(copy.ledger["parties"]["sector"]) == {None, "K64.20"}
    assert set(copy.ledger["trades"]["goods"]) == {None, "870323"}
    originals = set(copy.key["original"])
    assert {"hidden accounts id", "hidden parties name", "hidden-file.csv"} <= originals
    assert not originals & {"hidden transactions purpose", "hidden addresses street", "hidden parties status"}


def test_the_register_counts_every_cell_and_says_what_became_of_it():
    ledger = fm.sketch(HARBOUR)
    register = redacted(ledger, SALT).register
    told = {(t, c): (what, cells) for t, c, what, cells in register.iter_rows()}
    for name, frame in {"transactions": ledger.numbered, **ledger.tables}.items():
        for column in frame:
            what, cells = told[name, column.name]
            assert what == TREATMENTS[name][column.name]
            assert cells == len(column) - column.null_count()
    assert told["assets", "description"] == ("dropped", 1)


def figures(trace, names: dict[str, str]) -> dict[tuple[str, str, str], int]:
    frame = where(trace)
    rename = lambda text: " + ".join(sorted(names.get(one, one) for one in text.split(" + ")))  # noqa: E731
    return {(kind, rename(place), str(currency)): claim for kind, place, currency, claim in frame.iter_rows()}


def renamed(copy: Redacted) -> dict[str, str]:
    key = copy.key.filter(pl.col("kind").is_in(["account", "asset"]))
    return dict(key.select("original", "pseudonym").iter_rows())


def claimed(copy: Redacted, claim: tuple[str, ...]) -> list[str]:
    names = [copy.pseudonym("transaction", one) for one in claim]
    return [name for name in names if name is not None]


@examples(60)
@given(drawn(), st.sampled_from(RULES))
def test_redact_then_trace_is_trace_then_rename(case, rule: str):
    ledger = fm.sketch(case.text())
    copy = redacted(ledger, SALT)
    mine = fm.trace(fm.FlowGraph(ledger), case.claim, rule)
    theirs = fm.trace(fm.FlowGraph(copy.ledger), claimed(copy, case.claim), rule)
    assert figures(theirs, {}) == figures(mine, renamed(copy))
    assert copy.ledger.totals().equals(ledger.totals())


@examples(30)
@given(drawn())
def test_transactions_stay_in_their_order_where_identifiers_decide(case):
    copy = redacted(fm.sketch(case.text()), SALT).ledger
    assert "sequence" not in copy.numbered.columns
    assert copy.numbered.select("booked_at", "id").rows() == sorted(copy.numbered.select("booked_at", "id").rows())


def test_the_sample_case_traces_alike_and_loads_again(harbour: Ledger, tmp_path: Path):
    copy = redacted(harbour, SALT)
    again = fm.load(copy.ledger.save(tmp_path / "copy"), verify=True)
    assert again.numbered.equals(copy.ledger.numbered)
    claim = harbour.transactions.filter(pl.col("channel").cast(pl.String) == "cash")["id"].head(20).to_list()
    mine = fm.trace(fm.FlowGraph(harbour), claim, "lowest_balance")
    theirs = fm.trace(fm.FlowGraph(again), claimed(copy, tuple(claim)), "lowest_balance")
    assert figures(theirs, {}) == figures(mine, renamed(copy))
    people = copy.ledger.parties.filter(pl.col("kind").cast(pl.String) == "person")
    assert people["founded"].null_count() == len(people) > 0
    assert copy.ledger.summary().equals(harbour.summary())


def test_the_same_salt_gives_the_same_pseudonyms_and_another_salt_none_of_them(tmp_path: Path):
    one = redacted(fm.sketch("2024-01-01 A -> SHARED 5.00 #x\n2024-01-02 SHARED -> B 5.00"), SALT)
    other = redacted(fm.sketch("2024-02-01 SHARED -> C 1.00\n2024-02-02 D -> C 1.00"), SALT)
    third = redacted(fm.sketch("2024-01-01 A -> SHARED 5.00 #x"), SALT[::-1])
    common = set(one.ledger.accounts["id"]) & set(other.ledger.accounts["id"])
    assert common == {one.pseudonym("account", "SHARED")}
    assert not set(one.ledger.accounts["id"]) & set(third.ledger.accounts["id"])
    assert (one.check == other.check, one.check == third.check) == (True, False)
    assert one.check in " ".join(one.ledger.notes)
    again = redacted(fm.sketch("2024-01-01 A -> SHARED 5.00 #x\n2024-01-02 SHARED -> B 5.00"), SALT)
    a, b = (r.ledger.save(tmp_path / name) for r, name in ((one, "a"), (again, "b")))
    assert {p.name: p.read_bytes() for p in a.iterdir()} == {p.name: p.read_bytes() for p in b.iterdir()}


def test_names_match_as_people_write_them_and_cash_stays_cash():
    text = 'party P1 person "Ana  KOWALSKA"\nparty P2 person "ana kowalska"\n2024-01-01 cash -> A 5.00'
    copy = redacted(fm.sketch(text), SALT).ledger
    assert copy.parties["name"].n_unique() == 1
    assert copy.parties["id"].n_unique() == 2
    assert "(cash EUR)" in set(copy.accounts["id"])
    assert re.fullmatch(r"party-[0-9a-f]{24}", copy.parties["id"][0])


@pytest.mark.parametrize("salt", [b"", b"short", "a text that is long enough"])
def test_a_salt_that_can_be_guessed_is_refused(salt: bytes):
    with pytest.raises(SettingsError, match="at least 16 secret bytes"):
        redacted(fm.sketch(""), salt)


@pytest.mark.parametrize("salt", [bytes(32), b"a" * 16, b"passwordpassword"])
def test_a_salt_that_repeats_a_few_bytes_is_refused(salt: bytes):
    with pytest.raises(SettingsError, match="repeats a few bytes"):
        redacted(fm.sketch(""), salt)


def test_an_empty_ledger_too():
    assert len(redacted(fm.sketch(""), SALT).ledger.numbered) == 0
