"""What is measured, each in a process of its own."""

from __future__ import annotations

import resource
from pathlib import Path
from time import process_time

from .dirty import Dirty
from .score import blocked, rates


def saved_once(folder: Path) -> None:
    """Check and number the parties, and save them for the measured run to reopen."""
    import followmoney as fm

    fm.load(folder / "sources").save(folder / "saved")


def ours(world: Dirty) -> None:
    """Resolve the holders against the register, and print what it took (imports apart) and how right it was."""
    import followmoney as fm
    import followmoney.resolution.resolve

    ledger = fm.load(world.folder / "saved")
    before = process_time()
    found = fm.resolve(ledger, who="holders")
    took, peak = process_time() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"followmoney: {took:.1f} CPU-s, {peak:,.0f} MB at most (all of the process)", flush=True)
    print(found, flush=True)
    pairs = found.pairs
    for name, part in (("same", pairs.filter(pairs["outcome"] == "same")), ("same or review", pairs)):
        precision, recall, f1 = rates(part, world.truth)
        print(
            f"{name:15} {len(part):9,} pairs: precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}", flush=True
        )
    best = max(
        ((rates(pairs.filter(pairs["weight"] >= at), world.truth), at) for at in range(-3, 9)), key=lambda x: x[0][2]
    )
    print(
        f"best F1 by weight alone: {best[0][2]:.4f} at {best[1]} (precision {best[0][0]:.4f}, recall {best[0][1]:.4f})",
        flush=True,
    )
    compared, recall = blocked(found.cards, found.weights, world.truth)
    print(f"{compared:,} pairs compared, {compared / took:,.0f} a CPU-second; blocking recall {recall:.4f}", flush=True)
