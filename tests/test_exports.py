"""Exports: every format is whole, private, the same again, and says what the ledger says."""

from __future__ import annotations

import csv
import json
import re
import stat
from pathlib import Path

import networkx as nx
import polars as pl
import pytest
from lxml import etree

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.finding import Findings
from followmoney.reports.exports import catalogue, gexf, i2
from followmoney.reports.exports._rows import day

FORMATS = sorted(catalogue())
EVIL = "=HYPERLINK(1) <script>&\x01\x1b\u202e\ufffe]]>\n\"'"


@pytest.fixture(scope="module")
def case(harbour: fm.Ledger) -> fm.Case:
    return fm.Case("harbour", fm.detect(fm.FlowGraph(harbour)), source=harbour)


def files(path: Path) -> dict[str, bytes]:
    some = sorted(path.iterdir()) if path.is_dir() else [path]
    return {one.name if path.is_dir() else "": one.read_bytes() for one in some}


def parsed(path: Path) -> etree._Element:
    return etree.parse(path, etree.XMLParser(resolve_entities=False, huge_tree=False)).getroot()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> fm.Case:
    def record(identifier: str, schema: str, **properties: str) -> str:
        return json.dumps({"id": identifier, "schema": schema, "properties": {k: [v] for k, v in properties.items()}})

    records = [
        record(f"p{EVIL}", "Person", name=EVIL), record(f"c{EVIL}", "Company", name=f"+{EVIL}"),
        record(f"a{EVIL}", "BankAccount", country="de"), record(f"b{EVIL}", "BankAccount"),
        record("o", "Ownership", owner=f"p{EVIL}", asset=f"c{EVIL}", role=EVIL, percentage="25-50"),
        record("h", "Ownership", owner=f"p{EVIL}", asset=f"a{EVIL}"),
        record("d", "Directorship", director=f"p{EVIL}", organization=f"c{EVIL}"),
        record("v", "Vessel", name=EVIL),
        record("t", "Payment", payerAccount=f"a{EVIL}", beneficiaryAccount=f"b{EVIL}", amount="1", currency="EUR",
               date="2024-01-01", purpose=EVIL, transactionNumber=EVIL),
    ]  # fmt: skip
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "=x & <y>.ftm.json").write_text("\n".join(records), encoding="utf-8")
    ledger = fm.load(folder)
    assert not len(ledger.refused)
    row = ledger.transactions.row(0, named=True)
    finding = {
        "id": "f", "pattern": "cycle", "subject": row["originator"], "label": EVIL, "amount": 100, "currency": "EUR",
        "first": row["booked_at"], "last": row["booked_at"], "transactions": 1, "strength": 0.5, "margins": "[]",
        "explanation": EVIL, "counter": [EVIL], "unchecked": [], "amltrix": "T", "parameters": "{}",
    }  # fmt: skip
    shown = {"finding": "f", "transaction": "t", "role": "in"} | {
        c: row[c] for c in ("booked_at", "originator", "beneficiary", "amount", "currency", "source", "row")
    }
    none = Findings.empty()
    found = Findings(pl.DataFrame([finding], none.frame.schema), pl.DataFrame([shown], none.evidence.schema))
    return fm.Case(EVIL, found, source=ledger)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_case_gives_the_same_bytes_for_the_owner_only(
    case: fm.Case, sample: Path, name: str, tmp_path: Path
) -> None:
    one = fm.export(case, tmp_path / "one", name)
    again = fm.load(sample)
    two = fm.export(fm.Case("harbour", fm.detect(fm.FlowGraph(again)), source=again), tmp_path / "two", name)
    assert files(one) == files(two)
    for path in [one, *one.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert {path.name for path in tmp_path.iterdir()} == {"one", "two"}


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_there_is_never_replaced(case: fm.Case, name: str, tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("mine", encoding="utf-8")
    with pytest.raises(SettingsError, match="already there"):
        fm.export(case, tmp_path / "evidence", name)
    assert files(tmp_path) == {"evidence": b"mine"}


@pytest.mark.parametrize("name", FORMATS)
def test_an_error_leaves_nothing_behind(
    case: fm.Case, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_case: fm.Case, _ledger: fm.Ledger, out: Path) -> None:
        (out / "part" if out.is_dir() else out).write_text("part", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(catalogue()[name]), "write", staticmethod(broken))
    with pytest.raises(OSError, match="No space"):
        fm.export(case, tmp_path / "x", name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_is_inert_in_every_format(hostile: fm.Case, name: str, tmp_path: Path) -> None:
    made = fm.export(hostile, tmp_path / "x", name)
    for data in files(made).values():
        text = data.decode("utf-16" if name == "i2" else "utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufffe\uffff]", text)
        assert "HYPERLINK" in text or name == "gexf" or len(files(made)) > 1
        if text.startswith(("<?xml", "\ufeff<?xml")):
            assert "<script" not in text
            etree.fromstring(data, etree.XMLParser(resolve_entities=False))
        elif made.is_dir():
            rows = list(csv.reader(text.splitlines()))
            assert {len(row) for row in rows} == {len(rows[0])}
            assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
        else:
            [json.loads(line) for line in text.splitlines()] if name == "ftm" else json.loads(text)


def test_formats_about_findings_need_some(harbour: fm.Ledger, tmp_path: Path) -> None:
    for name in ("goaml", "i2", "sarif"):
        with pytest.raises(SettingsError, match="findings"):
            fm.export(harbour, tmp_path / "x", name)
    with pytest.raises(SettingsError, match="Did you mean 'ftm'"):
        fm.export(harbour, tmp_path / "x", "ftn")
    with pytest.raises(SettingsError, match="no ledger"):
        fm.export(fm.Case("empty"), tmp_path / "x", "ftm")


def test_graphml_has_every_account_and_transaction(harbour: fm.Ledger, tmp_path: Path) -> None:
    graph = nx.read_graphml(fm.export(harbour, tmp_path / "x", "graphml"))
    paid = harbour.transactions
    assert set(graph) == set(harbour.accounts["id"])
    assert {(a, b, t, d["minor_units"], d["currency"]) for a, b, t, d in graph.edges(keys=True, data=True)} == set(
        paid.select("originator", "beneficiary", "id", "amount", pl.col("currency").cast(pl.String)).rows()
    )


def test_gexf_adds_up_to_the_ledger_and_says_its_limit(
    harbour: fm.Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = nx.read_gexf(fm.export(harbour, tmp_path / "x", "gexf"), version="1.3")
    data = [d for _, _, d in graph.edges(data=True)]
    booked = harbour.transactions.filter(pl.col("status").cast(pl.String) == "booked")
    assert sum(d["minor_units"] for d in data) == booked["amount"].sum()
    assert sum(d["transactions"] for d in data) == len(booked)
    monkeypatch.setattr(gexf, "_MOST", 3)
    with pytest.raises(SettingsError, match=r"more than the 3 .* graphml or neo4j"):
        fm.export(harbour, tmp_path / "y", "gexf")


def test_files_for_neo4j_link_only_what_they_hold(harbour: fm.Ledger, tmp_path: Path) -> None:
    made = fm.export(harbour, tmp_path / "x", "neo4j")
    tables = {p.stem: list(csv.DictReader(p.read_text(encoding="utf-8").splitlines())) for p in made.iterdir()}
    things = [row[":ID"] for name in ("accounts", "parties", "assets") for row in tables[name]]
    assert len(things) == len(set(things))
    links = [row for name in ("payments", "holders", "interests", "roles") for row in tables[name]]
    assert {row[end] for row in links for end in (":START_ID", ":END_ID")} <= set(things)
    assert len(tables["payments"]) == len(harbour.transactions)
    assert sum(int(row["minor_units:long"]) for row in tables["payments"]) == harbour.transactions["amount"].sum()
    held = sum(harbour[name]["holder"].is_not_null().sum() for name in ("accounts", "assets"))
    assert [len(tables[n]) for n in ("holders", "interests", "roles")] == [
        held, len(harbour.interests), len(harbour["roles"]),
    ]  # fmt: skip


def test_sarif_points_to_the_rows_that_prove_each_finding(case: fm.Case, tmp_path: Path) -> None:
    log = json.loads(fm.export(case, tmp_path / "x", "sarif").read_text(encoding="utf-8"))
    run = log["runs"][0]
    assert (log["version"], case.findings is not None) == ("2.1.0", True)
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {r["ruleId"] for r in run["results"]}
    for result, finding in zip(run["results"], case.findings or (), strict=True):
        places = [
            (p["physicalLocation"]["artifactLocation"]["uri"], p["physicalLocation"]["region"]["startLine"])
            for p in result["locations"]
        ]
        assert set(places) == set(finding.rows().select("source", "row").rows())
        assert result["message"]["text"].startswith(finding.explanation)
    hashes = {a["location"]["uri"]: a["hashes"]["sha-256"] for a in run["artifacts"]}
    assert case.ledger is not None
    assert hashes == dict(case.ledger.sources.select("source", "sha256").rows())


def test_the_chart_for_i2_has_the_transactions_of_the_findings(
    case: fm.Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("anxwritter")
    chart = parsed(fm.export(case, tmp_path / "x", "i2"))
    assert case.findings is not None
    paid = case.findings.evidence["transaction"].n_unique()
    assert len([link for link in chart.iter("LinkStyle") if link.get("Type") == "Transaction"]) == paid
    monkeypatch.setattr(i2, "_MOST", 3)
    with pytest.raises(SettingsError, match="more than the 3"):
        fm.export(case, tmp_path / "y", "i2")


def test_days_are_written_as_far_as_they_are_known() -> None:
    from datetime import date

    assert day(date(1970, 5, 1), date(1970, 5, 31)) == "1970-05"
    assert day(date(1970, 1, 1), date(1970, 12, 31)) == "1970"
    assert (day(date(1970, 5, 2)), day(None)) == ("1970-05-02", None)


def test_the_command_writes_and_names_the_file(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from followmoney.cli import main

    assert main(["export", str(sample), "--format", "bods", "--out", str(tmp_path / "x.json")]) == 0
    assert capsys.readouterr().out.split() == [str(tmp_path / "x.json")]
    assert main(["export", str(sample), "--format", "sarif", "--out", str(tmp_path / "x.json")]) == 2
    assert "already there" in capsys.readouterr().err
    assert main(["export", str(sample), "--format", "word", "--out", str(tmp_path / "y")]) == 2
    assert "Known: bods, ftm" in capsys.readouterr().err
