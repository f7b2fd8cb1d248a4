"""Every community method with several of its options, and how groups are checked plainly."""

import polars as pl

from followmoney.communities import catalogue

SEVERAL = [
    ("components", {}),
    ("infomap", {}), ("infomap", {"weight": "count", "trials": 2}),
    ("label_propagation", {}), ("label_propagation", {"weight": "recency"}),
    ("leiden", {}), ("leiden", {"resolution": 0.05}), ("leiden", {"resolution": 2.0, "coarser": (0.5, 0.05)}),
    ("leiden", {"weight": "count"}), ("leiden", {"weight": "recency", "resolution": 0.02}),
    ("leiden", {"objective": "modularity", "resolution": 1.0}),
    ("leiden", {"objective": "modularity", "resolution": 2.0, "coarser": (0.5,)}),
    ("seeds", {}), ("seeds", {"by": "hops"}), ("seeds", {"by": "hops", "hops": 1}),
    ("seeds", {"by": "hops", "hops": 3, "through": 2}), ("seeds", {"through": 2, "most": 4, "weight": "count"}),
]  # fmt: skip
"""Method and options; who `seeds` starts from is chosen by `asked`."""

assert {name for name, _ in SEVERAL} == set(catalogue())


def asked(graph, method, options, seeds=2):
    """The options, with the first accounts of a graph as seeds where the method starts from accounts."""
    if method != "seeds":
        return options
    known = graph.vertices["id"].filter(~pl.Series(graph.outside)).sort()
    return {"seeds": known.head(seeds).to_list(), **options}


def in_one_piece(members, pairs):
    """Whether pairs join all members."""
    reached = {min(members)}
    for _ in members:
        for a, b in pairs:
            if {a, b} & reached:
                reached |= {a, b}
    return reached == members
