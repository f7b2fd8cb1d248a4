"""A stage of a run: its result is a folder named after everything that went into it, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from followmoney._version import __version__
from followmoney.cli._private import private
from followmoney.cli._progress import doing
from followmoney.errors import SettingsError

Facts = Mapping[str, Any]
MANIFEST = "stage.json"
PART = ".part"
_LENGTH = 12  # hex digits of a key in a folder's name; the whole key is in its manifest


_LEFT = re.compile(
    r"\.((check|detect|cluster|trace|case|report)-[0-9a-f]{12}|[a-z]+\.(json|toml|html|csv|parquet))\.part"
)
"""What a stopped run may leave half written; files of others with such an ending are not ours to remove."""


@dataclass(frozen=True)
class Result:
    """What a stage left on disk."""

    name: str
    folder: Path
    state: str
    """`done` now, or `kept` from an earlier run with the same inputs and settings."""

    @property
    def facts(self) -> dict[str, Any]:
        """What the stage says of its result: counts, notes."""
        return dict(json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))["facts"])


def written(manifest: Mapping[str, Any]) -> str:
    """A manifest as it stands in its file."""
    return json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def key(stage: str, inputs: Mapping[str, str], version: str = __version__) -> str:
    """SHA-256 over the stage, the version and the named hashes of what goes in."""
    text = json.dumps([stage, version, sorted(inputs.items())])
    return hashlib.sha256(text.encode()).hexdigest()


def stage(out: Path, name: str, inputs: Mapping[str, str], write: Callable[[Path], Facts], what: str) -> Result:
    """The result of a stage: kept if it is there and whole, otherwise written into a folder beside and renamed.

    `write` fills a folder and returns facts for the manifest. A stop at any moment leaves no result or a whole one.
    """
    full = key(name, inputs)
    folder = out / f"{name}-{full[:_LENGTH]}"
    if whole(folder):
        return Result(name, folder, "kept")
    part = out / f".{folder.name}{PART}"
    with doing(what), private():
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700, parents=True)
        try:
            facts = write(part)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        manifest: dict[str, Any] = {
            "stage": name,
            "key": full,
            "version": __version__,
            "inputs": dict(inputs),
            "facts": dict(facts),
            "files": _hashes(part),
        }
        manifest["seal"] = _seal(manifest)
        (part / MANIFEST).write_text(written(manifest), encoding="utf-8")
        for path in part.rglob("*"):
            path.chmod(0o600 if path.is_file() else 0o700)  # bank data: for the owner only
        if folder.is_symlink():
            folder.unlink()
        shutil.rmtree(folder, ignore_errors=True)
        part.replace(folder)
    return Result(name, folder, "done")


def whole(folder: Path) -> bool:
    """Whether every file of a result, and what the stage said of it, is there as it was written."""
    try:
        if folder.is_symlink() or any(path.is_symlink() for path in folder.rglob("*")):
            return False
        manifest: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        sealed = manifest.pop("seal") == _seal(manifest)
        named = folder.name == f"{manifest['stage']}-{manifest['key'][:_LENGTH]}"
        return sealed and named and manifest["files"] == _hashes(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def sha256(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _seal(manifest: Mapping[str, Any]) -> str:
    """SHA-256 over all a manifest says, facts and hashes alike."""
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()


@contextmanager
def alone(out: Path) -> Generator[None]:
    """Hold the folder of a run, and clear away what a stopped run left half written."""
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = _lock(out)
    try:
        for stale in (p for p in out.glob(f".*{PART}") if _LEFT.fullmatch(p.name)):
            shutil.rmtree(stale) if stale.is_dir() else stale.unlink()
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _lock(out: Path) -> int | None:
    """Lock the folder itself: no lock file can be left behind. Where folders cannot be locked, nothing is."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    handle = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise SettingsError(f"Another run is writing to {out}; wait for it, or give another --out.") from None
    except OSError:  # a file system without locks
        pass
    return handle


def _hashes(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != MANIFEST:
            found[name] = sha256(path)
    return found
