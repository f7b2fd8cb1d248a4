"""Whom to freeze first: where waiting for an order would cost most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.case._chances import SHORT, Chance, chances
from followmoney.case.clocks import EU
from followmoney.errors import SettingsError
from followmoney.schema.clock import DAY
from followmoney.schema.codes import money

if TYPE_CHECKING:
    from followmoney.tracing import Trace

TAKES_DAYS: Mapping[str, int] = dict.fromkeys(sorted(EU - {"DK", "IE"}), 4) | {"other": 90}
"""Days until an order takes effect, by country (followmoney default): in the European Union the 48 hours to recognise
and 48 hours to execute an urgent order of Regulation (EU) 2018/1805, elsewhere ("other") a request of 90 days."""

COLUMNS = {
    "step": pl.Int64, "account": pl.String, "holder": pl.String, "holder_name": pl.String, "country": pl.String,
    "currency": pl.String, "claim": pl.Int64, "least": pl.Int64, "most": pl.Int64, "days": pl.Int64, "from": pl.String,
    "stays": pl.Int64, "still_there": pl.Float64, "least_more": pl.Int64, "avoidable": pl.Int64,
    "avoidable_claim": pl.Int64,
}  # fmt: skip
_RANKED = 12  # accounts that are ranked anew after each order; a flow for each and each order
_MOST_TRANSACTIONS = 20_000


@dataclass(frozen=True, eq=False)
class FreezeFirst:
    """Accounts in the order in which to freeze them; never changes. Made by `Case.freeze_first`."""

    frame: pl.DataFrame
    """See `Case.freeze_first`."""
    takes_days: Mapping[str, int]
    """The days an order takes, by country; "other" for all others."""
    notes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Which account comes first, and why, in one sentence a currency."""
        said = [_sentence(row) for row in self.frame.filter(pl.col("step") == 1).iter_rows(named=True)]
        return " ".join(said) or "No account holds claim money, so no order is needed."

    def __repr__(self) -> str:
        """One line: how many accounts."""
        return f"FreezeFirst({len(self.frame):,} accounts)"

    def _repr_html_(self) -> str:
        table = self.frame._repr_html_()  # pyright: ignore[reportPrivateUsage]
        return "".join(f"<p>{escape(said)}</p>" for said in (self.sentence, *self.notes)) + table


def freeze_first(trace: Trace, takes_days: Mapping[str, int] | int | None = None) -> FreezeFirst:
    """See `Case.freeze_first`."""
    days = _days(takes_days)
    held = trace.holders().select(
        "account", "holder", "name", "country", pl.col("currency").cast(pl.String), "claim", "least", "most"
    )
    rows = held.iter_rows(named=True)
    takes = {(r["account"], r["currency"]): days.get(r["country"], days["other"]) * DAY for r in rows}
    found = chances(trace, takes)
    shown: list[dict[str, Any]] = []
    again = len(trace.record.tape) <= _MOST_TRANSACTIONS and not held["least"].has_nulls()
    for (_,), its in sorted(held.group_by("currency", maintain_order=True), key=lambda part: str(part[0])):
        shown += _ordered(trace, list(its.iter_rows(named=True)), found, _RANKED if again else 0)
    for row in shown:
        row["days"] = takes[row["account"], row["currency"]] // DAY
    frame = pl.DataFrame(shown, schema=COLUMNS, orient="row")
    return FreezeFirst(frame, days, (*_notes(frame, takes_days is None, again), *_things(trace)))


def _ordered(
    trace: Trace, rows: list[dict[str, Any]], found: Mapping[tuple[str, str], Chance], ranked: int
) -> list[dict[str, Any]]:
    """Greedy: each time the account where waiting costs most, given those that are frozen already."""
    for row in rows:
        chance = found[row["account"], row["currency"]]
        row |= {"from": chance.of, "stays": chance.stays, "holder_name": row["name"]}
        row["lost"] = 1 - chance.still_there
        row["still_there"] = round(float(chance.still_there), 6)
        row["least_more"] = row["least"]
        row["avoidable_claim"] = _part(row["claim"], row["lost"])
    rest = sorted(rows, key=_urgent)
    order: list[dict[str, Any]] = []
    sure = 0  # the least in all that are frozen, together
    while rest:
        if ranked and order and len(order) < ranked:
            these, frozen = rest[: ranked - len(order)], [one["account"] for one in order]
            ends = trace.bounds_of_each([[*frozen, row["account"]] for row in these], order[0]["currency"])
            for row, (least, _) in zip(these, ends, strict=True):
                row["least_more"] = least - sure
            rest = sorted(rest[: ranked - len(order)], key=_urgent) + rest[ranked - len(order) :]
        first = rest.pop(0)
        sure += first["least_more"] or 0
        order.append(first)
    for step, row in enumerate(order, 1):
        row |= {"step": step, "avoidable": _part(row["least_more"], row["lost"])}
    return [{name: row.get(name) for name in COLUMNS} for row in order]


