"""BODS statements become parties, interests and roles, with what the register said when."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import followmoney as fm
from followmoney.errors import InputError
from followmoney.graph.ownership import owners

Json = dict[str, Any]


def entity(name: str, day: str = "2020-01-01", status: str = "new", **details: object) -> Json:
    told = {"isComponent": False, "entityType": {"type": "registeredEntity"}, "name": name, **details}
    return statement(name, "entity", day, status, told)


def person(name: str, **details: object) -> Json:
    told = {"personType": "knownPerson", "names": [{"type": "individual", "fullName": name}], **details}
    return statement(name, "person", "2020-01-01", "new", told)


def relation(
    day: str, *interests: Json, status: str = "new", owner: object = "P", record: str = "R", **details: object
) -> Json:
    told = {"subject": "C", "interestedParty": owner, "interests": list(interests), **details}
    return statement(record, "relationship", day, status, told)


def statement(record: str, kind: str, day: str, status: str, details: Json) -> Json:
    return {
        "statementId": f"{record}-{day}", "declarationSubject": "C", "recordId": record, "recordType": kind,
        "recordStatus": status, "statementDate": day, "recordDetails": details,
    }  # fmt: skip


def share(exact: float, start: str | None = "2019-05-01", end: str | None = None, kind: str = "shareholding") -> Json:
    told: Json = {"type": kind, "directOrIndirect": "direct", "share": {"exact": exact}}
    return told | {k: v for k, v in (("startDate", start), ("endDate", end)) if v}


def loaded(folder: Path, statements: Iterable[Json], name: str = "register.jsonl") -> fm.Ledger:
    (folder / name).write_text("".join(json.dumps(one) + "\n" for one in statements), encoding="utf-8")
    return fm.load(folder / name)


def held(ledger: fm.Ledger) -> list[tuple[object, ...]]:
    rows = ledger["interests"].sort("known_from", "start", "share_min")
    return rows.select("share_min", "start", "end", "known_from", "known_to").rows()


BASE = (entity("C"), person("P"))


def test_a_statement_of_a_company_a_person_and_a_share(tmp_path: Path) -> None:
    company = entity(
        "C", jurisdiction={"name": "Delaware", "code": "US-DE"}, foundingDate="2001-05",
        identifiers=[{"id": "529900T8BM49AURSDO55", "scheme": "XI-LEI"}, {"id": "B123", "scheme": "ES-RMC"}],
        addresses=[{"type": "registered", "address": "Calle 3", "postCode": "28001", "country": {"code": "ES"}}],
    )  # fmt: skip
    ledger = loaded(tmp_path, [company, person("P", birthDate="1970"), relation("2020-01-01", share(33.3))])
    row = ledger.parties.row(by_predicate=pl.col("id") == "C", named=True)
    assert (row["kind"], row["country"], row["lei"], row["register_number"]) == (
        "company", "US", "529900T8BM49AURSDO55", "B123",
    )  # fmt: skip
    assert (row["founded"], row["founded_latest"]) == (date(2001, 5, 1), date(2001, 5, 31))
    assert ledger["addresses"].select("party", "street", "postcode", "country").rows() == [
        ("C", "Calle 3", "28001", "ES")
    ]
    assert held(ledger) == [(0.333, date(2019, 5, 1), None, date(2020, 1, 1), None)]
    assert owners(ledger).frame.select("person", "company", "share_min").rows() == [("P", "C", 0.333)]
    assert ledger.sources.select("rows", "taken", "refused").row(0) == (3, 3, 0)


def test_an_update_to_another_share_ends_the_one_before(tmp_path: Path) -> None:
    updated = relation("2021-06-01", share(40), status="updated")
    ledger = loaded(tmp_path, [*BASE, relation("2020-01-01", share(30)), updated])
    assert held(ledger) == [
        (0.3, date(2019, 5, 1), None, date(2020, 1, 1), date(2021, 6, 1)),
        (0.3, date(2019, 5, 1), date(2021, 6, 1), date(2021, 6, 1), None),
        (0.4, date(2021, 6, 1), None, date(2021, 6, 1), None),
    ]
    for day, least in (("2020-01-01", 0.3), ("2021-05-31", 0.3), ("2021-06-01", 0.4)):
        assert owners(ledger, day).frame["share_min"].to_list() == [least]


def test_the_beginning_an_update_states_is_the_day_of_the_change(tmp_path: Path) -> None:
    updated = relation("2021-06-01", share(40, "2021-03-01"), status="updated")
    ledger = loaded(tmp_path, [*BASE, relation("2020-01-01", share(30)), updated])
    now = ledger.interests.sort("start").select("share_min", "start", "end").rows()
    assert now == [(0.3, date(2019, 5, 1), date(2021, 3, 1)), (0.4, date(2021, 3, 1), None)]


def test_an_update_that_only_tells_the_end_corrects(tmp_path: Path) -> None:
    updated = relation("2021-06-01", share(30, end="2020-12-31"), status="updated")
    ledger = loaded(tmp_path, [*BASE, relation("2020-01-01", share(30)), updated])
    assert ledger.interests.select("share_min", "start", "end").rows() == [(0.3, date(2019, 5, 1), date(2020, 12, 31))]


def test_the_same_said_again_is_one_row(tmp_path: Path) -> None:
    again = [relation(day, share(30), status="updated") for day in ("2021-06-01", "2022-06-01")]
    ledger = loaded(tmp_path, [*BASE, relation("2020-01-01", share(30)), *again])
    assert held(ledger) == [(0.3, date(2019, 5, 1), None, date(2020, 1, 1), None)]
    assert ledger.sources.select("rows", "taken", "refused").row(0) == (5, 5, 0)


@pytest.mark.parametrize("interests", [[], [share(30)]])
def test_a_closed_record_ends_on_the_day_it_was_closed(tmp_path: Path, interests: list[Json]) -> None:
    closed = relation("2021-06-01", *interests, status="closed")
    ledger = loaded(tmp_path, [*BASE, relation("2020-01-01", share(30)), closed])
    shares = ledger.interests.filter(pl.col("kind").cast(pl.String) == "shareholding")
    assert shares.select("share_min", "start", "end").rows() == [(0.3, date(2019, 5, 1), date(2021, 6, 1))]


def test_the_latest_statement_of_a_party_counts(tmp_path: Path) -> None:
    newer = statement(
        "C", "entity", "2022-01-01", "updated", {"name": "New Name", "entityType": {"type": "legalEntity"}}
    )
    ledger = loaded(tmp_path, [newer, entity("C")])
    assert ledger.parties.select("id", "name").rows() == [("C", "New Name")]
    assert ledger.sources.select("rows", "taken", "refused").row(0) == (2, 2, 0)


def test_an_owner_that_is_not_named_is_a_gap_with_its_reason(tmp_path: Path) -> None:
    unnamed = {"reason": "subjectUnableToConfirmOrIdentifyBeneficialOwner", "description": "asked twice"}
    ledger = loaded(tmp_path, [entity("C"), relation("2020-01-01", share(100), owner=unnamed)])
    row = ledger.parties.row(by_predicate=pl.col("id") == "unnamed:R", named=True)
    assert (row["kind"], row["name"]) == (
        "unknown", "(not named: subjectUnableToConfirmOrIdentifyBeneficialOwner: asked twice)",
    )  # fmt: skip
    assert any("asked twice" in note and note.endswith("of C.") for note in owners(ledger).notes)


def test_posts_are_roles_and_chains_through_components_are_not_direct(tmp_path: Path) -> None:
    posts = [{"type": kind} for kind in ("boardMember", "seniorManagingOfficial", "nominee", "nominator")]
    whole = relation("2020-01-01", {"type": "shareholding", "directOrIndirect": "unknown"}, record="Q",
                     componentRecords=["R"])  # fmt: skip
    ledger = loaded(tmp_path, [*BASE, relation("2020-01-01", *posts), whole])
    assert sorted(ledger["roles"]["kind"].to_list()) == ["director", "manager", "nominee"]
    assert sorted(ledger.interests.select("kind", "direct").rows()) == [("nominator", None), ("shareholding", False)]


def old(day: str, identifier: str, replaces: list[str], percent: float) -> Json:
    return {
        "statementID": identifier, "statementType": "ownershipOrControlStatement", "statementDate": day,
        "replacesStatements": replaces, "subject": {"describedByEntityStatement": "e1"},
        "interestedParty": {"describedByPersonStatement": "p1"},
        "interests": [{"type": "shareholding", "interestLevel": "direct", "share": {"exact": percent}}],
    }  # fmt: skip


def test_statements_before_0_4_replace_each_other(tmp_path: Path) -> None:
    parties = [
        {"statementID": "e1", "statementType": "entityStatement", "entityType": "registeredEntity", "name": "Old"},
        {"statementID": "e2", "statementType": "entityStatement", "entityType": "registeredEntity", "name": "New",
         "replacesStatements": ["e1"], "statementDate": "2020-05-05",
         "addresses": [{"address": "Road 1", "country": "GB"}]},
        {"statementID": "p1", "statementType": "personStatement", "personType": "knownPerson",
         "names": [{"fullName": "P"}]},
    ]  # fmt: skip
    rows = [old("2020-01-01", "r1", [], 30), old("2021-01-01", "r2", ["r1"], 60), old("2022-01-01", "r3", ["r2"], 90)]
    ledger = loaded(tmp_path, [*parties, *reversed(rows)])
    assert ledger.parties.select("id", "name").sort("id").rows() == [("e1", "New"), ("p1", "P")]
    now = ledger.interests.sort("share_min").select("owner", "owned", "share_min", "start", "end").rows()
    assert now == [
        ("p1", "e1", 0.3, None, date(2021, 1, 1)),
        ("p1", "e1", 0.6, date(2021, 1, 1), date(2022, 1, 1)),
        ("p1", "e1", 0.9, date(2022, 1, 1), None),
    ]
    assert ledger["addresses"]["country"].to_list() == ["GB"]


def test_statements_that_replace_each_other_are_one_record_of_which_the_latest_stands(tmp_path: Path) -> None:
    parties = [
        {"statementID": "e1", "statementType": "entityStatement", "entityType": "registeredEntity", "name": "Co"},
        *({"statementID": p, "statementType": "personStatement", "personType": "knownPerson", "names": [],
           "statementDate": day, "replacesStatements": [other]} for p, other, day in
          (("p1", "p9", "2020-01-01"), ("p9", "p1", "2021-01-01"))),
    ]  # fmt: skip
    circle = [("r1", "2020-01-01", ["r3"], 100), ("r2", "2022-01-01", ["r1"], 80), ("r3", "2021-01-01", ["r2"], 100)]
    rows = [old(day, name, other, share) for name, day, other, share in circle]
    after = old("2023-01-01", "r4", ["r2"], 70)
    for given, stands in ((rows, 0.8), (rows[::-1], 0.8), ([after, *rows], 0.7)):
        ledger = loaded(tmp_path, [*parties, *given])
        now = ledger.interests.filter(pl.col("end").is_null() & pl.col("known_to").is_null())
        assert now.select("owner", "owned", "share_min").rows() == [("p1", "e1", stands)]
        assert ledger.parties["id"].sort().to_list() == ["e1", "p1"]
        (said,) = (note for note in ledger.notes if "circle" in note)
        assert said.startswith("5 statements replace each other in a circle")
        assert said.endswith("(of one day, the one given last): p1, p9, r1, r2, r3.")


def test_a_list_reads_like_lines_and_packed_like_unpacked(tmp_path: Path) -> None:
    some = [*BASE, relation("2020-01-01", share(30))]
    lines = loaded(tmp_path, some)
    (tmp_path / "list.json").write_text(json.dumps(some, indent=2), encoding="utf-8")
    with gzip.open(tmp_path / "packed.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(json.dumps(one) for one in some))
    for name in ("list.json", "packed.jsonl.gz"):
        other = fm.load(tmp_path / name)
        assert held(other) == held(lines)
        assert other.parties.drop("source").equals(lines.parties.drop("source"))


def test_what_is_no_statement_is_refused_with_its_line(tmp_path: Path) -> None:
    good = json.dumps(entity("C"))
    kinds = [good[:-9], "[1]", json.dumps(entity("C") | {"recordType": "planet"}), '{"statementId":"x"}', "", good]
    (tmp_path / "r.jsonl").write_text("\n".join(kinds), encoding="utf-8")
    ledger = fm.load(tmp_path / "r.jsonl")
    assert ledger.refused.select("row", "rule").rows() == [
        (1, "line|json"), (2, "line|shape"), (3, "recordType|enum"), (4, "recordType|empty"),
    ]  # fmt: skip
    assert "planet" in ledger.refused["values"][2]
    assert ledger.sources.select("rows", "taken", "refused").row(0) == (5, 1, 4)


def test_a_share_over_the_whole_and_a_kind_nobody_knows_are_refused(tmp_path: Path) -> None:
    ledger = loaded(tmp_path, [*BASE, relation("2020-01-01", share(101), share(5, kind="magic"))])
    assert sorted(ledger.refused["rule"].to_list()) == ["kind|dtype", "share_min|max"]


def test_a_list_that_is_cut_off_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "cut.json").write_text(json.dumps(list(BASE))[:-20], encoding="utf-8")
    with pytest.raises(InputError, match=r"cut.json is not whole JSON: it breaks off after record 1"):
        fm.load(tmp_path / "cut.json")


def test_what_is_said_twice_is_read_once(tmp_path: Path) -> None:
    for name, company in (("a", entity("C")), ("b", entity("C")), ("c", entity("C") | {"recordStatus": "updated"})):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(company) + "\n" + json.dumps(person("P")), encoding="utf-8")
    ledger = fm.load(tmp_path)
    assert len(ledger.parties) == 2
    assert ledger.sources["taken"].to_list() == [2, 2, 2]
    assert [note.split(":")[1] for note in ledger.notes] == [" C-2020-01-01."]


def test_real_registers_read_whole_and_match_their_counts(shared: Path) -> None:
    folder = shared / "bods_opencheck" / "data" / "demo"
    wanted = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["entities"]
    for one in wanted:
        ledger = fm.load(folder / Path(one["combined_path"]).name)
        counts, kinds = one["statement_counts"], ledger.parties["kind"].cast(pl.String)
        related = ledger.interests.select("source", "row").unique().height
        assert (len(ledger.refused), len(ledger.parties), related) == (
            0, counts["entity"] + counts["person"], counts["relationship"],
        )  # fmt: skip
        assert (kinds == "person").sum() == counts["person"]
    for path in sorted((shared / "bods_opencheck" / "data" / "cache").rglob("*.jsonl")):
        assert len(fm.load(path).refused) == 0
