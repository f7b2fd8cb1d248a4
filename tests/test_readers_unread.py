"""Damaged, locked and empty evidence is told from what is no evidence, each with its reason; nothing waits or loops."""

from __future__ import annotations

import gzip
import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from iso_samples import document, entry, statement
from test_readers_hostile import BODS

import followmoney as fm
from followmoney.errors import InputError
from followmoney.readers.iso20022 import Iso20022

CAMT = document(statement(entry("1.00", "CRDT", day="2024-03-04", ref="R3"), name="S3")).encode()


def zipped(name: str, data: bytes, *, locked: bool = False) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), data)
    content = bytearray(made.getvalue())
    if locked:
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            content[content.index(mark) + place] |= 1
    return bytes(content)


def rotten(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


BAD = {
    "cut.xml.gz": (gzip.compress(CAMT)[:-20], "damaged: Compressed file ended before"),
    "crc.xml.gz": (rotten(gzip.compress(CAMT), -6), "damaged: CRC check failed"),
    "rotten.zip": (rotten(zipped("m.xml", CAMT), 60), "damaged: Bad CRC-32 for file 'm.xml'"),
    "cut.zip": (zipped("m.xml", CAMT)[:100], "damaged: File is not a zip file"),
    "cut.xlsx": (zipped("m.xml", CAMT)[:60], "damaged: File is not a zip file"),
    "locked.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "has a password, or is an old workbook"),
    "odd.xml": (b"<a><b></a>", "damaged: Opening and ending tag mismatch"),
    "cut.json": (b'[{"a": 1}, {"b', "damaged: it breaks off"),
    "locked.zip": (zipped("m.xml", CAMT, locked=True), "has a password"),
    "two.zip": (zipped("in.zip", zipped("m.xml", CAMT)), "holds an archive: archives in archives are not opened"),
    "empty.csv": (b"", "is empty"),
    "empty.xml.gz": (gzip.compress(b""), "is empty"),
    "empty.zip": (zipped("m.xml", b""), "is empty"),
}


def said(path: Path | str) -> str:
    with pytest.raises(InputError) as caught:
        fm.load(path)
    return str(caught.value)


@pytest.mark.parametrize("name", BAD)
def test_damaged_evidence_is_no_readme(tmp_path: Path, name: str) -> None:
    content, reason = BAD[name]
    (tmp_path / name).write_bytes(content)
    alone = said(tmp_path / name)
    assert f"{name} {'is ' * reason.startswith('damaged')}{reason}" in alone
    assert "specification" not in alone
    (tmp_path / "m.xml").write_bytes(CAMT)
    (tmp_path / "readme.txt").write_text("hello")
    (tmp_path / "x.pdf").write_text("hello")
    (note,) = (note for note in fm.load(tmp_path).notes if note.startswith("Not read"))
    assert note.startswith(f"Not read: {name} ({reason}")
    assert note.endswith("; readme.txt, x.pdf (nobody knows their format).")


def test_a_statement_with_a_byte_that_is_no_text_is_told_with_its_line(tmp_path: Path) -> None:
    for wrong in (b"\xe9", b"\0"):
        (tmp_path / "m.xml").write_bytes(CAMT.replace(b"R3", b"R" + wrong, 1))
        assert "m.xml is not whole XML: Inv" in said(tmp_path / "m.xml")
        assert ", line " in said(tmp_path / "m.xml")


MANY = document(
    statement(*(entry("1.00", "CRDT", day="2024-03-04", ref=f"E{n}") for n in range(200)), name="S4")
).encode()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xml", MANY[:-11], "damaged: it breaks off, line 1, column "),
        ("a.xml.gz", gzip.compress(MANY[:-11]), "damaged: it breaks off, line 1, column "),
        ("a.xml.gz", gzip.compress(MANY, 0)[:-20], "damaged: Compressed file ended before"),
        ("a.xml", document("").encode(), "damaged: it has no statement, report or notification in it"),
        ("a.xml", rotten(MANY, MANY.index(b"E199") - 2), "damaged: "),
        ("accounts.parquet", b"", "is empty"),
        ("accounts.parquet", b"PAR1PAR1PAR1", "damaged: no whole table can be read from it"),
        ("a.zip", MANY, "damaged: "),
        ("a.json", f"[{BODS},\n{BODS[:-9]}".encode(), "damaged: it breaks off after record 1"),
        ("a.json", f"[{BODS},\n".encode() + b'{"a": "\xff"}]', "damaged: it is not UTF-8 after record "),
    ],
)
def test_a_file_that_turns_out_not_to_be_whole_is_left_out_of_its_folder_with_all_it_says(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / "b.xml").write_bytes(CAMT)
    whole = fm.load(tmp_path)
    if name == "a.zip":
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("n.xml", CAMT)
            archive.writestr("o.xml", content)
        packed = (tmp_path / name).read_bytes()
        content = rotten(packed, packed.index(b"E199"))
    (tmp_path / name).write_bytes(content)
    (tmp_path / f"z{name}").write_bytes(content)
    if name in ("a.xml", "accounts.parquet"):
        with pytest.raises(InputError, match=name):
            fm.load([tmp_path / name, tmp_path / "b.xml"])
    ledger = fm.load(tmp_path)
    assert ledger.transactions.equals(whole.transactions)
    assert ledger.sources.equals(whole.sources)
    (note,) = (note for note in ledger.notes if note.startswith("Not read"))
    assert note.startswith(f"Not read: {name} ({reason}")
    assert f"; z{name} ({reason}" in note


def test_among_many_damaged_files_the_whole_ones_are_read_anew_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abcdefgh":
        (tmp_path / f"{name}.xml").write_bytes(MANY[: -9 - ord(name)])
    (tmp_path / "m.xml").write_bytes(CAMT)
    begun: list[str] = []
    real = Iso20022.read
    monkeypatch.setattr(Iso20022, "read", lambda self, files: begun.append("") or real(self, files))
    assert len(fm.load(tmp_path).transactions) == 1
    assert len(begun) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_and_links_that_lead_nowhere_are_said_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xml")
    (tmp_path / "self.xml").symlink_to(tmp_path / "self.xml")
    (tmp_path / "gone.xml").symlink_to(tmp_path / "nowhere")
    assert "pipe.xml is not a file" in said(tmp_path / "pipe.xml")
    for link in ("self.xml", "gone.xml"):
        for path in (tmp_path / link, str(tmp_path / link.replace("xml", "x*l"))):
            assert "is a link to" in said(path)
            assert "Did you mean" not in said(path)
    assert said(tmp_path).count("is not a file.") == 3
    (tmp_path / "m.xml").write_bytes(CAMT)
    names = "gone.xml (is not a file); pipe.xml (is not a file); self.xml (is not a file)"
    assert f"Not read: {names}." in fm.load(tmp_path).notes
