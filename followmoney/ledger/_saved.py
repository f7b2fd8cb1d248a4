"""A checked, numbered ledger on disk: Arrow files that are mapped into memory, and a manifest with their hashes."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney._version import __version__
from followmoney.errors import InputError
from followmoney.ledger._alike import alike
from followmoney.ledger._merges import no_merges
from followmoney.ledger.swap import swap
from followmoney.schema import TABLES

if TYPE_CHECKING:
    from followmoney.ledger.ledger import Ledger

MANIFEST = "ledger.json"
_FORMAT = 1


def save(ledger: Ledger, folder: Path) -> Path:
    """Write the ledger whole or not at all: into a temporary folder beside, then rename. Files are private (0600)."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise InputError(f"{folder} exists and is not a saved ledger; name a new folder.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        frames = {
            "transactions": ledger.numbered,
            **ledger.tables,
            "_refused": ledger.refused,
            "_sources": ledger.sources,
            **({"_merges": ledger.merges} if len(ledger.merges) else {}),
        }
        for name, frame in frames.items():
            alike(frame).write_ipc(work / f"{name}.arrow", compression="uncompressed")
        hashes = {p.name: _sha256(p) for p in sorted(work.iterdir())}
        manifest = {
            "format": _FORMAT,
            "version": __version__,
            "fingerprint": ledger.fingerprint,
            "notes": list(ledger.notes),
            "files": hashes,
        }
        (work / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        for path in work.iterdir():
            path.chmod(0o600)
        swap(work, folder)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return folder


def is_saved(path: Path) -> bool:
    """Whether the folder holds a saved ledger."""
    return (path / MANIFEST).is_file()


def reopen(folder: Path, *, verify: bool = False) -> Ledger:
    """Map a saved ledger into memory; `verify=True` also checks every file against its hash."""
    from followmoney.ledger.ledger import Ledger

    try:
        manifest: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        _sound(manifest)
        if manifest["format"] != _FORMAT:
            raise InputError(
                f"{folder} was saved in format {manifest['format']}, this version reads {_FORMAT}; "
                "load the sources again."
            )
        names = [name.removesuffix(".arrow") for name in manifest["files"]]
        strange = sorted(set(names) - {*TABLES, "_refused", "_sources", "_merges"})
        if strange:
            raise InputError(f"{folder / MANIFEST} names a table that is none of ours: {strange[0]!r}.")
        if verify:
            for name, sha256 in manifest["files"].items():
                if _sha256(folder / name) != sha256:
                    raise InputError(
                        f"{folder / name} is not the file that was saved (its SHA-256 differs); load the sources again."
                    )
        frames = {name: _mapped(folder / f"{name}.arrow") for name in names}
    except (OSError, KeyError, ValueError, NotImplementedError, RecursionError, pl.exceptions.PolarsError) as error:
        raise InputError(f"{folder} is not a whole saved ledger ({error}); load the sources again.") from None
    numbered, refused, sources = frames.pop("transactions"), frames.pop("_refused"), frames.pop("_sources")
    merges = frames.pop("_merges", no_merges())
    return Ledger(numbered, frames, refused, sources, tuple(manifest["notes"]), merges)


def _sound(manifest: Any) -> None:  # noqa: ANN401
    """Stop where a manifest has not the shape it was saved with."""
    told: dict[str, Any] = manifest if isinstance(manifest, dict) else {}  # pyright: ignore[reportUnknownVariableType]
    files, notes = told.get("files"), told.get("notes")
    if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):  # pyright: ignore[reportUnknownVariableType]
        raise ValueError(f"{MANIFEST} has no list of notes")
    needed = {"transactions.arrow", "_refused.arrow", "_sources.arrow"}
    names = set[str](files if isinstance(files, dict) else ())  # pyright: ignore[reportUnknownArgumentType]
    if not needed <= names or not all(name.endswith(".arrow") for name in names):
        raise ValueError(f"{MANIFEST} does not name the files of a saved ledger")


def _mapped(path: Path) -> pl.DataFrame:
    """Arrow's own reader maps the file without copying it; polars' copies (measured four times slower)."""
    import pyarrow as pa  # pyright: ignore[reportMissingTypeStubs]

    table: Any = pa.ipc.open_file(pa.memory_map(str(path))).read_all()  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType, reportUnknownArgumentType]
    frame = pl.from_arrow(table)  # pyright: ignore[reportUnknownMemberType]
    assert isinstance(frame, pl.DataFrame)
    return frame


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
