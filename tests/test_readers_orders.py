"""Orders and settlements in ISO 20022 are read as they mean it, and nothing a file holds can break a reader."""

from __future__ import annotations

import re
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from iso_samples import OLD, OTHER, OWN, balance, detail, document, entry, statement

import followmoney as fm
from followmoney.errors import InputError
from followmoney.readers import iso20022
from followmoney.schema.codes import minor

ORDER = f"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>
<GrpHdr><MsgId>M1</MsgId><NbOfTxs>2</NbOfTxs><CtrlSum>30.50</CtrlSum></GrpHdr>
<PmtInf><PmtInfId>P1</PmtInfId><PmtMtd>TRF</PmtMtd><ReqdExctnDt><Dt>2024-03-04</Dt></ReqdExctnDt>
 <Dbtr><Nm>Acme</Nm></Dbtr><DbtrAcct><Id><IBAN>{OWN}</IBAN></Id></DbtrAcct>
 <CdtTrfTxInf><PmtId><EndToEndId>E1</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">10.50</InstdAmt></Amt>
  <Cdtr><Nm>Zeta</Nm></Cdtr><CdtrAcct><Id><IBAN>{OTHER}</IBAN></Id></CdtrAcct></CdtTrfTxInf></PmtInf>
<PmtInf><PmtInfId>P2</PmtInfId><PmtMtd>CHK</PmtMtd><ReqdExctnDt>2024-03-05</ReqdExctnDt>
 <Dbtr><Nm>Acme</Nm></Dbtr><DbtrAcct><Id><IBAN>{OTHER}</IBAN></Id></DbtrAcct>
 <CdtTrfTxInf><Amt><EqvtAmt><Amt Ccy="EUR">20.00</Amt><CcyOfTrf>USD</CcyOfTrf></EqvtAmt></Amt>
  <Cdtr><Nm>Eta</Nm></Cdtr></CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>"""
BETWEEN = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.009.001.08"><FICdtTrf>
<GrpHdr><MsgId>M1</MsgId><NbOfTxs>9</NbOfTxs></GrpHdr><CdtTrfTxInf><PmtId><TxId>T1</TxId></PmtId>
<IntrBkSttlmAmt Ccy="USD">5.00</IntrBkSttlmAmt><InstdAmt Ccy="EUR">4.00</InstdAmt>
<IntrBkSttlmDt>2024-03-04</IntrBkSttlmDt>
<Dbtr><FinInstnId><BICFI>DEUTDEFF</BICFI></FinInstnId></Dbtr><Cdtr><FinInstnId><BICFI>COBADEFF</BICFI><Nm>Coba</Nm>
</FinInstnId></Cdtr></CdtTrfTxInf></FICdtTrf></Document>"""
STATEMENT = document(
    statement(
        balance("OPBD", "1.00", "2024-03-04"),
        entry("5.00", "CRDT", detail("P", OTHER, e2e="E", text="Invoice"), ref="R"),
        entry("6.00", "DBIT", detail("Q", side="Cdtr", amount="2.00"), detail("S", side="Cdtr", amount="4.00")),
        balance("CLBD", "0.00", "2024-03-04"),
    )
).encode()


def load(path: Path, body: str | bytes) -> fm.Ledger:
    (path / "a.xml").write_bytes(body if isinstance(body, bytes) else body.encode())
    return fm.load(path / "a.xml")


def test_an_order_is_pending(tmp_path: Path) -> None:
    ledger = load(tmp_path, ORDER)
    assert ledger.transactions.select("id", "originator", "beneficiary", "amount", "channel", "status").rows() == [
        (f"ordered/{OWN}/M1/P1/E1/1", OWN, OTHER, 1_050, "wire", "pending"),
        (f"ordered/{OTHER}/M1/P2/2", OTHER, "Eta (no account number)", 2_000, "cheque", "pending"),
    ]
    assert not any("says that" in note for note in ledger.notes)


def test_a_settlement_between_institutions_is_booked(tmp_path: Path) -> None:
    ledger = load(tmp_path, BETWEEN)
    (row,) = ledger.transactions.to_dicts()
    assert (row["originator"], row["beneficiary"]) == ("DEUTDEFF (no account number)", "Coba (no account number)")
    assert (row["amount"], row["currency"], row["amount_received"], row["currency_received"]) == (
        400,
        "EUR",
        500,
        "USD",
    )
    assert row["status"] == "booked"
    assert ledger.parties.sort("id")["id"].to_list() == ["BIC COBADEFF", "BIC DEUTDEFF"]
    assert "a.xml says that it has 9 payments, and has 1." in ledger.notes


