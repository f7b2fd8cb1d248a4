"""A bag (BagIt 1.0, RFC 8493): a folder whose every byte is under a hash that `sha256sum -c` checks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from followmoney.custody.check import Check, check
from followmoney.custody.files import empty, files, sha256
from followmoney.errors import InputError

DATA = "data"
"""Folder of the payload."""
DECLARATION, INFO, MANIFEST, TAGS = "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
_DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_TAGGED = (INFO, DECLARATION, MANIFEST)
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def is_bag(folder: Path) -> bool:
    """Whether a folder is, or was, a bag."""
    listed = any((folder / name).exists() for name in (MANIFEST, TAGS))  # also where its payload is gone
    return listed or ((folder / DATA).is_dir() and any((folder / name).exists() for name in _TAGGED))


def close(folder: Path, info: Mapping[str, str]) -> str:
    """Make a bag of a folder whose payload lies in `data/`; returns its seal, the SHA-256 of its last manifest.

    Whoever wrote the seal down can tell this bag from every other: it covers all manifests, and they every file.

    Raises:
        InputError: A file has a name that a bag cannot carry.
    """
    payload = files(folder / DATA)
    for name in payload:
        _carried(name)
    octets = sum(path.stat().st_size for path in payload.values())
    said = {**info, "Payload-Oxum": f"{octets}.{len(payload)}"}
    (folder / DECLARATION).write_bytes(_DECLARED)
    text = "".join(f"{key}: {' '.join(value.split())}\n" for key, value in sorted(said.items()))
    (folder / INFO).write_bytes(text.encode())
    lines = {f"{DATA}/{name}": sha256(path) for name, path in payload.items()}
    (folder / MANIFEST).write_bytes(_written(lines))
    (folder / TAGS).write_bytes(_written({name: sha256(folder / name) for name in _TAGGED}))
    return seal(folder)


def seal(folder: Path) -> str:
    """The seal of a bag as it is now."""
    return sha256(folder / TAGS)


def checks(folder: Path) -> list[Check]:
    """Whether every file of a bag is the one that was put in, and no other is there. Cost: one pass over the files."""
    there = files(folder)
    tags, listed = _read(folder / TAGS), _read(folder / MANIFEST)
    wrong = [f"{name} is not as it was sealed" for name in _TAGGED if tags.get(name) != sha256(folder / name)]
    if _bytes(folder / DECLARATION) != _DECLARED and not any(w.startswith(DECLARATION) for w in wrong):
        wrong.append(f"{DECLARATION} is not that of a bag")
    if set(tags) != set(_TAGGED) or _bytes(folder / TAGS) != _written(tags):
        wrong.append(f"{TAGS} is not as it was sealed")
    payload = {name: path for name, path in there.items() if name.startswith(f"{DATA}/") and name in listed}
    strange = [name for name in there if name not in listed and name not in {*_TAGGED, TAGS}] + empty(folder)
    differs = [
        *(f"{name} is missing" for name in listed if name not in payload),
        *(f"{name} is not as it was sealed" for name in payload if sha256(payload[name]) != listed[name]),
        *(f"{name} was not sealed" for name in strange),
    ]
    return [
        check("manifests", "The manifests of the bag are those that were sealed.", len(_TAGGED) + 1, wrong),
        check("files", "Every file is the one that was sealed, and no other is there.",
              len({*listed, *strange}), differs),
    ]  # fmt: skip


def sealed(folder: Path, expected: str) -> Check:
    """Whether the bag has the seal that was written down when it was made."""
    same = seal(folder) == expected.strip().lower()
    wrong = [] if same else [f"the seal is {seal(folder)}, not {expected.strip().lower()}"]
    return check("seal", "The seal is the one that was written down.", 1, wrong)


def _carried(name: str) -> None:
    """Stop at a name that BagIt and sha256sum write differently."""
    if not name.isprintable() or "%" in name or "\\" in name or name != name.strip():
        raise InputError(
            f"A bag cannot carry a file named {name!r} (%, \\, spaces at an end or signs that cannot be printed): "
            "rename it and run again, or seal without the sources."
        )


def _written(hashes: Mapping[str, str]) -> bytes:
    lines = (f"{digest}  {name}\n" for name, digest in sorted(hashes.items()))
    return "".join(lines).encode("utf-8", "surrogateescape")


def _read(path: Path) -> dict[str, str]:
    lines: Iterable[str] = _bytes(path).decode("utf-8", "surrogateescape").split("\n")
    return {m[2]: m[1] for line in lines if (m := _LINE.fullmatch(line))}


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else b""
