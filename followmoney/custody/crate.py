"""Metadata of a sealed case as an RO-Crate: what each file is, what it was made from, by which program and settings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from followmoney.custody.check import Check, check
from followmoney.custody.files import files, sha256
from followmoney.reports._folder import TEMPLATE

NAME = "ro-crate-metadata.json"
_VERSION = "https://w3id.org/ro/crate/1.2"
_FORMATS = {
    ".arrow": "application/vnd.apache.arrow.file", ".csv": "text/csv", ".html": "text/html",
    ".json": "application/json", ".parquet": "application/vnd.apache.parquet", ".pdf": "application/pdf",
    ".toml": "application/toml", ".txt": "text/plain", ".xml": "application/xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


def crate(
    folder: Path, *, name: str, day: str, inputs: Sequence[Mapping[str, Any]], versions: Mapping[str, str], taken: str
) -> bytes:
    """The metadata of a folder, as it is to lie in it.

    Args:
        folder: The payload; every file in it becomes an entity with its hash and size.
        name: Of the case.
        day: ISO date.
        inputs: Files that were read: source, sha256, size; those that lie below `taken` are referred to there.
        versions: Of the program and the libraries its figures depend on.
        taken: Name of the folder in it that holds copies of the sources.
    """
    there = {file: path for file, path in files(folder).items() if file != NAME}
    entities = {_id(file): _file(_id(file), file, sha256(path), path.stat().st_size) for file, path in there.items()}
    read: list[str] = []
    for source in inputs:
        held = _id(f"{taken}/{source['source']}")
        read.append(held if held in entities else f"#{_id(source['source'])}")
        if held not in entities:  # named by its hash alone: it is not in the bag
            entities[read[-1]] = _file(read[-1], source["source"], source["sha256"], source["size"], "CreativeWork")
    copied = {file for file in entities if file.startswith(f"{_id(taken)}/")}
    settings = [name for name in ("settings.toml", TEMPLATE) if name in there]
    made = [file for file in map(_id, there) if file not in copied and file not in settings]
    programs = [
        {"@id": f"#{library}", "@type": "SoftwareApplication", "name": library, "softwareVersion": version}
        for library, version in sorted(versions.items())
    ]
    graph: list[Mapping[str, Any]] = [
        {"@id": NAME, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": _VERSION}},
        {
            "@id": "./", "@type": "Dataset", "name": name, "datePublished": day, "license": {"@id": "#rights"},
            "description": "Results of followmoney, with what they were made from, so that anyone can repeat them.",
            "hasPart": _refer(map(_id, there)), "mentions": {"@id": "#run"},
        },
        {
            "@id": "#rights", "@type": "CreativeWork", "name": "Case file",
            "description": "Not licensed; for those only who may read the case.",
        },
        {
            "@id": "#run", "@type": "CreateAction", "name": f"followmoney, on the sources of {name}",
            "instrument": _refer(str(program["@id"]) for program in programs),
            "object": _refer([*read, *settings]), "result": _refer(made),
        },
        *programs,
        *(entity for _, entity in sorted(entities.items())),
    ]  # fmt: skip
    text = json.dumps({"@context": f"{_VERSION}/context", "@graph": graph}, indent=1, ensure_ascii=False)
    return (text + "\n").encode()


def described(folder: Path) -> Check:
    """Whether the metadata names every file of a folder with its hash and size, and no other."""
    try:
        graph: Any = json.loads((folder / NAME).read_text(encoding="utf-8"))["@graph"]
        said = {e["@id"]: (e["sha256"], e["contentSize"]) for e in graph if e["@type"] == "File"}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return check("crate", "The metadata describes every file.", 1, [f"{NAME} cannot be read"])
    there = {_id(n): (sha256(p), str(p.stat().st_size)) for n, p in files(folder).items() if n != NAME}
    wrong = [f"{n} is not as {NAME} says" for n in sorted({*said, *there}) if said.get(n) != there.get(n)]
    return check("crate", "The metadata describes every file, with its hash and size.", len({*said, *there}), wrong)


def _id(name: str) -> str:
    return quote(name)


def _refer(ids: Any) -> list[dict[str, str]]:  # noqa: ANN401
    return [{"@id": each} for each in ids]


def _file(ref: str, name: str, digest: str, size: int, kind: str = "File") -> dict[str, Any]:
    form = _FORMATS.get(Path(name).suffix.lower(), "application/octet-stream")
    return {
        "@id": ref, "@type": kind, "name": name, "encodingFormat": form, "contentSize": str(size), "sha256": digest,
    }  # fmt: skip
