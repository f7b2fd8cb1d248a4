"""The folder of a report alone: its own manifest names every file, its hash and its rows."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import polars as pl

from followmoney.custody.check import Check, check
from followmoney.custody.files import empty, files, sha256
from followmoney.reports import _manifest as manifests
from followmoney.reports._folder import FILES, MANIFEST


def manifest(folder: Path) -> dict[str, Any]:
    """What the manifest of a report says; empty where there is none of ours."""
    try:
        read: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        _ = {output["file"]: output["sha256"] for output in read["outputs"]}, read["run"]["settings"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return dict(read)


def report(folder: Path, *, alone: bool) -> list[Check]:
    """Whether every file of a report is the one its manifest names; `alone`: and no other is there."""
    told = manifest(folder)
    if not told:
        return [check("report", "The report has a manifest.", 1, [f"{folder / MANIFEST} is not that of a report"])]
    listed = {str(output["file"]): output for output in told["outputs"]}
    there = {n: p for n, p in files(folder).items() if alone or n in FILES}
    came = empty(folder) if alone else []
    wrong = [f"{name} is missing" for name in listed if name not in there]
    wrong += [f"{name} is not of the report" for name in there if name not in listed and name != MANIFEST]
    wrong += [f"{name} is not of the report" for name in came]
    good = {name: path for name, path in there.items() if name in listed and sha256(path) == listed[name]["sha256"]}
    wrong += [f"{name} is not as it was written" for name in there if name in listed and name not in good]
    counted = {name: rows for name, path in good.items() if (rows := _rows(path)) is not None}
    wrong += [f"{name} has other rows than told" for name, rows in counted.items() if listed[name]["rows"] != rows]
    text = json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if (folder / MANIFEST).read_bytes() != text.encode() or told.get("fingerprint") != manifests.fingerprint(
        told["run"]
    ):
        wrong.append(f"{MANIFEST} is not as it was written")
    return [
        check("report", "Every file of the report is the one its manifest names.", len({*listed, *there, *came}), wrong)
    ]


def _rows(path: Path) -> int | None:
    """Rows of a table; None of what is no table (its hash covers it)."""
    if path.suffix == ".parquet":
        return pl.scan_parquet(path).select(pl.len()).collect().item()
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return sum(1 for _ in csv.reader(file)) - 1
    return None
