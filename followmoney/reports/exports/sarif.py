"""SARIF 2.1.0: findings over the rows of the source files, for tools that review results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from followmoney._version import __version__
from followmoney.reports.exports._found import findings
from followmoney.reports.exports._rows import Row
from followmoney.reports.exports._text import cleaned

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.finding import Finding
    from followmoney.ledger import Ledger

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


class Sarif:
    """Every finding as a result with the source rows that prove it, and every file with its SHA-256.

    `startLine` is the row of the source as the ledger counts it: from 1, a header not counted. A finding is of kind
    "review", never an error: it asks for a look. What speaks against it stands in the message and in the properties.

    Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/
    """

    name = "sarif"
    writes = "findings over the rows of the source files (SARIF 2.1.0)"
    findings = True
    folder = False

    def write(self, case: Case, ledger: Ledger, out: Path) -> None:
        """In memory: about 1 kB a finding and 0.3 kB a row of evidence."""
        run: Row = {
            "tool": {"driver": {"name": "followmoney", "version": __version__, "rules": _rules(case)}},
            "artifacts": [
                {"location": {"uri": quote(row["source"])}, "length": row["size"], "hashes": {"sha-256": row["sha256"]}}
                for row in ledger.sources.sort("source").iter_rows(named=True)
            ],
            "results": [_result(finding, case) for finding in findings(case)],
        }
        if case.handling:
            run["properties"] = {"handling": list(case.handling)}
        log = cleaned({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})
        out.write_text(json.dumps(log, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _rules(case: Case) -> list[Row]:
    from followmoney.patterns import catalogue

    known = catalogue()
    rules: list[Row] = []
    for name, code in findings(case).frame.select("pattern", "amltrix").unique().sort("pattern", "amltrix").iter_rows():
        said = (known[name].__doc__ or name).strip().splitlines()[0] if name in known else name
        rules.append({"id": name, "shortDescription": {"text": said}, "properties": {"amltrix": code}})
    return rules


def _result(finding: Finding, case: Case) -> Row:
    spoken = [f"{', '.join(f.whom)}: {f.entry.why} ({f.entry.source})" for f in case.spoken.of(finding)]
    text = " ".join((finding.explanation, *spoken, *finding.counter))
    return {
        "ruleId": finding.pattern, "kind": "review", "level": "none", "message": {"text": text},
        "rank": round(finding.strength * 100, 4), "partialFingerprints": {"finding/v1": finding.id},
        "locations": [_location(row) for row in _rows(finding)],
        "properties": {
            "subject": finding.subject, "label": finding.label, "minorUnits": finding.amount,
            "currency": finding.currency, "first": finding.first.isoformat(), "last": finding.last.isoformat(),
            "against": [*spoken, *finding.against],
        },
    }  # fmt: skip


def _rows(finding: Finding) -> list[Row]:
    kept = finding.evidence.unique(["source", "row", "transaction", "role"], maintain_order=True)
    return kept.to_dicts()


def _location(row: Row) -> Row:
    place: Row = {"artifactLocation": {"uri": quote(row["source"])}}
    if row["row"]:  # 0: derived, and on no row
        place["region"] = {"startLine": row["row"]}
    said = f"{row['role']}: transaction {row['transaction']}"
    logical = [{"name": row["transaction"], "kind": "member"}]
    return {"physicalLocation": place, "logicalLocations": logical, "message": {"text": said}}


EXPORT = Sarif()
