"""OpenCorporates companies are read by an import specification of ours."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import followmoney as fm

COMPANIES = (
    "company_number,jurisdiction_code,name,current_status,incorporation_date,dissolution_date,"
    "registered_address.street_address,registered_address.locality,registered_address.postal_code\n"
    "00102498,gb,BP P.L.C.,Active,1909-04-14,,1 St James's Square,London,SW1Y 4PD\n"
    "B123,lu,X,,14.04.1909,,,,\n"
)


def test_companies_with_their_address(tmp_path: Path) -> None:
    (tmp_path / "companies.csv").write_text(COMPANIES, encoding="utf-8")
    ledger = fm.load(tmp_path)
    assert ledger.parties.select("id", "kind", "name", "register_number", "status", "founded").rows() == [
        ("opencorporates:gb/00102498", "company", "BP P.L.C.", "00102498", "Active", date(1909, 4, 14))
    ]
    assert ledger.refused.select("row", "rule").rows() == [(2, "founded|dtype")]
    assert ledger["addresses"]["city"].to_list()[0] == "London"
