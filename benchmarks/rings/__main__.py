"""Ring F1, ARI and time a tie of every community method and of what else is installed, on planted rings."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from .peers import Grouping, peers
from .planted import planted
from .score import ari, ring_f1

RESOLUTIONS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1.0, 1.5)
"""The default of `leiden` is the one of these with the best mean of ring F1 and ARI on seeds 1 to 4, sizes 100,000 and
400,000 (there seeds 1 and 2), 10 and 30 transactions an account; figures in its docstring are of seeds 5 to 8."""


def methods(*, sweep: bool) -> Iterator[tuple[str, Grouping]]:
    """Our methods that group a whole ledger, with their defaults or at every resolution; then the peers."""
    from followmoney.communities import catalogue
    from followmoney.communities.leiden import Leiden

    for name, method in catalogue().items():
        if name != "seeds":
            yield name, method().groups
    yield "leiden, modularity", Leiden(objective="modularity", resolution=1.0).groups
    yield "leiden, by count", Leiden(weight="count").groups
    if sweep:
        for resolution in RESOLUTIONS:
            yield f"leiden, resolution {resolution}", Leiden(resolution=resolution).groups
    yield from peers()


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.rings", description=__doc__)
    ask.add_argument("--data", type=Path, default=Path(".bench/rings"), help="folder for the generated worlds")
    ask.add_argument("--transactions", type=int, default=100_000)
    ask.add_argument("--each", type=int, default=10, help="transactions an account")
    ask.add_argument("--seeds", default="5,6", help="worlds, by seed; tune on 1 to 4, report on 5 to 8")
    ask.add_argument("--sweep", action="store_true", help="leiden at every resolution")
    told = ask.parse_args()
    seen: dict[str, list[tuple[float, float, float]]] = {}
    for seed in map(int, told.seeds.split(",")):
        for name, measured in _measured(told, seed):
            seen.setdefault(name, []).append(measured)
    print(f"{'method':40} ring F1    ARI  µs a tie")
    for name, rows in seen.items():
        f1, rand, micros = np.mean(rows, axis=0)
        print(f"{name:40} {f1:7.3f} {rand:6.3f} {micros:9.1f}")


def _measured(told: argparse.Namespace, seed: int) -> Iterator[tuple[str, tuple[float, float, float]]]:
    import followmoney as fm
    from followmoney.communities._ties import ties

    world = planted(told.data, told.transactions, seed, told.each)
    graph = fm.FlowGraph(fm.load(world.folder))
    found, ids = ties(graph), graph.vertices["id"].to_list()
    for name, grouping in methods(sweep=told.sweep):
        start = process_time()
        groups: Any = grouping(found)
        took = process_time() - start
        of = dict(zip(ids, np.asarray(groups).tolist(), strict=True))
        yield name, (ring_f1(of, world.rings), ari(of, world.rings), took / len(found.ends) * 1e6)


if __name__ == "__main__":
    main()
