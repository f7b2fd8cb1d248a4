"""FollowTheMoney records: parties, ownership with dirty percentages, accounts, and payments as transactions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import followmoney as fm
from followmoney.graph.adapter import components
from followmoney.graph.ownership import owners

Json = dict[str, Any]
IBAN = "DE89370400440532013000"


def record(identifier: str, schema: str, **properties: str | list[str]) -> Json:
    lists = {k: v if isinstance(v, list) else [v] for k, v in properties.items()}
    return {"id": identifier, "schema": schema, "properties": lists}


def owns(identifier: str, **properties: str | list[str]) -> Json:
    return record(identifier, "Ownership", **({"owner": "p", "asset": "c"} | properties))


def pays(identifier: str = "t", **properties: str | list[str]) -> Json:
    given = {"payer": "p", "beneficiary": "c", "amount": "1234.50", "currency": "EUR", "date": "2024-01-02"}
    return record(identifier, "Payment", **(given | properties))


def loaded(folder: Path, *records: Json | str) -> fm.Ledger:
    lines = [one if isinstance(one, str) else json.dumps(one) for one in records]
    (folder / "case.ftm.ijson").write_text("\n".join(lines), encoding="utf-8")
    return fm.load(folder)


PEOPLE = (record("p", "Person", name="P", nationality="us", birthDate="1970-05"), record("c", "Company", name="C"))


@pytest.mark.parametrize(
    ("given", "least", "most"),
    [
        ("33.3", 0.333, 0.333), ("33,3 %", 0.333, 0.333), ("25-50", 0.25, 0.5), (">50", 0.5, 1.0), ("<5%", 0.0, 0.05),
        (["20", "30"], 0.2, 0.3), ("", None, None), ([], None, None),
    ],
)  # fmt: skip
def test_percentages_as_people_write_them(
    tmp_path: Path, given: str | list[str], least: float | None, most: float | None
) -> None:
    ledger = loaded(tmp_path, *PEOPLE, owns("o", percentage=given))
    assert ledger.interests.select("owner", "owned", "kind", "share_min", "share_max").rows() == [
        ("p", "c", "shareholding", least, most)
    ]


@pytest.mark.parametrize(("given", "rule"), [("120", "share_min|max"), ("most", "share_min|dtype")])
def test_what_is_no_share_is_refused_and_kept(tmp_path: Path, given: str, rule: str) -> None:
    ledger = loaded(tmp_path, *PEOPLE, owns("o", percentage=given))
    assert ledger.refused.select("row", "rule").rows() == [(3, rule)]


def test_payments_go_between_accounts_or_those_that_stand_for_a_party(tmp_path: Path) -> None:
    account = record("a", "BankAccount", iban="DE89 3704 0044 0532 0130 00", bic="COBADEFF")
    mine = owns("o", asset="a")
    ledger = loaded(tmp_path, pays(payerAccount="a", purpose="rent"), *PEOPLE, account, mine)
    row = ledger.transactions.row(0, named=True)
    assert (row["originator"], row["beneficiary"], row["amount"], row["purpose"]) == (IBAN, "of:c", 123450, "rent")
    accounts = {r["id"]: (r["holder"], r["scheme"]) for r in ledger["accounts"].iter_rows(named=True)}
    assert accounts == {IBAN: ("p", "IBAN"), "of:c": ("c", None)}
    assert len(ledger.interests) == 0
    assert ledger.sources.select("rows", "taken", "refused").row(0) == (5, 5, 0)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"amount": "1.234,50"}, "amount|dtype"), ({"amount": "1.234"}, "amount|decimals"),
        ({"payer": ["p", "q"]}, "originator|several"), ({"date": "2024"}, "booked_at|dtype"),
        ({"currency": []}, "currency|empty"), ({"date": []}, "booked_at|empty"),
    ],
)  # fmt: skip
def test_a_payment_that_cannot_be_taken_is_refused(tmp_path: Path, change: dict[str, Any], rule: str) -> None:
    ledger = loaded(tmp_path, *PEOPLE, pays(**change))
    assert ledger.refused.select("row", "rule").rows() == [(3, rule)]
    assert "Payment" in ledger.refused["values"][0]


def test_roles_by_their_words(tmp_path: Path) -> None:
    posts = [
        record(f"d{n}", "Directorship", director="p", organization="c", role=role)
        for n, role in enumerate(["Chairman", "Company Secretary", "nominee director", "boss"])
    ]
    agent = record("r", "Representation", agent="p", client="c")
    ledger = loaded(tmp_path, *PEOPLE, *posts, agent)
    assert ledger["roles"].sort("row")["kind"].to_list() == ["director", "secretary", "nominee", "director", "agent"]


def test_fragments_are_one_party_and_what_gives_no_row_is_counted(tmp_path: Path) -> None:
    more = record("c", "LegalEntity", country="de", leiCode="529900T8BM49AURSDO55")
    family = record("f", "Family", person="p", relative="q")
    ledger = loaded(tmp_path, *PEOPLE, more, family, "{", "[]", '{"id":"x"}')
    row = ledger.parties.row(by_predicate=pl.col("id") == "c", named=True)
    assert (row["name"], row["kind"], row["country"], row["lei"]) == ("C", "company", "DE", "529900T8BM49AURSDO55")
    assert ledger.notes == ("FollowTheMoney records that gave no row: 1 Family.",)
    assert ledger.refused.select("row", "rule").rows() == [
        (5, "schema|empty"),
        (6, "schema|empty"),
        (7, "schema|empty"),
    ]
    assert ledger.sources.select("rows", "taken", "refused").row(0) == (7, 4, 3)


def test_addresses_and_things_with_their_holder(tmp_path: Path) -> None:
    place = record("ad", "Address", street="Road 1", city="Bonn", postalCode="53111", country="de")
    house = record("h", "RealEstate", name="House", country="es")
    living = record("p", "Person", addressEntity="ad", address="Elsewhere")
    ledger = loaded(tmp_path, living, place, house, owns("o", asset="h"))
    assert ledger["addresses"].sort("street").select("street", "city", "country").rows() == [
        ("Elsewhere", None, None), ("Road 1", "Bonn", "DE"),
    ]  # fmt: skip
    assert ledger.assets.select("id", "kind", "holder", "country").rows() == [("h", "real_estate", "p", "ES")]


def test_two_that_own_each_other_in_one_record_do_not_own_themselves(tmp_path: Path) -> None:
    both = owns("o", owner=["a", "b"], asset=["b", "a"], percentage=["47.3", "8.7"])
    held = loaded(tmp_path, both).interests.select("owner", "owned", "share_min", "share_max").sort("owner").rows()
    assert held == [("a", "b", 0.087, 0.473), ("b", "a", 0.087, 0.473)]


def test_an_ownership_says_its_kind_and_whether_it_is_direct(tmp_path: Path) -> None:
    said = (["indirect", "votingRights"], ["Direct"], ["direct", "indirect"], ["beneficial"])
    ledger = loaded(tmp_path, *PEOPLE, *(owns(f"o{n}", ownershipType=list(one)) for n, one in enumerate(said)))
    assert ledger.interests.sort("row").select(pl.col("kind").cast(pl.String), "direct").rows() == [
        ("votingRights", False), ("shareholding", True), ("shareholding", None), ("shareholding", None),
    ]  # fmt: skip


def test_real_payments_read_whole(shared: Path) -> None:
    ledger = fm.load(shared / "ftm_fixtures" / "tests" / "fixtures" / "donations.ijson")
    assert (len(ledger.refused), len(ledger.transactions), len(ledger.parties)) == (0, 290, 95)


def test_a_real_register_shows_its_circles_and_what_is_over_subscribed(shared: Path) -> None:
    ledger = fm.load(shared / "ftm_fixtures" / "derived_kek.ftm.ijson")
    held = ledger.interests
    assert (len(ledger.refused), len(ledger.parties), held["row"].n_unique()) == (0, 2705, 2902)
    assert held.filter(pl.col("owner") == pl.col("owned")).height == 1
    whole = held.group_by("owned").agg(pl.col("share_min").sum()).filter(pl.col("share_min") > 1.005)
    assert len(whole) == 5
    names = pl.concat([held["owner"], held["owned"]]).unique().sort()
    ends = held.select(pl.col("owner", "owned").cast(pl.Enum(names)).to_physical().cast(pl.Int64)).to_numpy()
    sizes = np.bincount(components(len(names), ends, strong=True))
    assert sorted(sizes[sizes > 1].tolist()) == [2, 2, 3]
    assert any("more than the whole" in note for note in owners(ledger).notes)
