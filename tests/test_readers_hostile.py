"""Registers from anywhere: cut, flipped, deep, in another encoding - one clear error or refused rows, nothing else."""

from __future__ import annotations

import gzip
import json
import re
import tempfile
from pathlib import Path

import pytest
from examples import examples
from goaml_reports import REPORT
from hypothesis import given
from hypothesis import strategies as st
from iso_samples import OTHER, balance, detail, document, entry, statement
from test_readers_orders import ORDER

import followmoney as fm
from followmoney.errors import FollowmoneyError, InputError
from followmoney.readers._found import File
from followmoney.readers._json_records import records
from followmoney.readers._layout import Layout
from followmoney.readers._records import header

BODS = json.dumps({
    "statementId": "s1", "recordId": "R", "recordType": "relationship", "recordStatus": "new",
    "statementDate": "2020-01-01", "recordDetails": {
        "subject": "C", "interestedParty": {"reason": "unknown"},
        "interests": [{"type": "shareholding", "share": {"exact": 30}, "startDate": "2019"}],
    },
})  # fmt: skip
PSC = json.dumps({
    "company_number": "1", "data": {
        "kind": "individual-person-with-significant-control", "name": "P", "date_of_birth": {"year": 1961, "month": 2},
        "natures_of_control": ["voting-rights-25-to-50-percent"], "notified_on": "2016-04-06",
    },
})  # fmt: skip
FTM = "\n".join(
    json.dumps({"id": n, "schema": schema, "properties": properties})
    for n, schema, properties in (
        ("p", "Person", {"name": ["P"], "country": ["es"]}),
        ("o", "Ownership", {"owner": ["p"], "asset": ["c"], "percentage": ["33,3"]}),
        ("t", "Payment", {"payer": ["p"], "beneficiary": ["c"], "amount": ["1.5"], "currency": ["EUR"]}),
    )
)
GLEIF = (
    '<LEIData xmlns="http://www.gleif.org/data/schema/leidata/2016"><LEIRecords><LEIRecord>'
    "<LEI>529900T8BM49AURSDO55</LEI><Entity><LegalName>A</LegalName></Entity></LEIRecord></LEIRecords></LEIData>"
)
LEAK = "node_id,name,jurisdiction,company_type,incorporation_date,sourceID\n1,ALPHA,VGB,,23-MAR-2006,Panama\n2,B,,,,X\n"
WHOLE = {
    "r.jsonl": BODS + "\n" + BODS.replace("s1", "s2"), "r.json": f"[{BODS},\n {BODS.replace('s1', 's2')}]",
    "psc.jsonl": f"{PSC}\n{PSC}", "case.ijson": FTM, "lei.xml": GLEIF, "nodes.csv": LEAK,
}  # fmt: skip


