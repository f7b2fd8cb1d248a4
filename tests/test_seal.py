"""Seal, verify, replay: one changed bit anywhere is found, an untouched folder passes, and the same run comes out."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import bagit
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from test_cli import quiet, saved

from followmoney.cli import main
from followmoney.cli._latest import latest
from followmoney.custody import bag
from followmoney.custody.files import files, sha256

__all__ = ["quiet", "saved"]

TRANSACTIONS = """id,booked_at,originator,beneficiary,amount,currency
t1,2024-03-04T10:00:00,V,A,9500.00,EUR
t2,2024-03-05T10:00:00,W,A,9600.00,EUR
t3,2024-03-06T10:00:00,A,B,12000.00,EUR
t4,2024-03-07T10:00:00,B,C,5000.00,EUR
"""
SPECIFICATION = """
name = "our-bank"

[layout]
separator = ","
decimal = "."
dates = ["%Y-%m-%dT%H:%M:%S"]

[table.transactions]
files = ["*.csv"]
[table.transactions.columns]
id = "id"
booked_at = "booked_at"
originator = "originator"
beneficiary = "beneficiary"
amount = "amount"
currency = "currency"
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("statements")
    (folder / "bank.csv").write_text(TRANSACTIONS, encoding="utf-8")
    (folder / "our-bank.toml").write_text(SPECIFICATION, encoding="utf-8")
    (folder / "a letter.txt").write_text("Dear Sirs", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def run(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("runs") / "run"
    assert main(["run", str(sources), "--out", str(out), "--claim", "t1"]) == 0
    return out


@pytest.fixture(scope="module")
def sealed(run: Path, sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("bags") / "bag"
    assert main(["seal", str(run), "--out", str(out), "--sources", str(sources)]) == 0
    return out


def told(capsys: Any) -> dict[str, dict[str, Any]]:
    return {row["check"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}


def flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


def test_an_untouched_folder_passes_sealed_or_not(run: Path, sealed: Path, capsys: Any):
    capsys.readouterr()
    for folder in (run, sealed):
        assert main(["verify", str(folder)]) == 0
        rows = told(capsys)
        assert {row["result"] for row in rows.values()} == {"agrees"}
        assert {"results", "report", "rows", "totals", "evidence", "claim", "trace"} < set(rows)
        assert all(row["agree"] == row["of"] for row in rows.values())
    assert {"manifests", "files", "crate"} < set(rows)


def test_sealing_twice_gives_equal_bytes_and_the_seal_that_was_printed(
    run: Path, sealed: Path, sources: Path, tmp_path: Path, capsys: Any
):
    capsys.readouterr()
    out = tmp_path / "again"
    assert main(["seal", str(run), "--out", str(out), "--sources", str(sources)]) == 0
    assert {n: p.read_bytes() for n, p in files(out).items()} == {n: p.read_bytes() for n, p in files(sealed).items()}
    printed = capsys.readouterr().out.split("Seal: ")[1].strip()
    assert main(["verify", str(out), "--seal", printed]) == 0
    assert main(["verify", str(out), "--seal", "0" * 64]) == 4
    assert main(["verify", str(run), "--seal", printed]) == 2


def test_other_programs_check_it(sealed: Path):
    for manifest in (bag.MANIFEST, bag.TAGS):
        subprocess.run(["sha256sum", "-c", "--strict", "--quiet", manifest], cwd=sealed, check=True)
    peer = bagit.Bag(str(sealed))
    peer.validate()
    assert peer.info["Payload-Oxum"]


@examples(4)
@given(dice=st.integers(0, 2**32))
def test_one_flipped_bit_of_any_file_is_found(sealed: Path, dice: int):
    rng = random.Random(dice)  # noqa: S311 - dice, not secrets
    for path in files(sealed).values():
        bit = rng.randrange(8 * path.stat().st_size)
        flip(path, bit)
        holds = all(check.holds for check in bag.checks(sealed))
        flip(path, bit)
        assert not holds, (path, bit)
    assert all(check.holds for check in bag.checks(sealed))


def test_every_byte_of_a_small_bag_counts(tmp_path: Path):
    rng = random.Random(5)  # noqa: S311 - dice, not secrets
    small = tmp_path / "small"
    (small / "data").mkdir(parents=True)
    (small / "data" / "ä b.txt").write_text("EUR 5", encoding="utf-8")
    bag.close(small, {"External-Description": "small"})
    for name in files(small):
        for byte in range((small / name).stat().st_size):
            bit = 8 * byte + rng.randrange(8)
            flip(small / name, bit)
            holds = all(check.holds for check in bag.checks(small))
            flip(small / name, bit)
            assert not holds, (name, bit)


def test_one_flipped_bit_of_a_run_that_was_not_sealed_is_found(run: Path, capsys: Any):
    rng = random.Random(3)  # noqa: S311 - dice, not secrets
    folder = {name: path for name, path in files(run).items() if path.stat().st_size}
    for name, path in folder.items():
        bit = rng.randrange(8 * path.stat().st_size)
        flip(path, bit)
        code = main(["verify", str(run)])
        flip(path, bit)
        assert code == 4, (name, bit)
    assert main(["verify", str(run)]) == 0
    capsys.readouterr()


def test_a_file_that_is_gone_or_came_is_found(sealed: Path, tmp_path: Path, capsys: Any):
    bag_ = tmp_path / "bag"
    shutil.copytree(sealed, bag_)
    (bag_ / "data" / "assets.csv").rename(bag_ / "data" / "more.csv")
    (bag_ / "note.txt").write_text("", encoding="utf-8")
    (bag_ / "note.txt").chmod(0o600)
    (bag_ / "data" / "link").symlink_to("report.html")
    (bag_ / "data" / "nothing" / "within").mkdir(parents=True)
    capsys.readouterr()
    assert main(["verify", str(bag_)]) == 4
    assert set(told(capsys)["files"]["differs"]) == {
        "data/assets.csv is missing", "data/more.csv was not sealed", "note.txt was not sealed",
        "data/link was not sealed", "data/nothing/within/ was not sealed",
    }  # fmt: skip


def test_a_bag_without_its_payload_is_a_changed_bag(sealed: Path, tmp_path: Path, capsys: Any):
    bag_ = tmp_path / "bag"
    shutil.copytree(sealed, bag_)
    shutil.rmtree(bag_ / "data")
    capsys.readouterr()
    for command in ("verify", "replay"):
        assert main([command, str(bag_)]) == 4
        assert "data/report.html is missing" in capsys.readouterr().out


def test_an_empty_folder_that_came_is_found(run: Path, tmp_path: Path, capsys: Any):
    report, whole = tmp_path / "report", tmp_path / "run"
    shutil.copytree(run, whole)
    shutil.copytree(next(run.glob("report-*")) / "report", report)
    for folder, check, inside in ((report, "report", report), (whole, "results", next(whole.glob("check-*")))):
        assert main(["verify", str(folder)]) == 0
        (inside / "empty").mkdir(mode=0o700)
        capsys.readouterr()
        assert main(["verify", str(folder)]) == 4
        assert "empty/" in told(capsys)[check]["differs"][0]


def test_a_file_with_a_name_that_is_no_text_is_named_by_its_bytes(tmp_path: Path):
    (tmp_path / os.fsdecode(b"a\xff")).touch()
    assert list(files(tmp_path)) == ["a\\xff"]


def test_only_the_owner_can_read_it(sealed: Path, tmp_path: Path, capsys: Any):
    modes = {path.stat().st_mode & 0o777 for path in files(sealed).values()}
    assert modes == {0o600}
    assert {path.stat().st_mode & 0o777 for path in [sealed, *sealed.rglob("*")] if path.is_dir()} == {0o700}
    bag_ = tmp_path / "bag"
    shutil.copytree(sealed, bag_)
    (bag_ / "data" / "report.html").chmod(0o644)
    capsys.readouterr()
    assert main(["verify", str(bag_)]) == 4
    rows = told(capsys)
    assert [name for name, row in rows.items() if row["result"] == "DIFFERS"] == ["rights"]


def test_a_sealed_folder_alone_is_computed_again_to_the_byte(sealed: Path, tmp_path: Path, capsys: Any):
    alone = tmp_path / "elsewhere"
    shutil.copytree(sealed, alone)
    capsys.readouterr()
    assert main(["replay", str(alone)]) == 0
    captured = capsys.readouterr()
    rows = {row["check"]: row for row in map(json.loads, captured.out.splitlines())}
    assert {"inputs", "check", "detect", "cluster", "trace", "case", "report", "report again"} < set(rows)
    assert "sources sealed with it" in captured.err


def test_a_run_is_computed_again_from_its_sources_or_from_its_ledger(run: Path, sources: Path, capsys: Any):
    assert main(["replay", str(run), "--sources", str(sources)]) == 0
    assert main(["replay", str(run)]) == 0
    assert "saved ledger" in capsys.readouterr().err


def test_other_sources_are_refused_before_anything_is_computed(run: Path, sources: Path, tmp_path: Path, capsys: Any):
    other = tmp_path / "other"
    shutil.copytree(sources, other)
    (other / "bank.csv").write_text(TRANSACTIONS.replace("9600", "9601"), encoding="utf-8")
    capsys.readouterr()
    assert main(["replay", str(run), "--sources", str(other)]) == 4
    rows = told(capsys)
    assert rows["inputs"]["differs"] == [f"bank.csv is another file (SHA-256 {sha256(other / 'bank.csv')})"]
    assert "trace" not in rows
    assert main(["seal", str(run), "--out", str(tmp_path / "bag"), "--sources", str(other)]) == 4
    (other / "bank.csv").write_text(TRANSACTIONS, encoding="utf-8")
    (other / "more.txt").write_text("later", encoding="utf-8")
    assert main(["seal", str(run), "--out", str(tmp_path / "bag"), "--sources", str(other)]) == 2
    assert not (tmp_path / "bag").exists()


def test_a_figure_forged_with_all_its_hashes_does_not_replay(run: Path, tmp_path: Path, capsys: Any):
    import polars as pl

    from followmoney.cli._stages import _hashes, _seal, written

    forged = tmp_path / "forged"
    shutil.copytree(run, forged)
    folder = forged / latest(forged)["trace"]
    holders = pl.read_parquet(folder / "holders.parquet")
    holders.with_columns(pl.col("claim") + 1).write_parquet(folder / "holders.parquet")
    manifest = json.loads((folder / "stage.json").read_text(encoding="utf-8"))
    del manifest["seal"]
    manifest["files"] = _hashes(folder)
    manifest["seal"] = _seal(manifest)
    (folder / "stage.json").write_text(written(manifest), encoding="utf-8")
    capsys.readouterr()
    assert main(["verify", str(forged)]) == 4
    rows = told(capsys)
    assert [name for name, row in rows.items() if row["result"] == "DIFFERS"] == ["claim"]
    assert main(["replay", str(forged)]) == 4
    assert told(capsys)["trace"]["differs"] == ["holders.parquet: differs"]
    assert main(["seal", str(forged), "--out", str(tmp_path / "bag")]) == 4
    assert "Not sealed: EUR held" in capsys.readouterr().err


def test_nothing_is_sealed_over_anything(run: Path, sealed: Path, tmp_path: Path, capsys: Any):
    before = {n: p.read_bytes() for n, p in files(sealed).items()}
    assert main(["seal", str(run), "--out", str(sealed)]) == 2
    assert main(["seal", str(sealed), "--out", str(tmp_path / "bag")]) == 2
    assert main(["seal", str(tmp_path), "--out", str(tmp_path.parent / "bag")]) == 2
    assert main(["seal", str(run), "--out", str(run / "bag")]) == 2
    assert main(["verify", str(tmp_path)]) == 2
    assert main(["verify", str(tmp_path / "nowhere")]) == 2
    assert {n: p.read_bytes() for n, p in files(sealed).items()} == before
    capsys.readouterr()


def test_a_report_alone_is_sealed_and_replayed(run: Path, sources: Path, tmp_path: Path, capsys: Any):
    out, bag_ = tmp_path / "report", tmp_path / "bag"
    assert main(["report", str(sources), "--claim", "t1", "--out", str(out)]) == 0
    assert (out / "report.html").read_bytes() == (run / "report.html").read_bytes()
    assert main(["verify", str(out)]) == 0
    assert main(["seal", str(out), "--out", str(bag_), "--sources", str(sources), "--day", "2024-10-07"]) == 0
    assert "Bagging-Date: 2024-10-07\n" in (bag_ / "bag-info.txt").read_text(encoding="utf-8")
    assert main(["replay", str(bag_)]) == 0
    assert main(["replay", str(out)]) == 2
    assert "--sources" in capsys.readouterr().err


def test_a_record_of_settings_says_whether_a_rule_was_named(run: Path, sources: Path, tmp_path: Path):
    named = tmp_path / "named"
    assert main(["run", str(sources), "--out", str(named), "--claim", "t1", "--rule", "lowest_balance"]) == 0
    assert "no rule was named" in (run / "report.html").read_text(encoding="utf-8")
    assert "lowest_balance was named" in (named / "report.html").read_text(encoding="utf-8")
    assert main(["replay", str(named)]) == 0


def test_a_specification_of_the_callers_travels_with_the_sources(tmp_path: Path, capsys: Any):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bank.csv").write_text(TRANSACTIONS, encoding="utf-8")
    (tmp_path / "ours.toml").write_text(SPECIFICATION, encoding="utf-8")
    (tmp_path / "case.toml").write_text('[load]\nspecification = "ours.toml"\n', encoding="utf-8")
    (tmp_path / "else.toml").write_text(SPECIFICATION + "\n", encoding="utf-8")
    out, bag_, data = tmp_path / "run", tmp_path / "bag", str(tmp_path / "in" / "bank.csv")
    assert main(["run", data, "--config", str(tmp_path / "case.toml"), "--out", str(out)]) == 0
    call = ["seal", str(out), "--out", str(bag_), "--sources", data]
    assert main(call) == 2
    assert "--specification" in capsys.readouterr().err
    assert main([*call, "--specification", str(tmp_path / "else.toml")]) == 2
    assert main([*call, "--specification", str(tmp_path / "ours.toml")]) == 0
    assert main(["replay", str(bag_)]) == 0


def test_the_metadata_says_from_what_and_by_what_it_was_made(sealed: Path):
    graph = json.loads((sealed / "data" / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    by = {entity["@id"]: entity for entity in graph}
    assert by["./"]["name"] == "Case"
    assert by["sources/bank.csv"]["sha256"] == sha256(sealed / "data" / "sources" / "bank.csv")
    assert "sources/a%20letter.txt" in by
    made = by["#run"]
    assert {"@id": "sources/bank.csv"} in made["object"]
    assert {"@id": "settings.toml"} in made["object"]
    assert {"@id": "report.html"} in made["result"]
    assert {"@id": "#polars"} in made["instrument"]
    referred = [r["@id"] for e in graph for value in e.values() if isinstance(value, list) for r in value]
    assert set(referred) <= set(by)


def test_a_bag_never_leads_outside(sealed: Path, tmp_path: Path, capsys: Any):
    bag_ = tmp_path / "bag"
    shutil.copytree(sealed, bag_)
    (bag_ / "data" / "replay.json").write_text('{"paths": ["../../.."], "specification": null}', encoding="utf-8")
    (bag_ / "data" / "ro-crate-metadata.json").write_text('{"@graph": []}', encoding="utf-8")
    bag.close(bag_, {})
    assert main(["replay", str(bag_)]) == 4  # the metadata no longer describes the files
    assert main(["verify", str(bag_)]) == 4
    capsys.readouterr()


@pytest.mark.parametrize("name", ["100%.csv", "a\\b.csv", "two\nlines.csv", "end "])
def test_a_name_that_two_programs_would_write_differently_is_refused(tmp_path: Path, name: str):
    from followmoney.errors import InputError

    (tmp_path / "data").mkdir()
    (tmp_path / "data" / name).write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot carry"):
        bag.close(tmp_path, {})
