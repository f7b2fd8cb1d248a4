"""The peer for patterns: IBM's Graph Feature Preprocessor (snapml, closed source, free to use), where it is installed.

It counts forms per transaction and names no evidence. Settings are those its authors publish for money laundering:
scatter-gather within 6 hours, everything else within a day, cycles of up to ten, 128 transactions at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..job import Job
from ..world import World

_FEW = 50_000  # transactions: it slows down as the graph grows
_DAY = 86_400
_BATCH = 128
_BINS = list(range(2, 31))
_FORMS: dict[str, dict[str, Any]] = {
    "fan": {"fan": True, "fan_tw": _DAY, "fan_bins": _BINS},
    "scatter-gather": {"scatter-gather": True, "scatter-gather_tw": _DAY // 4, "scatter-gather_bins": _BINS},
    "temp-cycle": {"temp-cycle": True, "temp-cycle_tw": _DAY, "temp-cycle_bins": _BINS},
    "lc-cycle": {"lc-cycle": True, "lc-cycle_tw": _DAY, "lc-cycle_len": 10, "lc-cycle_bins": _BINS[:9]},
}
_FORMS["everything"] = {
    "degree": True,
    "degree_tw": _DAY,
    "degree_bins": _BINS,
    "vertex_stats": True,
    "vertex_stats_tw": _DAY,
    "vertex_stats_cols": [3, 4],
    "vertex_stats_feats": [0, 1, 2, 3, 4, 8, 9, 10],
} | {name: value for form in _FORMS.values() for name, value in form.items()}
_OF = {"fan_in": "fan", "fan_out": "fan", "scatter_gather": "scatter-gather", "cycle": "temp-cycle"}
PEERS: dict[str, tuple[str, ...]] = {pattern: (f"snapml {form}",) for pattern, form in _OF.items()}


def jobs() -> Iterator[Job]:
    """One job a form."""
    for form in _FORMS:
        yield Job(f"snapml {form}", _rows, partial(_count, form), package="snapml", rows=_FEW)


def _rows(world: World) -> Any:
    import numpy as np

    graph = world.graph
    ends = (graph.originator.astype(float), graph.beneficiary.astype(float))
    rows = (np.arange(len(graph), dtype=float), *ends, graph.time // 1_000_000, graph.amount / 100)
    return np.ascontiguousarray(np.column_stack(rows))


def _count(form: str, rows: Any) -> Any:
    from snapml import GraphFeaturePreprocessor

    off = {"vertex_stats": False, "fan": False, "degree": False, "temp-cycle": False, "lc-cycle": False}
    counter = GraphFeaturePreprocessor()
    counter.set_params(
        {"num_threads": 1, "time_window": -1, "max_no_edges": -1, **off, "scatter-gather": False} | _FORMS[form]
    )
    return [counter.transform(rows[at : at + _BATCH]) for at in range(0, len(rows), _BATCH)]