def loads_or_says_why(name: str, data: bytes) -> fm.Ledger | None:
    """The ledger, in which every row is taken or refused; nothing where one clear error says why not."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        try:
            ledger = fm.load(folder)
        except FollowmoneyError:
            return None
        assert (ledger.sources["rows"] == ledger.sources["taken"] + ledger.sources["refused"]).all()
        return ledger


@pytest.mark.parametrize("name", WHOLE)
def test_whole_files_are_read(name: str) -> None:
    ledger = loads_or_says_why(name, WHOLE[name].encode())
    assert ledger is not None
    assert ledger.sources["rows"].sum() > 0


@examples(60)
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_cut_and_flipped_files(name: str, data: st.DataObject) -> None:
    raw = bytearray(WHOLE[name].encode())
    for _ in range(data.draw(st.integers(0, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    loads_or_says_why(name, bytes(raw[: data.draw(st.integers(0, len(raw)))]))


WORDS = [
    "subject",
    "share",
    "interests",
    "names",
    "properties",
    "payer",
    "name",
    "data",
    "date_of_birth",
    "exact",
    "id",
]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=3),
    max_leaves=6,
)


@examples(60)
@given(st.sampled_from([BODS, PSC, FTM.split("\n")[1]]), st.data())
def test_anything_in_the_place_of_anything(line: str, data: st.DataObject) -> None:
    whole = json.loads(line)
    at = whole
    while True:
        key = data.draw(st.sampled_from(sorted(at)))
        if not isinstance(at[key], dict) or not at[key] or data.draw(st.booleans()):
            break
        at = at[key]
    at[key] = data.draw(anything)
    loads_or_says_why("r.jsonl", "\n".join([json.dumps(whole), line, json.dumps(whole)]).encode())


PAYMENT = document(
    statement(
        balance("OPBD", "10.00", "2024-03-01"),
        entry("3.00", "CRDT", detail("Ann", OTHER, e2e="E", amount="1.00"), detail("Bo", amount="2.00"), ref="R"),
        balance("CLBD", "13.00", "2024-03-31"),
    )
)
ODD = (
    "", "0", "-1", "1e400", "NaN", "9" * 40, "1,5", "1.000,00", "2024-02-30", "0000-01-01", "10000-01-01", "24:00",
    "EURO", "true", "x" * 300, "(cash EUR)", "X (no account number)", "\u202e", "\u0663", "100.5%", "a;b",
)  # fmt: skip


@examples(60)
@given(st.sampled_from([PAYMENT, ORDER, REPORT, GLEIF]), st.data())
def test_odd_words_in_the_place_of_any_word(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        words = list(re.finditer(r">([^<>]+)<", text))
        word = words[data.draw(st.integers(0, len(words) - 1))]
        text = text[: word.start(1)] + data.draw(st.sampled_from(ODD)) + text[word.end(1) :]
    loads_or_says_why("r.xml", text.encode())


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp037"])
def test_other_encodings(name: str, encoding: str) -> None:
    loads_or_says_why(name, WHOLE[name].encode(encoding, "replace"))


@pytest.mark.parametrize("deep", [100, 3_000, 200_000])
@pytest.mark.parametrize("way", [("[", "]"), ('{"a":', "}")])
def test_deep_nesting(deep: int, way: tuple[str, str]) -> None:
    nested = way[0] * deep + "1" + way[1] * deep
    inside = BODS[:-1] + f', "x": {nested}}}'
    ledger = loads_or_says_why("r.jsonl", f"{BODS}\n{inside}\n{nested}\n".encode())
    assert ledger is not None
    assert ledger.refused["row"].to_list()[-1] == 3
    loads_or_says_why("r.json", f"[{BODS},{inside}]".encode())


def test_a_line_that_is_no_text_is_refused_and_the_others_are_read() -> None:
    ledger = loads_or_says_why("r.jsonl", BODS.encode() + b'\n{"statementId": "\xff\xfe"}\n' + b"\xef\xbb\xbf{}\n")
    assert ledger is not None
    assert ledger.refused.select("row", "rule").rows() == [(2, "line|encoding"), (3, "line|json")]
    assert "\\xff" in ledger.refused["values"][0]


def test_a_header_of_a_hundred_thousand_columns_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text("node_id,sourceID," + ",".join(f"c{n}" for n in range(100_000)), "utf-8")
    with pytest.raises(InputError, match="100,002 columns"):
        fm.load(tmp_path)


def test_records_over_several_lines_and_one_after_another(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text('{\n "a": "}\\"{"\n}\n{\n "a": 2 }\n', encoding="utf-8")
    found = [row for batch in records(File("r.json", tmp_path / "r.json")) for row in batch.iter_rows()]
    assert [(row, json.loads(text)) for row, text, _ in found] == [(1, {"a": '}"{'}), (2, {"a": 2})]


@pytest.mark.parametrize("name", ["wide.csv", "wide.csv.gz"])
def test_a_header_without_an_end_is_read_for_a_while_only(name: str, tmp_path: Path) -> None:
    pack = gzip.compress if name.endswith(".gz") else bytes
    (tmp_path / name).write_bytes(pack(b"a," * 2**22))
    with pytest.raises(InputError, match="longer than any table has"):
        header(tmp_path / name, Layout())
    with pytest.raises(InputError, match="Nobody can read"):
        fm.load(tmp_path / name)
