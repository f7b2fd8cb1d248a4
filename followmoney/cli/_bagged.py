"""Results and, if wanted, their sources copied into a bag: whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from followmoney.cli._apart import apart
from followmoney.cli._private import private
from followmoney.cli._results import contents, unchanged, understood
from followmoney.cli._sealed import REPLAY, SOURCES, SPECIFICATION, Held, held
from followmoney.cli._signing import Signing
from followmoney.cli._sources import copied, same, specified, unread
from followmoney.custody import bag
from followmoney.custody.check import Check
from followmoney.custody.crate import NAME, crate
from followmoney.custody.pack import manifest
from followmoney.errors import ReconcileError, SettingsError
from followmoney.ledger.swap import swap
from followmoney.readers._found import given
from followmoney.reports._folder import MANIFEST


def bagged(
    folder: Path,
    out: Path,
    sources: Sequence[Path],
    specification: Path | None,
    day: date | None,
    *,
    signing: Signing | None = None,
) -> str:
    """Write the bag; returns its seal.

    Raises:
        ReconcileError: The results are not as they were written, or do not add up.
        InputError: The sources are not those of the run.
        SettingsError: `out` is there already, the folder is sealed, or there are no pages to sign.
    """
    _new(folder, out, sources)
    _sound(unchanged(folder))
    _sound(understood(lambda: contents(folder)))
    place = held(folder)
    paths = given(sources) if sources else []
    chosen = _specification(place, specification) if paths else None
    if paths:
        _sound([same(paths, place.sources())])
        unread(paths, place)
    out.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        with private():
            _copy(work / bag.DATA, place, paths, chosen)
            if signing is not None:
                signing.sign(work / bag.DATA)
            _describe(work / bag.DATA, place, day)
            found = bag.close(work, _info(place, day))
        for path in work.rglob("*"):
            path.chmod(0o700 if path.is_dir() else 0o600)
        if out.exists():
            out.rmdir()  # empty, or somebody wrote into it meanwhile
        swap(work, out)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return found


def _new(folder: Path, out: Path, sources: Sequence[Path]) -> None:
    apart(out, folder, *sources)
    if bag.is_bag(folder):
        raise SettingsError(f"{folder} is sealed already; give the folder of a run or a report.")
    if out.is_symlink() or (out.exists() and not (out.is_dir() and not any(out.iterdir()))):
        raise SettingsError(f"{out} is there already, and what is sealed is never written over; name a new folder.")


def _sound(found: Sequence[Check]) -> None:
    wrong = [line for one in found if not one.holds for line in one.differs]
    if wrong:
        more = f" and {len(wrong) - 1:,} more" if len(wrong) > 1 else ""
        raise ReconcileError(
            f"Not sealed: {wrong[0]}{more}. See all with `followmoney verify`, or start the run again."
        )


def _specification(place: Held, given_: Path | None) -> Path | None:
    from followmoney.cli._latest import SETTINGS
    from followmoney.settings import Settings

    recorded = place.sources()
    settings = Settings.from_toml(place.data / SETTINGS) if place.stages else None
    return specified(given_, settings.specification() if settings else None, recorded)


def _copy(data: Path, place: Held, paths: Sequence[Path], chosen: Path | None) -> None:
    for name in place.names():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place.data / name, data / name)
    if paths:
        told: dict[str, object] = {"paths": copied(paths, data / SOURCES), "specification": None}
        if chosen is not None:
            (data / SPECIFICATION).mkdir()
            shutil.copyfile(chosen, data / SPECIFICATION / chosen.name)
            told["specification"] = chosen.name
        (data / REPLAY).write_text(
            json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
        )


def _describe(data: Path, place: Held, day: date | None) -> None:
    run = manifest(place.data)["run"]
    inputs = place.sources().sort("source").select("source", "sha256", "size").to_dicts()
    text = crate(
        data, name=str(run["case"]), day=_day(place, day), inputs=inputs, versions=run["versions"], taken=SOURCES
    )
    (data / NAME).write_bytes(text)


def _info(place: Held, day: date | None) -> dict[str, str]:
    told = manifest(place.data)
    info = {
        "Bag-Software-Agent": f"followmoney {told['run']['versions']['followmoney']}",
        "External-Description": f"Results of followmoney: {told['run']['case']}",
        "External-Identifier": str(told["fingerprint"]),
    }
    return info if day is None else {**info, "Bagging-Date": day.isoformat()}


def _day(place: Held, day: date | None) -> str:
    """The day given, or that on which the report was written."""
    written = datetime.fromtimestamp((place.data / MANIFEST).stat().st_mtime, UTC).date()
    return (day or written).isoformat()
