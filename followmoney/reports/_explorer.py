"""The explorer: the flow of the claim money as a chart to click through, for whoever reads the page with scripts on.

It adds nothing that the page does not have without scripts, and the browser computes no figure: places, sums and
sentences are ours, and rows are those of Schedule A.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import TYPE_CHECKING, Any

from followmoney.languages import mark, retell, say
from followmoney.reports import anchors
from followmoney.reports._blocks import Explorer, Section, Text
from followmoney.reports._carried import ACCOUNT, ASSET, End, carried, ends
from followmoney.reports._explorer_places import places as placed
from followmoney.reports._explorer_words import script, words
from followmoney.reports._flow_links import Link, links
from followmoney.reports._labels import compact
from followmoney.reports._money import scales, sums, total
from followmoney.reports._visible import in_line
from followmoney.tracing.statuses import STATUSES

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.tracing import Trace

ACCOUNTS, ARROWS = 300, 600  # what stays legible on a screen
_NONE = mark("No money was traced, so there is nothing to explore.")
_WIDEST = 7.0


def explorer(case: Case, places: set[str]) -> Section:
    """Accounts, things and the outside, with the transactions between them that carry claim money.

    The explorer is the chart of report.html that is clicked through: choose an account or an arrow and its figures and
    rows stand beside it, with a link to Schedule A or to its ledger in Schedule B. It finds accounts by name or
    identifier and hides arrows with less claim money than is given. Keys do all that a mouse does: right and left along
    the arrow with most claim money, up and down to the next account, + and − larger and smaller, 0 the whole, Enter to
    the figures, Escape to choose none. At most 300 accounts and 600 arrows are drawn, those with most claim money; the
    caption says of how many.

    It needs no network, and adds nothing that the page does not have where scripts are off.
    """
    trace = case.trace
    rows = None if trace is None else carried(trace)
    if trace is None or rows is None or not len(rows):
        return Section("explorer", say("Explorer"), (Text(say(_NONE)),))
    home = next(iter(sorted(trace.claimed)), "EUR")
    scale = scales(rows.select("currency", "amount", "currency_received", "received").rows(), home)
    known = ends(trace, set(rows["source_end"]) | set(rows["target_end"]))
    every = links(rows, {key: key for key in known}, scale)
    drawn = _chosen(every)
    keys = list(dict.fromkeys(key for link in drawn for key in (link.source, link.target)))
    number = {key: n for n, key in enumerate(keys)}
    at = placed(len(keys), [(number[k.source], number[k.target]) for k in drawn])
    sides, status = _sides(every), _asserted(case)
    data = {
        "accounts": [
            _account(known[key], xy, status.get(key, ""), places) | _figures(*sides[key])
            for key, xy in zip(keys, at, strict=True)
        ],
        "arrows": _arrows(drawn, number, places, home),
        "words": script(),
    }
    caption = _caption(trace, every, drawn, len(keys), len(known))
    return Section("explorer", say("Explorer"), (Explorer(inert(data), words(home), caption),))


def _chosen(every: Sequence[Link]) -> list[Link]:
    """The arrows with most claim money, as many as stay legible, in order of time."""
    ranked = sorted(range(len(every)), key=lambda n: (-every[n].sent_claim, n))
    kept, seen = set[int](), set[str]()
    for n in ranked:
        if len(kept) == ARROWS:
            break
        both = seen | {every[n].source, every[n].target}
        if len(both) <= ACCOUNTS:
            kept.add(n)
            seen = both
    return [link for n, link in enumerate(every) if n in kept]


def _sides(every: Sequence[Link]) -> dict[str, tuple[list[Link], list[Link]]]:
    """Arrows into and out of each end, drawn or not."""
    found: dict[str, tuple[list[Link], list[Link]]] = {}
    for link in every:
        found.setdefault(link.target, ([], []))[0].append(link)
        found.setdefault(link.source, ([], []))[1].append(link)
    return found


def _figures(came: Sequence[Link], left: Sequence[Link]) -> dict[str, Any]:
    """Claim money that came in and went out, and in how many transactions."""
    came_in = total((r["currency_received"], r["claim_received"]) for link in came for r in link.rows)
    went_out = total((c, a) for link in left for c, a in link.claim.items())
    return {
        "in": sums(came_in),
        "out": sums(went_out),
        "many": sum(len(link.rows) for link in {id(k): k for k in (*came, *left)}.values()),
    }


def _asserted(case: Case) -> dict[str, str]:
    """What an analyst asserts of the holder of an account or a thing."""
    frame = case.assets().drop_nulls("status").select("kind", "id", "status")
    found = {
        f"{kind}|{name}": say("asserted {status}", status=retell(STATUSES[s])) for kind, name, s in frame.iter_rows()
    }
    ends_here = say("asserted {status}: the claim ends here", status=retell(STATUSES["good_faith"]))
    return found | {f"{kind}|{name}": ends_here for kind, name in case.ended().select("kind", "id").iter_rows()}


def _account(end: End, at: tuple[int, int], status: str, places: set[str]) -> dict[str, Any]:
    kind = end.kind if end.kind in {ACCOUNT, ASSET} else "outside"
    ledger = anchors.account(end.key[1])
    return {
        "x": at[0], "y": at[1], "name": end.name, "detail": end.detail, "id": in_line(end.key[1]),
        "kind": ("holds" if end.holds() else "passed") if kind == ACCOUNT else kind, "said": status,
        "held": sums({c: a for c, a in end.held.items() if a}) if kind == ACCOUNT else "",
        "ledger": ledger if kind == ACCOUNT and ledger in places else "",
    }  # fmt: skip


def _arrows(drawn: Sequence[Link], number: Mapping[str, int], places: set[str], home: str) -> list[list[Any]]:
    """From, to, claim money in whole units of `home`, width, percent of claim money, words, sums, rows."""
    most = max(link.sent for link in drawn) or 1.0
    found: list[list[Any]] = []
    for link in drawn:
        listed = [place for r in link.rows if (place := anchors.transaction(r["id"])) in places]
        ((currency, amount), *others) = sorted(link.amount.items())
        short = "" if others else compact(amount, currency) + ("" if currency == home else f" {currency}")
        found.append([
            number[link.source], number[link.target], round(link.sent_claim, 2),
            round(1 + (_WIDEST - 1) * sqrt(link.sent / most), 1), round(100 * link.sent_claim / (link.sent or 1)),
            short, sums(link.amount), sums(link.claim), len(link.rows), listed,
        ])  # fmt: skip
    return found


def _caption(trace: Trace, every: Sequence[Link], drawn: Sequence[Link], ends_drawn: int, of: int) -> str:
    counts = [sum(len(k.rows) for k in those) for those in (drawn, every)]
    amounts = [sums(total((c, a) for k in those for c, a in k.amount.items())) for those in (drawn, every)]
    told = say(
        "Drawn {amount} of {whole} in {n} of {all} transactions with claim money (rule {rule}), between {ends} of {of} "
        "accounts, things and ends.",
        amount=amounts[0], whole=amounts[1], n=counts[0], all=counts[1], rule=trace.rule, ends=ends_drawn, of=of,
    )  # fmt: skip
    if len(drawn) == len(every):
        return told
    capped = say(
        "Arrows with most claim money: at most {arrows}, between at most {ends}; all are in trace.parquet.",
        arrows=ARROWS, ends=ACCOUNTS,
    )  # fmt: skip
    return f"{told} {capped}"


def inert(data: Mapping[str, Any]) -> str:
    """JSON that nothing in a page reads as anything else."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