def test_control_sums_are_compared(tmp_path: Path) -> None:
    assert (
        "a.xml says that its payments are 31.50 together, which they are not."
        in load(tmp_path, ORDER.replace("30.50", "31.50")).notes
    )


def test_an_order_and_a_statement_of_one_account_agree_on_it(tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_bytes(STATEMENT)
    (tmp_path / "a.xml").write_text(ORDER)
    ledger = fm.load(tmp_path)
    assert len(ledger.refused) == 0
    assert dict(ledger.parties.select("id", "name").rows())[f"holder of {OWN}"] == "Acme GmbH"


@pytest.mark.parametrize("folder", ["camt053", "pacs008", "pain001_corpus"])
def test_every_shared_file_reads_with_its_own_counts_and_sums(shared: Path, folder: str) -> None:
    files = [file for file in sorted((shared / "formats" / folder).rglob("*.xml")) if "pain002" not in file.name]
    assert files
    for file in files:
        ledger = fm.load(file)
        assert len(ledger.refused) == 0
        found = {e.tag.rpartition("}")[2]: e.text for e in ET.parse(file).iter()}  # noqa: S314
        entries = sum(e.tag.endswith(("}Ntry", "}CdtTrfTxInf")) for e in ET.parse(file).iter())  # noqa: S314
        assert len(ledger.transactions) == int(found.get("NbOfTxs") or entries) == entries
        if "CtrlSum" in found:
            assert ledger.transactions["amount"].sum() == minor(str(found["CtrlSum"]), "EUR")
        assert not any("says that" in note for note in ledger.notes)


@pytest.mark.parametrize(
    "body",
    [
        STATEMENT[:-40],
        STATEMENT.replace(b"<Stmt>", b"<Stmt>&bomb;"),
        STATEMENT.replace(b"<Document", b'<!DOCTYPE d [<!ENTITY a "x">]><Document', 1),
        STATEMENT.replace(b"<Ntry>", b"<a>" * 5_000 + b"</a>" * 5_000 + b"<Ntry>", 1),
        document("").encode(),
    ],
    ids=["cut", "entity", "DTD", "deep", "empty"],
)
def test_a_broken_file_is_one_clear_error(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.xml"):
        load(tmp_path, body)


def test_only_messages_that_are_read_are_claimed(tmp_path: Path) -> None:
    for name, body in {"a.xml": STATEMENT, "b.xml": b"<html/>", "c.xml": b"", "d.csv": STATEMENT}.items():
        (tmp_path / name).write_bytes(body)
    from followmoney.readers._found import files

    assert [file.name for file in iso20022.READER.claim(files([tmp_path]))] == ["a.xml"]


@given(
    body=st.sampled_from([STATEMENT, OLD, ORDER.encode(), BETWEEN.encode()]),
    cut=st.integers(0, 4_000),
    flips=st.lists(st.tuples(st.integers(0, 4_000), st.integers(0, 255)), max_size=4),
)
@examples(60)
def test_whatever_the_bytes_are_there_are_rows_or_one_clear_error(
    body: bytes, cut: int, flips: list[tuple[int, int]]
) -> None:
    data = bytearray(body if cut > len(body) // 3 * 2 else body[: len(body) - cut])
    for place, value in flips:
        data[place % len(data)] = value
    with tempfile.TemporaryDirectory() as folder:
        attempt(Path(folder), bytes(data))


_WORDS = st.sampled_from([
    "", "-1", "9" * 18, "1.123456", "0001-01-01T00:00:00+14:00", "2024-03-04T25:00:00", "\u0663", "(cash EUR)",
    "x" * 9_000, "<Nm>y</Nm>", "NOTPROVIDED", "\U0001f600",
])  # fmt: skip


@given(data=st.data())
@examples(60)
def test_whatever_stands_in_an_element_there_are_rows_or_one_clear_error(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([STATEMENT.decode(), ORDER, BETWEEN]))
    places = list(re.finditer(r">([^<>]+)<", text))
    for place in sorted(data.draw(st.sets(st.sampled_from(range(len(places))), min_size=1, max_size=3)), reverse=True):
        at = places[place]
        text = text[: at.start(1)] + data.draw(_WORDS) + text[at.end(1) :]
    with tempfile.TemporaryDirectory() as folder:
        attempt(Path(folder), text.encode())


def attempt(folder: Path, body: bytes) -> None:
    try:
        ledger = load(folder, body)
    except InputError:
        return
    for source in ledger.sources.iter_rows(named=True):
        assert source["taken"] <= source["rows"]
