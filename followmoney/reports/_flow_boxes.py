"""Boxes of a flow picture: one an account, thing or outside end; merged by owner and hop when there are too many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from followmoney.languages import say
from followmoney.reports._carried import ACCOUNT, End
from followmoney.reports._layers import layers
from followmoney.reports._money import many, total

if TYPE_CHECKING:
    import polars as pl

_HOPS = 8


@dataclass(frozen=True)
class Box:
    """What is drawn as one bar."""

    key: str
    column: int
    ends: tuple[End, ...]
    others: bool = False
    """Stands for all ends of its column that are not drawn alone."""

    @property
    def kind(self) -> str:
        """As its ends; "others" where it stands for the rest."""
        return "others" if self.others else self.ends[0].kind

    @property
    def title(self) -> str:
        """Who."""
        return say("all others") if self.others else self.ends[0].name

    @property
    def detail(self) -> str:
        """Which accounts."""
        alone = len(self.ends) == 1 and not self.others
        return self.ends[0].detail if alone else many(len(self.ends), "account")

    @property
    def link(self) -> str | None:
        """The place in the report that says more."""
        return next((e.link for e in self.ends if e.link), None)

    def holds(self) -> str:
        """What of the claim is there in the end."""
        held = total((c, a) for e in self.ends for c, a in e.held.items())
        return End(("", ""), "", "", "", held).holds()


def boxes(ends: Mapping[str, End], rows: pl.DataFrame, most: int) -> list[Box]:
    """One box an end, or, where that would be more than `most`, the owners that carry most and the rest together."""
    keys = sorted(ends)
    number = {k: i for i, k in enumerate(keys)}
    weight = rows.select("source_end", "target_end", "claim").rows()
    pairs = [(number[s], number[t]) for s, t, _ in weight]
    column = layers(len(keys), [(number[s], number[t], w) for s, t, w in weight])
    if len(keys) <= most:
        return [Box(k, c, (ends[k],)) for k, c in zip(keys, column, strict=True)]
    choices = [hops(len(keys), pairs, [number[r] for r in _starts(rows)])]
    if max(column) < _HOPS:
        choices.append(column)
    best = max(choices, key=lambda hop: sum(w for s, t, w in weight if hop[number[s]] < hop[number[t]]))
    return _merged(ends, dict(zip(keys, best, strict=True)), weight, most)


def _merged(
    ends: Mapping[str, End], hop: Mapping[str, int], weight: Sequence[tuple[str, str, int]], most: int
) -> list[Box]:
    groups: dict[tuple[int, str], list[str]] = {}
    for key in sorted(ends):
        end = ends[key]
        owner = end.owner if end.kind == ACCOUNT and end.owner else key
        groups.setdefault((hop[key], owner), []).append(key)
    carries = dict.fromkeys(ends, 0)
    for source, target, claim in weight:
        carries[source] += claim
        carries[target] += claim
    hops = sorted(set(hop.values()))
    room = max(1, most // len(hops) - 1)
    found: list[Box] = []
    for h in hops:
        ranked = sorted((g for g in groups if g[0] == h), key=lambda g: (-sum(carries[k] for k in groups[g]), g))
        alone, rest = (ranked, []) if len(ranked) <= room + 1 else (ranked[:room], ranked[room:])
        found += [Box(f"{h}|{owner}", h, tuple(ends[k] for k in groups[h, owner])) for _, owner in alone]
        if rest:
            found.append(Box(f"{h}|", h, tuple(ends[k] for g in rest for k in groups[g]), others=True))
    return found


def _starts(rows: pl.DataFrame) -> list[str]:
    """Ends that no claim money reaches: where it comes from; if there is none, the first payer."""
    reached = set(rows["target_end"])
    return sorted(set(rows["source_end"]) - reached) or rows["source_end"].head(1).to_list()


def hops(size: int, pairs: Sequence[tuple[int, int]], starts: Sequence[int]) -> list[int]:
    """The least number of transactions from the start, at most `_HOPS` - 1; where nothing leaves, after all payers."""
    after: dict[int, set[int]] = {}
    before: dict[int, set[int]] = {}
    for a, b in pairs:
        after.setdefault(a, set()).add(b)
        before.setdefault(b, set()).add(a)
    hop = [_HOPS - 1] * size
    now, step, seen = set(starts), 0, set(starts)
    while now:
        for box in now:
            hop[box] = min(step, _HOPS - 1)
        now = {b for a in now for b in after.get(a, ())} - seen
        seen |= now
        step += 1
    ends = {box: max(hop[a] for a in before[box]) + 1 for box in before if box not in after}
    return [ends.get(box, hop[box]) for box in range(size)]
