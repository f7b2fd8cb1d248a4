"""Effective ownership of a whole register, and beside networkx and a dense solution where those are possible.

`python -m benchmarks.ownership --companies 5000000 --holdings 8000000`. The register is generated: chains, loops,
companies that hold themselves, shares given as bands. Each question is asked in a process of its own; CPU time counts
all threads, memory is the peak of the whole process. Ends with 1 where the peers do not say the same.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from typing import Any

import numpy as np
import polars as pl

from .table import machine

_ASKED = ("shares", "shares and chains", "beneficial owners", "beneficial owners and ways")
_SMALL = (1_500, 2_400)
_EQUAL = 1e-9


def register(companies: int, holdings: int, seed: int = 1) -> Any:
    """A ledger of registers: companies c…, persons p…; of every company at least one holder is known."""
    chance = np.random.default_rng(seed)
    persons = companies * 3 // 4
    owned = np.concatenate([np.arange(companies), chance.integers(0, companies, holdings - companies)])
    by_company = chance.random(holdings) < 0.35
    earlier = np.maximum(owned - chance.geometric(0.001, holdings), 0)  # chains of companies founded near each other
    owner = np.where(by_company & (owned > 0), earlier, companies + chance.integers(0, persons, holdings))
    for length in (1, 2, 3, 5):  # companies that hold themselves, and rings
        first = chance.choice(companies - length, max(8, companies // 2_000), replace=False)
        for step in range(length):
            owner[first + step] = first + (step + 1) % length
    share = chance.integers(1, 100, holdings) / 100 / np.bincount(owned)[owned]
    band = chance.random(holdings) < 0.2
    frame = pl.DataFrame({
        "owner": owner, "owned": owned,
        "share_min": share, "share_max": np.where(band, np.minimum(share * 1.5, 1.0), share),
    })  # fmt: skip
    name = pl.lit("P") + pl.int_range(companies + persons, dtype=pl.Int32).cast(pl.String).str.zfill(8)
    names = pl.select(name.alias("id")).to_series()
    kind = pl.repeat("company", companies, eager=True).append(pl.repeat("person", persons, eager=True))
    return _ledger(frame.with_columns(names.gather(frame["owner"]).alias("owner"), names.gather(owned).alias("owned")),
                   pl.DataFrame({"id": names, "kind": kind}))  # fmt: skip


def _ledger(held: pl.DataFrame, parties: pl.DataFrame) -> Any:
    import followmoney as fm

    empty = fm.sketch("party P person")
    tables = dict(empty.tables)
    kinds = empty.interests.schema["kind"]
    tables["interests"] = held.with_columns(kind=pl.lit("shareholding").cast(kinds), source=pl.lit(""))
    tables["parties"] = parties
    return type(empty)(empty.numbered, tables, empty.refused, empty.sources)


def answer(ledger: Any, asked: str) -> pl.DataFrame:
    """One question about the whole register."""
    from followmoney.graph.beneficial import beneficial_owners
    from followmoney.graph.ownership import owners

    paths = asked.endswith(("chains", "ways"))
    return (owners if asked.startswith("shares") else beneficial_owners)(ledger, paths=paths).frame


def one(asked: str, companies: int, holdings: int) -> dict[str, Any]:
    """Ask, once small so that everything is compiled and once large."""
    answer(register(6_000, 9_000), asked)
    ledger = register(companies, holdings)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    rows = len(answer(ledger, asked))
    spent = time.process_time() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"asked": asked, "rows": rows, "seconds": spent, "peak": after, "register": before}


def dense(ledger: Any) -> tuple[dict[tuple[str, str], float], float]:
    """numpy: least shares as (1 − W)⁻¹ d, written out for every company and person."""
    start = time.process_time()
    names = ledger.parties["id"].to_list()
    number = {name: at for at, name in enumerate(names)}
    person = (ledger.parties["kind"].cast(pl.String) == "person").to_numpy()
    held = np.zeros((len(names), len(names)))
    for owner, owned, share in ledger.interests.select("owner", "owned", "share_min").iter_rows():
        held[number[owner], number[owned]] += share
    companies = np.flatnonzero(~person)
    inside = held[np.ix_(companies, companies)]
    solved = np.linalg.solve((np.eye(len(companies)) - inside).T, held[np.ix_(np.flatnonzero(person), companies)].T)
    people = np.flatnonzero(person)
    found = {
        (names[people[p]], names[companies[c]]): float(solved[c, p]) for c, p in zip(*np.nonzero(solved), strict=True)
    }
    return found, time.process_time() - start


def walked(ledger: Any) -> tuple[dict[tuple[str, str], float], float]:
    """networkx: strongly connected parts in order, powers of each loop to convergence, dictionaries in between."""
    import networkx as nx

    start = time.process_time()
    people = set(ledger.parties.filter(pl.col("kind").cast(pl.String) == "person")["id"])
    graph: Any = nx.DiGraph()
    for owner, owned, share in ledger.interests.select("owner", "owned", "share_min").iter_rows():
        before = graph.get_edge_data(owner, owned, {"share": 0.0})["share"]
        graph.add_edge(owner, owned, share=before + share)
    parts = nx.condensation(graph)
    of: dict[str, dict[str, float]] = {}
    for part in nx.topological_sort(parts):
        of |= _part(graph, parts.nodes[part]["members"], of, people)
    found = {(p, c): s for c, held in of.items() if c not in people for p, s in held.items()}
    return found, time.process_time() - start


def _part(graph: Any, members: set[str], of: dict[str, dict[str, float]], people: set[str]) -> Any:
    """One party, or a loop: what comes from outside, sent around until nothing moves."""

    def poured(into: dict[str, dict[str, float]], held: Any, *, inside: bool) -> None:
        for member in members:
            for owner, _, share in graph.in_edges(member, data="share"):
                if (owner in members) == inside:
                    for person, part in held(owner).items():
                        into[member][person] = into[member].get(person, 0.0) + part * share

    given: dict[str, dict[str, float]] = {m: {} for m in members}
    poured(given, lambda owner: {owner: 1.0} if owner in people else of[owner], inside=False)
    now = given
    while True:
        after = {m: dict(given[m]) for m in members}
        poured(after, now.__getitem__, inside=True)
        moved = max((abs(after[m][p] - now[m].get(p, 0.0)) for m in members for p in after[m]), default=0.0)
        now = after
        if moved < 1e-15:
            return now


def beside() -> tuple[list[tuple[str, float, bool]], int]:
    """On a small register: CPU seconds of each, and whether they say the same as we do."""
    ledger = register(*_SMALL)
    answer(ledger, "shares")
    start = time.process_time()
    frame = answer(ledger, "shares")
    ours = {(p, c): s for p, c, s in frame.select("person", "company", "share_min").iter_rows()}
    rows = [("followmoney", time.process_time() - start, True)]
    for name, peer in (("numpy, dense", dense), ("networkx, part by part", walked)):
        found, spent = peer(ledger)
        same = all(abs(ours.get(k, 0.0) - found.get(k, 0.0)) < _EQUAL for k in {*ours, *found})
        rows.append((name, spent, same))
    return rows, len(ours)


def main() -> int:
    """Read the options, measure, print."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.ownership", description=__doc__)
    ask.add_argument("--companies", type=int, default=500_000, help="companies (default 500000)")
    ask.add_argument("--holdings", type=int, default=800_000, help="holdings (default 800000)")
    ask.add_argument("--only", default="", help="only questions that begin so")
    ask.add_argument("--one", choices=_ASKED, help=argparse.SUPPRESS)
    told = ask.parse_args()
    if told.one:
        print(json.dumps(one(told.one, told.companies, told.holdings)))
        return 0
    print(machine(), f"\n\n{told.companies:,} companies, {told.holdings:,} holdings\n")
    print("| question | CPU s | rows | peak MB (the register itself) |\n|---|--:|--:|--:|")
    size = ["--companies", str(told.companies), "--holdings", str(told.holdings)]
    for asked in (a for a in _ASKED if a.startswith(told.only)):
        call = [sys.executable, "-m", "benchmarks.ownership", "--one", asked, *size]
        said = json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout)
        print(
            f"| {asked} | {said['seconds']:.1f} | {said['rows']:,} | {said['peak']:,.0f} ({said['register']:,.0f}) |",
            flush=True,
        )
    rows, shares = beside()
    print(f"\n{_SMALL[0]:,} companies, {_SMALL[1]:,} holdings: {shares:,} shares\n")
    print("| with | CPU s | the same |\n|---|--:|---|")
    for name, spent, same in rows:
        print(f"| {name} | {spent:.2f} | {'yes' if same else 'NO'} |")
    return 0 if all(same for _, _, same in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
