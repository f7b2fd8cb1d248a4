"""Places where claim money ends, by name, and which of them a question is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from followmoney.errors import SettingsError, unknown
from followmoney.graph import FlowGraph
from followmoney.tracing._expanded import (
    ASSET,
    FEE,
    GOOD_FAITH,
    HOLDING,
    LOST,
    OUT,
    PAID_OFF,
    POOLED,
    TWICE,
    Expanded,
    expand,
)
from followmoney.tracing._overflow import exact_sum
from followmoney.tracing._record import Record

Mask = NDArray[np.bool_]

EXITS = {
    "cash": "cash", "unknown": "an unknown end", "asset": "assets", "debt": "paid-off debts", "fee": "fees",
    "pooled": "pooled accounts", "good_faith": "accounts held in good faith",
}  # fmt: skip
"""Kinds of exits that can be asked for, and what a sentence calls them."""

SUBJECT = str | Iterable[str]

_KINDS = {
    ASSET: "asset",
    PAID_OFF: "debt",
    FEE: "fee",
    POOLED: "pooled",
    GOOD_FAITH: "good_faith",
    TWICE: None,
    LOST: None,
}
_SHOWN = 5
_APART = ("asset", "debt", "fee", "pooled", "good_faith")
"""Kinds of places that an account, a party or a country does not include: money there is in no account."""


@dataclass(frozen=True, eq=False)
class Named:
    """A network whose places have names."""

    record: Record
    network: Expanded
    assets: tuple[str, ...]
    """Names of assets by number."""
    unsure: bool = False
    """Whether claim transactions may have carried money of another claimant, which stays his."""

    @property
    def graph(self) -> FlowGraph:
        """The graph behind it."""
        return self.record.graph

    @cached_property
    def places(self) -> pl.DataFrame:
        """By place: kind (account, or a kind of exit; null for money counted twice or lost), id, currency, code.

        What is left of cash that an analyst linked is in several purses, and so in several places of the same name.
        """
        network, purses = self.network, self.record.purses
        asset = network.kind == ASSET
        purse = np.where(asset | (network.kind >= TWICE), 0, network.key)
        code = np.where(asset, network.key % 256, purses.currency[purse] if len(purses.currency) else 0)
        vertices = self.graph.vertices[purses.account[purse]]
        outside = self.graph.outside[purses.account[purse]].tolist()
        known = vertices["scheme"].cast(pl.String).to_list() if "scheme" in vertices.columns else [None] * len(vertices)
        scheme = [name if out else None for name, out in zip(known, outside, strict=True)]
        names = pl.Series([*self.assets, ""])
        kinds = [
            _KINDS.get(kind) if (kind not in (HOLDING, OUT)) else out or ("account" if kind == HOLDING else None)
            for kind, out in zip(network.kind.tolist(), scheme, strict=True)
        ]
        return pl.DataFrame({
            "kind": pl.Series(kinds, dtype=pl.String),
            "id": pl.select(
                pl.when(pl.Series(asset)).then(names.gather(np.where(asset, network.key // 256, len(self.assets))))
                .otherwise(vertices["id"])
            ).to_series(),
            "currency": pl.Series(self.graph.currencies or ("",), dtype=pl.String).gather(code.astype(np.uint32)),
            "code": code.astype(np.uint8),
        })  # fmt: skip

    @cached_property
    def claimed(self) -> dict[str, int]:
        """What the claim transactions brought, by currency."""
        tape = self.record.tape
        codes = self.record.purses.currency[tape.got[tape.claims]]
        used: list[int] = np.unique(codes).tolist()
        names = self.graph.currencies
        sums = {names[c]: exact_sum(tape.received[tape.claims][codes == c]) for c in used}
        return dict(sorted(sums.items()))

    def find(self, of: SUBJECT) -> tuple[Mask, Mask, str]:
        """The places surely meant and those possibly meant, and what to call them."""
        names = [of] if isinstance(of, str) else sorted(set(of))
        accounts, assets, words = set[str](), set[str](), list[str]()
        kinds = set[str]()
        known = set(self.graph.vertices["id"].filter(self.graph.vertices["id"].is_in(names)).to_list())
        for name in names:
            if name in EXITS:
                kinds.add(name)
                words.append(EXITS[name])
                continue
            if name in known:
                accounts.add(name)
                words.append(f"account {name}")
                continue
            some_accounts, some_assets, word = self._subject(name)
            accounts |= some_accounts
            assets |= some_assets
            words.append(word)
        places = self.places
        plain = places["kind"].is_in(sorted(kinds)) | (
            places["id"].is_in(sorted(accounts)) & ~places["kind"].is_in(_APART)
        )
        sure, possible = _mask(plain), _mask(plain)
        for at in np.flatnonzero(self.network.kind == ASSET).tolist():
            shared = [part in assets for part in places["id"][at].split(" + ")]  # one payment may be for several assets
            sure[at] |= all(shared)
            possible[at] |= any(shared)
        return sure, possible, _listed(words)

    def accounts(self, places: Mask) -> Mask:
        """The accounts that these places belong to, by number."""
        network, purses = self.network, self.record.purses
        found = np.zeros(len(self.graph.vertices), np.bool_)
        found[purses.account[network.key[places & (network.kind == HOLDING)]]] = True
        return found

    def labels(self) -> pl.DataFrame:
        """Every account and the name of its holder, or the account again: id, label."""
        vertices, names = self.graph.vertices, self.graph.ledger.parties.select(holder="id", name="name")
        if "holder" not in vertices.columns:
            return vertices.select("id", label="id")
        known = vertices.select("id", "holder").join(names, on="holder", how="left", maintain_order="left")
        return known.select("id", label=pl.coalesce("name", "id"))

    def _subject(self, name: str) -> tuple[set[str], set[str], str]:
        """Accounts and assets of an asset, a party or a country, and what to call it."""
        ledger, vertices = self.graph.ledger, self.graph.vertices
        table = ledger.assets
        if name in table["id"] or name in self.assets:
            return set(), set(name.split(" + ")), f"asset {name}"
        held = vertices.filter(pl.col("holder") == name)["id"].to_list() if "holder" in vertices.columns else []
        owned = table.filter(pl.col("holder") == name)["id"].to_list()
        if len(held) or len(owned) or name in ledger.parties["id"]:
            known = dict(ledger.parties.select("id", "name").iter_rows())
            return set(held), set(owned), f"accounts and assets of {known.get(name) or name}"
        kept = vertices.filter(pl.col("country") == name)["id"].to_list() if "country" in vertices.columns else []
        there = table.filter(pl.col("country") == name)["id"].to_list()
        if len(kept) or len(there):
            return set(kept), set(there), f"accounts and assets in {name}"
        what = "account, asset, party, country or kind of exit"
        raise SettingsError(unknown(what, name, [*EXITS, *vertices["id"].head(1_000), *table["id"].head(1_000)]))


def named(record: Record, unsure: NDArray[np.int64] | None = None) -> Named:
    """The network of a record, with the names of assets; `unsure`: how much of each claim may be somebody else's."""
    assets = tuple(sorted(set(record.assets.values())))
    number = {asset: at for at, asset in enumerate(assets)}
    bought = {at: number[asset] for at, asset in record.assets.items()}
    network = expand(record.tape, record.purses.currency, bought, record.stops, earning=True, unsure=unsure)
    return Named(record, network, assets, unsure is not None and bool(unsure.any()))


def currency_of(named: Named, possible: Mask, words: str, wanted: str | None) -> int:
    """Number of the currency the question is about."""
    names = named.graph.currencies
    if wanted is not None and wanted not in names:
        raise SettingsError(unknown("currency", wanted, names))
    codes: list[int] = np.unique(named.places["code"].to_numpy()[possible]).tolist()
    there = sorted(names[code] for code in codes)
    if wanted is None and len(there) > 1:
        raise SettingsError(
            f"Claim money can be in {words} in several currencies ({', '.join(there)}); "
            f"ask for one with currency, like {there[0]!r}."
        )
    chosen = wanted or (there[0] if there else next(iter(named.claimed), ""))
    return names.index(chosen) if chosen in names else 0


def _mask(series: pl.Series) -> Mask:
    return series.fill_null(value=False).to_numpy().astype(np.bool_, copy=True)


def _listed(words: Sequence[str]) -> str:
    more = len(words) - _SHOWN
    *others, last = [*words[:_SHOWN], f"{more:,} more"] if more > 0 else words or ["nothing"]
    return f"{', '.join(others)} and {last}" if others else last
