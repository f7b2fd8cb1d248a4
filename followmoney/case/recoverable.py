"""What can be recovered now, and whose it is: by account and asset, by party, by country, and in all."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from followmoney.case._assets import day
from followmoney.case._measures import Facts
from followmoney.case._owners import beneficial_owners
from followmoney.case._sets import whole
from followmoney.case.clocks import clocks
from followmoney.case.third_parties import below
from followmoney.errors import OverflowLimitError, ReconcileError
from followmoney.schema.codes import money
from followmoney.tracing import catalogue

if TYPE_CHECKING:
    from followmoney.finding import Findings
    from followmoney.graph.enough import Enough
    from followmoney.tracing import Trace

By = Literal["place", "party", "country", "total"]
_FIRST = ("kind", "id", "description", "holder", "holder_name", "beneficial_owners", "country", "currency", "value",
          "valued_at", "encumbrance", "claim", "least", "most")  # fmt: skip
_LAST = ("status", "measures", "clocks", "paid_by", "last_moved")
_CAP = "untoc_cap"
_MOST = 2**63 - 1


@dataclass(frozen=True, eq=False)
class Recoverable:
    """What can be recovered now, so that no total counts money twice; never changes. Made by `Case.recoverable`."""

    places: pl.DataFrame
    """A row an account or asset: the columns of `Case.assets`, and beneficial_owners (whose share, by its most, is
    enough; `notes` say how much is), least and most (whatever the rule), measures that may be considered, each with the
    stated fact, and legal clocks; of the rules compared, those that conserve money, and untoc_cap."""
    parties: pl.DataFrame
    """A row a party and currency, as `totals`; party is null where the holder is not known."""
    countries: pl.DataFrame
    """A row a country and currency, as `totals`; country is null where it is not known."""
    totals: pl.DataFrame
    """A row a currency: places, value (of those where it is known), encumbrance, claim, least, most, untoc_cap, and the
    rules that conserve money. least and most are one flow over the whole set, never a sum."""
    notes: tuple[str, ...]

    def by(self, what: By) -> pl.DataFrame:
        """One of the four tables."""
        return {"place": self.places, "party": self.parties, "country": self.countries, "total": self.totals}[what]

    @property
    def sentence(self) -> str:
        """What can be recovered, in a sentence a currency."""
        said = [
            f"{money(row['claim'], row['currency'])} of the claim is in {row['places']:,} accounts and assets now"
            + ("." if row["least"] is None else
               f"; whichever value-conserving rule is adopted, at least {money(row['least'], row['currency'])} and at "
               f"most {money(row['most'], row['currency'])} is in accounts and assets.")
            for row in self.totals.iter_rows(named=True)
        ]  # fmt: skip
        return " ".join(said) or "No account and no asset holds claim money."

    def __repr__(self) -> str:
        """One line: how many places."""
        return f"Recoverable({len(self.places):,} accounts and assets)"

    def _repr_html_(self) -> str:
        tables = (self.totals, self.places)
        shown = "".join(table._repr_html_() for table in tables)  # pyright: ignore[reportPrivateUsage]
        return "".join(f"<p>{escape(said)}</p>" for said in (self.sentence, *self.notes)) + shown


def recoverable(
    trace: Trace, assets: pl.DataFrame, ended: pl.DataFrame, findings: Findings | None, enough: Enough
) -> Recoverable:
    """See `Case.recoverable`; `assets` and `ended` are those of the case."""
    rules = [c for c in assets.columns if c in catalogue() and (catalogue()[c].conserving or c == _CAP)]
    places = _places(trace, assets, findings, rules, enough)
    away = set(ended.select("kind", "id").iter_rows())
    totals = _sums(places, ["currency"], rules, trace).sort("currency")
    ends = [whole(trace, currency, away) for currency in totals["currency"]]
    totals = _between(totals, ends)
    _check(trace, totals, ended)
    parties = _group(trace, places, "party", rules, ended)
    countries = _group(trace, places, "country", rules, ended)
    return Recoverable(places, parties, countries, totals, _notes(trace, ended, totals, enough))


def _places(
    trace: Trace, assets: pl.DataFrame, findings: Findings | None, rules: list[str], enough: Enough
) -> pl.DataFrame:
    keys, ends = ["kind", "id", "currency"], ["least", "most"]
    held = trace.holders().select(
        pl.lit("account").alias("kind"), pl.col("account").alias("id"), pl.col("currency").cast(pl.String), *ends
    )
    bought = trace.exits().filter(pl.col("kind").cast(pl.String) == "asset")
    bought = bought.select(
        pl.col("kind").cast(pl.String), pl.col("to").alias("id"), pl.col("currency").cast(pl.String), *ends
    )
    known = assets.join(pl.concat([held, bought]), on=keys, how="left", maintain_order="left")
    now = day(trace, trace.graph.ledger)
    owners, facts, paid = beneficial_owners(trace.graph.ledger, now, enough), Facts(trace, findings), below(trace)
    rows: list[dict[str, Any]] = []
    for row in known.iter_rows(named=True):
        more = row | {"below": (row["id"], row["currency"]) in paid}
        running = [str(c) for c in clocks() if now is not None and c.runs(row["kind"], row["country"], now)]
        rows.append({
            **row, "beneficial_owners": owners.get(row["holder"] or "", []), "measures": facts.of(more),
            "clocks": running,
        })  # fmt: skip
    lists = {name: pl.List(pl.String) for name in ("beneficial_owners", "measures", "clocks")}
    frame = pl.DataFrame(rows, schema=dict(known.schema) | lists, orient="row")
    return frame.select(*_FIRST, *rules, *_LAST)


def _sums(places: pl.DataFrame, keys: list[str], rules: list[str], trace: Trace) -> pl.DataFrame:
    """Sums of figures that add up: values, and claims under rules that conserve money; the cap up to the claim."""
    plain = [rule for rule in rules if rule != _CAP]
    found = places.group_by(keys, maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("places"), pl.col("value").sum(), pl.col("encumbrance").sum(),
        pl.col("claim").sum(), *(pl.col(rule).sum() for rule in plain),
        *([pl.col(_CAP).sum()] if _CAP in rules else []),
    )  # fmt: skip
    for name in ("value", "encumbrance"):
        if (places.group_by("currency").agg(pl.col(name).cast(pl.Int128).sum())[name] > _MOST).any():
            raise OverflowLimitError(f"The sum of column {name} is beyond what 64 bits hold; correct the values.")
    if _CAP in rules:
        limit: dict[str, int | None] = dict.fromkeys(found["currency"].unique())
        for row in trace.reconciliation().iter_rows(named=True):
            if row["converted"] <= 0 and row["currency"] in trace.claimed:
                limit[row["currency"]] = trace.claimed[row["currency"]] + max(0, row["accrued"])
        most = pl.col("currency").replace_strict(limit, default=None, return_dtype=pl.Int64)
        found = found.with_columns(pl.when(most.is_not_null()).then(pl.min_horizontal(_CAP, most)).alias(_CAP))
    order = [*keys, "places", "value", "encumbrance", "claim", *([_CAP] if _CAP in rules else []), *plain]
    return found.select(order)


def _between(frame: pl.DataFrame, ends: list[tuple[int | None, int | None]]) -> pl.DataFrame:
    least, most = (
        pl.Series(name, [end[n] for end in ends], dtype=pl.Int64) for n, name in enumerate(("least", "most"))
    )
    at = frame.columns.index("claim") + 1
    return frame.insert_column(at, least).insert_column(at + 1, most)


def _group(
    trace: Trace, places: pl.DataFrame, by: Literal["party", "country"], rules: list[str], ended: pl.DataFrame
) -> pl.DataFrame:
    """By party or country, with the least and the most in all its accounts and assets, by one flow each."""
    column = "holder" if by == "party" else by
    sums = _sums(places, [column, "currency"], rules, trace)
    held = trace.holders(by)
    claims = {(who, c): (claim, low, high) for who, c, claim, low, high in
              held.select(by, pl.col("currency").cast(pl.String), "claim", "least", "most").iter_rows()}  # fmt: skip
    ends: list[tuple[int | None, int | None]] = []
    for who, currency, claim in sums.select(column, "currency", "claim").iter_rows():
        whole_claim, low, high = claims.get((who, currency), (None, None, None))
        ends.append((low, high) if whole_claim == claim or not len(ended) else (None, None))
    found = _between(sums, ends).rename({} if column == by else {column: by})
    if by == "party":
        parties = trace.graph.ledger.parties.select(party="id", name="name")
        found = found.join(parties, on=by, how="left", maintain_order="left")
        found = found.select(by, "name", pl.exclude(by, "name"))
    return found.sort("claim", by, "currency", descending=[True, False, False])


def _check(trace: Trace, totals: pl.DataFrame, ended: pl.DataFrame) -> None:
    """The claims of the rows are what the trace holds in accounts and assets, less what ended in good faith."""
    wanted: dict[str, int] = {}
    for currency, held in trace.reconciliation().select(pl.col("currency").cast(pl.String), "held").iter_rows():
        wanted[currency] = wanted.get(currency, 0) + held
    bought = trace.exits().filter(pl.col("kind").cast(pl.String) == "asset")
    for frame, sign in ((bought, 1), (ended.filter(pl.col("kind") == "asset"), -1)):
        for currency, claim in frame.select(pl.col("currency").cast(pl.String), "claim").iter_rows():
            wanted[currency] = wanted.get(currency, 0) + sign * claim
    shown = {c: claim for c, claim in totals.select("currency", "claim").iter_rows() if claim}
    wanted = {c: claim for c, claim in wanted.items() if claim}
    if shown != wanted:
        raise ReconcileError(
            f"The table of what can be recovered shows {shown}, the trace {wanted}. Please report this."
        )


def _notes(trace: Trace, ended: pl.DataFrame, totals: pl.DataFrame, enough: Enough) -> tuple[str, ...]:
    if not len(totals):
        return ()
    sets = (
        "Least and most of a party, a country or in all are of the whole set, by one flow each: the mosts of single "
        "rows must not be added. They count every account and asset the claim can reach, also where the rule chosen "
        "leaves nothing."
    )
    cap = (
        "untoc_cap of several rows is their sum up to what is claimed and what that earned; it is left out where claim "
        "money came from conversion."
    )
    said = [sets, "Measures and clocks are what the stated facts may open: which one applies is for the court.", cap]
    said += enough.owning
    if trace.makes_money:
        said.append(f"The rule {trace.rule} can attribute more than was claimed: its figures are no tracing.")
    if len(ended):
        said.append("Where a claim ends in good faith, least and most of that party or country are left out.")
    return tuple(said)
