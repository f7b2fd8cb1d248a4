"""Precision and recall of every pattern on labelled ledgers: `python -m benchmarks.quality --data DIR --out rates.md`.

Ledgers: a world of our own generator (default thresholds only), and public ones where `--data` (or
FOLLOWMONEY_LABELLED) names their folder; on these also thresholds tuned on the first half.
Ends with 1 where nothing could be measured; figures never fail it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.generator.world.planted import KINDS

from .card import markdown, ship
from .labelled import Labelled
from .measured import Line, lines
from .rings import Recovery, recovered
from .sources import public, world

_OF_A_KIND = 24  # half of them are reported on
_SEED = 2  # 1 is the world that patterns are timed on, and developed with


def main() -> int:
    """Read the options, measure, print the table."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    ask.add_argument("--size", type=int, default=300_000, help="transactions of the generated world (default 300000)")
    every = _OF_A_KIND * len(KINDS)
    ask.add_argument("--schemes", type=int, default=every, help=f"its schemes and look-alikes (default {every})")
    ask.add_argument("--days", type=int, default=220, help="its days; dormant accounts need 220 (default 220)")
    ask.add_argument("--seed", type=int, default=_SEED, help=f"its seed (default {_SEED})")
    ask.add_argument("--data", type=Path, help="folder with amlgentex_fm1 and amlsim_20k, as they are published")
    ask.add_argument("--only", default="", help="only patterns whose name has this in it")
    ask.add_argument("--draws", type=int, default=200, help="thresholds tried at random in tuning (default 200)")
    ask.add_argument("--short", action="store_true", help="no tuning, no networks, and the generated world only")
    ask.add_argument("--keep", type=Path, help="folder to keep the generated world in (default: a temporary one)")
    ask.add_argument("--out", type=Path, help="file to write the table to, as Markdown")
    ask.add_argument("--ship", type=Path, help="file to write the figures to that the package ships")
    told = ask.parse_args()
    folder = told.data or (Path(given) if (given := os.environ.get("FOLLOWMONEY_LABELLED")) else None)
    with tempfile.TemporaryDirectory(prefix="followmoney-quality-") as temporary:
        data = [world(told.keep or Path(temporary), told.size, told.schemes, told.seed, told.days)]
        if folder is None and not told.short:
            print("Public ledgers left out: --data names no folder.", file=sys.stderr)
        elif folder is not None and not told.short:
            data += list(public(folder))
        rates: list[Line] = [
            line
            for ledger in data
            for line in lines(ledger, draws=0 if ledger is data[0] else told.draws, only=told.only)
        ]
        rings = [] if told.short else networks(data)
    text = markdown(data, rates, rings, told.draws)
    print(text)
    if told.out:
        told.out.write_text(text, encoding="utf-8")
    if told.ship:
        ship(told.ship, data, rates, told.draws)
    return 0 if rates else 1


def networks(data: list[Labelled]) -> list[tuple[str, str, Recovery]]:
    """How well every method gives back the rings of every ledger."""
    from followmoney.communities import catalogue

    unasked = sorted(catalogue().keys() - {"seeds"})  # which must be told around whom to look
    return [(ledger.name, name, recovered(ledger, name)) for ledger in data for name in unasked]


if __name__ == "__main__":
    sys.exit(main())
