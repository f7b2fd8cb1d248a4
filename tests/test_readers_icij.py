"""Offshore Leaks: nodes and relationships become parties, interests, roles and addresses; nothing is merged by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

import followmoney as fm
from followmoney.readers._icij_words import links

ENTITIES = (
    "node_id,name,jurisdiction,company_type,address,internal_id,incorporation_date,struck_off_date,status,ibcRUC,"
    "country_codes,countries,sourceID\n"
    '1,ALPHA LTD,VGB,,"1 Road Town",10,23-MAR-2006,15-FEB-2013,Active,25221,VGB;HKG,,Panama\n'
    "2,BETA TRUST,SAM,Trust,,11,2006-13-01,,Active,25222,,,Panama\n"
)
OFFICERS = "node_id,name,countries,country_codes,sourceID\n12,KIM,South Korea,KOR,Panama\n13,OTHER,,,Panama\n"
ADDRESSES = "node_id,address,name,countries,country_codes,sourceID\n30,Road Town; Tortola,,,VGB,Panama\n"
LINKS = (
    "node_id_start,node_id_end,rel_type,link,status,start_date,end_date,sourceID\n"
    "12,1,officer_of,shareholder of,,2006-03-23,,Panama\n"
    "20,1,intermediary_of,intermediary of,,,,Panama\n"
    "1,30,registered_address,registered address,,,,Panama\n"
    "12,13,same_name_as,same name as,,,,Panama\n"
    ",1,officer_of,director of,,,,Panama\n"
)


@pytest.fixture
def leak(tmp_path: Path) -> fm.Ledger:
    files = {"entities": ENTITIES, "officers": OFFICERS, "addresses": ADDRESSES, "relationships": LINKS}
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return fm.load(tmp_path)


def test_nodes_are_parties_with_their_addresses(leak: fm.Ledger) -> None:
    row = leak.parties.row(by_predicate=pl.col("id") == "ICIJ-1", named=True)
    assert (row["kind"], row["country"], row["founded"], row["dissolved"], row["register_number"]) == (
        "company", "VG", date(2006, 3, 23), date(2013, 2, 15), "25221",
    )  # fmt: skip
    officer = leak.parties.row(by_predicate=pl.col("id") == "ICIJ-12", named=True)
    assert (officer["kind"], officer["country"]) == (None, "KR")
    places = leak["addresses"].select("party", "street", "country").rows()
    assert places == [("ICIJ-1", "1 Road Town", "VG"), ("ICIJ-1", "Road Town; Tortola", "VG")]


def test_links_are_interests_and_roles_and_what_is_alike_stays_apart(leak: fm.Ledger) -> None:
    held = leak.interests.select("owner", "owned", "kind", "share_min", "share_max", "start").rows()
    assert held == [("ICIJ-12", "ICIJ-1", "shareholding", None, None, date(2006, 3, 23))]
    assert leak["roles"].select("party", "kind").rows() == [("ICIJ-20", "agent")]
    assert [note for note in leak.notes if "1 same_name_as" in note]
    assert leak.refused.select("table", "row", "rule").rows() == [
        ("parties", 2, "founded|dtype"), ("roles", 5, "party|empty"),
    ]  # fmt: skip
    assert int(leak.sources["rows"].sum()) == 10


@pytest.mark.parametrize(
    ("words", "interests", "roles"),
    [
        ("Director / Shareholder of", ["shareholding"], ["director"]),
        ("ultimate beneficial owner of", ["otherInfluenceOrControl"], []),
        ("beneficiary of", ["beneficiaryOfLegalArrangement"], []),
        ("trustee of trust of", ["trustee"], []),
        ("Nominee Director of", [], ["director", "nominee"]),
        ("power of attorney of", [], ["signatory"]),
        ("auditor of", [], ["other"]),
        (None, [], ["other"]),
    ],
)
def test_what_the_words_of_a_link_mean(words: str | None, interests: list[str], roles: list[str]) -> None:
    held, posts = links(pl.DataFrame({"row": [1], "words": [words]}, schema={"row": pl.Int64, "words": pl.String}))
    assert (held["kind"].to_list(), posts["kind"].to_list()) == (interests, roles)
