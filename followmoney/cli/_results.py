"""Everything that must hold of a run or a report: bytes first, then figures and evidence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.cli._latest import LATEST, SETTINGS
from followmoney.cli._sealed import Held, held
from followmoney.cli._stages import MANIFEST, key, sha256, whole, written
from followmoney.errors import FollowmoneyError

if TYPE_CHECKING:
    from followmoney.custody.check import Check


def unchanged(folder: Path) -> list[Check]:
    """Whether the files are those that were written; nothing in them is trusted before."""
    from followmoney.custody import bag
    from followmoney.custody.check import check
    from followmoney.custody.crate import described
    from followmoney.custody.pack import report

    found = bag.checks(folder) if bag.is_bag(folder) else []
    if not all(one.holds for one in found):
        return found
    try:
        place = held(folder)
    except FollowmoneyError as error:
        if not (found or (folder / LATEST).exists()):
            raise
        return [*found, check("run", "It is a run or a report.", 1, [str(error)])]
    if place.bag:
        found.append(described(place.data))
    if place.stages:
        found += understood(lambda: [*_results(place), _settings(place)])
    return [*found, *understood(lambda: [*report(place.data, alone=not (place.stages or place.bag)), *_journal(place)])]


def _journal(place: Held) -> list[Check]:
    """The decisions, where the report has any."""
    from followmoney.custody.journal import journal
    from followmoney.custody.pack import manifest

    return journal(place.data, manifest(place.data).get("run", {}))


def understood(ask: Callable[[], Iterable[Check]]) -> list[Check]:
    """The checks; one that does not hold where somebody else's files have not the shape of ours."""
    import polars as pl

    from followmoney.custody.check import check

    try:
        return list(ask())
    except (FollowmoneyError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return [check("shape", "Its files are as followmoney writes them.", 1, [f"{type(error).__name__}: {error}"])]
    except pl.exceptions.PolarsError as error:
        return [check("shape", "Its tables are as followmoney writes them.", 1, [f"{type(error).__name__}: {error}"])]


def contents(folder: Path) -> Iterator[Check]:
    """Whether the tables of a run add up and its evidence is in the ledger; of files that are `unchanged`."""
    import polars as pl

    from followmoney.custody import evidence, figures
    from followmoney.readers import load

    place = held(folder)
    if not place.stages:
        return
    stages = {name: place.data / below for name, below in place.stages.items()}

    def tables(stage: str, *names: str) -> dict[str, pl.DataFrame]:
        return {name: pl.read_parquet(stages[stage] / f"{name}.parquet") for name in names}

    ledger = load(place.ledger, verify=True)
    kept = tables("check", "refused", "sources", "summary", "totals")
    yield from figures.rows(ledger, kept, place.manifest("check")["facts"])
    yield evidence.sources(ledger, kept["sources"])
    if "detect" in stages:
        found = tables("detect", "frame", "evidence")
        yield evidence.findings(found["frame"], found["evidence"])
        yield evidence.evidence("evidence", found["evidence"], ledger)
    if "trace" in stages:
        traced = tables("trace", "reconciliation", "holders", "exits", "transactions")
        yield figures.claim(traced)
        yield evidence.evidence("trace", traced["transactions"], ledger)


def _results(place: Held) -> Iterator[Check]:
    """Each stage as it was written, and made from the one before it."""
    from followmoney.custody.check import check
    from followmoney.custody.files import empty

    wrong = [
        f"{name}: a file is not as it was written"
        for name, below in place.stages.items()
        if not whole(place.data / below)
    ]
    if not wrong:
        told = {name: place.manifest(name) for name in place.stages}
        wrong = [
            f"{name}: {MANIFEST} is not as it was written"
            for name, one in told.items()
            if (place.data / place.stages[name] / MANIFEST).read_bytes() != written(one).encode()
            or one["key"] != key(name, one["inputs"], one["version"])
        ]
        wrong += [
            f"{name}: {came} was not there"
            for name, below in place.stages.items()
            for came in empty(place.data / below)
        ]
        wrong += [
            f"{name} was made from another result of {before}"
            for name, one in told.items()
            for before, made in one["inputs"].items()
            if before in told and made != told[before]["key"]
        ]
    text = json.dumps(dict(place.stages), indent=1, sort_keys=True) + "\n"
    if (place.data / LATEST).read_bytes() != text.encode():
        wrong.append(f"{LATEST} is not as it was written")
    yield check("results", "Every stage is as it was written, from those before it.", len(place.stages) + 1, wrong)


def _settings(place: Held) -> Check:
    """The settings, and the report that lies in the folder, are those of the newest result."""
    from followmoney.custody.check import check
    from followmoney.reports._folder import FILES

    if "report" not in place.stages:
        return check("settings", "The run came to its end.", 1, ["it was stopped before its report; start it again"])
    told = place.manifest("report")
    wrong: list[str] = []
    if not (place.data / SETTINGS).is_file() or sha256(place.data / SETTINGS) != told["inputs"]["settings"]:
        wrong.append(f"{SETTINGS} is not what the report was made with")
    made = {Path(name).name: digest for name, digest in told["files"].items()}
    there = {name: sha256(place.data / name) for name in FILES if (place.data / name).is_file()}
    wrong += [
        f"{name} is not that of the newest report"
        for name in sorted({*made, *there})
        if made.get(name) != there.get(name)
    ]
    return check("settings", "Settings and report are those of the newest result.", 1 + len({*made, *there}), wrong)
