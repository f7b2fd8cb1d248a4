"""Several files in one .zip are read as if they lay in a folder, and no archive does harm."""

from __future__ import annotations

import zipfile
from pathlib import Path

import polars as pl
import pytest
from iso_samples import document, entry, statement

import followmoney as fm
from followmoney.cli._sources import same
from followmoney.errors import InputError
from followmoney.readers import _streams

MARCH, APRIL = (
    document(statement(entry("1.00", "CRDT", day=f"2024-0{m}-04", ref=f"R{m}"), name=f"S{m}")) for m in "34"
)


NESTED = (
    "Not read: a.zip!x.gz (is an archive in an archive: those are not opened); a.zip!read.me (nobody knows its format)."
)


def packed(path: Path, *members: tuple[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return path


def test_every_statement_of_an_archive_is_read_under_its_own_name(tmp_path: Path) -> None:
    packed(tmp_path / "a.zip", ("2024/m.xml", MARCH), ("2024/a.xml", APRIL), ("read.me", "hello"), ("x.gz", b"\x1f"))
    ledger = fm.load(tmp_path)
    assert ledger.transactions["source"].to_list() == ["a.zip!2024/m.xml", "a.zip!2024/a.xml"]
    assert ledger.sources.select("source", "taken", "refused").rows() == [
        ("a.zip!2024/a.xml", 1, 0), ("a.zip!2024/m.xml", 1, 0)
    ]  # fmt: skip
    assert NESTED in ledger.notes
    assert same([tmp_path], ledger.sources).holds
    packed(tmp_path / "a.zip", ("2024/m.xml", MARCH), ("2024/a.xml", MARCH))
    assert same([tmp_path], ledger.sources).differs == (f"a.zip!2024/a.xml is another file (SHA-256 {_sha(MARCH)})",)


def _sha(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()


def test_the_same_rows_as_from_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "m.xml").write_text(MARCH)
    (folder / "a.xml").write_text(APRIL)
    inside = fm.load(packed(tmp_path / "a.zip", ("m.xml", MARCH), ("a.xml", APRIL)))
    assert inside.transactions.drop("source").equals(fm.load(folder).transactions.drop("source"))


def test_our_tables_are_known_in_an_archive(tmp_path: Path) -> None:
    folder = Path(__file__).parents[1] / "sample_data" / "harbour"
    members = [(f"case/{file.name}", file.read_bytes()) for file in sorted(folder.glob("*.parquet"))]
    ledger = fm.load(packed(tmp_path / "a.zip", *members))
    whole = fm.load(sorted(folder.glob("*.parquet")))
    assert ledger.transactions.drop("source").equals(whole.transactions.drop("source"))


def test_what_a_system_packs_for_itself_is_left_out(tmp_path: Path) -> None:
    packed(tmp_path / "a.zip", ("m.xml", MARCH), ("__MACOSX/._m.xml", b"\0"), (".DS_Store", b"\0"))
    ledger = fm.load(tmp_path)
    assert ledger.sources["source"].to_list() == ["a.zip!m.xml"]
    assert not ledger.notes or not any("Not read" in note for note in ledger.notes)


def test_members_of_one_name_and_of_evil_names_are_read_and_stay_where_they_belong(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        packed(tmp_path / "a.zip", ("m.xml", MARCH), ("m.xml", APRIL), ("../../../evil.xml", APRIL), ("/x/..", APRIL))
    ledger = fm.load(tmp_path)
    assert set(ledger.sources["source"]) >= {"a.zip!m.xml", "a.zip!../../../evil.xml"}
    assert len(ledger.sources) == 4
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.zip"]
    assert ledger.sources["rows"].sum() == 4


def test_an_archive_that_unpacks_without_end_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_streams, "_FREE", 2**20)
    packed(tmp_path / "a.zip", ("m.xml", MARCH), ("b.csv", b"0" * 2**22))
    with pytest.raises(InputError, match=r"a\.zip unpacks to more than 400 times its size"):
        fm.load(tmp_path)


def test_an_archive_that_breaks_off_is_one_error_and_one_with_a_password_is_said(tmp_path: Path) -> None:
    whole = packed(tmp_path / "a.zip", ("m.xml", MARCH), ("a.xml", APRIL)).read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[:60] + b"\xff\xff\xff" + whole[63:])
    with pytest.raises(InputError, match=r"a\.zip is damaged"):
        fm.load(tmp_path)
    locked = bytearray(whole)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    (tmp_path / "a.zip").write_bytes(locked)
    with pytest.raises(InputError, match=r"a\.zip has a password"):
        fm.load(tmp_path / "a.zip")
    (tmp_path / "m.xml").write_text(MARCH)
    assert "Not read: a.zip (has a password)." in fm.load(tmp_path).notes


def test_members_without_a_name_are_read_or_said(tmp_path: Path) -> None:
    packed(tmp_path / "a.zip", ("", MARCH), ("m.xml", APRIL))
    assert fm.load(tmp_path).sources["source"].to_list() == ["a.zip!", "a.zip!m.xml"]
    packed(tmp_path / "a.zip", ("", MARCH))
    assert len(fm.load(tmp_path).transactions) == 1


def test_an_archive_of_too_many_files_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("followmoney.readers._archives._MOST", 1)
    packed(tmp_path / "a.zip", ("m.xml", MARCH), ("a.xml", APRIL))
    with pytest.raises(InputError, match="holds 2 files"):
        fm.load(tmp_path)


def test_rows_are_read_before_the_members_are_gone(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": ["p"], "kind": ["person"], "name": ["P"]})
    for name in ("parties", "more"):
        frame.write_parquet(tmp_path / f"{name}.parquet")
    members = [("parties/1.parquet", (tmp_path / "parties.parquet").read_bytes()), ("x.txt", b"")]
    assert fm.load(packed(tmp_path / "a.zip", *members)).parties["id"].to_list() == ["p"]
