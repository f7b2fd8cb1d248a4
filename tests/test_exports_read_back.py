"""What is exported and read again says the same, as far as the format has words for it."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_ledgers import drawn

import followmoney as fm
from followmoney.reports.exports._ftm_links import percentage
from followmoney.schema import TABLES

PAID = ("id", "amount", "currency", "booked_at", "purpose")


def told(ledger: fm.Ledger, table: str, *columns: str) -> list[tuple[object, ...]]:
    frame = ledger.interests if table == "interests" else ledger[table]
    rows = frame.select(columns).with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String)).rows()
    return sorted(rows, key=repr)


def ends(ledger: fm.Ledger) -> list[tuple[object, ...]]:
    """Who paid whom, cash and unknown ends as nobody."""
    rows = told(ledger, "transactions", "id", "originator", "beneficiary")
    return [tuple(None if str(value).startswith("(") else value for value in row) for row in rows]


def test_follow_the_money_keeps_accounts_parties_rights_and_payments(harbour: fm.Ledger, tmp_path: Path) -> None:
    again = fm.load(fm.export(harbour, tmp_path / "case.ftm.json", "ftm"))
    assert not len(again.refused)
    assert ends(again) == ends(harbour)
    for table, columns in {
        "transactions": (*PAID, "reference", "sequence"),
        "parties": ("id", "kind", "name", "country", "founded", "founded_latest", "dissolved", "sector", "status",
                    "lei", "register_number", "vat"),
        "interests": ("owner", "owned", "kind", "share_min", "share_max", "direct", "start", "end"),
        "addresses": ("party", "street", "postcode", "city", "country"),
        "assets": ("id", "kind", "description", "holder", "country"),
    }.items():  # fmt: skip
        assert told(again, table, *columns) == told(harbour, table, *columns), table
    named = [row for row in told(harbour, "accounts", "id", "holder", "institution", "country", "opened", "closed")
             if not str(row[0]).startswith("(")]  # fmt: skip
    found = told(again, "accounts", "id", "holder", "institution", "country", "opened", "closed")
    assert [row for row in found if not str(row[0]).startswith("(")] == named
    accounts = set(harbour.accounts["id"])
    posts = [row for row in told(harbour, "roles", "party", "of", "kind", "start", "end") if row[1] not in accounts]
    assert told(again, "roles", "party", "of", "kind", "start", "end") == posts


def test_what_was_not_certain_is_not_after_follow_the_money(harbour: fm.Ledger, tmp_path: Path) -> None:
    again = fm.load(fm.export(harbour, tmp_path / "case.ftm.json", "ftm"))
    sure = [
        fm.beneficial_owners(one).frame.select("company", "person", "article", "certain") for one in (harbour, again)
    ]
    assert sure[0].filter(~pl.col("certain")).height
    assert sure[0].equals(sure[1])


FTM = {  # the properties of each schema of the model that we write
    "Address": {"city", "country", "full", "postalCode", "street"},
    "Asset": {"amount", "country", "currency", "description", "name", "summary"},
    "BankAccount": {"accountNumber", "accountType", "bic", "closingDate", "country", "currency", "iban", "name",
                    "openingDate"},
    "Directorship": {"director", "endDate", "organization", "role", "startDate", "summary"},
    "Ownership": {"asset", "endDate", "modifiedAt", "owner", "ownershipType", "percentage", "role", "startDate"},
    "Payment": {"amount", "beneficiary", "beneficiaryAccount", "currency", "date", "endDate", "payer", "payerAccount",
                "purpose", "recordId", "sequenceNumber", "transactionNumber"},
    "Representation": {"agent", "client", "endDate", "role", "startDate", "summary"},
    "UnknownLink": {"endDate", "object", "role", "startDate", "subject", "summary"},
}  # fmt: skip
_ENTITY = {"addressEntity", "country", "leiCode", "name", "registrationNumber", "sector", "status", "vatCode"}
FTM |= {name: _ENTITY | {"incorporationDate", "dissolutionDate", "legalForm"} for name in ("Company", "LegalEntity")}
FTM |= {"PublicBody": FTM["Company"], "Person": _ENTITY | {"birthDate", "deathDate"}}
FTM |= dict.fromkeys(("Airplane", "RealEstate", "Security", "Vehicle", "Vessel"), FTM["Asset"])


def test_follow_the_money_uses_only_properties_of_the_model(harbour: fm.Ledger, tmp_path: Path) -> None:
    lines = fm.export(harbour, tmp_path / "x.ftm.json", "ftm").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert [r for r in records if not set(r["properties"]) <= FTM.get(r["schema"], set())] == []
    assert len({r["id"] for r in records}) == len(records)
    known = {r["id"] for r in records}
    links = {"owner", "asset", "payer", "payerAccount", "beneficiary", "beneficiaryAccount", "director", "organization",
             "addressEntity", "subject", "object", "agent", "client"}  # fmt: skip
    assert {v for r in records for name in links & set(r["properties"]) for v in r["properties"][name]} <= known


def test_names_of_the_schema_are_those_that_are_written() -> None:
    written = {name for names in FTM.values() for name in names} | {"id", "schema", "holder", "publicKey"}
    named = {
        f"{table}.{column}": said.rpartition(".")[2]
        for table, kind in TABLES.items()
        for column, about in kind.columns().items()
        if table != "balances" and (said := (about.metadata or {}).get("ftm"))
    }
    assert {where: name for where, name in named.items() if name not in written} == {}


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [(0.625, 0.625, "62.5"), (0.25, 0.5, "25-50"), (None, None, None), (0.75, None, "75-100"), (0.07, 0.07, "7")],
)
def test_shares_are_written_exactly(least: float | None, most: float | None, said: str | None) -> None:
    assert percentage(least, most) == said


@examples(15)
@given(drawn())
def test_random_payments_survive_follow_the_money(ledger_drawn) -> None:
    ledger = fm.sketch(ledger_drawn.text())
    with TemporaryDirectory() as folder:
        again = fm.load(fm.export(ledger, Path(folder) / "x.ftm.json", "ftm"))
    assert not len(again.refused)
    assert ends(again) == ends(ledger)
    assert told(again, "transactions", *PAID) == told(ledger, "transactions", *PAID)


@examples(30)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_shares_survive_the_statements(one: int, other: int) -> None:
    from followmoney.reports.exports._bods_records import interest

    least, most = sorted((one / 10**6, other / 10**6))
    row = dict.fromkeys(("direct", "detail", "start", "end"))
    share = interest({"kind": "shareholding", "share_min": least, "share_max": most} | row)["share"]
    read = [float(f"{share.get(name, share.get('exact'))}e-2") for name in ("minimum", "maximum")]
    assert read == [least, most]


def test_bods_keeps_parties_rights_and_posts(harbour: fm.Ledger, tmp_path: Path) -> None:
    again = fm.load(fm.export(harbour, tmp_path / "x.json", "bods"))
    assert not len(again.refused)
    parties = ("id", "kind", "name", "founded", "founded_latest", "dissolved", "register_number", "vat")
    assert told(again, "parties", *parties) == told(harbour, "parties", *parties)
    rights = ("owner", "owned", "kind", "share_min", "share_max", "start", "end", "direct", "detail")
    assert told(again, "interests", *rights) == told(harbour, "interests", *rights)
    kept = [r for r in told(harbour, "roles", "party", "of", "kind", "start", "end")
            if r[2] in ("director", "manager", "nominee")]  # fmt: skip
    assert told(again, "roles", "party", "of", "kind", "start", "end") == kept


def test_bods_is_sound_by_the_published_schema(harbour: fm.Ledger, tmp_path: Path) -> None:
    pytest.importorskip("libcovebods")
    from libcovebods.config import LibCoveBODSConfig
    from libcovebods.data_reader import DataReader
    from libcovebods.jsonschemavalidate import JSONSchemaValidator
    from libcovebods.schema import SchemaBODS

    reader = DataReader(str(fm.export(harbour, tmp_path / "x.json", "bods")))
    schema = SchemaBODS(data_reader=reader, lib_cove_bods_config=LibCoveBODSConfig())
    assert schema.schema_version == "0.4"
    assert JSONSchemaValidator(schema).validate(reader) == []


def test_the_draft_for_goaml_keeps_transactions_accounts_and_names(harbour: fm.Ledger, tmp_path: Path) -> None:
    found = fm.detect(fm.FlowGraph(harbour))
    again = fm.load(fm.export(fm.Case("x", found, source=harbour), tmp_path / "x.xml", "goaml"))
    proof = harbour.only(*found.evidence["transaction"].unique())
    columns = (*PAID, "originator", "beneficiary", "amount_received", "currency_received", "value_date", "reference",
               "channel", "place")  # fmt: skip
    assert told(again, "transactions", *columns) == told(proof, "transactions", *columns)
    assert not len(again.refused)
    holders = dict(harbour.accounts.select("id", "holder").rows())
    names = dict(harbour.parties.select("id", "name").rows())
    held = {account: names.get(holder) for account, holder in holders.items()}
    read = dict(again.parties.select("id", "name").rows())
    assert {a: read.get(h) for a, h in again.accounts.select("id", "holder").rows()} == {
        account: held[account] for account in again.accounts["id"]
    }


def test_two_currencies_are_two_reports(tmp_path: Path) -> None:
    ledger = fm.sketch("2024-01-02 A -> B 10.00 EUR #t1\n2024-01-03 B -> C 7.00 GBP = 9.00 USD #t2\n"
                       "2024-01-04 cash -> A 5 EUR #t3")  # fmt: skip
    paid = ledger.transactions.with_columns(pl.lit("f").alias("finding"), pl.lit("in").alias("role"))
    none = fm.Findings.empty()
    shown = paid.rename({"id": "transaction"}).select(
        pl.col(name).cast(kind) for name, kind in none.evidence.schema.items()
    )
    moment = paid["booked_at"][0]
    finding = {"id": "f", "pattern": "cycle", "subject": "A", "label": "A", "first": moment, "last": moment,
               "transactions": 3, "strength": 0.1, "margins": "[]", "explanation": "x", "counter": [], "unchecked": [],
               "amltrix": "T", "parameters": "{}"}  # fmt: skip
    found = fm.Findings(pl.DataFrame([finding], none.frame.schema), shown)
    again = fm.load(fm.export(fm.Case("x", found, source=ledger), tmp_path / "x.xml", "goaml"))
    columns = ("id", "originator", "beneficiary", "amount", "currency", "amount_received", "currency_received")
    assert told(again, "transactions", *columns) == told(ledger, "transactions", *columns)
