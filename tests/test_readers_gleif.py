"""GLEIF: who is who, who consolidates whom, and why no parent is reported; XML and CSV read alike."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

import followmoney as fm
from followmoney.errors import InputError
from followmoney.graph.ownership import owners

A, B, C = "529900T8BM49AURSDO55", "001GPB6A9XPE8XJICC14", "5493001Z012YSB2A0K51"
SPACE = "http://www.gleif.org/data/schema/{}/2016"


def level_1(*leis: str) -> str:
    records = "".join(
        f"<L:LEIRecord><L:LEI>{lei}</L:LEI><L:Entity><L:LegalName>Firm {lei[:3]}</L:LegalName>"
        "<L:LegalAddress><L:FirstAddressLine>1 Road</L:FirstAddressLine>"
        "<L:AdditionalAddressLine>Floor 2</L:AdditionalAddressLine><L:City>Madrid</L:City><L:Country>ES</L:Country>"
        "<L:PostalCode>28001</L:PostalCode></L:LegalAddress><L:LegalJurisdiction>ES</L:LegalJurisdiction>"
        "<L:EntityStatus>ACTIVE</L:EntityStatus></L:Entity></L:LEIRecord>"
        for lei in leis
    )
    return f'<L:LEIData xmlns:L="{SPACE.format("leidata")}"><L:LEIRecords>{records}</L:LEIRecords></L:LEIData>'


def relation(child: str, parent: str, kind: str, status: str = "ACTIVE", registered: str = "PUBLISHED") -> str:
    return (
        f"<RelationshipRecord><Relationship><StartNode><NodeID>{child}</NodeID></StartNode>"
        f"<EndNode><NodeID>{parent}</NodeID></EndNode><RelationshipType>{kind}</RelationshipType><RelationshipPeriods>"
        "<RelationshipPeriod><StartDate>2017-01-01T00:00:00Z</StartDate><PeriodType>ACCOUNTING_PERIOD</PeriodType>"
        "</RelationshipPeriod><RelationshipPeriod><StartDate>2012-11-29T00:00:00.000Z</StartDate>"
        "<PeriodType>RELATIONSHIP_PERIOD</PeriodType></RelationshipPeriod></RelationshipPeriods>"
        f"<RelationshipStatus>{status}</RelationshipStatus></Relationship><Registration>"
        "<InitialRegistrationDate>2022-11-14T09:59:48.000Z</InitialRegistrationDate>"
        "<LastUpdateDate>2023-05-18T15:41:20.212Z</LastUpdateDate>"
        f"<RegistrationStatus>{registered}</RegistrationStatus></Registration></RelationshipRecord>"
    )


def level_2(*records: str) -> str:
    return f'<RelationshipData xmlns="{SPACE.format("rr")}">{"".join(records)}</RelationshipData>'


def loaded(folder: Path, **files: str) -> fm.Ledger:
    for name, text in files.items():
        (folder / name.replace("_xml", ".xml").replace("_csv", ".csv")).write_text(text, encoding="utf-8")
    return fm.load(folder)


def test_consolidation_is_control_without_a_share(tmp_path: Path) -> None:
    relations = level_2(
        relation(A, B, "IS_DIRECTLY_CONSOLIDATED_BY"), relation(A, C, "IS_ULTIMATELY_CONSOLIDATED_BY"),
        relation(A, C, "IS_FUND-MANAGED_BY"), relation(A, B, "IS_FEEDER_TO"),
    )  # fmt: skip
    ledger = loaded(tmp_path, lei_xml=level_1(A, B), rr_xml=relations)
    rows = ledger.interests.select("owner", "kind", "share_min", "share_max", "direct", "start", "known_from").rows()
    assert rows == [
        (B, "otherInfluenceOrControl", None, None, True, date(2012, 11, 29), date(2022, 11, 14)),
        (C, "otherInfluenceOrControl", None, None, False, date(2012, 11, 29), date(2022, 11, 14)),
    ]
    assert ledger["roles"].select("party", "of", "kind").rows() == [(C, A, "manager")]
    assert any("1 relationships IS_FEEDER_TO" in note for note in ledger.notes)
    assert ledger["addresses"].select("street", "city").row(0) == ("1 Road, Floor 2", "Madrid")
    assert ledger.sources.select("rows", "taken").rows() == [(2, 2), (4, 4)]


def test_what_the_register_annulled_it_no_longer_says(tmp_path: Path) -> None:
    void = relation(A, B, "IS_DIRECTLY_CONSOLIDATED_BY", registered="ANNULLED")
    over = relation(A, C, "IS_DIRECTLY_CONSOLIDATED_BY", status="INACTIVE")
    ledger = loaded(tmp_path, rr_xml=level_2(void, over))
    assert ledger.interests.select("owner", "end").rows() == [(C, date(2023, 5, 18))]
    assert ledger["interests"].filter(pl.col("owner") == B)["known_to"].to_list() == [date(2023, 5, 18)]


def test_an_exception_is_a_gap_with_its_reason(tmp_path: Path) -> None:
    text = (
        f'<ReportingExceptionData xmlns="{SPACE.format("repex")}"><Exception><LEI>{A}</LEI>'
        "<ExceptionCategory>DIRECT_ACCOUNTING_CONSOLIDATION_PARENT</ExceptionCategory>"
        "<ExceptionReason>NON_PUBLIC</ExceptionReason></Exception></ReportingExceptionData>"
    )
    ledger = loaded(tmp_path, repex_xml=text)
    assert [note for note in owners(ledger).notes if "NON_PUBLIC" in note and A in note]


def test_the_golden_copy_reads_like_the_xml(tmp_path: Path) -> None:
    xml = loaded(tmp_path, lei_xml=level_1(A))
    (tmp_path / "csv").mkdir()
    head = (
        "LEI,Entity.LegalName,Entity.LegalAddress.FirstAddressLine,Entity.LegalAddress.AdditionalAddressLine.1,"
        "Entity.LegalAddress.City,Entity.LegalAddress.Country,Entity.LegalAddress.PostalCode,Entity.LegalJurisdiction,"
        "Entity.EntityStatus"
    )
    csv = loaded(tmp_path / "csv", lei_csv=f'{head}\n{A},Firm 529,"1 Road",Floor 2,Madrid,ES,28001,ES,ACTIVE\n')
    for name in ("parties", "addresses"):
        assert csv[name].drop("source").equals(xml[name].drop("source"))


def test_golden_copies_of_two_days_complete_each_other(tmp_path: Path) -> None:
    later = level_1(A, C).replace("ACTIVE", "INACTIVE")
    earlier = level_1(A, B).replace("<L:EntityStatus>ACTIVE</L:EntityStatus>", "", 1)
    ledger = loaded(tmp_path, a_xml=earlier, b_xml=later)
    found = dict(ledger.parties.select("id", "status").iter_rows())
    assert found == {A: "INACTIVE", B: "ACTIVE", C: "INACTIVE"}
    assert len(ledger.refused) == 0
    assert ledger.sources["taken"].to_list() == [2, 2]
    again = loaded(tmp_path, a_xml=level_1(A, B))
    assert dict(again.parties.select("id", "status").iter_rows())[A] == "ACTIVE"
    assert f"parties: status is said differently in different places for 1 of them ({A})" in " ".join(again.notes)


def test_a_record_without_its_identifier_is_refused(tmp_path: Path) -> None:
    broken = level_2(relation("", B, "IS_DIRECTLY_CONSOLIDATED_BY"))
    ledger = loaded(tmp_path, lei_xml=level_1(A, "SHORT"), rr_xml=broken)
    assert ledger.refused.select("row", "rule").rows() == [(2, "lei|regex"), (1, "owned|empty")]


def test_a_cut_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"lei\.xml is damaged: expected"):
        loaded(tmp_path, lei_xml=level_1(A)[:-30])


def test_real_samples_read_whole(shared: Path) -> None:
    ledger = fm.load(shared / "registry_samples" / "gleif")
    assert (len(ledger.refused), ledger.sources["taken"].to_list()) == (0, [13, 10, 10])
