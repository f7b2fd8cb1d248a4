"""The manifest: what went in, how it was read and asked, what came out; everything by its hash, nothing by its path."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followmoney._version import __version__

if TYPE_CHECKING:
    from followmoney.case import Case

_LIBRARIES = ("igraph", "jinja2", "matplotlib", "numba", "numpy", "polars")


def versions() -> dict[str, str]:
    """Versions of whatever the figures depend on."""
    return {"followmoney": __version__} | {name: version(name) for name in _LIBRARIES}


def run(case: Case, settings: str) -> dict[str, Any]:
    """What went in: the same for the same question to the same evidence."""
    sources = (
        []
        if case.ledger is None
        else case.ledger.sources.sort("source")
        .select("source", "sha256", "size", "rows", "taken", "refused")
        .to_dicts()
    )
    trace = case.trace
    asked = (
        None
        if trace is None
        else {"claim": list(trace.claim), "rule": trace.rule, "until": trace.until.isoformat() if trace.until else None}
    )
    given = {"case": case.name, "inputs": sources, "trace": asked, "settings": settings, "versions": versions()}
    if not len(case.journal):
        return given
    decided = {"entries": len(case.journal), "head": case.journal.head, "handling": list(case.handling)}
    return {**given, "journal": decided}


def fingerprint(given: Mapping[str, Any]) -> str:
    """SHA-256 of `run`."""
    return hashlib.sha256(_text(given).encode()).hexdigest()


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file there is so far."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir()) if p.is_file()}


def write(path: Path, given: Mapping[str, Any], rows: Mapping[str, int]) -> None:
    """Write the manifest of a folder whose other files are all there."""
    outputs = [{"file": name, "sha256": digest, "rows": rows.get(name)} for name, digest in hashes(path.parent).items()]
    manifest = {"fingerprint": fingerprint(given), "run": given, "outputs": outputs}
    path.write_text(_text(manifest) + "\n", encoding="utf-8")


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False)