def _urgent(row: dict[str, Any]) -> tuple[int, int, int, str]:
    least = _part(row["least_more"], row["lost"]) or 0
    return -least, -row["avoidable_claim"], -row["claim"], row["account"]


def _part(amount: int | None, share: Fraction) -> int | None:
    """A share of an amount, rounded down."""
    return None if amount is None else amount * share.numerator // share.denominator


def _days(given: Mapping[str, int] | int | None) -> dict[str, int]:
    """By country, the days an order takes."""
    one = {"other": given} if isinstance(given, int) else dict(given or {})
    merged = one if isinstance(given, int) else {**TAKES_DAYS, **one}
    for country, days in one.items():
        named = country == "other" or (len(country) == 2 and country.isalpha() and country.isupper())  # noqa: PLR2004
        if not named or isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= 36_500:  # noqa: PLR2004 # pyright: ignore[reportUnnecessaryIsInstance]
            raise SettingsError(
                f"{country}={days!r} is not a country and its days; write a country of two letters, or other, and "
                "whole days from 0 to 36500, like ES=4."
            )
    return merged


def _sentence(row: dict[str, Any]) -> str:
    currency = row["currency"]
    least = "an amount not computed here" if row["least"] is None else f"at least {money(row['least'], currency)}"
    return (
        f"Freeze {row['account']} first ({currency}): it holds {least} of the claim whatever the rule, "
        f"{money(row['claim'], currency)} under the rule chosen; an order takes {row['days']} days, "
        f"and of money that came in before, {100 * (1 - row['still_there']):.0f} % had left after so long."
    )


def _things(trace: Trace) -> tuple[str, ...]:
    """What holds claim money and is not ranked."""
    there = trace.exits().filter(pl.col("kind").cast(pl.String) == "asset", pl.col("claim") > 0)
    if not len(there):
        return ()
    sums = there.group_by(pl.col("currency").cast(pl.String)).agg(pl.col("claim").sum()).sort("currency")
    things = ", ".join(there["to"].unique().sort())
    amounts = " and ".join(money(claim, currency) for currency, claim in sums.iter_rows())
    said = (
        f"Only accounts are ranked. Things bought with claim money ({things}) hold {amounts} under the rule chosen: an "
        "order against them stands beside this list, first of all where a thing can be moved or sold."
    )
    return (said,)


def _notes(frame: pl.DataFrame, default: bool, again: bool) -> tuple[str, ...]:
    said: list[str] = []
    if default and len(frame):
        said.append(
            "How long an order takes is a followmoney default: 4 days in the European Union (48 hours to recognise and "
            "48 hours to execute, Regulation (EU) 2018/1805; not Denmark and Ireland), 90 days elsewhere. Say what it "
            "takes with you."
        )
    if len(frame):
        said.append(
            "The chance that money is still there is the share of money that stayed longer in the account before "
            "(oldest leaves first, Kaplan-Meier, by amount), as if it came in now. It describes the past of the "
            "account; nobody promises that it goes on."
        )
    few = frame.filter(pl.col("from") != "account").height
    if few:
        said.append(
            f"{few:,} of {len(frame):,} accounts have fewer than {SHORT} stays that ended: they take the stays of all "
            "accounts of their kind that carried claim money (of all accounts that did, where these are few too)."
        )
    if unseen := frame.filter(pl.col("stays") == 0).height:
        said.append(f"Of {unseen:,} accounts no stay that ended is known anywhere: nothing is taken to leave them.")
    if not again and len(frame):
        said.append("On this many transactions the order is not ranked anew after each freeze.")
    elif frame["step"].max() and int(frame["step"].max() or 0) > _RANKED:  # pyright: ignore[reportArgumentType]
        said.append(f"The first {_RANKED} accounts of a currency are ranked anew after each freeze, the others once.")
    return tuple(said)
