"""`next_document`: which missing document would say most about where the claim money is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import SettingsError
from followmoney.graph import FlowGraph
from followmoney.schema.codes import money
from followmoney.tracing._claim import Asked, Claim, asked
from followmoney.tracing._gaps import Gap, gaps, widest
from followmoney.tracing._places import SUBJECT, Named, currency_of
from followmoney.tracing._push import Pusher, arrived
from followmoney.tracing.all_bounds import every_place
from followmoney.tracing.assertions import Assertion

_SCHEMA = {
    "account": pl.String, "label": pl.String, "gap": pl.String, "start": pl.Date, "end": pl.Date, "currency": pl.String,
    "open": pl.Int64, "narrows": pl.Int64, "up_to": pl.Int64, "sentence": pl.String,
}  # fmt: skip

Ranges = dict[tuple[str, str], list[int]]


def next_document(
    graph: FlowGraph,
    claim: Claim,
    of: SUBJECT | None = None,
    until: str | date | datetime | None = None,
    *,
    currency: str | None = None,
    limit: int = 20,
    assertions: Sequence[Assertion] = (),
) -> pl.DataFrame:
    """Which missing document would narrow most what can be said, without choosing a rule, of where the claim money is.

    For every gap the bounds are computed twice: as the files stand, and with the gap closed the other way, as far as a
    document could go. Today everything between is open; the document will show one or the other, or something between.

    - opening: nobody states what was in an account at the start. As the files stand nothing was; at most other money
      enough for all that it ever paid. (It is other money by definition: claim money comes with the claim.)
    - period: no statement between two. As the files stand nothing moved; at most everything left unseen and as much
      other money came in.
    - onward: an account that receives, and whose statement is not there, or ends early. As the files stand the money
      stayed; at most all of it went on, unseen. An account without a statement counts as such where the ledger has
      statements of others, or where the account never pays and no balance is stated.

    Args:
        graph: A flow graph of accounts (not folded).
        claim: Identifiers of the transactions whose money is claimed; of several claimants all claims together.
        of: Where, all of it taken together; as in `bounds`. None: every account and asset by itself. `open`, `narrows`
            and `up_to` are then widths of places added up: money that can be in several places counts in each, so that
            these are measures to compare documents by, and no amounts of money; they can exceed the claim.
        until: Look no further than this day or instant.
        currency: Only money in this currency; needed where there are several.
        limit: Only so many gaps, those in accounts that can have held most claim money.
        assertions: What you assert beyond the records, as for `fm.trace`.

    Returns:
        account, label, gap, start, end (null: not known), currency; `open`: most less least as long as the document is
        missing; `narrows`: by how much it shrinks whatever the document shows of the two; `up_to`: by how much at best;
        sentence. Sorted by (narrows, up_to), the largest first.

    Cost: `bounds` (or `all_bounds`) once, and once more for every gap.
    """
    return answer(asked(graph, claim, until, assertions), of, currency=currency, limit=limit)


def answer(question: Asked, of: SUBJECT | None, *, currency: str | None = None, limit: int = 20) -> pl.DataFrame:
    """See `next_document`."""
    seen, now = question.record, question.named
    graph = seen.graph
    code = _code(now, of, currency)
    base = _ranges(now, of, code)
    label = dict(now.labels().iter_rows())
    rows: list[tuple[object, ...]] = []
    for gap in _largest(now, gaps(now), code, limit):
        other = _ranges(question.instead(widest(seen, gap)).named, of, code)
        keys = base.keys() | other.keys()
        both = [(base.get(key, [0, 0]), other.get(key, [0, 0])) for key in keys]
        left = sum(max(a[1], b[1]) - min(a[0], b[0]) for a, b in both)
        widths = [sum(high - low for low, high in way.values()) for way in (base, other)]
        account = graph.vertices["id"][int(seen.purses.account[gap.purse])]
        name = graph.currencies[int(seen.purses.currency[gap.purse])]
        found = left, left - max(widths), left - min(widths)
        words = _sentence(gap, account, graph.currencies[code], found, together=of is not None)
        rows.append((account, label.get(account), gap.kind, gap.start, gap.end, name, *found, words))
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row").filter(pl.col("up_to") > 0)
    return frame.sort("narrows", "up_to", "account", "gap", "start", descending=[True, True, False, False, False])


def _code(now: Named, of: SUBJECT | None, currency: str | None) -> int:
    if of is not None:
        _, possible, words = now.find(of)
        return currency_of(now, possible, words, currency)
    chosen = currency or next(iter(now.claimed), "")
    if currency is None and len(now.claimed) > 1:
        raise SettingsError(f"There are claims in several currencies ({', '.join(now.claimed)}); ask for one.")
    return now.graph.currencies.index(chosen) if chosen in now.graph.currencies else 0


def _ranges(one: Named, of: SUBJECT | None, code: int) -> Ranges:
    """The least and the most by place, or for all that is asked about together."""
    if of is None:
        held = every_place(one).filter(
            pl.col("currency") == _name(one, code), pl.col("kind").is_in(["account", "asset"])
        )
        return {(kind, name): ends for kind, name, *ends in held.select("kind", "id", "least", "most").iter_rows()}
    here: NDArray[np.bool_] = (one.places["code"] == code).to_numpy()
    sure, possible, words = one.find(of)
    pusher, unit = Pusher(one.network), one.network.unit.get(code, 1)
    low = int(arrived(one.network, pusher.extreme(sure & here, most=False))[sure & here].sum())
    high = int(arrived(one.network, pusher.extreme(possible & here, most=True))[possible & here].sum())
    return {("all", words): [-(-low // unit), high // unit]}


def _name(one: Named, code: int) -> str:
    return one.graph.currencies[code] if one.graph.currencies else ""


def _largest(now: Named, found: list[Gap], code: int, limit: int) -> list[Gap]:
    """The gaps in purses that can have held most claim money at once; in the order given."""
    cone = now.network.cone
    inside = cone.head >= 0
    came = np.zeros(len(cone.purse), np.int64)
    np.add.at(came, cone.head[inside], np.minimum(cone.cap[inside], now.network.claimed))
    held = np.zeros(len(now.record.tape.opening), np.int64)
    np.maximum.at(held, cone.purse, came)
    same = [gap for gap in found if int(now.record.purses.currency[gap.purse]) == code]
    kept = set(sorted(range(len(same)), key=lambda at: (-int(held[same[at].purse]), at))[:limit])
    return [gap for at, gap in enumerate(same) if at in kept]


def _sentence(gap: Gap, account: str, currency: str, found: tuple[int, int, int], *, together: bool) -> str:
    left, narrows, up_to = (money(amount, currency) for amount in found)
    wanted = {
        "opening": f"The balance of account {account} before {gap.end}",
        "period": f"The statement of account {account} from {gap.start} to {gap.end}",
        "onward": f"The statement of account {account} from {gap.start} on",
    }[gap.kind]
    by = f"by at least {narrows} and at most {up_to}"
    if together:
        return f"{wanted} would narrow what is open, {left}, {by}."
    return (
        f"{wanted} would narrow what is open {by}, of {left}: the widths of all places added up, which is no amount of "
        "money."
    )
