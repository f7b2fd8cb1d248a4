"""A run done again beside the first, and what is the same."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followmoney.cli._latest import SETTINGS
from followmoney.cli._pipeline import Pipeline
from followmoney.cli._results import unchanged
from followmoney.cli._sealed import REPLAY, SOURCES, SPECIFICATION, Held, held
from followmoney.cli._sources import same, specified
from followmoney.cli._stages import sha256
from followmoney.errors import InputError
from followmoney.readers._found import given
from followmoney.reports._folder import JOURNAL, TEMPLATE

if TYPE_CHECKING:
    from followmoney.custody.check import Check


@dataclass(frozen=True)
class _Inputs:
    """What to compute from."""

    paths: Sequence[Path]
    specification: Path | None
    how: str


def replayed(folder: Path, sources: Sequence[Path], specification: Path | None) -> tuple[list[Check], list[str]]:
    """Check files and inputs, compute again, compare; what holds, and notes."""
    from followmoney.custody.check import check
    from followmoney.settings import Settings

    found = unchanged(folder)
    if not all(one.holds for one in found):
        return found, ["Not computed again: the files are not those that were written."]
    place = held(folder)
    with tempfile.TemporaryDirectory(prefix="followmoney-") as name:
        work = Path(name)
        settings = Settings.from_toml(_settings(place, work))
        inputs = _inputs(place, sources, specification, settings.specification())
        found.append(same(inputs.paths, place.sources()))
        if not found[-1].holds:
            return found, ["Not computed again: the sources are not those that were read."]
        pipeline = Pipeline(inputs.paths, settings, work / "run")
        pipeline.specification = inputs.specification
        pipeline.journal_file = place.data / JOURNAL if (place.data / JOURNAL).is_file() else None
        pipeline.template = place.data / TEMPLATE if (place.data / TEMPLATE).is_file() else None
        pipeline.run()
        for stage in place.stages:
            result = pipeline.results.get(stage)
            if result is None:
                found.append(check(stage, "It has this stage.", 1, [f"{stage}: nothing is claimed now"]))
                continue
            before, now = place.manifest(stage), json.loads((result.folder / "stage.json").read_text(encoding="utf-8"))
            files = _compared(place.data / place.stages[stage], result.folder, before["files"], now["files"])
            wrong = [*files, *_facts(before["facts"], now["facts"])]
            of = len({*before["files"], *now["files"]} | {*before["facts"], *now["facts"]})
            found.append(check(stage, "Computed again, every byte and every count is the same.", of, wrong))
        made, again = _report(place.data), _report(work / "run")
        wrong = _compared(place.data, work / "run", made, again)
        found.append(check("report again", "Written again, the report is the same.", len({*made, *again}), wrong))
    return found, [inputs.how, *_versions(place)]


def _settings(place: Held, work: Path) -> Path:
    from followmoney.custody.pack import manifest

    if place.stages:
        return place.data / SETTINGS
    text = manifest(place.data)["run"]["settings"]
    if not text:
        raise InputError(
            f"{place.given} does not say its settings: the report was written without; it cannot be replayed."
        )
    (work / SETTINGS).write_text(text, encoding="utf-8")
    return work / SETTINGS


def _inputs(place: Held, sources: Sequence[Path], given_: Path | None, named: Path | None) -> _Inputs:
    """The sources given, those sealed, or the saved ledger, in this order."""
    recorded = place.sources()
    if sources:
        return _Inputs(given(sources), specified(given_, named, recorded), "Computed again from the sources given.")
    if place.bag and (place.data / REPLAY).is_file():
        paths, kept = _sealed(place.data)
        return _Inputs(paths, specified(given_, kept, recorded), "Computed again from the sources sealed with it.")
    if not place.stages:
        raise InputError(
            f"{place.given} has no ledger and no sources: give them with --sources, as they were given then."
        )
    how = "Computed again from the saved ledger; give --sources to read the files again as well."
    return _Inputs([place.ledger], None, how)


def _sealed(data: Path) -> tuple[list[Path], Path | None]:
    """The sources and the import specification that lie in a bag, and nothing outside it."""
    try:
        told: dict[str, Any] = json.loads((data / REPLAY).read_text(encoding="utf-8"))
        paths = [data / SOURCES / str(path) for path in told["paths"]]
        named = told["specification"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{data / REPLAY} is not as followmoney writes it ({error}); give --sources.") from None
    kept = data / SPECIFICATION / str(named) if named else None
    outside = [p for p in [*paths, *([kept] if kept else [])] if not p.resolve().is_relative_to(data.resolve())]
    if outside:
        raise InputError(f"{data / REPLAY} names {outside[0]}, which is not in the folder; give --sources.")
    return paths, kept


def _compared(before: Path, now: Path, old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """What differs between the files of two folders, given their hashes."""
    wrong: list[str] = []
    for name in sorted({*old, *new}):
        if name not in new:
            wrong.append(f"{name} is not written any more")
        elif name not in old:
            wrong.append(f"{name} was not there")
        elif old[name] != new[name]:
            alike = _rows(before / name, now / name)
            wrong.append(f"{name}: {'the same rows in other bytes' if alike else 'differs'}")
    return wrong


def _rows(one: Path, other: Path) -> bool:
    """Whether two tables have the same rows."""
    import polars as pl

    read = {".parquet": pl.read_parquet, ".arrow": pl.read_ipc}.get(one.suffix)
    return read is not None and read(one).equals(read(other))


def _facts(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    return [
        f"{name}: {old.get(name)!r}, now {new.get(name)!r}"
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]


def _report(folder: Path) -> dict[str, str]:
    from followmoney.reports._folder import FILES

    return {name: sha256(folder / name) for name in sorted(FILES) if (folder / name).is_file()}


def _versions(place: Held) -> list[str]:
    """What was computed with another version then: the first thing to look at where bytes differ."""
    from followmoney.custody.pack import manifest
    from followmoney.reports._manifest import versions

    then, now = manifest(place.data)["run"]["versions"], versions()
    other = [
        f"{name} {version} then, {now.get(name)} now"
        for name, version in sorted(then.items())
        if now.get(name) != version
    ]
    return [f"Versions: {'; '.join(other)}."] if other else []
