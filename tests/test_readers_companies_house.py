"""The British register: people with significant control in bands, gaps, and basic company data."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import followmoney as fm
from followmoney.graph.ownership import owners

Json = dict[str, Any]
COMPANIES = (
    "CompanyName, CompanyNumber,RegAddress.AddressLine1, RegAddress.AddressLine2,RegAddress.PostTown,"
    "RegAddress.Country,RegAddress.PostCode,CompanyCategory,CompanyStatus,CountryOfOrigin,DissolutionDate,"
    "IncorporationDate,SICCode.SicText_1\n"
    '"A LTD","00000001","1 Road","","LEEDS","ENGLAND","LS1","Private Limited Company","Active","United Kingdom","",'
    '"11/09/2012","62020 - Information technology consultancy activities"\n'
    '"B LTD","00000002","","","","","","Private Limited Company","Active","United Kingdom","","31/02/2012","None"\n'
)


def control(*natures: str, kind: str = "individual-person-with-significant-control", **more: object) -> Json:
    data = {"kind": kind, "name": "Ms P", "natures_of_control": natures, "notified_on": "2016-04-06", **more}
    return {"company_number": "00000001", "data": {"links": {"self": f"/x/{more.get('id', 'p1')}"}, **data}}


def loaded(folder: Path, *rows: Json | str) -> fm.Ledger:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (folder / "psc.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return fm.load(folder)


@pytest.mark.parametrize(
    ("nature", "kind", "least", "most"),
    [
        ("ownership-of-shares-25-to-50-percent", "shareholding", 0.25, 0.5),
        ("ownership-of-shares-75-to-100-percent-as-trust", "shareholding", 0.75, 1.0),
        ("ownership-of-shares-more-than-25-percent-registered-overseas-entity", "shareholding", 0.25, 1.0),
        ("voting-rights-50-to-75-percent", "votingRights", 0.5, 0.75),
        ("right-to-appoint-and-remove-directors", "appointmentOfBoard", None, None),
        ("significant-influence-or-control-as-firm", "otherInfluenceOrControl", None, None),
        ("right-to-share-surplus-assets-25-to-50-percent", "rightsToSurplusAssetsOnDissolution", 0.25, 0.5),
    ],
)
def test_natures_of_control_are_kinds_and_bands(
    tmp_path: Path, nature: str, kind: str, least: float | None, most: float | None
) -> None:
    ledger = loaded(tmp_path, control(nature))
    row = ledger.interests.select("kind", "share_min", "share_max", "direct", "start", "detail").row(0)
    assert row == (kind, least, most, None, date(2016, 4, 6), nature)


def test_a_month_of_birth_is_its_first_and_last_day(tmp_path: Path) -> None:
    ledger = loaded(tmp_path, control("voting-rights-25-to-50-percent", date_of_birth={"year": 1961, "month": 2}))
    row = ledger.parties.row(by_predicate=pl.col("kind").cast(pl.String) == "person", named=True)
    assert (row["founded"], row["founded_latest"]) == (date(1961, 2, 1), date(1961, 2, 28))


def test_who_is_protected_and_what_is_said_instead_of_a_name_are_gaps(tmp_path: Path) -> None:
    hidden = control(kind="super-secure-person-with-significant-control", id="s")
    nobody = control(
        kind="persons-with-significant-control-statement", statement="psc-exists-but-not-identified", id="n",
        ceased_on="2020-01-01",
    )  # fmt: skip
    ledger = loaded(tmp_path, hidden, nobody)
    notes = "\n".join(owners(ledger, "2019-01-01").notes)
    assert "protected by the register (super-secure)" in notes
    assert "psc-exists-but-not-identified" in notes
    assert "psc-exists-but-not-identified" not in "\n".join(owners(ledger).notes)


def test_a_nominee_is_a_role_and_totals_are_no_gap(tmp_path: Path) -> None:
    nominee = control("registered-owner-as-nominee-person-england-wales-registered-overseas-entity")
    ledger = loaded(tmp_path, nominee, {"data": {"kind": "totals#persons-of-significant-control-snapshot"}})
    assert ledger["roles"].select("party", "of", "kind").rows() == [("COH-00000001-p1", "COH-00000001", "nominee")]
    assert ledger.sources.select("rows", "taken").row(0) == (2, 2)


def test_both_files_together_give_one_company(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "BasicCompanyData.csv.zip", "w") as archive:
        archive.writestr("BasicCompanyData.csv", COMPANIES)
    ledger = loaded(tmp_path, control("ownership-of-shares-75-to-100-percent"))
    row = ledger.parties.row(by_predicate=pl.col("id") == "COH-00000001", named=True)
    assert (row["name"], row["founded"], row["sector"], row["status"]) == (
        "A LTD", date(2012, 9, 11), "6202", "Active",
    )  # fmt: skip
    assert ledger.refused.select("row", "rule").rows() == [(2, "founded|dtype")]
    assert ledger["addresses"].select("street", "city", "country").rows() == [("1 Road", "LEEDS", "GB")]


def test_rows_that_say_nothing_we_know_are_refused(tmp_path: Path) -> None:
    strange = control("ownership-of-moon-25-to-50-percent")
    ledger = loaded(tmp_path, control("voting-rights-25-to-50-percent"), "{", control(kind="emperor"), strange)
    found = ledger.refused.select("row", "rule").sort("row", "rule").rows()
    assert found == [(2, "line|json"), (3, "kind|enum"), (4, "id|unique"), (4, "kind|dtype")]


def test_real_samples_read_whole(shared: Path) -> None:
    ledger = fm.load(shared / "registry_samples" / "companies_house_psc")
    assert (len(ledger.refused), int(ledger.sources["rows"].sum())) == (0, 9)
    assert ledger.interests.select("kind").to_series().cast(pl.String).value_counts(sort=True).row(0) == (
        "shareholding", 3,
    )  # fmt: skip
