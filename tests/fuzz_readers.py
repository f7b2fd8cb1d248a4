"""Files that grow from samples towards code not reached yet: `python tests/fuzz_readers.py camt 180` (seconds).

Not part of the tests: it needs atheris (pip install atheris), and time. What it must never find: another error than one
of ours, a row lost between read, taken and refused, or a file that takes over 20 seconds. A file that does is written
to the working folder, as `crash-...`, `timeout-...` or `oom-...`; run it again by its name in place of the seconds.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import atheris  # pyright: ignore[reportMissingImports]

sys.path.insert(0, str(Path(__file__).parents[1]))
with atheris.instrument_imports(include=["followmoney.readers"]):
    import followmoney as fm
    from followmoney.errors import FollowmoneyError
    from followmoney.readers import catalogue

    catalogue()

from goaml_reports import ACTIVITY, REPORT
from iso_samples import OTHER, balance, detail, document, entry, statement
from test_readers_banks import CASES
from test_readers_companies_house import COMPANIES as BRITISH
from test_readers_gleif import A, B, C, level_1, level_2, relation
from test_readers_hostile import WHOLE
from test_readers_icij import ENTITIES, LINKS
from test_readers_mt940 import DUTCH, GERMAN
from test_readers_opencorporates import COMPANIES
from test_readers_orders import BETWEEN, ORDER

_STATEMENT = document(
    statement(
        balance("OPBD", "10.00", "2024-03-01"),
        entry("3.00", "CRDT", detail("Ann", OTHER, e2e="E", amount="1.00"), detail("Bo", amount="2.00"), ref="R"),
        entry("3.00", "DBIT", detail("Ann", OTHER, side="Cdtr", e2e="E", more="<RtrInf/>"), ref="S"),
        balance("CLBD", "10.00", "2024-03-31"),
        head="<StmtPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>",
    )
)
_PARENTS = level_2(relation(A, B, "IS_DIRECTLY_CONSOLIDATED_BY"), relation(A, C, "IS_FUND-MANAGED_BY", "INACTIVE"))
_ENTITIES = (
    "LEI,Entity.LegalName,Entity.LegalAddress.Country,Entity.EntityStatus,Entity.LegalAddress.City,"
    f"Entity.EntityCreationDate\n{A},Firm,ES,ACTIVE,Madrid,2012-11-29T00:00:00Z\n{B},,GB,INACTIVE,,\n"
)
_PARENT = (
    "Relationship.StartNode.NodeID,Relationship.StartNode.NodeIDType,Relationship.EndNode.NodeID,"
    "Relationship.EndNode.NodeIDType,Relationship.RelationshipType,Relationship.RelationshipStatus,"
    "Relationship.Period.1.startDate,Relationship.Period.1.endDate,Relationship.Period.1.periodType,"
    "Registration.InitialRegistrationDate,Registration.LastUpdateDate,Registration.RegistrationStatus\n"
    f"{A},LEI,{B},LEI,IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE,2017-01-01,,RELATIONSHIP_PERIOD,2022-11-14,,PUBLISHED\n"
)
_TABLE = 'id,booked_at,originator,beneficiary,amount,currency\n1,2024-01-01,A,B,1.50,EUR\n2,2024-01-02,B,"C\n",7,JPY\n'


def _packed() -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", _STATEMENT)
        archive.writestr("b/b.sta", GERMAN)
    return into.getvalue()


FORMATS: dict[str, tuple[str, list[bytes]]] = {
    "camt": ("a.xml", [_STATEMENT.encode()]),
    "orders": ("a.xml", [ORDER.encode(), BETWEEN.encode()]),
    "mt940": ("a.sta", [GERMAN.encode(), DUTCH.encode()]),
    "goaml": ("a.xml", [REPORT.encode(), ACTIVITY.encode()]),
    "bods": ("a.jsonl", [WHOLE["r.jsonl"].encode()]),
    "bods_list": ("a.json", [WHOLE["r.json"].encode()]),
    "psc": ("a.jsonl", [WHOLE["psc.jsonl"].encode()]),
    "ftm": ("a.ijson", [WHOLE["case.ijson"].encode()]),
    "gleif": ("a.xml", [level_1(A, B).encode(), _PARENTS.encode()]),
    "gleif_csv": ("a.csv", [_ENTITIES.encode(), _PARENT.encode()]),
    "icij": ("nodes.csv", [WHOLE["nodes.csv"].encode(), ENTITIES.encode(), LINKS.encode()]),
    "csv": ("own.csv", [_TABLE.encode()]),
    "xlsx": ("own.xlsx", [_TABLE.encode()]),
    "banks": ("a.csv", [CASES[name][0].encode() for name in ("ing_nl", "rabobank", "sparkasse_camt", "vr_bank")]),
    "registers": ("a.csv", [BRITISH.encode(), COMPANIES.encode(), CASES["etherscan"][0].encode()]),
    "zip": ("a.zip", [_packed()]),
}
"""By name: what the file is called, and what it grows from."""
_SPECIFICATION = """
name = "fuzz"
description = "our own words"
[table.transactions.columns]
id = "id"
booked_at = "booked_at"
originator = "originator"
beneficiary = "beneficiary"
amount = "amount"
currency = "currency"
"""


def _workbook(data: bytes) -> bytes:
    """The cells of delimited text in a workbook: the library that opens it is not ours to test, what we do next is."""
    import xlsxwriter

    into = io.BytesIO()
    with xlsxwriter.Workbook(into, {"in_memory": True, "strings_to_numbers": True, "nan_inf_to_errors": True}) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(data.decode("utf-8", "ignore").split("\n")[:200]):
            for column, cell in enumerate(line.split(",")[:40]):
                sheet.write(at, column, "".join(c for c in cell if c.isprintable()))
    return into.getvalue()


def _try(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(_workbook(data) if name.endswith(".xlsx") else data)
    try:
        ledger = fm.load(folder)
    except FollowmoneyError:
        return
    if not (ledger.sources["rows"] == ledger.sources["taken"] + ledger.sources["refused"]).all():
        raise AssertionError(f"rows are lost: {ledger.sources.to_dicts()}")


def main(told: Sequence[str]) -> None:
    """Let it grow for so long, or try one file."""
    name, seeds = FORMATS[told[0]]
    with tempfile.TemporaryDirectory() as place:
        folder, corpus = Path(place, "case"), Path(place, "corpus")
        folder.mkdir()
        corpus.mkdir()
        if name.startswith("own."):
            (folder / "fuzz.toml").write_text(_SPECIFICATION)
        if not told[1].isdigit():
            _try(folder, name, Path(told[1]).read_bytes())
            return
        for number, seed in enumerate(seeds):
            _try(folder, name, seed)
            (corpus / str(number)).write_bytes(seed)
        options = [f"-max_total_time={told[1]}", "-timeout=20", "-rss_limit_mb=3000", "-max_len=20000"]
        atheris.Setup([sys.argv[0], *options, str(corpus)], lambda data: _try(folder, name, data))
        atheris.Fuzz()


if __name__ == "__main__":
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    main(sys.argv[1:])
