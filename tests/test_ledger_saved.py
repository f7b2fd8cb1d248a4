"""A saved ledger is reopened as it was, private, whole or not at all, and a changed file is found."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

import followmoney as fm
from followmoney.errors import InputError

TEXT = """
    party P person "Ana"
    account A holder=P IBAN
    balance A 2024-01-01 5.00 EUR opening
    asset V vessel holder=P 9.00 EUR by=t1
    2024-01-01 A -> B 1 wire "x" = 2.00 USD
    2024-01-02 cash -> A 3
"""


def test_it_is_reopened_as_it_was(tmp_path: Path) -> None:
    ledger = fm.sketch(TEXT)
    again = fm.load(ledger.save(tmp_path / "saved"), verify=True)
    assert again.numbered.equals(ledger.numbered)
    assert again.numbered.schema == ledger.numbered.schema
    assert set(again.tables) == set(ledger.tables)
    for name, frame in ledger.tables.items():
        assert again.tables[name].equals(frame), name
    assert again.refused.equals(ledger.refused)
    assert again.sources.equals(ledger.sources)
    assert again.notes == ledger.notes
    assert again.fingerprint == ledger.fingerprint
    assert again.transactions.equals(ledger.transactions)


def test_an_empty_ledger_too(tmp_path: Path) -> None:
    assert len(fm.load(fm.sketch("").save(tmp_path / "saved")).transactions) == 0


def test_its_files_are_private(tmp_path: Path) -> None:
    folder = fm.sketch(TEXT).save(tmp_path / "saved")
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_same_ledger_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (fm.sketch(TEXT).save(tmp_path / name) for name in ("one", "other"))
    assert {p.name: p.read_bytes() for p in one.iterdir()} == {p.name: p.read_bytes() for p in other.iterdir()}


def test_saving_again_replaces_it_and_nothing_else(tmp_path: Path) -> None:
    folder = fm.sketch(TEXT).save(tmp_path / "saved")
    reopened = fm.load(folder)
    fm.sketch("2024-01-01 A -> B 1").save(folder)
    assert len(fm.load(folder).transactions) == 1
    assert len(reopened.transactions) == 2  # a mapped ledger outlives the folder it came from
    reopened.save(folder)
    assert len(fm.load(folder).transactions) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["saved"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="not a saved ledger"):
        reopened.save(other)


def test_a_save_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = fm.sketch(TEXT).save(tmp_path / "saved")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_ipc", full)
    with pytest.raises(OSError, match="No space"):
        fm.sketch("2024-01-01 A -> B 1").save(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["saved"]
    assert len(fm.load(folder, verify=True).transactions) == 2


def test_a_changed_file_is_found(tmp_path: Path) -> None:
    folder = fm.sketch(TEXT).save(tmp_path / "saved")
    path = folder / "transactions.arrow"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match=r"transactions\.arrow is not the file that was saved"):
        fm.load(folder, verify=True)


@pytest.mark.parametrize("change", ["missing", "cut", "json", "format", "strange"])
def test_a_folder_that_is_not_whole_is_one_clear_error(tmp_path: Path, change: str) -> None:
    folder = fm.sketch(TEXT).save(tmp_path / "saved")
    manifest = folder / "ledger.json"
    content = json.loads(manifest.read_text())
    if change == "missing":
        (folder / "accounts.arrow").unlink()
    elif change == "cut":
        (folder / "accounts.arrow").write_bytes((folder / "accounts.arrow").read_bytes()[:50])
    elif change == "json":
        manifest.write_text("{")
    elif change == "format":
        manifest.write_text(json.dumps(content | {"format": 99}))
    else:
        manifest.write_text(json.dumps(content | {"files": {"../../secret.arrow": "0"}}))
    with pytest.raises(InputError, match=r"load the sources again|none of ours"):
        fm.load(folder)


SAVE = """
import sys
import followmoney as fm
lines = [f'2024-01-{1 + n % 28:02d} A{n} -> B{n % 7} {n + 1}' + (f' "a purpose of some length {n}"' if n % 3 else "")
         for n in range(600)]
fm.sketch("\\n".join(["account A1 holder=P IBAN", "asset V vessel by=t1", "asset W vessel", *lines])).save(sys.argv[1])
"""


def test_its_bytes_do_not_depend_on_the_number_of_threads(tmp_path: Path) -> None:
    for threads in ("1", "2"):
        env = os.environ | {"POLARS_MAX_THREADS": threads}
        subprocess.run([sys.executable, "-c", SAVE, str(tmp_path / threads)], env=env, check=True)
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("1", "2"))
    assert one == two
