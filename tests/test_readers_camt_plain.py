"""Entries read from the text of a statement are those that the parser reads."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from followmoney.errors import InputError
from followmoney.readers import _camt_plain, _camt_statement
from followmoney.readers._camt_entry import Entries
from followmoney.readers._camt_order import Order
from followmoney.readers._camt_plain import Plain
from followmoney.readers._camt_returns import Returns
from followmoney.readers._camt_statement import Camt
from followmoney.readers._found import File
from followmoney.readers._iso_people import People
from followmoney.readers._parts import Made

ENTRY = (
    '<Ntry>\n <Amt Ccy="EUR">{amount}.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\r\n'
    "<BookgDt><Dt>2024-01-05</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>E {amount}</EndToEndId></Refs>"
    "<RltdPties><Dbtr><Nm>A &amp; B</Nm></Dbtr></RltdPties><RmtInf><Ustrd>x</Ustrd><Ustrd> y</Ustrd></RmtInf></TxDtls>"
    "<TxDtls/></NtryDtls></Ntry>"
)
WORDS = [
    "<!-- <Ntry> -->", "<![CDATA[<Ntry></Ntry>]]>", "<?x y?>", "]]>", ">", "<", "&amp;", "&#65;", "&nope;", '"',
    "</Nm>", "<Ntry>", "</Ntry>", "<Ntry/>", "<TxDtls>", "</TxDtls>", "<TxDtls/>", "<Bal/>", "<b:Amt>", "<Cd/>",
    ' Ccy="USD"', "</Ntry><Ntry>", "<Ntry followmoney-entry='1'/>", ' followmoney-entry="2"',
    "\r\n", "\x01", "\ufffe", "😀", "\x85",
    "<Stmt>", "</Stmt>", " ", "/", "<!DOCTYPE a>", "xmlns='urn:b'", "<Nm>Z</Nm>", "<Sts>BOOK</Sts>",
]  # fmt: skip


class Parsed(Plain):
    """The parser reads everything."""

    def over(self, stream: BinaryIO) -> Any:
        """The stream as it is."""
        return stream


def rows(data: bytes, way: type[Plain], monkeypatch: pytest.MonkeyPatch) -> list[Made] | str:
    """All rows, or what is wrong with the file."""
    monkeypatch.setattr(_camt_statement, "Plain", way)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xml"
        path.write_bytes(data)
        every = Entries(counts, People(counts), Order(), Returns(counts), lambda *_: False)
        notes: list[str] = []
        try:
            found = list(Camt(File("a.xml", path), every, notes, covers=True).rows())
        except InputError as error:
            return str(error).rpartition(", column")[0] or str(error)
        return [*found, ("notes", {"all": notes, "counts": dict(counts)})]


def document(entries: list[str], prefix: str = "", head: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> str:
    """A statement with these entries."""
    text = (
        '<Document xmlns="urn:iso"><BkToCstmrStmt><Stmt><Id>S1</Id><Acct><Id><IBAN>DE1</IBAN></Id></Acct>\n'
        + "\n".join(entries) + "\n</Stmt></BkToCstmrStmt></Document>"
    )  # fmt: skip
    if prefix:
        text = text.replace("</", "</p:").replace("<", "<p:").replace("<p:/p:", "</p:").replace("xmlns=", "xmlns:p=")
    return head + text


@examples(150)
@given(st.data())
def test_plain_entries_are_those_of_the_parser(data: st.DataObject) -> None:
    text = document([ENTRY.format(amount=n) for n in range(data.draw(st.integers(1, 4)))])
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(WORDS)) + text[at + data.draw(st.integers(0, 3)) :]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_camt_plain, "_CHUNK", data.draw(st.sampled_from([7, 200, 64 * 1024])))
        raw = text.encode()
        assert rows(raw, Plain, patch) == rows(raw, Parsed, patch)


@pytest.mark.parametrize("prefix", ["", "p"])
def test_the_parser_sees_no_plain_entry(prefix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setattr(_camt_statement.ENTRY, "of", lambda _: seen.append(1))
    text = document([ENTRY.format(amount=n) for n in range(1, 4)], prefix)
    found = rows(text.encode(), Plain, monkeypatch)
    assert not seen
    assert [row["amount"] for name, row in found if name == "transactions"] == [100, 200, 300]  # type: ignore[union-attr]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_other_encodings_are_for_the_parser(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = document(
        [ENTRY.format(amount=7).replace("A &amp;", "Ä &amp;")], head=f"<?xml version='1.0' encoding='{declared}'?>"
    )
    assert rows(text.encode(encoding), Plain, monkeypatch) == rows(text.encode(encoding), Parsed, monkeypatch)
    assert "transactions" in [name for name, _ in rows(text.encode(encoding), Plain, monkeypatch)]


def test_an_error_is_on_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    text = document([ENTRY.format(amount=n) for n in range(1, 40)]).replace("</Stmt>", "</Rpt>").encode()
    said = rows(text, Plain, monkeypatch)
    assert said == rows(text, Parsed, monkeypatch)
    line = text.count(b"\n", 0, text.index(b"</Rpt>")) + 1
    assert f"line {line}" in said
